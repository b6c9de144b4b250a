import numpy as np
import pytest
from support import HOUR, T0, Spot, every, meeting_pair, path, scene_of, still

from detectors.core.params import overridden
from detectors.presets import params_for
from detectors.sts_transfer.detector import detect
from detectors.sts_transfer.params import StsParams
from detectors.tracks.codes import LONG_RANGE_MSG_TYPE
from geodata.ports import Port, PortIndex
from geodata.world import World

GFW = params_for("gfw").by_name["sts_transfer"]


def found(*parts, params=None, **scene):
    return detect(scene_of(*parts, **scene), params or StsParams()).findings


def hours(finding):
    return [(t - T0) / HOUR for t in (finding.start_s, finding.end_s)]


@pytest.mark.parametrize(
    ("separation_m", "contact_h", "tier"),
    [(30, 0.5, "alongside"), (150, 1.0, "close"), (450, 3.0, "near"), (30, 5.0, "alongside")],
)
def test_a_meeting_is_told_by_the_innermost_tier_that_it_meets(separation_m, contact_h, tier):
    (meeting,) = found(*meeting_pair(separation_m, contact_h))
    assert meeting.measures["tier"] == tier
    assert meeting.measures["min_separation_m"] == pytest.approx(separation_m, abs=0.5)
    assert meeting.measures["contact_h"] == pytest.approx(contact_h, abs=0.1)
    assert hours(meeting) == pytest.approx([0, contact_h], abs=0.1)


@pytest.mark.parametrize(
    ("separation_m", "contact_h"), [(30, 0.1), (150, 0.4), (450, 1.8), (560, 9.0), (2000, 9.0)]
)
def test_too_short_or_too_far_is_not_told(separation_m, contact_h):
    assert found(*meeting_pair(separation_m, contact_h)) == ()


def test_a_ship_that_passes_close_by_is_not_told():
    slow = still(1, every(1, -2, 2))
    times = every(1, -2, 2)
    fast = path(2, times, times * 10 * 1852, np.full(len(times), 40.0))
    assert found(slow, fast) == ()


def test_two_ships_that_sail_in_company_are_not_told():
    times = every(2, 0, 6)
    assert found(*(path(n, times, times * 9 * 1852, np.full(len(times), 150.0 * n)) for n in (1, 2))) == ()


def test_ships_that_sail_in_company_and_then_stop_are_told_for_the_time_they_stopped():
    times = every(2, 0, 9)
    east = np.interp(times, [0, 4, 7, 9], [0, 60_000, 60_000, 90_000])
    (meeting,) = found(*(path(n, times, east, np.full(len(times), 100.0 * n)) for n in (1, 2)))
    assert hours(meeting) == pytest.approx([4, 7], abs=0.1)


def test_a_meeting_at_anchor_that_swings_with_the_tide_is_told():
    times = every(3, 0, 8)
    swing = np.pi * times / 6
    arc = 200 * np.cos(swing), 200 * np.sin(swing)
    assert len(found(*(path(n, times, arc[0] + 60 * n, arc[1]) for n in (1, 2)))) == 1


def test_silence_is_never_contact_but_is_bridged_within_four_hours():
    times = every(5, 0, 6)
    heard = times[(times <= 1) | (times >= 4.5)]
    (meeting,) = found(still(1, times), still(2, heard, east_m=100.0))
    assert meeting.measures["elapsed_h"] == pytest.approx(6, abs=0.01)
    assert meeting.measures["contact_h"] == pytest.approx(2.5, abs=0.1)
    assert meeting.measures["longest_gap_min"] == pytest.approx(210, abs=0.1)


def on_the_tide(mmsi, times, east_m=0.0):
    """Made fast to another and adrift on a tide of one knot that turns round."""
    turn, round_m = 2 * np.pi * times / 12.42, 3_660.0
    return path(mmsi, times, east_m + round_m * np.cos(turn), round_m * np.sin(turn))


@pytest.mark.parametrize("silence_h", [2.0, 3.0, 3.9])
def test_a_silence_in_which_the_tide_turns_parts_no_meeting(silence_h):
    """The straight line of a gap lies a kilometre from the other vessel; it was not observed there."""
    times = every(2, 0, 10)
    heard = times[(times <= 3) | (times >= 3 + silence_h)]
    (meeting,) = found(on_the_tide(1, times), on_the_tide(2, heard, 30.0))
    assert hours(meeting) == pytest.approx([0, 10], abs=0.05)
    assert meeting.measures["contact_h"] == pytest.approx(10 - silence_h, abs=0.1)


