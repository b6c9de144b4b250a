"""Ways along water: named passages, fast marching against the circle, symmetry, no way at all."""

import csv
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import shapely
from pyproj import Geod

from geodata.marching import march
from geodata.sea_grid import SeaGrid, latitude_deg, mercator_y
from geodata.world import World, load_world

GEOD = Geod(ellps="WGS84")
with (Path(__file__).parent / "passages.csv").open(encoding="utf-8") as file:
    PASSAGES = list(csv.DictReader(file))


def waypoints(passage):
    return [tuple(map(float, pair.split(","))) for pair in passage["waypoints"].split()]


def chain_m(points):
    return sum(GEOD.inv(*a, *b)[2] for a, b in pairwise(points))


@pytest.fixture(scope="module")
def world():
    return load_world()


@pytest.mark.parametrize("passage", PASSAGES, ids=lambda passage: passage["name"])
def test_a_passage_is_as_long_as_its_chain_of_great_circles(world, passage):
    # The legs of a chain run over water, so the shortest way is no longer than they are together;
    # a chain by a few waypoints keeps off the capes and is up to 5 % longer than need be.
    points = waypoints(passage)
    start, end = points[0], points[-1]
    chain = chain_m(points)
    between = world.sea_distance_between_m(*start, [end[0]], [end[1]])[0]
    assert 0.94 * chain < between < 1.006 * chain
    first, last = world.sea_distance_m(passage["port_id"], [start[0], end[0]], [start[1], end[1]])
    assert last < 1.006 * (first + chain) + 1000.0
    assert last > 0.93 * chain


