"""Outlines of reach: along water on the grid, an ellipse on the ocean, nothing where it is too far."""

import numpy as np
import pytest
import shapely
from pyproj import Geod

from geodata.world import World, load_world

GEOD = Geod(ellps="WGS84")


@pytest.fixture(scope="module")
def world():
    return load_world()


def test_every_place_inside_is_in_reach_and_none_outside_by_much(world):
    off, on, way_m = (124.2, 38.3), (124.2, 37.5), 12 * 18_520.0
    shape = world.reach_outline(off, on, way_m)
    assert shape.is_valid
    rng = np.random.default_rng(2)
    lon, lat = rng.uniform(122.5, 126.5, 400), rng.uniform(36.5, 39.9, 400)
    together_m = sum(world.sea_distance_between_m(*end, lon, lat) for end in (off, on))
    inside = shapely.contains_xy(shape, lon, lat)
    assert (together_m[inside] < way_m + 20_000).all()
    wet = ~world.on_land(lon, lat)
    assert inside[wet & (together_m < way_m - 20_000)].all()


def test_it_does_not_cross_korea(world):
    shape = world.reach_outline((124.6, 38.3), None, 400_000.0)
    assert shapely.contains_xy(shape, 124.3, 36.0)
    assert not shapely.contains_xy(shape, 128.2, 39.0)
    assert GEOD.inv(124.6, 38.3, 128.2, 39.0)[2] < 400_000


def test_too_far_apart_is_out_of_reach(world):
    assert world.reach_outline((124.6, 38.3), (128.8, 38.9), 500_000.0) is None
    assert world.reach_outline((-150.0, 10.0), (-140.0, 10.0), 500_000.0) is None


@pytest.mark.parametrize("lon", [-150.0, 179.9])
def test_on_the_ocean_it_is_an_ellipse_round_both_ends(lon):
    off, on, way_m = (lon, 10.0), (lon + 1.0, 10.5), 300_000.0
    shape = World.empty().reach_outline(off, on, way_m)
    for x, y in shapely.get_coordinates(shape):
        both_m = GEOD.inv(*off, x, y)[2] + GEOD.inv(x, y, *on)[2]
        assert both_m == pytest.approx(way_m, rel=0.01)
    alone = World.empty().reach_outline(off, None, way_m)
    for x, y in shapely.get_coordinates(alone):
        assert GEOD.inv(*off, x, y)[2] == pytest.approx(way_m, rel=0.01)


@pytest.mark.parametrize(
    ("off", "on", "way_m"),
    [
        ((-150.0, 45.0), (-90.0, 50.0), 8e6),  # far apart: the course turns on the way
        ((-150.0, 60.0), None, 4e6),  # round the pole
        ((179.0, -70.0), (-170.0, -72.0), 7e6),
        ((30.0, 90.0), None, 1e6),
        ((-150.0, 20.0), None, 15e6),  # three weeks at 16 kn: more than half the globe
        ((-150.0, 45.0), (-120.0, 50.0), 30e6),
        ((-150.0, 20.0), None, 40e6),  # three months at 10 kn: everywhere
    ],
)
def test_a_long_reach_is_round_the_globe_as_geodesics_are(off, on, way_m):
    shape = World.empty().reach_outline(off, on, way_m)
    assert shape.is_valid
    rng = np.random.default_rng(0)
    lon, lat = rng.uniform(-180, 180, 2000), np.degrees(np.arcsin(rng.uniform(-1, 1, 2000)))
    both_m = sum(GEOD.inv(*np.tile(end, (2000, 1)).T, lon, lat)[2] for end in (off, on) if end)
    inside = shapely.contains_xy(shape, lon, lat)
    for turn in (-360.0, 360.0):
        inside |= shapely.contains_xy(shape, lon + turn, lat)
    assert inside[both_m < 0.97 * way_m].all()
    assert not inside[both_m > 1.03 * way_m].any()
