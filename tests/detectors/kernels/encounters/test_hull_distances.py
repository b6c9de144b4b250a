"""How hulls lie, stretch by stretch, against the same rule in numpy over all instants at once."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detectors.core.angles import wrapped_deg
from detectors.kernels.encounters.hull_distances import (
    ABREAST_S,
    FIRST_CONTACT_S,
    MEDIAN_M,
    WATER_M,
    hull_distances,
)
from detectors.kernels.encounters.rules import Cadence, HullsRule, Tiers
from detectors.kernels.geometry.antennas import Boxes
from detectors.kernels.geometry.geodesy import metres_per_degree, plane_m
from detectors.kernels.tracks.fixes import Fixes

CADENCE = Cadence(3.0, 1200.0, 7200.0, 43_200.0, 1800.0)
RULE = HullsRule(1.0, 30.0, 0.8, 0.5)
ENTER_M, LEAVE_M = np.array([50.0, 200.0]), np.array([100.0, 300.0])
HALF_M = np.array([[180.0, 30.0]])
IN_THE_MIDDLE = (0.0, 0.0, 0.0, 0.0)


def lain(first, second, span, antenna_m=IN_THE_MIDDLE):
    """Return the kernel's answer for two tracks (columns of time, lon, lat, heading, cog, sog)."""
    columns = [np.concatenate(pair) for pair in zip(first, second, strict=True)]
    offsets = np.array([0, len(first[0]), len(columns[0])])
    says = [column.astype(np.float32) for column in columns[3:]]
    spans = np.array([[0.0, 1.0, *span]])
    exact = np.zeros(len(columns[0]), np.float32)
    rules = (CADENCE, Tiers(ENTER_M, LEAVE_M, np.empty(0)), RULE)
    boxes = Boxes(HALF_M, np.array([antenna_m]))
    return hull_distances(spans, boxes, offsets, Fixes(*columns[:3]), *says, exact, *rules)[0]


def expected(first, second, span):
    """Return the same by numpy; every report is heard often enough to count."""
    times = np.unique(np.clip(np.concatenate((first[0], second[0], span)), *span))
    lon, lat = ([np.interp(times, ship[0], ship[n]) for ship in (first, second)] for n in (1, 2))
    east_m, north_m = plane_m(lon[0], lat[0], lon[1], lat[1])
    last = [np.searchsorted(ship[0], times, side="right") - 1 for ship in (first, second)]
    bow, other = (
        np.where(
            np.isnan(ship[3][k]), np.where(ship[5][k] >= RULE.course_from_kn, ship[4][k], np.nan), ship[3][k]
        ).astype(np.float32)
        for ship, k in zip((first, second), last, strict=True)
    )
    turned = wrapped_deg(2.0 * (other.astype(float) - bow)) / 2.0
    centreline = np.radians(bow + turned / 2.0)
    across_m = np.abs(east_m * np.cos(centreline) - north_m * np.sin(centreline))
    along_m = np.abs(east_m * np.sin(centreline) + north_m * np.cos(centreline))
    box_m = np.hypot(np.maximum(0.0, across_m - HALF_M[0, 1]), np.maximum(0.0, along_m - HALF_M[0, 0]))
    known = ~np.isnan(turned)
    parallel = known & (np.abs(turned) <= RULE.parallel_max_deg)
    apart_m = np.maximum(0.0, np.hypot(east_m, north_m) - HALF_M[0, 1])
    hull_m = np.where(parallel, box_m, apart_m)
    abreast = (along_m <= HALF_M[0, 0]) & (across_m >= RULE.abreast_share * HALF_M[0, 1])
    is_beside = np.where(parallel, abreast, ~known)
    return hull_m, is_beside, parallel, np.append(np.diff(times), 0.0)


def contact_s(hull_m, is_beside, step_s, enter_m, leave_m):
    """Add up spells side by side, one after another."""
    total = spell = 0.0
    near = False
    inside = is_beside & (hull_m <= leave_m)
    for n in range(len(step_s)):
        if n + 1 < len(step_s) and inside[n] and inside[n + 1]:
            spell, near = spell + step_s[n], near or min(hull_m[n : n + 2]) <= enter_m
        else:
            total, spell, near = total + spell * near, 0.0, False
    return total


def stayed_m(hull_m, step_s):
    """Return the distance within which they were for half an hour, or half the time if that is less."""
    order = np.argsort(hull_m)
    passed_s = np.cumsum(step_s[order])
    return hull_m[order[np.searchsorted(passed_s, min(0.5 * passed_s[-1], CADENCE[4]))]]


