import numpy as np
import pytest
from support import HOUR, KNOT, T0, every, path, scene_of

from detectors.core.params import overridden
from detectors.events.area import Area
from detectors.events.event import make_events
from detectors.presets import params_for
from detectors.sts_transfer.detector import detect
from detectors.sts_transfer.params import StsParams
from detectors.tracks.reports import StaticReport
from detectors.vessels.watch_list import WatchList

FAR_M = 30_000.0


def found(*parts, params=None):
    return detect(scene_of(*parts), params or StsParams()).findings


def hours(finding):
    return [(t - T0) / HOUR for t in (finding.start_s, finding.end_s)]


def in_company(speed_kn, apart_m, contact_h=3.0, minutes=2.0, *, in_line=False):
    """Two that come together at hour 0, sail side by side (or in line), and part."""
    times = every(minutes, -2, contact_h + 2)
    sails_m = times * speed_kn * KNOT * HOUR
    away_m = np.interp(times, [-1, 0, contact_h, contact_h + 1], [FAR_M, apart_m, apart_m, FAR_M])
    first = path(1, times, sails_m, 0 * times)
    other = (sails_m - away_m, 0 * times) if in_line else (sails_m, away_m)
    return first, path(2, times, *other)


def test_two_that_sail_side_by_side_at_five_knots_are_told_as_under_way():
    (meeting,) = found(*in_company(5.0, 80.0))
    told = meeting.measures
    assert (told["mode"], told["formation"], told["tier"]) == ("under_way", "abreast", "close")
    assert hours(meeting) == pytest.approx([0, 3], abs=0.1)
    assert told["under_way_contact_h"] == pytest.approx(3, abs=0.1)
    assert told["relative_speed_kn"] < 0.1
    assert told["drift_correlation"] == pytest.approx(1, abs=0.01)


@pytest.mark.parametrize(
    ("speed_kn", "words"), [(5.0, " under way, "), (1.0, " adrift, "), (0.0, " at anchor, ")]
)
def test_the_sentence_says_how_they_lay(speed_kn, words):
    scene = scene_of(*in_company(speed_kn, 80.0))
    (event,) = make_events(detect(scene, StsParams()).findings, scene, WatchList(), Area("all"))
    assert words in event.summary


def test_alongside_under_way_is_alongside():
    (meeting,) = found(*in_company(4.0, 35.0))
    assert (meeting.measures["mode"], meeting.measures["tier"]) == ("under_way", "alongside")


def test_large_ships_under_way_are_alongside_by_their_hulls():
    """A VLCC and another 90 m abreast, sailing east: 30 m from hull to hull."""
    statics = [StaticReport(n, T0, length_m=333.0, beam_m=60.0) for n in (1, 2)]
    heads = {"heading_deg": np.full(121, 90.0)}
    times = every(2, 0, 4)
    east = times * 4 * KNOT * HOUR
    pair = path(1, times, east, 0 * times, **heads), path(2, times, east, 0 * times + 90, **heads)
    (meeting,) = detect(scene_of(*pair, statics=statics), StsParams()).findings
    assert (meeting.measures["tier"], meeting.measures["tier_by"]) == ("alongside", "hulls")
    (meeting,) = found(*pair)
    assert (meeting.measures["tier"], meeting.measures["tier_by"]) == ("close", "antennas")


@pytest.mark.parametrize(
    ("speed_kn", "apart_m", "contact_h"),
    [(5.0, 500.0, 3.0), (5.0, 230.0, 3.0), (7.0, 80.0, 3.0), (5.0, 80.0, 0.4)],
    ids=["convoy", "proximity_history", "fast", "short"],
)
def test_a_convoy_fast_ships_and_short_company_are_not_told(speed_kn, apart_m, contact_h):
    assert found(*in_company(speed_kn, apart_m, contact_h)) == ()


def test_overtaking_is_not_told():
    times = every(1, -2, 4)
    slow, fast = (
        path(n, times, times * kn * KNOT * HOUR, 0 * times + 60 * n) for n, kn in ((1, 4.0), (2, 5.9))
    )
    assert found(slow, fast) == ()


def test_a_tow_is_told_as_one_ahead_of_the_other():
    (meeting,) = found(*in_company(5.0, 90.0, in_line=True))
    assert meeting.measures["formation"] == "in_line"


def test_two_that_weave_side_by_side_are_too_fast_relative_to_one_another():
    times = every(1, 0, 4)
    east = times * 5 * KNOT * HOUR
    weave = 190 * np.sin(times * 2 * np.pi / 0.45)
    calm = overridden(StsParams(), {"encounter.under_way_relative_speed_max_kn": 5.0})
    assert found(path(1, times, east, 0 * times), path(2, times, east, weave)) == ()
    assert len(found(path(1, times, east, 0 * times), path(2, times, east, weave), params=calm)) == 1


def test_a_transfer_adrift_that_began_under_way_is_told_once():
    """An hour at five knots, then four adrift: the drift is the longer part and is what is told."""
    times = every(2, 0, 8)
    east = np.interp(times, [0, 2, 3, 7, 8], [0, 0, 9260, 9260, 30_000])
    north = np.interp(times, [0, 2, 7, 8], [FAR_M, 60, 60, FAR_M])
    (meeting,) = found(path(1, times, east, 0 * times), path(2, times, east, north))
    assert meeting.measures["mode"] != "under_way"
    assert hours(meeting)[1] == pytest.approx(7, abs=0.1)


