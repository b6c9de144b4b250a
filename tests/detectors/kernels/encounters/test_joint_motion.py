"""Which ways two went through a meeting: equal to the plain formula, everywhere on the globe."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detectors.core.angles import unwrapped_deg, wrapped_deg
from detectors.kernels.encounters import joint_motion as k
from detectors.kernels.geometry.geodesy import plane_m
from detectors.kernels.tracks.fixes import Fixes

STEP_S, STILL_M = 600.0, 100.0


def told(ways, span):
    """Return the row of two ways, each (times, longitudes, latitudes), during a span."""
    bounds = np.cumsum([0, *(len(way[0]) for way in ways)])
    rows = np.array([[bounds[0], bounds[1], bounds[1], bounds[2]]])
    columns = [np.concatenate([np.asarray(way[n], dtype=float) for way in ways]) for n in range(3)]
    return k.joint_motion(rows, np.array([span], dtype=float), Fixes(*columns), STEP_S, STILL_M)[0]


def plainly(ways, span):
    """Return place, made good and motion by the formula that `kernels.ways` states, in numpy."""

    def at(way, at_s):
        lon = unwrapped_deg(np.asarray(way[1], dtype=float))
        return np.interp(at_s, way[0], lon), np.interp(at_s, way[0], way[2])

    times = np.unique(np.clip(np.concatenate((ways[0][0], ways[1][0], span)), *span))
    (lon_1, lat_1), (lon_2, lat_2) = (at(way, times) for way in ways)
    lon = wrapped_deg(float(np.mean(lon_1 + 0.5 * wrapped_deg(lon_2 - lon_1))))
    at_s = np.arange(*span, STEP_S)
    steps = []
    for way in ways:
        x, y = at(way, at_s)
        steps.append(np.stack(plane_m(x[:-1], y[:-1], x[1:], y[1:])))
    relative = np.median(np.hypot(*(steps[1] - steps[0])) / np.diff(at_s))
    return lon, float(np.mean((lat_1 + lat_2) / 2)), relative


@st.composite
def two_ways(draw):
    lon, lat = draw(st.floats(-180, 179.99)), draw(st.floats(-75, 75))
    ways = []
    for _ in range(2):
        count = draw(st.integers(1, 12))
        seed = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
        time_s = np.sort(seed.uniform(-2000.0, 9000.0, count))
        ways.append(
            (time_s, wrapped_deg(lon + seed.normal(0, 0.02, count)), lat + seed.normal(0, 0.01, count))
        )
    return ways


@settings(max_examples=60, deadline=None)
@given(two_ways())
def test_ways_are_as_the_plain_formula_has_them(ways):
    row, (lon, lat, relative) = told(ways, (0.0, 7200.0)), plainly(ways, (0.0, 7200.0))
    assert abs(wrapped_deg(row[k.LON_DEG] - lon)) < 1e-9
    assert row[k.LAT_DEG] == pytest.approx(lat, abs=1e-9)
    assert row[k.RELATIVE_MPS] == pytest.approx(relative, abs=1e-6)


NORTHWARDS = [0.0, 1800.0, 3600.0], [124.0] * 3, [38.0, 38.01, 38.02]


def test_two_that_go_the_same_way_are_alike_and_one_that_lies_still_tells_nothing():
    beside = NORTHWARDS[0], [124.001] * 3, NORTHWARDS[2]
    row = told((NORTHWARDS, beside), (0.0, 3600.0))
    assert row[k.ALIKE] == pytest.approx(1.0)
    assert row[k.ASIDE] == pytest.approx(1.0)
    assert row[k.MADE_GOOD_1_M] == pytest.approx(row[k.MADE_GOOD_2_M])
    still = NORTHWARDS[0], [124.0] * 3, [38.0] * 3
    assert np.isnan(told((NORTHWARDS, still), (0.0, 3600.0))[k.ALIKE])


@pytest.mark.parametrize("course_deg", [0.0, 60.0, 90.0, 200.0])
def test_one_that_follows_the_other_lies_in_line(course_deg):
    hours = np.array([0.0, 1800.0, 3600.0])
    east, north = np.sin(np.radians(course_deg)), np.cos(np.radians(course_deg))
    astern, ahead = (
        (hours, (hours * 2e-6 + lead) * east, (hours * 2e-6 + lead) * north) for lead in (0, 1e-3)
    )
    assert told((astern, ahead), (0.0, 3600.0))[k.ASIDE] == pytest.approx(0.0, abs=1e-3)


def test_the_middle_of_a_meeting_at_180_degrees_is_there():
    west, east = [0.0, 3600.0], [0.0, 3600.0]
    row = told(((west, [179.9, 179.9], [0.0, 0.0]), (east, [-179.9, -179.9], [0.0, 0.0])), (0.0, 3600.0))
    assert abs(row[k.LON_DEG]) == pytest.approx(180.0)


def test_a_way_of_one_report_lies_still():
    row = told((([1800.0], [124.0], [38.0]), NORTHWARDS), (0.0, 3600.0))
    assert row[k.MADE_GOOD_1_M] == 0.0
    assert row[k.LAT_DEG] == pytest.approx(38.005)
