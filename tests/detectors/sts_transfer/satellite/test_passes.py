"""Meetings that satellites saw only for moments."""

import numpy as np
import pytest
from support import T0, Spot, every, path, scene_of, still

from detectors.presets import params_for
from detectors.sts_transfer.detector import detect
from detectors.sts_transfer.params import StsParams
from detectors.sts_transfer.satellite.pass_encounter import PassEncounter
from detectors.sts_transfer.satellite.passes import passes_of

OPEN_SEA = Spot(124.0, 31.2)


def passes(hours, count=2, minutes=2):
    """Report times: some reports a few minutes apart at each pass, and nothing between."""
    return np.sort(np.concatenate([h + np.arange(count) * minutes / 60 for h in hours]))


def ship(mmsi, times, east_m=0.0, far_before=(2.0, 14.0)):
    """Comes from afar, lies at a place from hour 3 to hour 13, and goes."""
    begin, end = far_before
    away = np.where(times < begin + 1, (begin + 1 - times), np.where(times > end - 1, times - end + 1, 0))
    return path(mmsi, times, east_m + away * 18_520, 0 * times, OPEN_SEA)


PASSES = (0, 1.2, 3.4, 5.9, 8.3, 10.8, 12.6, 14.5, 16)


def told(one, other, params=None):
    return detect(scene_of(one, other), params or StsParams()).findings


def test_two_that_are_together_at_every_pass_are_told_with_what_was_observed():
    (meeting,) = told(ship(1, passes(PASSES)), ship(2, passes(PASSES), 60.0))
    assert meeting.measures["tier"] == "passes"
    assert meeting.measures["joint_passes"] == 5
    assert meeting.measures["elapsed_h"] > 8
    assert meeting.measures["contact_h"] < 1.5  # silence is never contact


@pytest.mark.parametrize(
    ("few", "is_told"), [((0, 1.2, 5.9, 8.3, 14.5, 16), True), ((0, 1.2, 6, 14.5, 16), False)]
)
def test_one_pass_is_a_moment_and_two_are_a_meeting(few, is_told):
    assert bool(told(ship(1, passes(few)), ship(2, passes(few), 60.0))) is is_told


def test_two_passes_within_an_hour_and_a_half_are_not_enough():
    near = (0, 1.2, 5.9, 7.3, 14.5, 16)
    assert told(ship(1, passes(near)), ship(2, passes(near), 60.0)) == ()


def test_heard_at_different_passes_they_were_never_seen_together():
    mine, theirs = PASSES, tuple(h + 0.9 for h in PASSES)
    assert told(ship(1, passes(mine)), ship(2, passes(theirs), 60.0)) == ()


def test_four_hundred_metres_apart_is_no_neighbour_alongside():
    assert told(ship(1, passes(PASSES)), ship(2, passes(PASSES), 400.0)) == ()


def test_one_pass_that_places_them_apart_undoes_it():
    times = passes(PASSES)
    strays = np.where((times > 8) & (times < 9), 5_000.0, 60.0)
    away = np.where(times < 3, 3 - times, np.where(times > 13, times - 13, 0)) * 18_520
    other = path(2, times, strays + away, 0 * times, OPEN_SEA)
    assert all(
        f.measures["tier"] != "passes" or f.measures["elapsed_h"] < 6 for f in told(ship(1, times), other)
    )


@pytest.mark.parametrize("preset", ["gfw"])
def test_the_published_rule_has_no_such_tier(preset):
    params = params_for(preset).by_name["sts_transfer"]
    assert told(ship(1, passes(PASSES)), ship(2, passes(PASSES), 60.0), params) == ()


def test_with_even_reports_the_ordinary_tiers_tell_it():
    times = every(15, 0, 16)
    (meeting,) = told(ship(1, times), ship(2, times, 60.0))
    assert meeting.measures["tier"] in {"close", "alongside"}
    assert "joint_passes" not in meeting.measures


@pytest.mark.parametrize(
    ("mine", "theirs", "count"), [((0, 19), (-9, 28), 0), ((0,), (-9, 9), 1), ((0, 15, 50, 65), (5, 55), 2)]
)
def test_passes_of_a_slow_meeting_are_the_same_whoever_is_named_first(mine, theirs, count):
    scene = scene_of(*(still(n, np.array(minutes) / 60.0) for n, minutes in ((1, mine), (2, theirs))))
    spans = np.array([(0, 1, T0 - 3600.0, T0 + 7200.0), (1, 0, T0 - 3600.0, T0 + 7200.0)])
    assert passes_of(scene, spans, StsParams(), [])[0].tolist() == [count, count]


def test_how_near_they_were_is_told_of_the_reports_that_place_them_together():
    """What passes by themselves tell of the same two at the time holds where it is more."""
    scene = scene_of(still(1, [0, 0.25, 0.8, 1.1]), still(2, [0.1, 0.9], east_m=60.0))
    spans = np.array([(0, 1, T0 - 3600.0, T0 + 7200.0)])
    counts, nearest_m = passes_of(scene, spans, StsParams(), [])
    assert (counts[0], nearest_m[0]) == (2, pytest.approx(60, abs=0.1))
    better = PassEncounter((1, 0), T0, T0 + 3600.0, 5, 9.0, is_under_way=False, moments=(), carried_paths=())
    later = PassEncounter(
        (0, 1), T0 + 1e6, T0 + 2e6, 9, 1.0, is_under_way=False, moments=(), carried_paths=()
    )
    counts, nearest_m = passes_of(scene, spans, StsParams(), [better, later])
    assert (counts[0], nearest_m[0]) == (5, 9.0)
    apart = scene_of(still(1, [0, 0.25, 0.8, 1.1]), still(2, [0.1, 0.9], east_m=260.0))
    counts, nearest_m = passes_of(apart, spans, StsParams(), [])
    assert (counts[0], nearest_m[0]) == (0, np.inf)


def test_one_who_is_heard_all_the_time_and_one_who_is_heard_now_and_then_are_told():
    """A class B set beside a class A set: its few reports lie on the other's path."""
    steady, rare = every(2, 0, 16), passes((0, 1.2, 4.1, 6.5, 8.9, 14.5))
    (meeting,) = told(ship(1, steady), ship(2, rare, 60.0))
    assert (meeting.measures["tier"], meeting.measures["joint_passes"]) == ("passes", 3)
    assert told(ship(1, steady), ship(2, rare, 240.0)) == ()
