import numpy as np
import pytest
from support import HOUR, T0, Spot, every, path, scene_of

from detectors.spoofing.detector import detect
from detectors.spoofing.params import SpoofingParams


def answer(*parts, params=None):
    return detect(scene_of(*parts), params or SpoofingParams()).findings


def circle(
    radius_m=2000.0, kn=10.0, minutes=3.0, circle_h=6.0, noise_m=5.0, spot=None, lead_h=3.0, order=None
):
    """A ship that sails east for some hours, then goes round a circle, then sails on north."""
    hours = every(minutes, 0, 2 * lead_h + circle_h)
    mps = kn * 1852 / 3600
    angle = (hours - lead_h) * 3600 * mps / radius_m
    if order is not None:
        angle = order.uniform(0, 2 * np.pi, len(hours))
    rng = np.random.default_rng(2)
    way = kn * 1852
    before, after = hours < lead_h, hours > lead_h + circle_h
    east = np.where(before, (hours - lead_h) * way, np.where(after, 0, radius_m * np.sin(angle)))
    north = np.where(after, (hours - lead_h - circle_h) * way, radius_m * (1 - np.cos(angle)))
    north = np.where(before, 0, north)
    east, north = east + rng.normal(0, noise_m, len(hours)), north + rng.normal(0, noise_m, len(hours))
    return path(1, hours, east, north, spot)


@pytest.mark.parametrize("minutes", [1 / 6, 1, 3, 10])
@pytest.mark.parametrize("radius_m", [1000.0, 2000.0, 6000.0])
def test_an_exact_circle_is_told_from_begin_to_end(minutes, radius_m):
    (event,) = answer(circle(radius_m, minutes=minutes))
    told = event.measures
    assert told["pattern"] == "circling"
    assert told["circle_km"] == pytest.approx(radius_m / 1000, rel=0.02)
    assert (event.start_s - T0) / HOUR == pytest.approx(3, abs=0.35)
    assert (event.end_s - T0) / HOUR == pytest.approx(9, abs=0.35)
    if minutes <= 3:
        assert told["laps"] == pytest.approx(6 * 18_520 / (2 * np.pi * radius_m), rel=0.1)
        assert told["steady_rate"]


def test_a_ring_is_told_in_whatever_order_its_points_come():
    (event,) = answer(circle(4000.0, order=np.random.default_rng(3)))
    assert "circle_km" in event.measures
    assert not event.measures["steady_rate"]


def test_hourly_reports_show_a_circle_too():
    assert answer(circle(8000.0, kn=6.0, minutes=60.0, circle_h=48.0))[0].measures["pattern"] == "circling"


@pytest.mark.parametrize("lon", [124.0, 180.0])
@pytest.mark.parametrize("lat", [0.0, 70.0])
def test_a_circle_is_one_everywhere(lon, lat):
    (event,) = answer(circle(spot=Spot(lon, lat)))
    assert event.measures["circle_km"] == pytest.approx(2, rel=0.02)


@pytest.mark.parametrize(
    "innocent",
    [
        {"radius_m": 350.0, "kn": 0.5},
        {"radius_m": 900.0, "kn": 0.5, "circle_h": 24.0},
        {"radius_m": 3000.0, "kn": 4.0, "circle_h": 24.0},
        {"radius_m": 4000.0, "kn": 8.0, "circle_h": 2.2},
        {"noise_m": 150.0},
        {"circle_h": 0.7},
    ],
    ids=[
        "swings at anchor",
        "turns with the tide",
        "is set round by it",
        "turns once",
        "a rough loop",
        "one turn",
    ],
)
def test_ships_that_swing_and_turn_are_not_told(innocent):
    assert answer(circle(**innocent)) == ()


@pytest.mark.parametrize("lead_h", [0.2, 0.45, 0.7, 0.95, 1.2])
def test_a_circle_is_found_wherever_a_grid_of_hours_would_cut_it(lead_h):
    (event,) = answer(circle(1000.0, kn=12.0, minutes=2.0, circle_h=1.7, lead_h=lead_h))
    assert event.measures["circle_h"] == pytest.approx(1.7, abs=0.15)


def test_to_and_fro_along_a_bay_is_no_circle():
    hours = every(2, 0, 12)
    angle = 1.2 * np.abs(hours % 1 - 0.5) * 4 - 1.2
    assert answer(path(1, hours, 4000 * np.sin(angle), 4000 * np.cos(angle))) == ()


def test_half_a_circle_is_a_turn():
    hours = every(3, 0, 6)
    angle = hours / 6 * np.pi
    assert answer(path(1, hours, 15_000 * np.sin(angle), 15_000 * np.cos(angle))) == ()


def test_a_survey_goes_to_and_fro():
    hours = every(3, 0, 12)
    phase = hours % 2
    east = np.where(phase < 1, phase, 2 - phase) * 12_000
    assert answer(path(1, hours, east, np.floor(hours) * 500.0)) == ()
