"""What an area of the user's own holds, places and lines that cross it; and what the area `dprk` does."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import Polygon, box

from detectors.core.angles import wrapped_deg
from detectors.core.findings import Finding
from detectors.core.params import ParamError
from detectors.core.units import NAUTICAL_MILE_M
from detectors.events.area import Area, on_the_globe
from detectors.events.area_params import AreaParams
from detectors.events.context import Place, places_of
from geodata.world import load_world

FAR_OFF = Place((), np.inf, on_land=False, port=None, port_m=np.inf, dprk_m=np.inf, night_share=0.0)


def held(shape, *path):
    return Area("shape", shape).holds(path, {}, FAR_OFF)


SQUARE = box(123, 37, 125, 39)


@pytest.mark.parametrize(
    ("path", "is_held"),
    [
        (((124, 38),), True),
        (((126, 38),), False),
        (((122, 38), (124, 38)), True),
        (((122, 38), (126, 38)), True),
        (((122, 36), (126, 36)), False),
        (((122, 38), (122, 38)), False),
        (((124, 38), (124, 38)), True),
        (((122, 36), (122, 40), (126, 40)), False),
        (((122, 40), (122, 38), (126, 38)), True),
    ],
)
def test_a_silence_is_held_where_its_line_crosses_the_area_though_both_ends_lie_outside(path, is_held):
    assert held(SQUARE, *path) is is_held


def test_a_line_across_the_antimeridian_goes_the_short_way_round():
    silence = ((179.0, 50.0), (-179.0, 50.0))
    assert held(box(179.5, 49, 180, 51), *silence)
    assert held(box(-180, 49, -179.5, 51), *silence)
    assert held(box(-180, 49, -179.5, 51), *silence[::-1])
    assert not held(box(-10, 49, 10, 51), *silence)


def test_an_area_written_beyond_180_degrees_holds_what_lies_on_both_sides():
    for area in (box(170, 50, 190, 60), box(-190, 50, -170, 60)):
        shape = on_the_globe(area)
        assert all(held(shape, (lon, 55)) for lon in (171, 179.9, -179.9, -171))
        assert not held(shape, (0, 55))
        assert not held(shape, (169, 55))


def test_an_area_on_the_globe_stays_as_it_is():
    assert on_the_globe(SQUARE) is SQUARE


@pytest.mark.parametrize(
    "shape",
    [box(0, 80, 10, 91), box(-200, 0, 200, 10), box(400, 0, 410, 10), box(1e6, 4e6, 2e6, 5e6)],
    ids=["beyond a pole", "wider than a turn", "a turn away", "metres"],
)
def test_a_shape_that_is_not_on_the_globe_is_refused_with_its_bounds(shape):
    with pytest.raises(ValueError, match=r"it reaches from .* right are lon, lat in degrees"):
        on_the_globe(shape)


COAST = Polygon([(0, 0), (4, 0), (4, 3), (2, 1), (0, 3)])
PLACES = st.tuples(st.floats(-6, 10), st.floats(-4, 7))


@given(st.lists(PLACES, min_size=1, max_size=3), st.sampled_from([90.0, 177.0, 178.5, -181.0, -300.0]))
def test_it_does_not_matter_where_on_the_globe_area_and_line_lie(places, turn_deg):
    moved = Polygon([(x + turn_deg, y) for x, y in COAST.exterior.coords])
    turned = [(float(wrapped_deg(x + turn_deg)), y) for x, y in places]
    inner, outer = (held(COAST.buffer(by), *places) for by in (-1e-6, 1e-6))
    if inner == outer:
        assert held(on_the_globe(moved), *turned) == inner


LEFT_TIME = {"dprk_stay_at_most_h": 3.0, "unexplained_h": 5.0}
OFF_SHANGHAI = (125.0, 31.0)


@pytest.mark.parametrize(
    ("changes", "is_held"),
    [
        ({}, True),
        ({"stay_min_h": 3.5}, False),
        ({"unexplained_min_h": 5.5}, False),
        ({"region_west_deg": 126}, False),
        ({"region_east_deg": 124}, False),
        ({"region_south_deg": 32}, False),
        ({"region_north_deg": 30}, False),
    ],
)
def test_a_silence_from_far_off_is_told_by_the_time_that_it_left_and_where_it_was(changes, is_held):
    area = Area("dprk", params=AreaParams(**changes))
    assert area.holds((OFF_SHANGHAI,), LEFT_TIME, FAR_OFF) is is_held


def test_a_request_can_narrow_the_belt_round_dprk_waters():
    path = ((126.5, 37.0), (126.4, 36.9))
    finding = Finding("dark_period", 0.0, 3600.0, (0,), (), (), path, {}, 0.0)
    [place] = places_of([finding], load_world(), 3600.0)
    near_nm = place.dprk_m / NAUTICAL_MILE_M
    assert 5 < near_nm < 60
    for belt_nm, is_held in ((60, True), (near_nm + 1, True), (near_nm - 1, False)):
        area = Area("dprk", params=AreaParams(near_nm=belt_nm))
        assert area.holds(path, {}, place) is is_held


@pytest.mark.parametrize("changes", [{"region_west_deg": 150}, {"region_north_deg": 10}])
def test_a_region_that_ends_before_it_begins_is_refused(changes):
    with pytest.raises(ParamError, match="region"):
        AreaParams(**changes)
