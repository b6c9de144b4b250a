import numpy as np
import pytest
import shapely
from support import Spot, every, path, sails, scene_of

from detectors.spoofing.detector import detect
from detectors.spoofing.params import SpoofingParams
from geodata.shore import Land, Shore
from geodata.world import World


def answer(*parts, params=None, world=None):
    return detect(scene_of(*parts, world=world), params or SpoofingParams())


def sailing(mmsi, noise_m=4.0, minutes=3.0, hours_h=12.0, kmh=20.0, seed=0):
    """A ship on one course whose positions err by some metres."""
    hours = every(minutes, 0, hours_h)
    rng = np.random.default_rng(seed + mmsi)
    east, north = rng.normal(0, noise_m, (2, len(hours))) if noise_m else np.zeros((2, len(hours)))
    return path(mmsi, hours, hours * kmh * 700 + east, hours * kmh * 700 + north + 30_000 * mmsi)


ROUGH = [sailing(n) for n in range(10, 15)]


@pytest.mark.parametrize("minutes", [0.5, 3, 5])
def test_a_ruled_line_among_rough_ones_is_told(minutes):
    (event,) = answer(sailing(1, 0.0, minutes), *ROUGH).findings
    told = event.measures
    assert (told["pattern"], told["others_with_noise"]) == ("too_smooth", 5)
    assert told["smooth_h"] == pytest.approx(12, abs=0.3)
    assert told["smooth_off_m"] < 0.2


def test_two_legs_of_a_voyage_are_one_event():
    hours = every(3, 0, 14)
    turn = path(1, hours, np.minimum(hours, 7) * 20_000, np.maximum(hours - 7, 0) * 20_000)
    (event,) = answer(turn, *ROUGH).findings
    assert event.measures["smooth_legs"] == 2


@pytest.mark.parametrize("noise_m", [1.0, 3.0])
def test_the_noise_of_a_good_receiver_is_noise(noise_m):
    assert answer(sailing(1, noise_m), *ROUGH).findings == ()


def test_a_feed_that_smooths_every_ship_tells_of_none():
    found = answer(*(sailing(n, 0.0) for n in range(1, 8)), *ROUGH)
    assert found.findings == ()
    assert found.examined["smooth_vessels"] == 7


def test_with_nobody_to_compare_nothing_is_told():
    found = answer(sailing(1, 0.0), *ROUGH[:2])
    assert found.findings == ()
    assert found.examined["smooth_vessels"] == 1


def test_the_share_of_a_feed_is_not_reached_by_two_of_thirty():
    others = [sailing(n) for n in range(20, 48)]
    assert len(answer(sailing(1, 0.0), sailing(2, 0.0), *others).findings) == 2


@pytest.mark.parametrize("step", [1e4, 6e4, 600.0])
def test_rounded_positions_hide_the_noise_themselves(step):
    reports = sailing(1, 0.0)
    lat = np.round(reports.lat_deg * step) / step
    lon = np.round(reports.lon_deg * step) / step
    assert answer(type(reports)(**{**vars(reports), "lon_deg": lon, "lat_deg": lat}), *ROUGH).findings == ()


def test_a_parallel_in_coarse_steps_is_no_ruled_line():
    """Latitude never changes, longitude in steps of 11 m: rounding, not drawing."""
    hours = every(3, 0, 12)
    lon = np.round(124 + hours * 0.2137, 4)
    reports = path(1, hours, 0 * hours, 0 * hours)
    assert answer(type(reports)(**{**vars(reports), "lon_deg": lon}), *ROUGH).findings == ()


def test_long_range_reports_are_not_judged():
    reports = sailing(1, 0.0)
    rough = np.full(len(reports), 93, np.float32)
    assert answer(type(reports)(**{**vars(reports), "uncertainty_m": rough}), *ROUGH).findings == ()


def test_lying_still_is_not_smooth_sailing():
    assert answer(sails(1, every(3, 0, 24), kmh=0.0), *ROUGH).findings == ()


def island(west=120.0, east=130.0, south=30.0, north=40.0):
    """A land of ten by ten degrees, known finely."""
    shape = shapely.MultiPolygon([shapely.box(west, south, east, north)])
    shapely.prepare(shape)
    return World(shore=Shore(lambda: (Land(shape, 110.0, 20.0, 150.0, 50.0, 0.25),)))


def over(km=150.0, kmh=22.0, minutes=10.0, bend_m=0.0, spot=None, noise_m=4.0):
    hours = every(minutes, 0, km / kmh)
    rng = np.random.default_rng(4)
    north = bend_m * np.sin(hours * 2) + rng.normal(0, noise_m, len(hours))
    return path(1, hours, hours * kmh * 1000, north, spot or Spot(124.0, 35.0))


@pytest.mark.parametrize("minutes", [0.5, 10, 40])
def test_a_straight_way_over_land_is_told(minutes):
    (event,) = answer(over(minutes=minutes), world=island()).findings
    assert event.measures["pattern"] == "on_land"
    assert event.measures["land_km"] >= 100
    assert event.measures["land_kn"] == pytest.approx(22 / 1.852, rel=0.05)


@pytest.mark.parametrize(
    "innocent",
    [
        {"bend_m": 3000.0},
        {"kmh": 6.0},
        {"km": 25.0},
        {"spot": Spot(118.0, 45.0)},
        {"spot": Spot(124.0, 39.96)},
    ],
    ids=["a river", "a barge", "a reach", "at sea", "along the shore"],
)
def test_rivers_and_harbours_are_not_told(innocent):
    assert answer(over(**innocent), world=island()).findings == ()


def test_a_ferry_to_and_fro_on_a_lake_makes_no_way():
    hours = every(10, 0, 48)
    east = np.abs(hours % 2 - 1) * 20_000
    assert answer(path(1, hours, east, 0 * hours, Spot(124.0, 35.0)), world=island()).findings == ()


def test_where_only_the_coarse_chart_is_known_lakes_are_land():
    shape = shapely.MultiPolygon([shapely.box(-95, 40, -80, 50)])
    shapely.prepare(shape)
    fine = Land(shapely.MultiPolygon([]), 110.0, 20.0, 150.0, 50.0, 0.25)
    world = World(shore=Shore(lambda: (fine, Land(shape, -180.0, -90.0, 180.0, 90.0, 0.25))))
    assert world.on_land(-88.0, 45.0).all()
    assert answer(over(spot=Spot(-88.0, 45.0)), world=world).findings == ()
