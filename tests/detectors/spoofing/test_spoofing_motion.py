import numpy as np
import pytest
from support import HOUR, T0, every, path, scene_of, still

from detectors.spoofing.detector import detect
from detectors.spoofing.params import SpoofingParams


def answer(*parts, params=None):
    return detect(scene_of(*parts), params or SpoofingParams()).findings


def course_of(hours, sog, cog=90.0):
    return {"sog_kn": np.broadcast_to(sog, len(hours)), "cog_deg": np.broadcast_to(cog, len(hours))}


def frozen(minutes=5, stuck_h=5.0, sog=None):
    """A ship that sails east at 10 kn; from the second hour on its position stands still for some hours."""
    hours = every(minutes, 0, 12)
    is_stuck = (hours >= 2) & (hours < 2 + stuck_h)
    east_m = np.where(is_stuck, 2.0, hours) * 18_520
    said = 10 + 0.3 * np.sin(np.arange(len(hours))) if sog is None else sog
    return path(1, hours, east_m, 0 * hours, **course_of(hours, said))


@pytest.mark.parametrize("minutes", [1 / 6, 3, 10, 20])
def test_a_position_that_stands_while_it_says_ten_knots_is_told_once(minutes):
    (event,) = answer(frozen(minutes))
    assert (event.measures["pattern"], event.measures["also"]) == ("frozen", None)
    assert (event.start_s - T0) / HOUR == pytest.approx(2, abs=minutes / 60)
    assert event.measures["frozen_h"] == pytest.approx(5, abs=2 * minutes / 60)
    assert event.measures["reported_km"] == pytest.approx(92.6, rel=0.1)
    assert not event.measures["one_report_repeated"]


def test_one_report_again_and_again_is_a_feed_that_repeats_it():
    (event,) = answer(frozen(sog=10.0))
    assert event.measures["one_report_repeated"]


@pytest.mark.parametrize("sog", [0.0, 0.4, np.nan, 2.5])
def test_a_moored_ship_repeats_herself(sog):
    hours = every(3, 0, 48)
    assert answer(still(1, hours, **course_of(hours, sog))) == ()


def test_a_short_halt_is_no_frozen_position():
    assert [e.measures["pattern"] for e in answer(frozen(stuck_h=1.5))] == []


def test_a_rounded_position_hides_a_way_of_some_kilometres():
    """Positions rounded to 0.1 degree stand still for half an hour at sea speed, not for hours."""
    hours = every(5, 0, 24)
    lon = np.round(124 + hours * 0.15, 1)
    reports = still(1, hours, **course_of(hours, 7.0 + 0.2 * np.sin(np.arange(len(hours)))))
    rounded = type(reports)(**{**vars(reports), "lon_deg": lon})
    assert answer(rounded) == ()


def says(
    reported_kn=0.0, made_good_kn=12.0, minutes=5, from_h=6.0, to_h=12.0, said_deg=90.0, noise_m=0.0, mmsi=1
):
    """A ship that sails east at a speed, and for some hours says another speed or course."""
    hours = every(minutes, 0, 24)
    rng = np.random.default_rng(1)
    false = (hours >= from_h) & (hours <= to_h)
    sog = np.where(false, reported_kn, made_good_kn) + 0.1 * rng.uniform(0, 1, len(hours))
    cog = np.where(false, said_deg, 90.0)
    north = rng.normal(0, noise_m, len(hours)) if noise_m else 0 * hours
    return path(mmsi, hours, hours * made_good_kn * 1852, north, sog_kn=sog, cog_deg=cog)


@pytest.mark.parametrize("minutes", [1 / 6, 5, 20, 60])
def test_one_who_says_that_it_lies_and_sails_on_is_told(minutes):
    (event,) = answer(says(minutes=minutes, to_h=17.0))
    told = event.measures
    assert (told["pattern"], told["contradiction"]) == ("contradicts", "less_speed")
    assert told["contradicts_kn"] == pytest.approx(12, abs=0.5)
    assert (event.start_s - T0) / HOUR == pytest.approx(6, abs=minutes / 60 + 1e-6)
    assert (event.end_s - T0) / HOUR == pytest.approx(17, abs=minutes / 60 + 1e-6)


