"""How one lay as seen from the deck of the other: a craft on a line astern is not made fast alongside."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import HOUR, KNOT, T0, every, path, scene_of

from detectors.events.area import Area
from detectors.events.event import make_events
from detectors.kernels.encounters.relative_bearings import AHEAD_M, IN_LINE_SHARE, SEEN, relative_bearings
from detectors.kernels.geometry.geodesy import plane_m
from detectors.kernels.tracks.fixes import Fixes
from detectors.presets import params_for
from detectors.sts_transfer.detector import detect
from detectors.tracks.reports import StaticReport
from detectors.vessels.watch_list import WatchList

TIMES = every(5, 0, 6)
SIZES = ((250.0, 44.0), (60.0, 10.0))
TOLD = ("length_m", "beam_m", "antenna_ahead_m", "antenna_abeam_m")


def told(*parts, sizes=SIZES):
    """Return what is told of two ships; sizes (length, beam, place of the antenna) as they say them."""
    statics = [
        StaticReport(n, T0, **dict(zip(TOLD, (*s, 0.0) if len(s) == 3 else s, strict=False)))
        for n, s in enumerate(sizes, start=1)
        if s
    ]
    (meeting,) = detect(
        scene_of(*parts, statics=statics), params_for("default").by_name["sts_transfer"]
    ).findings
    return meeting.measures


def swinging(
    ahead_m, starboard_m, times=TIMES, *, turns=True, noise_m=3.0, bows=(True, True), errors=(0.0, 0.0)
):
    """A ship whose bow turns by half a circle, and one that keeps its place beside it, ahead or astern."""
    random = np.random.default_rng(7)
    bow = 30.0 * times if turns else 0.0 * times
    rad = np.radians(bow)
    east = ahead_m * np.sin(rad) + starboard_m * np.cos(rad)
    north = ahead_m * np.cos(rad) - starboard_m * np.sin(rad)
    heading = [
        {"heading_deg": np.where(tells, (bow + error) % 360.0, np.nan)}
        for tells, error in zip(bows, errors, strict=True)
    ]
    shaken = random.normal(0.0, noise_m, (4, len(times)))
    return (
        path(1, times, shaken[0], shaken[1], **heading[0]),
        path(2, times, east + shaken[2], north + shaken[3], **heading[1]),
    )


def test_a_craft_on_a_line_astern_lies_in_line():
    assert told(*swinging(-150, 4))["in_line_offset_m"] == pytest.approx(150, abs=3)


def test_of_two_small_ships_the_antenna_tells_that_one_is_clear_astern():
    """20 m clear of the stern, 62 m from an antenna near it: nearer than half of both lengths."""
    sizes = ((120.0, 18.0), (45.0, 9.0))
    parts = swinging(-62, 3)
    assert told(*parts, sizes=sizes)["in_line_offset_m"] is None
    assert told(*parts, sizes=((*sizes[0], -40.0), sizes[1]))["in_line_offset_m"] == pytest.approx(102, abs=3)
    nearer = told(*parts, sizes=(sizes[0], (*sizes[1], -15.0)))
    assert nearer["in_line_offset_m"] is None  # 47 m from middle to middle


def test_an_antenna_far_off_the_keel_puts_none_in_line():
    """Antennas 4 m aside of one another, one of them 18 m to port of its middle: they lie beside."""
    sizes = (*SIZES[0], 0.0, -18.0), SIZES[1]
    assert told(*swinging(-150, -4))["in_line_offset_m"] is not None
    assert told(*swinging(-150, -4), sizes=sizes)["in_line_offset_m"] is None


@pytest.mark.parametrize("sizes", [((230.0, 32.0), (60.0, 10.0)), (None, None)])
def test_a_feeder_made_fast_by_a_bridge_far_aft_lies_beside(sizes):
    """Antennas 120 m apart along the centreline and 11 m across, by a compass that is 3 degrees wrong."""
    assert told(*swinging(120, 11, bows=(True, False)), sizes=sizes)["in_line_offset_m"] is None


def test_a_bow_that_stays_the_same_while_the_other_goes_round_is_none():
    """A heading that was filled in with 0, of ships that swing as one."""
    parts = [replace(part, heading_deg=0 * part.heading_deg) for part in swinging(110, 40)]
    measures = told(*parts, sizes=(None, None))
    assert (measures["beam_side_offset_m"], measures["headings_known"]) == (None, 0)
    assert told(*swinging(110, 40), sizes=(None, None))["headings_known"] == 2


def test_so_does_one_who_is_dragged_ahead():
    assert told(*swinging(150, -4))["in_line_offset_m"] == pytest.approx(150, abs=3)


def test_a_bow_of_the_larger_and_its_beam_are_enough():
    assert (
        told(*swinging(-150, 4, bows=(True, False)), sizes=(SIZES[0], None))["in_line_offset_m"] is not None
    )


def test_ships_along_a_quay_lie_in_line():
    lie = swinging(-140, 1, turns=False, noise_m=1.0)
    assert told(*lie, sizes=((110.0, 17.0), (110.0, 17.0)))["in_line_offset_m"] == pytest.approx(140, abs=3)


@pytest.mark.parametrize("ahead_m", [-110, -60, 0, 60, 110])
def test_one_made_fast_lies_beside_wherever_its_antenna_stands(ahead_m):
    assert told(*swinging(ahead_m, 27))["in_line_offset_m"] is None


@pytest.mark.parametrize(("ahead_m", "told_m"), [(-26, None), (-90, 90)])
def test_of_two_small_ships_only_lengths_can_tell(ahead_m, told_m):
    """Their positions err by as much as they are broad: one made fast may seem to lie ahead."""
    measures = told(*swinging(ahead_m, 3), sizes=((120.0, 18.0), (45.0, 9.0)))
    assert measures["in_line_offset_m"] == (told_m and pytest.approx(told_m, abs=3))


@pytest.mark.parametrize("error", [90.0, 270.0])
def test_a_compass_a_quarter_wrong_puts_none_ahead_who_is_made_fast(error):
    assert told(*swinging(0, 27, errors=(error, error)))["in_line_offset_m"] is None


def test_where_the_bow_of_one_denies_it_it_is_not_told():
    assert told(*swinging(-150, 4, errors=(0.0, 60.0)))["in_line_offset_m"] is None


def test_clocks_that_disagree_do_not():
    """Three minutes apart on a tide of a knot: now ahead, now astern of where it lies."""
    drift = TIMES * KNOT * HOUR
    late = drift - 180.0 * KNOT + 120.0 * np.sin(TIMES * 4.0)
    rad = np.radians(30.0 * TIMES)
    east, north = 40 * np.sin(rad) + 22 * np.cos(rad), 40 * np.cos(rad) - 22 * np.sin(rad)
    heading = {"heading_deg": 30.0 * TIMES}
    one, other = path(1, TIMES, drift, 0 * TIMES, **heading), path(2, TIMES, late + east, north, **heading)
    assert told(one, other)["in_line_offset_m"] is None


@pytest.mark.parametrize(("ahead_m", "aside_m", "told_m"), [(-150, 4, 150), (-150, 24, None), (-60, 3, None)])
def test_without_beams_only_who_lies_far_ahead_or_astern_and_near_the_keel(ahead_m, aside_m, told_m):
    measures = told(*swinging(ahead_m, aside_m), sizes=(None, None))
    assert measures["in_line_offset_m"] == (told_m and pytest.approx(told_m, abs=3))


@pytest.mark.parametrize("length_m", [60.0, 100.0, 180.0, 330.0])
@pytest.mark.parametrize("ahead_share", [0.3, 0.76])
def test_no_two_made_fast_without_sizes_lie_in_line(length_m, ahead_share):
    """The antennas of two alike, as far apart along the centreline as of many, and as far as of the last."""
    parts = swinging(ahead_share * length_m, length_m / 7.0 + 4.0)
    assert told(*parts, sizes=(None, None))["in_line_offset_m"] is None


def test_nothing_is_told_without_a_bow_or_where_positions_are_coarse():
    assert told(*swinging(-150, 4, bows=(False, False)))["in_line_offset_m"] is None
    coarse = [
        replace(part, uncertainty_m=np.full(len(TIMES), 40.0, np.float32)) for part in swinging(-150, 4)
    ]
    assert told(*coarse)["in_line_offset_m"] is None


def test_who_makes_way_is_told_by_the_formation_alone():
    times = every(2, 0, 6)
    north = times * 2.6 * KNOT * HOUR
    bow = {"heading_deg": 0.0 * times}
    meeting = told(path(1, times, 0 * times, north, **bow), path(2, times, 0 * times, north - 120, **bow))
    assert (meeting["formation"], meeting["in_line_offset_m"]) == ("in_line", None)


def weights(*parts):
    scene = scene_of(*parts)
    found = detect(scene, params_for("default").by_name["sts_transfer"]).findings
    (event,) = make_events(found, scene, WatchList(), Area("all"))
    return {reason.name: reason.weight for reason in event.score.reasons}


@pytest.mark.parametrize(("aside_m", "weight"), [(30, None), (64, None), (78, -0.8), (135, -1.6)])
def test_who_lies_farther_abeam_than_two_ships_are_broad_has_water_between(aside_m, weight):
    parts = swinging(0, aside_m)
    assert told(*parts, sizes=(None, None))["beam_side_offset_m"] == pytest.approx(aside_m, abs=3)
    assert weights(*parts).get("beam_side_offset_m") == weight


def test_where_sizes_tell_the_water_the_place_abeam_is_not_told():
    assert told(*swinging(0, 135))["beam_side_offset_m"] is None


def neighbours(apart_m, bow, other_bow=None, noise_m=3.0):
    """Two at anchor, each swinging in place."""
    random = np.random.default_rng(11)
    heading = [{"heading_deg": np.asarray(b) % 360.0} for b in (bow, bow if other_bow is None else other_bow)]
    shaken = random.normal(0.0, noise_m, (4, len(TIMES)))
    return (
        path(1, TIMES, shaken[0], shaken[1], **heading[0]),
        path(2, TIMES, apart_m + shaken[2], shaken[3], **heading[1]),
    )


TIDE = np.where(TIMES < 3.0, 20.0, 200.0) + 5.0 * np.sin(9.0 * TIMES)


def test_neighbours_at_anchor_swing_each_on_its_own():
    parts = neighbours(140.0, TIDE)
    assert told(*parts, sizes=(None, None))["independent_swing_m"] == pytest.approx(140, abs=15)
    assert weights(*parts)["independent_swing_m"] == -1.6


@pytest.mark.parametrize("ahead_m", [0, 120])
def test_two_made_fast_turn_as_one(ahead_m):
    assert told(*swinging(ahead_m, 30))["independent_swing_m"] is None


def test_bows_that_do_not_turn_tell_nothing_of_it():
    assert (
        told(*neighbours(140.0, 20.0 + 10.0 * np.sin(TIMES)), sizes=(None, None))["independent_swing_m"]
        is None
    )


def test_headings_that_leap_about_tell_nothing_at_all():
    """Noise in place of a heading, of two made fast with antennas 90 m apart."""
    random = np.random.default_rng(5)
    bows = random.uniform(0, 360, (2, len(TIMES)))
    measures = told(*neighbours(90.0, *bows), sizes=(None, None))
    assert (
        measures["independent_swing_m"],
        measures["beam_side_offset_m"],
        measures["in_line_offset_m"],
    ) == (None, None, None)


@pytest.mark.parametrize(("differs", "told_m"), [(0.4, 135), (0.1, None)])
def test_a_bow_that_copies_the_course_tells_nothing(differs, told_m):
    """Files made by programs do so at nearly every report; ships that drift point elsewhere at many."""
    random = np.random.default_rng(2)
    bows = np.where(random.random(len(TIMES)) < differs, 40.0, 0.0)
    parts = [
        replace(part, cog_deg=((part.heading_deg + bows) % 360.0).astype(np.float32))
        for part in swinging(0, 135)
    ]
    assert told(*parts, sizes=(None, None))["beam_side_offset_m"] == (told_m and pytest.approx(told_m, abs=3))


@pytest.mark.parametrize(
    ("ahead_m", "aside_m", "turns", "water_m"),
    [
        (260, 62, True, 0),  # bridges aft, bows opposed
        (260, 62, False, 0),
        (260, 5, True, 112),  # a craft astern
        (230, 140, True, 119),  # loosely abreast
    ],
)
def test_lengths_that_are_assumed_show_no_water_to_who_keeps_its_place_abreast(
    ahead_m, aside_m, turns, water_m
):
    measures = told(*swinging(ahead_m, aside_m, turns=turns), sizes=(None, None))
    assert measures["hull_clearance_m"] == pytest.approx(water_m, abs=8)
    assert measures["rigid_abreast"] is (water_m == 0)


def test_lengths_that_are_told_show_it():
    sizes = ((90.0, 14.0), (90.0, 14.0))
    assert told(*swinging(260, 62), sizes=sizes)["hull_clearance_m"] == pytest.approx(177, abs=8)


places_m = st.tuples(st.floats(-60, 60), st.floats(-15, 15), st.floats(-60, 60), st.floats(-15, 15))


@given(st.integers(0, 10_000), st.floats(1.0, 60.0), places_m)
def test_the_loop_counts_what_geometry_says(seed, beside_m, antenna_m):
    """The other reports no heading: where its antenna stands is of no use."""
    random = np.random.default_rng(seed)
    tracks = [
        (
            np.sort(random.uniform(0, 7200, 30)),
            124 + random.normal(0, 5e-4, 30),
            38 + random.normal(0, 5e-4, 30),
        )
        for _ in range(2)
    ]
    bow = np.where(random.random(30) < 0.2, np.nan, random.uniform(0, 360, 30))
    fixes = Fixes(*(np.concatenate(column) for column in zip(*tracks, strict=True)))
    heading = np.concatenate((bow, np.full(30, np.nan))).astype(np.float32)
    offsets, span, known_s = np.array([0, 30, 60]), (600.0, 6000.0), 400.0
    where = np.array([[0, 1]]), np.array([span]), np.array([beside_m]), np.array([antenna_m])
    cog = np.roll(heading, 7)
    row = relative_bearings(*where, offsets, fixes, heading, cog, known_s, 1.0)[0]
    ahead, aside = [], []
    (time_s, lon, lat), (her_s, her_lon, her_lat) = tracks
    for k in range(30):
        after = np.searchsorted(her_s, time_s[k], side="right")
        is_heard = 0 < after < 30 and her_s[after] - her_s[after - 1] <= known_s
        if span[0] <= time_s[k] <= span[1] and is_heard and not np.isnan(bow[k]):
            to = np.interp(time_s[k], her_s, her_lon), np.interp(time_s[k], her_s, her_lat)
            east_m, north_m = plane_m(lon[k], lat[k], *to)
            centreline = np.radians(float(heading[k]))
            east_m += antenna_m[0] * np.sin(centreline) + antenna_m[1] * np.cos(centreline)
            north_m += antenna_m[0] * np.cos(centreline) - antenna_m[1] * np.sin(centreline)
            ahead.append(abs(east_m * np.sin(centreline) + north_m * np.cos(centreline)))
            aside.append(abs(east_m * np.cos(centreline) - north_m * np.sin(centreline)))
    assert row[SEEN] == len(ahead)
    if ahead:
        assert row[IN_LINE_SHARE] == pytest.approx(np.mean(np.array(aside) < beside_m))
        assert row[AHEAD_M] == pytest.approx(np.median(ahead), abs=0.05)
