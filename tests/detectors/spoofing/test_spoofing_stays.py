import dataclasses

import numpy as np
import pytest
from support import HOUR, T0, Spot, every, path, scene_of, still

from detectors.core.angles import wrapped_deg
from detectors.spoofing.detector import detect, mmsi_fault_code
from detectors.spoofing.params import SpoofingParams
from detectors.tracks.reports import StaticReport

FAR_M = 400_000.0


def answer(*parts, params=None, statics=()):
    return detect(scene_of(*parts, statics=statics), params or SpoofingParams()).findings


def away(mmsi=440000001, minutes=10, there_h=6.0, far_m=FAR_M, spot=None, *, back=True):
    """A ship that sails at 8 kn, is reported far away for some hours, and then where it left."""
    before, there = every(minutes, 0, 6), every(minutes, 6 + minutes / 60, 6 + there_h)
    after = every(minutes, 6 + there_h + minutes / 60, 18 + there_h)
    parts = [
        path(mmsi, before, before * 15_000, 0 * before, spot),
        path(mmsi, there, far_m + there * 10_000, 0 * there, spot),
    ]
    return [*parts, path(mmsi, after, 90_000 + 0 * after, (after - after[0]) * 9000, spot)] if back else parts


@pytest.mark.parametrize("minutes", [1 / 6, 3, 10, 30, 60])
def test_a_voyage_away_and_back_is_one_jump_at_any_interval(minutes):
    (jump,) = answer(*away(minutes=minutes))
    told = jump.measures
    assert (told["pattern"], told["returned"], told["repeats_track"]) == ("jump", True, False)
    assert (jump.start_s - T0) / HOUR == pytest.approx(6, abs=1e-6)
    assert (jump.end_s - T0) / HOUR == pytest.approx(12, abs=minutes / 60)
    assert told["jump_km"] == pytest.approx((FAR_M + 60_000 - 90_000) / 1000, rel=0.08)
    assert told["shortest_stay_h"] == pytest.approx(6, abs=2 * minutes / 60)


def test_one_who_leaves_by_a_jump_and_lives_on_does_not_return():
    (jump,) = answer(*away(back=False))
    assert not jump.measures["returned"]


@pytest.mark.parametrize("fixes", [1, 2, 3, 4])
def test_wild_fixes_are_no_place(fixes):
    """Also a few at one wrong place, one after the other."""
    hours = every(10, 0, 12)
    wild = hours[30 : 30 + fixes] + 0.01
    assert answer(path(1, hours, hours * 15_000, 0 * hours), still(1, wild, FAR_M, FAR_M)) == ()


def test_wild_fixes_now_and_then_hide_no_stay():
    """One in twenty minutes, each elsewhere: they part no stay into pieces."""
    times = every(20, 0.1, 18)
    wild = path(440000001, times, 2e6 + 0 * times, 50_000.0 * np.arange(len(times)) - 1.3e6)
    assert [e.measures["pattern"] for e in answer(*away(), wild)] == ["jump"]


