"""One wild report in a file of few: it ends no encounter where the reported speed is too low for it."""

import numpy as np
import pytest
from support import HOUR, KNOT, every, path, scene_of, still

from detectors.sts_transfer.detector import detect
from detectors.sts_transfer.params import StsParams

TIMES = every(30, 0, 8)


def told(*parts):
    return [
        (round((f.start_s - parts[0].time_s[0]) / HOUR, 1), round(f.measures["elapsed_h"], 1))
        for f in detect(scene_of(*parts), StsParams()).findings
    ]


def away(at=(8,), metres=17_000.0, says_kn=0.3, times=TIMES):
    """Alongside, but for the reports of these numbers."""
    east = np.where(np.isin(np.arange(len(times)), at), metres, 60.0)
    return path(2, times, east, 0 * times, sog_kn=np.full(len(times), says_kn))


HOST = still(1, every(10, 0, 8), sog_kn=np.full(49, 0.2))


@pytest.mark.parametrize("first", [1, 3])
def test_one_wild_report_ends_no_meeting(first):
    host = still(first, every(10, 0, 8), sog_kn=np.full(49, 0.2))
    assert told(host, away()) == [(0.0, 8.0)]


def test_contact_is_what_was_observed_near_all_the_same():
    (meeting,) = detect(scene_of(HOST, away()), StsParams()).findings
    assert meeting.measures["contact_h"] == pytest.approx(7.0, abs=0.1)  # half an hour to either side


@pytest.mark.parametrize(
    "visit",
    [
        away(says_kn=9.0),  # it reports that it sails
        away(says_kn=np.nan),  # it reports no speed
        away(at=(8, 9)),  # it was away for two reports
    ],
)
def test_who_left_is_told_to_have_left(visit):
    assert told(HOST, visit) == [(0.0, 3.5), (pytest.approx(4.5, abs=0.5), pytest.approx(3.5, abs=0.5))]


def test_a_host_who_sails_off_meanwhile_ends_it():
    times = every(10, 0, 8)
    gone = np.interp(times, [0, 3.5, 4.0, 4.5, 8], [0, 0, 9 * KNOT * HOUR, 0, 0])
    host = path(1, times, 0 * times, gone, sog_kn=np.full(len(times), 0.2))
    assert len(told(host, away())) == 2


def test_a_silence_that_is_not_bridged_is_no_wild_report():
    times = np.concatenate([every(30, 0, 3), [7.5], every(30, 8, 12)])
    east = np.where(times == 7.5, 17_000.0, 60.0)
    visit = path(2, times, east, 0 * times, sog_kn=np.full(len(times), 0.3))
    host = still(1, every(10, 0, 12), sog_kn=np.full(73, 0.2))
    assert len(told(host, visit)) == 2


@pytest.mark.parametrize(("hours", "count"), [(0.75, 1), (1.0, 1), (1.2, 1), (1.3, 2), (2.0, 2)])
def test_in_more_than_an_hour_or_so_it_may_have_sailed_there_and_lain_still(hours, count):
    """Up to then the search looks beyond it, though it looks an hour beyond what is near at first."""
    times = every(60 * hours, 0, 12 * hours)
    watch = every(10, 0, 12 * hours)
    host = still(1, watch, sog_kn=np.full(len(watch), 0.2))
    assert len(told(host, away(at=(6,), times=times))) == count