@pytest.mark.parametrize("passage", PASSAGES, ids=lambda passage: passage["name"])
def test_the_legs_of_a_passage_run_over_water(world, passage):
    land = world.shore.lands[0].geometry
    for a, b in pairwise(waypoints(passage)):
        count = max(int(GEOD.inv(*a, *b)[2] // 2000), 1)
        leg = shapely.LineString([a, *GEOD.npts(*a, *b, count), b])
        assert not shapely.intersects(land, leg)


def test_there_are_twenty_passages():
    assert len(PASSAGES) >= 20


def test_round_korea_is_much_farther_than_across(world):
    across = GEOD.inv(125.41, 38.72, 129.82, 41.75)[2]
    around = world.sea_distance_m("kp_nampo", [129.86], [41.74])[0]
    assert around > 2.5 * across


def test_in_open_water_the_way_is_the_great_circle(world):
    lon, lat = np.array([134.0, 135.0, 136.0]), np.array([40.0, 39.0, 38.5])
    way = world.sea_distance_between_m(132.0, 40.5, lon, lat)
    _, _, direct = GEOD.inv(np.full(3, 132.0), np.full(3, 40.5), lon, lat)
    assert way == pytest.approx(direct, rel=0.006)
    assert (way >= direct - 1e-6).all()


def test_the_way_back_is_as_long(world):
    there = world.sea_distance_between_m(124.0, 38.0, [130.5], [41.5])[0]
    back = world.sea_distance_between_m(130.5, 41.5, [124.0], [38.0])[0]
    assert there == pytest.approx(back, rel=0.004)


def test_beyond_the_region_the_great_circle_is_the_bound(world):
    port = world.port("kp_nampo")
    expected = GEOD.inv(port.lon, port.lat, -120.0, 30.0)[2]
    assert world.sea_distance_m("kp_nampo", [-120.0], [30.0])[0] == pytest.approx(expected)
    known = world.sea_distance_known([-120.0, 125.0], [30.0, 35.0])
    assert known.tolist() == [False, True]


def test_inland_no_way_leads(world):
    assert np.isinf(world.sea_distance_m("kp_nampo", [112.0], [35.0])[0])
    assert np.isinf(world.sea_distance_between_m(112.0, 35.0, [125.0], [35.0])[0])


def test_every_dprk_port_and_the_two_russian_ones_have_a_field(world):
    wanted = {port.id for port in world.ports if port.country == "KP"}
    ports = {name for name in world.sea.port_ids if not name.startswith("zone:")}
    assert ports == wanted | {"ru_vostochny", "ru_nakhodka"}
    for name in sorted(wanted):
        off_shanghai = world.sea_distance_m(name, [124.05], [31.2])[0]
        assert 700_000 < off_shanghai < 2_600_000, name


def test_another_port_is_solved_on_demand_and_remembered(world):
    first = world.sea_distance_m("kr_busan", [122.3], [31.0])
    assert 700_000 < first[0] < 850_000
    assert world.sea_distance_m("kr_busan", [122.3], [31.0])[0] == first[0]


def test_in_an_empty_world_the_way_is_the_great_circle():
    ocean = World.empty()
    expected = GEOD.inv(124.0, 38.0, 130.0, 41.0)[2]
    assert ocean.sea_distance_between_m(124.0, 38.0, [130.0], [41.0])[0] == pytest.approx(expected)


def test_marching_in_open_water_is_the_circle():
    water, cell_m = np.ones((101, 101), dtype=bool), np.full(101, 1000.0)
    way = march(water, cell_m, 50.0, 50.0)
    rows, columns = np.ogrid[:101, :101]
    exact = np.hypot(rows - 50, columns - 50) * 1000.0
    assert np.abs(way - exact).max() < 0.006 * exact.max()


def test_marching_goes_round_a_wall_and_never_through():
    water = np.ones((61, 61), dtype=bool)
    water[:50, 30] = False
    way = march(water, np.full(61, 1000.0), 10.0, 10.0)
    exact = (np.hypot(40, 20) + np.hypot(40, 20)) * 1000.0
    assert way[10, 50] == pytest.approx(exact, rel=0.02)
    water[:, 30] = False
    assert np.isinf(march(water, np.full(61, 1000.0), 10.0, 10.0)[10, 50])


def test_the_projection_and_its_inverse_agree():
    lat = np.linspace(-80, 80, 33)
    assert latitude_deg(mercator_y(lat)) == pytest.approx(lat, abs=1e-9)


def test_grid_cells_are_square_on_the_ground():
    grid = SeaGrid.over((105.0, 17.0, 145.0, 48.0), 0.05)
    for row in (0, grid.rows // 2, grid.rows - 2):
        lat = grid.lat_deg[row : row + 2]
        north_m = GEOD.inv(110.0, lat[0], 110.0, lat[1])[2]
        east_m = GEOD.inv(110.0, lat.mean(), 110.05, lat.mean())[2]
        assert north_m == pytest.approx(east_m, rel=1e-4)
        assert grid.cell_m[row] == pytest.approx(east_m, rel=1e-3)


def test_the_way_to_a_zone_goes_round_korea_and_is_no_shorter_than_the_geodesic(world):
    zone = "dprk_territorial_sea"
    lon, lat = np.array([125.0, 129.5, 124.05, 124.9]), np.array([35.0, 37.0, 31.2, 38.6])
    way_m = world.sea_distance_to_zone_m(zone, lon, lat)
    direct_m = world.distance_to_zone_m(zone, lon, lat)
    assert (way_m >= direct_m).all()
    assert way_m[-1] == 0.0  # inside
    assert way_m[:3] == pytest.approx(direct_m[:3], rel=0.1)
    # From Busan's west, the East Sea waters are straight ahead for the geodesic, but behind the coast.
    assert world.sea_distance_to_zone_m("area_wonsan", [126.3], [37.0])[0] > 900_000
    assert world.distance_to_zone_m("area_wonsan", [126.3], [37.0])[0] < 250_000


def test_a_zone_without_a_field_is_as_far_as_the_geodesic(world):
    for zone in ("dprk_eez_claimed", "no_such_zone"):
        way_m = world.sea_distance_to_zone_m(zone, [125.0], [30.0])
        assert way_m == pytest.approx(world.distance_to_zone_m(zone, [125.0], [30.0]))


def test_from_coast_to_coast_the_least_way_is_near_the_true_one(world):
    nampo_approach, off_wonsan = (124.6, 38.5), (128.0, 39.3)
    least_m = world.sea_distance_at_least_m(*([c] for c in (*nampo_approach, *off_wonsan)))[0]
    true_m = world.sea_distance_between_m(*nampo_approach, [off_wonsan[0]], [off_wonsan[1]])[0]
    assert 0.95 * true_m <= least_m <= 1.02 * true_m
    assert GEOD.inv(*nampo_approach, *off_wonsan)[2] < 0.3 * true_m


def test_the_least_way_never_exceeds_the_true_one_and_never_falls_below_the_geodesic(world):
    rng = np.random.default_rng(4)
    lon, lat = rng.uniform(119.5, 131, 400), rng.uniform(30, 41, 400)
    wet = ~world.on_land(lon, lat)
    lon, lat = lon[wet][:60], lat[wet][:60]
    for k in range(20):
        here = (np.full(60, lon[k]), np.full(60, lat[k]))
        least_m = world.sea_distance_at_least_m(*here, lon, lat)
        true_m = world.sea_distance_between_m(lon[k], lat[k], lon, lat)
        fine = np.isfinite(true_m)
        assert (least_m[fine] <= 1.02 * true_m[fine] + 6_000).all()
        assert (least_m >= GEOD.inv(*here, lon, lat)[2] - 1).all()