def test_one_who_was_seen_to_sail_away_in_the_silence_of_the_other_parts_the_meeting():
    times = every(2, 0, 10)
    heard = times[(times <= 3) | (times >= 6)]
    away = np.interp(times, [3.2, 4.2, 4.8, 5.8], [0, 15_000, 15_000, 0])
    assert len(found(path(1, times, away, 0 * times), still(2, heard, east_m=30.0))) == 2


@pytest.mark.parametrize(("km", "meetings"), [(3, 1), (9, 2)])
def test_one_who_was_seen_far_off_in_the_silence_of_the_other_parts_the_meeting(km, meetings):
    """A vessel drifts away at less than 3 knots and back: 9 km off, it was not beside the other."""
    times = every(2, 0, 10)
    heard = times[(times <= 3) | (times >= 6.9)]
    away = np.interp(times, [3.0, 4.9, 5.0, 6.9], [0, km * 1000, km * 1000, 0])
    assert len(found(path(1, times, away, 0 * times), still(2, heard, east_m=30.0))) == meetings


def test_two_who_are_both_heard_apart_parted():
    times = every(10, 0, 10)
    away = np.interp(times, [3, 4, 5, 6], [0, 2_000, 2_000, 0])
    assert len(found(path(1, times, away, 0 * times), still(2, times, east_m=30.0))) == 2


def test_a_longer_silence_parts_the_meeting():
    times = every(5, 0, 12)
    heard = times[(times <= 1) | (times >= 11)]
    assert len(found(still(1, times), still(2, heard, east_m=100.0))) == 2


def test_two_short_passes_with_a_long_silence_between_are_no_meeting():
    times = every(5, 0, 13)
    heard = times[(times <= 0.2) | (times >= 12.8)]
    assert found(still(1, times), still(2, heard, east_m=300.0)) == ()


def test_one_report_each_is_no_meeting():
    assert found(still(1, [0.0]), still(2, [0.0], east_m=30.0)) == ()


def test_a_short_excursion_does_not_end_a_meeting_and_a_long_one_does():
    times = every(1, 0, 8)
    for away_h, meetings in ((0.2, 1), (1.0, 2)):
        east = np.interp(times, [0, 4, 4.05, 4 + away_h - 0.05, 4 + away_h, 8], [80, 80, 1200, 1200, 80, 80])
        assert len(found(still(1, times), path(2, times, east, 0 * times))) == meetings


def test_hulls_that_share_a_number_do_not_meet_themselves():
    times = every(5, 0, 9)
    there = still(1, times + 0.04, east_m=900_000)
    comes = path(1, times, np.interp(times, [0, 9], [0, 10_000]), 0 * times)
    assert found(comes, there) == ()


def test_positions_rounded_to_a_tenth_of_a_minute_cannot_show_who_is_alongside():
    times = every(3, 0, 5)
    rounded = {
        "msg_type": np.full(len(times), LONG_RANGE_MSG_TYPE),
        "uncertainty_m": np.full(len(times), 93.0),
    }
    (meeting,) = found(still(1, times, **rounded), still(2, times, east_m=30.0, **rounded))
    assert meeting.measures["tier"] == "close"


@pytest.mark.parametrize("minutes", [1, 7, 10, 30, 59])
def test_sparse_reporting_finds_the_same_meeting(minutes):
    (meeting,) = found(*meeting_pair(100.0, 6.0, minutes))
    assert hours(meeting) == pytest.approx([0, 6], abs=2 * minutes / 60 + 0.1)


def test_gfw_asks_for_two_hours_within_500_metres():
    assert len(found(*meeting_pair(490.0, 2.5), params=GFW)) == 1
    assert found(*meeting_pair(510.0, 2.5), params=GFW) == ()
    assert found(*meeting_pair(30.0, 1.0), params=GFW) == ()


def test_gfw_leaves_out_meetings_near_a_port_and_ours_does_not():
    port = Port("xx_test", "Test", "XX", "port", 124.05, 38.0, 0.0, 1000.0)
    world = World(port_index=PortIndex((port,)))
    pair = meeting_pair(100.0, 3.0)
    assert found(*pair, params=GFW, world=world) == ()
    assert len(found(*pair, world=world)) == 1


def test_three_ships_at_one_spot_are_three_meetings():
    times = every(5, 0, 4)
    assert len(found(*(still(n, times, east_m=40.0 * n) for n in range(3)))) == 3


def test_a_crowd_is_counted_and_said_to_be_unsolved():
    times = every(10, 0, 3)
    crowd = [still(100 + n, times, east_m=2.0 * n) for n in range(60)]
    answer = detect(scene_of(*crowd), StsParams())
    assert answer.findings == ()
    assert answer.examined["in_crowds"] > 0
    assert "lay in crowds" in answer.warnings[0]