def test_one_who_says_more_than_it_makes_is_told():
    (event,) = answer(says(reported_kn=15.0, made_good_kn=4.0, noise_m=5.0))
    assert event.measures["contradiction"] == "more_speed"


def test_one_who_says_the_course_back_is_told():
    (event,) = answer(says(reported_kn=12.0, said_deg=265.0))
    assert (event.measures["contradiction"], event.measures["contradicts_kn"]) == ("other_course", None)
    assert event.measures["contradicts_deg"] == pytest.approx(175, abs=1)


@pytest.mark.parametrize("what", [{"reported_kn": 0.0}, {"reported_kn": 12.0, "said_deg": 300.0}])
def test_a_sensor_that_errs_all_the_time_is_not_told(what):
    found = detect(scene_of(says(from_h=-1, to_h=25, **what)), SpoofingParams())
    assert found.findings == ()
    assert found.examined["sensors_off"] == 1


def test_a_dead_log_is_no_sign_though_it_also_lies_still():
    hours = every(5, 0, 24)
    east = np.interp(hours, [0, 6, 18, 24], [0, 120_000, 120_000, 240_000])
    assert answer(path(1, hours, east, 0 * hours, **course_of(hours, 0.0))) == ()


def test_a_current_and_a_little_error_of_speed_are_no_contradiction():
    assert answer(says(reported_kn=8.5, made_good_kn=12.0)) == ()


@pytest.mark.parametrize(("minutes", "apart_m"), [(10, 6000.0), (25, 8000.0)])
def test_two_sets_near_one_another_draw_a_hull_to_and_fro(minutes, apart_m):
    """Net beacons under one number, some kilometres apart: it seems to sail fast, and gets nowhere."""
    hours = every(minutes, 0, 24)
    east = np.where(np.arange(len(hours)) % 2, apart_m, 0.0)
    first = np.where(hours < 4, hours * 22_000, 88_000 + east)
    sog = np.where(hours < 4, 11.9, 0.1)
    assert answer(path(1, hours, first, 0 * hours, **course_of(hours, sog))) == ()


def test_every_second_word_true_is_no_contradiction():
    hours = every(5, 0, 24)
    sog = np.where((np.arange(len(hours)) % 2 == 0) & (hours > 6) & (hours < 12), 0.0, 12.0)
    assert answer(path(1, hours, hours * 22_224, 0 * hours, **course_of(hours, sog))) == ()


def test_what_happens_in_hours_of_silence_contradicts_nothing():
    assert answer(says(minutes=120, from_h=2.0, to_h=20.0)) == ()


def test_places_of_two_ships_are_not_one_frozen_position():
    hours = every(10, 0, 1.5)
    words = course_of(hours, 10.0 + 0.1 * np.arange(len(hours)))
    assert answer(still(1, hours, **words), still(2, hours + 1.6, **words)) == ()


def test_a_way_that_rounding_may_hide_is_not_told():
    hours = every(10, 0, 12)
    east = np.where(hours < 3, hours, np.where(hours < 5.6, 3.0, hours - 2.6)) * 6500
    assert answer(path(1, hours, east, 0 * hours, **course_of(hours, 3.5))) == ()


def test_one_who_goes_round_makes_less_way_than_it_says():
    hours = every(2, 0, 12)
    east, north = 300 * np.sin(hours * 60), 300 * np.cos(hours * 60)
    cog = np.degrees(np.arctan2(np.cos(hours * 60), -np.sin(hours * 60))) % 360
    leg = np.where(hours < 6, hours * 15_000, 90_000 + east)
    parts = path(1, hours, leg, np.where(hours < 6, 300.0, north), **course_of(hours, 9.7, cog))
    assert answer(parts) == ()


def test_nothing_told_means_nothing_contradicted():
    hours = every(5, 0, 24)
    assert answer(path(1, hours, hours * 15_000, 0 * hours)) == ()
    assert answer(path(1, [0.0], [0.0], [0.0]), path(2, [0.0, 0.0], [0.0, 5.0], [0.0, 0.0])) == ()