@pytest.mark.parametrize(
    ("times_as_long", "mode"), [(1.0, "under_way"), (1.1, "under_way"), (2.0, "anchored")]
)
def test_how_much_longer_sailing_together_must_be_is_the_users_to_say(times_as_long, mode):
    """Three hours under way, then four adrift: seven hours together, four of them in a slow meeting."""
    times = every(2, 0, 9)
    east = np.interp(times, [0, 3, 7, 9], [0, 15 * 1852, 15 * 1852, 40_000])
    north = np.interp(times, [0, 7, 8], [60, 60, FAR_M])
    params = params_for("default", {"sts_transfer": {"encounter.under_way_contact_times": times_as_long}})
    (meeting,) = found(
        path(1, times, east, 0 * times), path(2, times, east, north), params=params.by_name["sts_transfer"]
    )
    assert meeting.measures["mode"] == mode


def test_who_is_now_faster_now_slower_than_three_knots_is_told_once_and_whole():
    """Six hours side by side; for four and a half of them slow, in three pieces."""
    times = every(2, 0, 6)
    speed_kn = np.where(times % 2.0 < 1.5, 2.6, 3.8)
    east = np.concatenate(([0.0], np.cumsum(speed_kn[:-1] * np.diff(times)))) * KNOT * HOUR
    (meeting,) = found(path(1, times, east, 0 * times), path(2, times, east, 0 * times + 60))
    assert meeting.measures["mode"] == "under_way"
    assert hours(meeting) == pytest.approx([0, 6], abs=0.1)


def test_a_long_drift_at_a_distance_is_not_dropped_for_the_sail_before_it():
    """Two hours under way 60 m apart, then ten adrift 300 m apart: the drift is five times as long."""
    times = every(2, 0, 14)
    east = np.interp(times, [0, 2, 12, 14], [0, 18_520, 18_520, 60_000])
    north = np.interp(times, [0, 2.2, 2.5, 12, 12.5, 14], [60, 60, 300, 300, 5000, 30_000])
    (meeting,) = found(path(1, times, east, 0 * times), path(2, times, east, north))
    assert meeting.measures["mode"] == "anchored"
    assert hours(meeting)[1] == pytest.approx(12, abs=0.1)


@pytest.mark.parametrize("phase_min", range(0, 10, 2))
@pytest.mark.parametrize(("swift_min", "told"), [(6, 0), (16, 1)])
def test_a_short_spurt_between_two_halts_is_no_sailing_together(swift_min, told, phase_min):
    """Thirteen minutes slow, a spurt, thirteen slow, 150 m apart: a spurt of ten minutes and more is seen."""
    times = every(1, 0, 2)
    spurt_h = swift_min / 60
    east = np.interp(times, [0.5, 0.5 + spurt_h, 2], [0, 5 * KNOT * HOUR * spurt_h, 6000 * spurt_h])
    leave_h = 0.5 + spurt_h + 13 / 60
    north = np.interp(times, [0, 0.5 - 13 / 60, 0.5, leave_h, 2], [9000, 95, 95, 95, 20_000])
    t0 = T0 + 60 * phase_min
    parts = path(1, times, east, 0 * times, t0=t0), path(2, times, east, north, t0=t0)
    assert len(found(*parts)) == told


def test_company_under_way_with_a_short_stop_is_told_once_as_under_way():
    times = every(2, 0, 8)
    east = np.interp(times, [0, 4, 4.4, 8], [0, 37_000, 37_000, 70_000])
    (meeting,) = found(path(1, times, east, 0 * times), path(2, times, east, 0 * times + 60))
    assert meeting.measures["mode"] == "under_way"
    assert hours(meeting) == pytest.approx([0, 8], abs=0.1)


def test_the_step_and_phase_of_the_search_leave_no_trace():
    parts = in_company(4.0, 90.0, 1.1, minutes=7)
    ours = found(*parts)
    assert len(ours) == 1
    for minutes in (2.0, 5.0, 9.5):
        assert found(*parts, params=overridden(StsParams(), {"contact.unbroken_min": minutes})) == ours


def test_it_can_be_switched_off_and_gfw_has_none():
    off = overridden(StsParams(), {"encounter.under_way_reported": False})
    for params in (off, params_for("gfw").by_name["sts_transfer"]):
        assert found(*in_company(5.0, 80.0), params=params) == ()


def test_ships_made_fast_at_about_the_greatest_slow_speed_are_one_meeting_under_way():
    """Nine hours side by side at 2.7 and 3.3 knots in turn: not five pieces of a drift."""
    times = every(2, 0, 13)
    together = (times >= 2) & (times < 11)
    speed_kn = np.where(together, np.where((times * 60) % 70 < 40, 2.7, 3.3), 5.0)
    gone = np.concatenate(([0.0], np.cumsum(speed_kn[:-1] * np.diff(times)))) * 1852
    north = np.interp(times, [0, 2, 11, 13], [20_000, 60, 60, 20_000])
    (meeting,) = found(path(1, times, gone, 0 * times), path(2, times, gone, north))
    assert meeting.measures["mode"] == "under_way"
    assert hours(meeting)[1] - hours(meeting)[0] == pytest.approx(9, abs=0.3)
