"""The packaged world and the empty one, as detectors see them."""

import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod

from geodata.world import World, load_world

GEOD = Geod(ellps="WGS84")
LON = st.floats(-180, 180)
LAT = st.floats(-90, 90)
NOTHING = np.empty(0)


@pytest.fixture(scope="module")
def world():
    return load_world()


def test_an_empty_world_is_an_ocean_without_end():
    ocean = World.empty()
    lon, lat = [0.0, 127.0], [90.0, 38.0]
    assert not ocean.on_land(lon, lat).any()
    assert np.isinf(ocean.shore_distance_m(lon, lat)).all()
    nearest = ocean.nearest_ports(lon, lat)
    assert np.isinf(nearest.distance_m).all()
    assert (nearest.index == -1).all()
    assert nearest.port(0) is None
    assert not ocean.in_zone("dprk_territorial_sea", lon, lat).any()
    assert np.isinf(ocean.distance_to_zone_m("dprk_territorial_sea", lon, lat)).all()
    assert not ocean.sea_distance_known(lon, lat).any()


@pytest.mark.parametrize("name", ["empty", "packaged"])
def test_no_points_give_no_answers(name, world):
    where = World.empty() if name == "empty" else world
    assert where.on_land(NOTHING, NOTHING).shape == (0,)
    assert where.shore_distance_m(NOTHING, NOTHING).shape == (0,)
    assert where.nearest_ports(NOTHING, NOTHING).index.shape == (0,)
    assert where.in_zone("dprk_territorial_sea", NOTHING, NOTHING).shape == (0,)
    assert where.distance_to_zone_m("dprk_territorial_sea", NOTHING, NOTHING).shape == (0,)
    assert where.sea_distance_known(NOTHING, NOTHING).shape == (0,)


@pytest.mark.parametrize(
    ("lon", "lat", "message"),
    [
        ([181.0], [0.0], "row 0 is lon 181.0"),
        ([0.0, np.nan], [0.0, 0.0], "row 1 is lon nan"),
        ([0.0], [91.0], "latitudes from -90 to 90"),
        ([0.0, 1.0], [0.0], "columns of one length"),
    ],
)
def test_what_is_no_position_is_refused(world, lon, lat, message):
    with pytest.raises(ValueError, match=message):
        world.shore_distance_m(lon, lat)


def test_the_same_world_each_time(world):
    assert load_world() is world


def test_unknown_names_are_refused_with_help(world):
    with pytest.raises(KeyError, match="there are: dprk_territorial_sea"):
        world.zone("atlantis")
    with pytest.raises(KeyError, match="kp_nampo"):
        world.port("atlantis")


def test_the_digest_is_that_of_the_layers(world):
    assert world.digest() == load_world().digest()
    assert world.digest() != World.empty().digest()
    assert len(world.digest()) == 64


@settings(deadline=None)  # the first call loads the land
@given(lon=LON, lat=LAT)
def test_answers_are_numbers_everywhere_on_earth(lon, lat):
    world = load_world()
    shore_m = world.shore_distance_m([lon], [lat])
    assert np.isfinite(shore_m).all()
    assert (shore_m >= 0).all()
    assert np.isfinite(world.nearest_ports([lon], [lat]).distance_m).all()
    assert np.isfinite(world.distance_to_zone_m("nll_disputed_waters", [lon], [lat])).all()


@settings(deadline=None)  # the first call loads the land
@given(lon=LON, lat=LAT, bearing=st.floats(0, 360), step_m=st.floats(0, 50_000))
def test_no_distance_changes_faster_than_the_ship_moves(lon, lat, bearing, step_m):
    world = load_world()
    lon2, lat2, _ = GEOD.fwd(lon, lat, bearing, step_m)
    zones = ("dprk_territorial_sea", "northern_limit_line")
    for measure in (
        world.shore_distance_m,
        lambda x, y: world.nearest_ports(x, y).distance_m,
        *(lambda x, y, name=name: world.distance_to_zone_m(name, x, y) for name in zones),
    ):
        here, there = measure([lon], [lat])[0], measure([lon2], [lat2])[0]
        # Beyond 1,000 km a chord gives way to the geodesic: 1 in 100,000 there.
        assert abs(here - there) <= step_m * 1.001 + 20.0 + 2e-5 * max(here, there)


def test_both_sides_of_the_antimeridian_are_one_place(world):
    lat = np.linspace(-89, 89, 50)
    west, east = np.full(50, -180.0), np.full(50, 180.0)
    for measure in (world.shore_distance_m, lambda x, y: world.nearest_ports(x, y).distance_m):
        assert measure(west, lat) == pytest.approx(measure(east, lat), abs=1e-3)


def test_the_pole_is_one_place(world):
    lon = np.linspace(-180, 180, 37)
    north = world.shore_distance_m(lon, np.full(37, 90.0))
    assert np.ptp(north) < 1.0
    assert 650_000 < north[0] < 760_000  # Kaffeklubben and Cape Morris Jesup lie some 710 km off
    assert world.on_land(lon, np.full(37, -89.9)).all()


def test_nearest_port_is_the_nearest_by_geodesic(world):
    rng = np.random.default_rng(7)
    lon, lat = rng.uniform(-180, 180, 40), rng.uniform(-80, 80, 40)
    nearest = world.nearest_ports(lon, lat)
    for row in range(40):
        _, _, all_m = GEOD.inv(
            np.full(len(world.ports), lon[row]),
            np.full(len(world.ports), lat[row]),
            [port.lon for port in world.ports],
            [port.lat for port in world.ports],
        )
        assert nearest.distance_m[row] == pytest.approx(np.min(all_m), rel=2e-5)


def test_distance_to_a_zone_is_zero_inside_and_geodesic_outside(world):
    # From a point due south of the working box its southern edge is the nearest.
    _, _, expected = GEOD.inv(107.5, 17.0, 107.5, 18.5)
    distance_m = world.distance_to_zone_m("area_tonkin", [107.5, 107.5], [20.0, 17.0])
    assert distance_m[0] == 0.0
    assert distance_m[1] == pytest.approx(expected, rel=1e-4)


def test_a_place_lies_in_each_of_the_zones_that_hold_it(world):
    lon, lat = np.array([125.0, 129.0, 123.0]), np.array([38.63, 39.5, 30.0])
    held = {zone.id for zone in world.zones if world.in_zone(zone.id, lon, lat).any()}
    assert {"dprk_territorial_sea", "dprk_eez_claimed", "area_ecs_shanghai"} <= held


def test_the_world_loads_without_pandas_and_geopandas():
    code = (
        "import sys; from geodata.world import load_world as w; "
        "w().shore_distance_m([125.0], [37.0]); w().sea_distance_m('kp_nampo', [125.0], [37.0]); "
        "sys.exit(bool({'pandas', 'geopandas', 'matplotlib'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
