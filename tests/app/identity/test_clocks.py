"""Vessels whose clocks are wrong, and the many things that look like them and are none."""

import dataclasses

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from running import batch_of
from support import HOUR, every, meeting_pair, sails, still

from app.identity.clocks import ROLLOVER_S, far_from_traffic
from app.merge import merge
from app.options import RunOptions
from app.pipeline import detect_events
from app.readers.base.rejects import Reject
from app.resources import Resources
from detectors.events.area import Area
from detectors.tracks.reports import Reports
from detectors.vessels.watch_list import WatchList
from geodata.world import World

YEAR_H = 365 * 24.0
WEEKS_H = ROLLOVER_S / HOUR


def fleet(count, hours, first=1):
    return [sails(first + n, hours, east_m=20_000.0 * n) for n in range(count)]


def set_aside(*files):
    """Return what is set aside of files, each a list of vessels: vessels by offset in hours."""
    reports = [Reports.concat(list(parts)) for parts in files]
    file = np.repeat(np.arange(len(files)), [len(each) for each in reports])
    whole = Reports.concat(reports)
    mask, far = far_from_traffic(whole.vessels[1], whole.time_s, file)
    assert int(mask.sum()) == sum(each.reports for each in far)
    return {int(whole.vessels[0][each.vessel]): each.offset_s / HOUR for each in far}


@pytest.mark.parametrize("offset_h", [48.0, WEEKS_H, -WEEKS_H, 13 * YEAR_H])
@pytest.mark.parametrize("size", [2, 12, 40])
def test_one_clock_that_is_off_is_set_aside(offset_h, size):
    day = every(30, 0, 24)
    far = set_aside([*fleet(size, day), still(99, day + offset_h)])
    assert list(far) == [99]
    assert far[99] == pytest.approx(offset_h - np.sign(offset_h) * 24)


def test_several_receivers_that_missed_the_overflow_are_set_aside():
    day = every(30, 0, 24)
    off = [still(90 + n, day - WEEKS_H) for n in range(3)]
    assert sorted(set_aside([*fleet(20, day), *off])) == [90, 91, 92]


def test_reports_of_a_vessel_that_is_heard_rightly_too_are_set_aside_alone():
    day = every(30, 0, 24)
    ship = still(99, np.concatenate([day, day[:5] + WEEKS_H]))
    whole = Reports.concat([*fleet(20, day), ship])
    mask, _ = far_from_traffic(whole.vessels[1], whole.time_s, np.zeros(len(whole), dtype=int))
    assert int(mask.sum()) == 5


def test_a_feed_of_one_or_two_vessels_is_not_cut():
    one, other = every(30, 0, 24), every(30, 13 * YEAR_H, 13 * YEAR_H + 24)
    assert set_aside([still(1, np.concatenate([one, other]))]) == {}
    assert set_aside([still(1, one), still(2, other)]) == {}


def test_two_of_whom_one_comes_back_after_a_year_are_not_cut():
    day = every(30, 0, 24)
    assert set_aside([still(1, day), still(2, np.concatenate([day, day + YEAR_H]))]) == {}


def test_a_file_that_ends_with_a_few_vessels_is_not_cut():
    day = every(30, 0, 24)
    stay = fleet(2, every(30, 0, 60))
    assert set_aside([*stay, *fleet(30, day, first=10)]) == {}
    assert set_aside([*fleet(30, day, first=10), *fleet(2, every(30, 40, 60), first=50)]) == {}


def test_one_vessel_after_a_night_without_any_is_not_cut():
    assert set_aside([*fleet(3, every(30, 0, 24)), still(99, every(30, 40, 44))]) == {}


def test_an_archive_with_long_pauses_is_not_cut():
    days = [
        fleet(8, every(60, start_h, start_h + 24), first=10 * n)
        for n, start_h in enumerate((0.0, 400.0, YEAR_H, 5 * YEAR_H))
    ]
    assert set_aside([ship for day in days for ship in day]) == {}


def test_files_of_other_years_given_together_are_not_cut():
    day = every(30, 0, 24)
    assert set_aside(fleet(40, day), [still(99, day + 3 * YEAR_H)]) == {}


def test_two_vessels_of_another_time_bear_each_other_out():
    day = every(30, 0, 24)
    later = fleet(2, day + 3 * YEAR_H, first=90)
    assert set_aside([*fleet(40, day), *later]) == {}


@given(shift_d=st.integers(-3000, 3000), order=st.randoms(), size=st.integers(2, 15))
def test_neither_the_order_nor_the_date_changes_it(shift_d, order, size):
    day = every(60, 0, 24) + 24.0 * shift_d
    parts = [*fleet(size, day), still(99, day + 10 * YEAR_H)]
    order.shuffle(parts)
    assert list(set_aside(parts)) == [99]


def test_the_others_are_not_silent_until_her_last_report_and_the_user_is_told():
    wrong = sails(99, every(10, 0, 8) + 2 * 24, east_m=60_000.0)
    options = RunOptions(area=Area("all"))
    batch = dataclasses.replace(batch_of(*meeting_pair(), wrong), own_ids={99: "HANA"})
    answer = detect_events([batch], options, Resources(World.empty(), WatchList()))
    assert [event.kind for event in answer.events] == ["sts_transfer"]
    (reject,) = answer.report.rejects
    assert (reject.reason, reject.count) == (Reject.TIME_FAR_FROM_REST, len(wrong))
    (said,) = (w for w in answer.report.warnings if "wrong clock" in w)
    assert said.startswith(f"HANA: {len(wrong)} reports lie 43 h after the traffic")


def test_nothing_is_set_aside_of_nothing():
    assert merge([batch_of(Reports.empty())], None).set_aside == ()