@st.composite
def ships(draw):
    """Two ships within some hundred metres of each other for two hours, a report every 3 minutes or so."""
    seed = draw(st.integers(0, 10_000))
    random = np.random.default_rng(seed)
    tracks = []
    for _ in range(2):
        time_s = np.cumsum(random.uniform(60.0, 300.0, 40)) - 600.0
        metres = np.cumsum(random.normal(0.0, 25.0, (2, 40)), axis=1) + random.uniform(-150, 150, (2, 1))
        bow = random.choice([0.0, 10.0, 90.0, 180.0, 350.0]) + random.normal(0.0, 8.0, 40)
        heading = np.where(random.random(40) < draw(st.sampled_from([0.0, 0.3, 1.0])), np.nan, bow % 360.0)
        sog, cog = random.uniform(0.0, 2.0, 40), random.uniform(0.0, 360.0, 40)
        tracks.append((time_s, 124.0 + metres[0] / 88_000.0, 38.0 + metres[1] / 111_000.0, heading, cog, sog))
    return tracks


@given(ships())
def test_the_loop_tells_what_the_rule_tells(pair):
    span = (900.0, 5400.0)
    told = lain(*pair, span)
    hull_m, is_beside, parallel, step_s = expected(*pair, span)
    for n, (enter_m, leave_m) in enumerate(zip(ENTER_M, LEAVE_M, strict=True)):
        assert told[FIRST_CONTACT_S + n] == pytest.approx(
            contact_s(hull_m, is_beside, step_s, enter_m, leave_m), abs=1e-6
        )
    bows_known = contact_s(hull_m, is_beside & parallel, step_s, ENTER_M[0], LEAVE_M[0])
    assert told[ABREAST_S] == pytest.approx(bows_known, abs=1e-6)
    between_m = 0.5 * (hull_m[:-1] + hull_m[1:])
    order = np.argsort(between_m)
    middle = np.searchsorted(np.cumsum(step_s[:-1][order]), 0.5 * step_s.sum())
    assert told[MEDIAN_M] == pytest.approx(between_m[order[middle]], abs=1e-3)
    seen = step_s > 0.0
    abreast = seen & is_beside & parallel
    has_water = abreast.any() and parallel[seen].mean() >= RULE.parallel_share
    water_m = stayed_m(hull_m[abreast], step_s[abreast]) if has_water else np.nan
    assert told[WATER_M] == pytest.approx(water_m, abs=1e-3, nan_ok=True)


def test_either_may_come_first():
    first, second = _pair()
    turned = [(*ship[:3], ship[3] + bow, *ship[4:]) for ship, bow in ((first, 350.0), (second, 15.0))]
    span = (900.0, 5400.0)
    told = lain(*turned, span)
    assert told == pytest.approx(lain(*reversed(turned), span), nan_ok=True)
    assert told[FIRST_CONTACT_S] > 0.0


def _pair():
    time_s = np.arange(0.0, 7200.0, 180.0)
    one = np.full(len(time_s), 124.0), np.full(len(time_s), 38.0)
    other = one[0] + 60.0 / 88_000.0, one[1]
    says = np.zeros(len(time_s)), np.zeros(len(time_s)), np.zeros(len(time_s))
    return (time_s, *one, *says), (time_s + 60.0, *other, *says)


def _shown_by_antenna(ship, bow, ahead_m, beam_side_offset_m):
    """Return a ship that keeps its bow as its antenna sees it, and as its middle does."""
    rad = np.radians(bow)
    east_m = ahead_m * np.sin(rad) + beam_side_offset_m * np.cos(rad)
    north_m = ahead_m * np.cos(rad) - beam_side_offset_m * np.sin(rad)
    heading = np.full(len(ship[0]), bow)
    per_lon, per_lat = metres_per_degree(ship[2].mean())
    at_antenna = (ship[0], ship[1] + east_m / per_lon, ship[2] + north_m / per_lat, heading, *ship[4:])
    return at_antenna, (*ship[:3], heading, *ship[4:])


offsets_m = st.tuples(st.floats(-60.0, 60.0), st.floats(-15.0, 15.0))


@given(ships(), st.tuples(st.floats(0, 359), st.floats(-40, 220)), offsets_m, offsets_m)
def test_hulls_lie_alike_wherever_on_them_the_antennas_stand(pair, bows, off, other_off):
    first, first_middle = _shown_by_antenna(pair[0], bows[0], *off)
    second, second_middle = _shown_by_antenna(pair[1], (bows[0] + bows[1]) % 360.0, *other_off)
    span = (900.0, 5400.0)
    told = lain(first, second, span, (*off, *other_off))
    assert told[MEDIAN_M] == pytest.approx(lain(first_middle, second_middle, span)[MEDIAN_M], abs=0.1)


def test_a_bow_that_is_not_told_leaves_its_antenna_where_it_is():
    first, second = _pair()
    silent = (*second[:3], np.full(len(second[0]), np.nan), *second[4:])
    span = (900.0, 6000.0)
    assert lain(first, silent, span, (60.0, 5.0, -60.0, 5.0)) == pytest.approx(
        lain(first, silent, span), nan_ok=True
    )


def test_time_in_silence_is_not_observed():
    first, second = _pair()
    heard = tuple(column[[*range(6), *range(34, 40)]] for column in second)
    for pair in ((first, heard), (heard, first)):
        assert lain(*pair, (900.0, 6000.0))[FIRST_CONTACT_S] == pytest.approx(60.0, abs=1.0)
