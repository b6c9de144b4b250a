import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Geod

from detectors.core.angles import wrapped_deg
from detectors.kernels.geometry.geodesy import (
    is_short,
    metres_per_degree,
    plane_m,
    scale_at,
    short_m,
    sphere_m,
    wrap_one_deg,
)

WGS84 = Geod(ellps="WGS84")

lons = st.floats(-180, 179.999)
lats = st.floats(-79, 79)
metres = st.floats(0, 1000)
bearings = st.floats(0, 360)


@given(lons, lats, bearings, metres)
def test_the_tangent_plane_is_within_a_decimetre_of_the_geodesic_at_a_kilometre(lon, lat, bearing, distance):
    lon_b, lat_b, _ = WGS84.fwd(lon, lat, bearing, distance)
    assert np.hypot(*plane_m(lon, lat, lon_b, lat_b)) == pytest.approx(distance, abs=0.1)


@given(lons, lats, lons, lats)
def test_swapping_two_places_changes_the_sign_and_nothing_else(lon_a, lat_a, lon_b, lat_b):
    east, north = plane_m(lon_a, lat_a, lon_b, lat_b)
    back_east, back_north = plane_m(lon_b, lat_b, lon_a, lat_a)
    assert north == -back_north
    if abs(wrapped_deg(lon_b - lon_a)) < 179:
        assert abs(east) == pytest.approx(abs(back_east), rel=1e-9, abs=1e-6)


@given(lons, lats, lons, lats)
def test_the_great_circle_is_within_six_thousandths_of_the_geodesic(lon_a, lat_a, lon_b, lat_b):
    exact = WGS84.inv(lon_a, lat_a, lon_b, lat_b)[2]
    assert sphere_m(lon_a, lat_a, lon_b, lat_b) == pytest.approx(exact, rel=6e-3, abs=1)


def test_two_places_either_side_of_180_are_near():
    assert np.hypot(*plane_m(179.999, 38.0, -179.999, 38.0)) == pytest.approx(175.6, abs=0.5)


@given(st.floats(-180, 180), st.floats(-90, 90), st.floats(-0.3, 0.3), st.floats(-0.3, 0.3))
def test_short_ways_by_the_plane_are_those_by_the_sphere_also_across_180_degrees(lon, lat, east, north):
    there = wrapped_deg(lon + east), min(90.0, max(-90.0, lat + north))
    way = wrap_one_deg(there[0] - lon), there[1] - lat, 0.5 * (lat + there[1])
    if is_short(*way):
        assert short_m(*way) == pytest.approx(sphere_m(lon, lat, *there), rel=2e-5, abs=1e-3)
    else:
        assert max(abs(east), abs(north)) > 0.19 or abs(lat) > 69.0


@given(st.floats(-90, 90))
def test_the_table_of_scales_is_as_good_as_the_formula(lat):
    assert scale_at(lat) == pytest.approx(metres_per_degree(lat), rel=1e-7, abs=1e-4)


@pytest.mark.parametrize("lat", [-90.0, 90.0, 0.0, 38.05])
def test_the_table_has_both_poles_and_its_own_lines(lat):
    assert scale_at(lat) == pytest.approx(metres_per_degree(lat), rel=1e-12, abs=1e-6)


@given(st.floats(-540, 540, exclude_min=True, exclude_max=True))
def test_an_angle_is_wrapped_by_one_turn_at_most_and_left_as_it_is_where_it_fits(angle):
    wrapped = wrap_one_deg(angle)
    assert -180.0 <= wrapped < 180.0
    assert wrapped == angle or not -180.0 <= angle < 180.0
    assert np.sin(np.radians(wrapped)) == pytest.approx(np.sin(np.radians(angle)), abs=1e-9)


def test_an_angle_that_is_not_known_stays_so():
    assert np.isnan(wrap_one_deg(np.nan))