def test_the_nearest_miss_names_the_threshold():
    answer = detect(scene_of(*meeting_pair(560.0, 9.0)), StsParams())
    (miss,) = answer.near_misses
    assert (miss.parameter, miss.threshold) == ("encounter.near_enter_m", 500.0)
    assert miss.value == pytest.approx(560, abs=1)
    (miss,) = detect(scene_of(*meeting_pair(450.0, 1.5)), StsParams()).near_misses
    assert (miss.parameter, miss.threshold) == ("encounter.near_contact_min", 120.0)


def test_measures_are_those_of_the_tracks():
    times = every(5, 0, 4)
    drift = times * 0.5 * 1852
    heading = {"heading_deg": np.full(len(times), 10.0), "sog_kn": np.full(len(times), 0.5)}
    other = {**heading, "heading_deg": np.full(len(times), 190.0)}
    (meeting,) = found(
        path(1, times, drift, 0 * times, **heading), path(2, times, drift, 0 * times + 80, **other)
    )
    told = meeting.measures
    assert told["heading_difference_deg"] == pytest.approx(180)
    assert told["drift_km"] == pytest.approx(3.7, abs=0.05)
    assert told["median_sog_1_kn"] == pytest.approx(0.5)
    assert (told["reports_1"], told["reports_2"]) == (49, 49)
    assert told["contact_within_200m_h"] == pytest.approx(4, abs=0.01)
    assert told["contact_within_50m_h"] == 0


def test_a_meeting_on_180_degrees_lies_on_180_degrees():
    (meeting,) = found(*meeting_pair(100.0, 3.0, spot=Spot(179.9995, 38.0)))
    assert abs(meeting.path[0][0]) == pytest.approx(180, abs=0.01)


def test_the_phase_and_step_of_the_search_leave_no_trace():
    pair = meeting_pair(180.0, 3.3, minutes=7)
    ours = found(*pair)
    for minutes in (2.0, 5.0, 9.5):
        assert found(*pair, params=overridden(StsParams(), {"contact.unbroken_min": minutes})) == ours


def test_dense_reports_days_later_do_not_undo_a_meeting():
    seldom, often = every(30, 0, 6), every(1, 60, 130)
    away = np.concatenate([0 * seldom, 0 * often + 500_000])
    times = np.concatenate([seldom, often])
    parts = path(1, times, away, 0 * away), path(2, times, away * 1.1 + 30, 0 * away)
    (meeting,) = found(*parts)
    assert meeting.measures["contact_h"] == pytest.approx(6, abs=0.01)


def test_separation_in_silence_moves_no_median():
    times = every(5, 0, 7)
    heard = times[(times <= 2) | (times >= 5)]
    east = np.interp(heard, [0, 2, 5, 7], [100, 100, 500, 500])
    (meeting,) = found(still(1, times), path(2, heard, east, 0 * heard))
    told = meeting.measures
    assert told["min_separation_m"] <= told["median_separation_m"]


def test_two_ships_that_swing_round_the_limit_for_days_are_no_meeting_and_are_solved_once():
    times = every(2, 0, 72)
    swing = 600 + 30 * np.sin(times * 2 * np.pi / 0.25)
    answer = detect(scene_of(still(1, times), path(2, times, swing, 0 * times)), StsParams())
    assert answer.findings == ()


def test_two_of_whom_one_was_not_heard_meanwhile_were_not_observed_together():
    """On the straight line between two reports 110 minutes apart it passes: it was not observed there."""
    often, seldom = every(5, -8, 8), every(110, -9, 9)
    east = np.interp(seldom, [seldom[4], seldom[5]], [-700, 700])
    east[seldom < seldom[4]] = -9000
    east[seldom > seldom[5]] = 9000
    pair = still(1, often), path(2, seldom, east, 0 * seldom)
    answer = detect(scene_of(*pair), StsParams())
    assert answer.findings == ()
    assert answer.near_misses == ()  # no contact is said to be missing: there was enough on paper
    (told,) = found(*pair, params=overridden(StsParams(), {"encounter.reports_min": 0}))
    assert (told.measures["tier"], told.measures["reports_least"]) == ("alongside", 0)


def test_ships_that_passed_near_and_lie_apart_have_little_contact_of_the_tier():
    """Ten minutes at 150 m, then a day at 280 m: close by its spell, but not for long as near as that."""
    times = every(2, 0, 26)
    apart = np.interp(times, [0, 1, 1.2, 1.4, 24, 26], [9000, 150, 150, 280, 280, 9000])
    (told,) = found(still(1, times), path(2, times, apart, 0 * times))
    measures = told.measures
    assert measures["tier"] == "close"
    assert measures["close_contact_h"] > 20
    assert measures["tier_contact_h"] == measures["contact_within_200m_h"] < 0.5
    assert measures["stayed_separation_m"] == pytest.approx(280, abs=5)
    assert measures["min_separation_m"] == pytest.approx(150, abs=5)