def test_voyages_away_again_and_again_are_jumps_not_hulls_in_turn():
    hours = every(10, 0, 48)
    is_away = (hours // 6) % 2 == 1
    here, there = hours[~is_away], hours[is_away]
    told = answer(still(440000001, here), still(440000001, there, FAR_M))
    assert [(e.measures["pattern"], e.measures["returned"]) for e in told] == [("jump", True)] * 3 + [
        ("jump", False)
    ]


@pytest.mark.parametrize(("there_h", "is_told"), [(0.3, False), (0.9, True)])
def test_a_place_is_lived_in_for_half_an_hour(there_h, is_told):
    assert bool(answer(*away(minutes=3, there_h=there_h))) is is_told


@pytest.mark.parametrize(("far_km", "is_told"), [(9.0, False), (70.0, True)])
def test_a_shift_within_ten_kilometres_is_a_receivers_error(far_km, is_told):
    hours = every(3, 0, 4)
    parts = still(1, hours), still(1, hours + 4.05, far_km * 1000)
    assert bool(answer(*parts)) is is_told


def test_a_fast_ferry_does_not_jump():
    hours = every(10, 0, 12)
    assert answer(path(1, hours, 70_000 * np.abs(hours % 4 - 2), 0 * hours)) == ()


def test_zero_north_zero_east_is_no_place():
    hours = every(10, 0, 6)
    far = Spot(10.0, 10.0)
    lost = still(1, hours + 6.1, spot=Spot(0.0, 0.0))
    assert answer(path(1, hours, hours * 15_000, 0 * hours, far), lost) == ()


def two(mmsi=440000001, minutes=(6, 7), apart_m=FAR_M, begin_h=0.01, end_h=24.0):
    one, other = every(minutes[0], 0, 24), every(minutes[1], begin_h, end_h)
    return (
        path(mmsi, one, one * 14_000, 0 * one),
        path(mmsi, other, apart_m + other * 9000, 200_000 + 0 * other),
    )


@pytest.mark.parametrize("minutes", [(0.5, 0.7), (6, 7), (55, 61)])
def test_two_hulls_at_once_are_heard_in_turn(minutes):
    (turn,) = answer(*two(minutes=minutes))
    told = turn.measures
    assert (told["pattern"], told["segments"], told["repeats_track"]) == ("interleaved", 2, False)
    assert told["alternating_h"] == pytest.approx(24, abs=2.5)
    assert told["separation_km"] == pytest.approx(400, rel=0.15)


def test_passes_of_a_satellite_are_no_stays():
    """Ten minutes here, ten minutes there, every two hours: two ships under one number."""
    passes = np.concatenate([every(2, n, n + 0.15) for n in range(0, 24, 2)])
    (turn,) = answer(still(1, passes), still(1, passes + 0.7, 3 * FAR_M))
    assert turn.measures["pattern"] == "interleaved"


def test_a_longitude_garbled_now_and_then_is_told_as_such():
    hours = every(5, 0, 24)
    odd = every(30, 1.02, 20)
    ship = path(440000001, hours, 0 * hours, hours * 9000)
    (turn,) = answer(ship, path(440000001, odd, 400_000 + 0 * odd, odd * 9000))
    assert turn.measures["one_coordinate"]
    assert not answer(*two())[0].measures["one_coordinate"]


def test_late_reports_follow_the_way_that_was_sailed():
    hours = every(5, 0, 24)
    late = hours[hours > 9] + 0.01
    (turn,) = answer(path(1, hours, hours * 20_000, 0 * hours), path(1, late, (late - 5) * 20_000, 0 * late))
    assert turn.measures["repeats_track"]


def test_a_stay_on_the_way_of_days_before_is_late_reports_too():
    hours = every(5, 0, 24)
    late = every(5, 24.1, 30)
    (jump,) = answer(path(1, hours, hours * 20_000, 0 * hours), path(1, late, (late - 20) * 20_000, 0 * late))
    assert (jump.measures["pattern"], jump.measures["repeats_track"]) == ("jump", True)


def test_two_who_lie_still_do_not_follow_one_another():
    hours = every(6, 0, 12)
    (turn,) = answer(still(1, hours), still(1, hours + 0.03, FAR_M))
    assert not turn.measures["repeats_track"]


@pytest.mark.parametrize(
    ("names", "word"),
    [((), None), (("A", "A"), "one"), (("A STAR", "B MOON"), "several"), (("", "A"), "one")],
)
def test_names_under_a_number_tell_a_clone_from_a_sharing(names, word):
    statics = [StaticReport(440000001, T0 + n * HOUR, name=name or None) for n, name in enumerate(names)]
    (turn,) = answer(*two(), statics=statics)
    assert turn.measures["names_reported"] == word


@pytest.mark.parametrize("number", [111111111, 999999999, 0, 412000000])
def test_makers_numbers_are_known(number):
    assert mmsi_fault_code(number) == "default"
    assert mmsi_fault_code(number + 100_007) != "default"


def test_many_hulls_under_a_number_are_counted():
    hours = every(6, 0, 24)
    parts = (still(1, hours + 0.01 * n, n * 200_000.0) for n in range(6))
    (turn,) = answer(*parts)
    assert turn.measures["segments"] == 6


@pytest.mark.parametrize("lon", [179.0, -179.9])
@pytest.mark.parametrize("lat", [0.0, 60.0, -78.0])
def test_a_jump_is_the_same_everywhere(lon, lat):
    (jump,) = answer(*away(spot=Spot(lon, lat)))
    assert jump.measures["pattern"] == "jump"
    assert jump.measures["jump_km"] == pytest.approx(366, rel=0.05)


@pytest.mark.parametrize("lat", [89.99, -90.0])
def test_poles_break_nothing(lat):
    hours = every(6, 0, 6)
    here = still(1, hours, spot=Spot(0.0, lat))
    there = dataclasses.replace(here, lon_deg=wrapped_deg(here.lon_deg + 120), lat_deg=here.lat_deg * 0.9)
    assert answer(here, dataclasses.replace(there, time_s=there.time_s + 6.1 * HOUR))
