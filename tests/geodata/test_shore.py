"""Land and shore: the grid must never change what the polygons say."""

import numpy as np
import pytest
import shapely

from geodata.shore import LONGEST_SEGMENT_DEG, Land, Shore, cut_long_segments
from geodata.world import World, load_world

ISLAND = shapely.box(10.0, 10.0, 11.0, 11.0)


def land_of(geometry, *box, cell_deg=0.5):
    shapely.prepare(geometry)
    return Land(geometry, *box, cell_deg)


def test_land_water_and_the_shoreline_itself():
    land = land_of(ISLAND, 0.0, 0.0, 20.0, 20.0)
    shore = Shore(lambda: (land,))
    assert shore.on_land([10.5, 9.9, 10.0], [10.5, 10.5, 10.5]).tolist() == [True, False, True]
    assert shore.distance_m([10.5], [10.5])[0] == 0.0
    assert shore.distance_m([9.0], [10.5])[0] == pytest.approx(109_465, abs=200)


def test_the_finer_part_rules_where_it_covers():
    fine = land_of(shapely.Polygon(), 0.0, 0.0, 20.0, 20.0)
    coarse = land_of(shapely.box(-30, -30, 30, 30), -180.0, -90.0, 180.0, 90.0)
    shore = Shore(lambda: (fine, coarse))
    assert shore.on_land([10.0, -10.0], [10.0, 10.0]).tolist() == [False, True]


@pytest.mark.parametrize("seed", range(5))
def test_the_grid_agrees_with_the_polygons(seed):
    rng = np.random.default_rng(seed)
    spikes = rng.uniform(0.05, 3.0, 60)
    angle = np.linspace(0, 2 * np.pi, 60, endpoint=False)
    star = shapely.Polygon(np.column_stack((10 + spikes * np.cos(angle), 10 + spikes * np.sin(angle))))
    land = land_of(star, 0.0, 0.0, 20.0, 20.0, cell_deg=0.3)
    x, y = rng.uniform(6, 14, (2, 5000))
    assert np.array_equal(land.holds(x, y), shapely.intersects_xy(star, x, y))


def test_the_packaged_grid_agrees_with_the_packaged_polygons():
    rng = np.random.default_rng(11)
    for land in load_world().shore.lands:
        x = rng.uniform(land.west, land.east, 50_000)
        y = rng.uniform(land.south, land.north, 50_000)
        assert np.array_equal(land.holds(x, y), shapely.intersects_xy(land.geometry, x, y))


def test_packaged_land_is_valid_and_inside_its_box():
    for land in load_world().shore.lands:
        assert shapely.is_valid(land.geometry)
        assert shapely.box(land.west, land.south, land.east, land.north).covers(land.geometry)


def test_korea_has_full_detail():
    near_nampo = shapely.box(125.0, 38.5, 125.5, 38.8)
    coast = shapely.boundary(load_world().shore.lands[0].geometry).intersection(near_nampo)
    length_m = shapely.length(coast) * 100_000  # a degree is 87 to 111 km here
    assert length_m / shapely.get_num_coordinates(coast) < 250


def test_how_far_inland_is_known_in_the_fine_chart_only():
    world = load_world()
    lon, lat = [126.75, 123.0, -100.0, 51.0], [35.3, 36.0, 40.0, 42.0]
    inland_m = world.inland_m(lon, lat)
    assert 10_000 < inland_m[0] < 60_000
    assert inland_m[1:].tolist() == [0.0, 0.0, 0.0]
    assert World.empty().inland_m(126.75, 35.3).tolist() == [0.0]


def test_only_rings_with_a_long_segment_are_cut_and_none_is_left():
    near, far = (
        shapely.linearrings([(x, 0.0), (x + 0.05, 0.0), (x + 0.05, 0.05), (x, 0.0)]) for x in (0.0, 90.0)
    )
    wide = shapely.linearrings([(50.0, 0.0), (50.3, 0.0), (50.3, 0.05), (50.0, 0.0)])
    rings = np.array([near, far, wide])
    cut = cut_long_segments(rings)
    assert cut[0] is near
    assert cut[1] is far
    expected = shapely.get_coordinates(shapely.segmentize(rings, LONGEST_SEGMENT_DEG))
    assert np.array_equal(shapely.get_coordinates(cut), expected)
    assert shapely.get_num_coordinates(cut[2]) > 4


def test_the_packaged_shore_is_cut_as_if_all_of_it_were_looked_at():
    for land in load_world().shore.lands:
        rings = shapely.get_rings(shapely.get_parts(land.geometry))
        every = shapely.segmentize(rings, LONGEST_SEGMENT_DEG)
        assert np.array_equal(
            shapely.get_coordinates(cut_long_segments(rings)), shapely.get_coordinates(every)
        )
