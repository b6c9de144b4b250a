import numpy as np
import pytest
from support import HOUR, KNOT, T0, Spot, every, meeting_pair, path, scene_of, still

from detectors.area import Area
from detectors.event import make_events
from detectors.sts_params import StsParams
from detectors.sts_transfer import OTHERS_MOST, detect
from detectors.tracks.reports import StaticReport
from detectors.watch import WatchList
from geodata.ports import PortIndex
from geodata.world import World


def told(*parts, **scene):
    findings = detect(scene_of(*parts, **scene), StsParams()).findings
    return findings[-1].measures


def event_of(*parts, **scene):
    made = scene_of(*parts, **scene)
    return make_events(detect(made, StsParams()).findings, made, WatchList(), Area("all"))[-1]


def weight_of(event, name):
    return next((r.weight for r in event.score.reasons if r.name == name), None)


def adrift(mmsi, drift_kn, north_m, hours=4.0, minutes=5.0, course="east"):
    times = every(minutes, 0, hours)
    gone = times * drift_kn * KNOT * HOUR
    return path(
        mmsi, times, *((gone, 0 * times + north_m) if course == "east" else (0 * times, gone + north_m))
    )


def test_the_95_percent_separation_is_that_of_the_observed_time():
    times = every(5, 0, 10)
    apart = np.interp(times, [0, 9, 9.2, 10], [60, 60, 400, 400])
    measures = told(still(1, times), path(2, times, apart, 0 * times))
    assert measures["median_separation_m"] == pytest.approx(60, abs=1)
    assert measures["p95_separation_m"] == pytest.approx(400, abs=1)


def test_two_that_drift_past_one_another_did_not_stay_near():
    """Alongside for a quarter of an hour in a drift of five hours: its weight is taken back."""
    times = every(5, 0, 5)
    apart = np.interp(times, [0, 2, 2.3, 5], [500, 40, 40, 560])
    event = event_of(still(1, times), path(2, times, apart, 0 * times))
    assert event.measures["tier"] == "alongside"
    assert event.measures["near_share"] < 0.5
    assert weight_of(event, "near_share") == -0.8
    assert weight_of(event_of(*meeting_pair(60.0, 4.0)), "near_share") is None
    assert told(*meeting_pair(450.0, 4.0))["near_share"] is None


def test_two_that_drift_together_moved_alike():
    measures = told(adrift(1, 1.5, 0.0), adrift(2, 1.5, 80.0))
    assert measures["drift_correlation"] == pytest.approx(1, abs=0.01)
    assert measures["relative_speed_kn"] == pytest.approx(0, abs=0.01)
    assert measures["mode"] == "drifting"


def test_two_that_drift_apart_did_not_move_alike():
    measures = told(adrift(1, 0.03, 0.0, 6), adrift(2, 0.03, 200.0, 6, course="north"))
    assert measures["drift_correlation"] == pytest.approx(0, abs=0.05)


@pytest.mark.parametrize(("speed_kn", "told_as"), [(2.6, "in_line"), (1.2, None)])
def test_a_slow_tow_is_in_line_and_two_that_drift_have_no_ahead(speed_kn, told_as):
    times = every(5, 0, 6)
    gone = times * speed_kn * KNOT * HOUR
    event = event_of(path(1, times, gone, 0 * times), path(2, times, gone - 140, 0 * times))
    assert event.measures["mode"] == "drifting"
    assert event.measures["formation"] == told_as
    assert weight_of(event, "formation") == (-1.5 if told_as else None)


def test_two_that_lie_still_have_no_drift_to_compare():
    measures = told(*meeting_pair(40.0, 5.0))
    assert measures["drift_correlation"] is None
    assert measures["mode"] == "anchored"


def test_status_tells_who_lay_at_anchor():
    times = every(5, 0, 4)
    east = times * 0.6 * KNOT * HOUR
    status = np.where(times < 3, 1, 0)
    parts = path(1, times, east, 0 * times, nav_status=status), path(2, times, east, 0 * times + 60)
    measures = told(*parts)
    assert measures["at_anchor_share_1"] == pytest.approx(0.75, abs=0.03)
    assert measures["at_anchor_share_2"] is None
    assert measures["mode"] == "anchored"


def test_approach_and_departure_are_the_hour_before_and_after():
    measures = told(*meeting_pair(60.0, 4.0))
    assert measures["approach_speed_2_kn"] == pytest.approx(9.7, abs=0.4)
    assert measures["approach_course_2_deg"] == pytest.approx(270, abs=1)
    assert measures["departure_course_2_deg"] == pytest.approx(90, abs=1)
    assert abs(measures["approach_course_1_deg"]) == pytest.approx(180, abs=1)
    assert measures["approach_speed_1_kn"] == pytest.approx(9.7, abs=0.4)


def test_two_that_came_together_and_parted_have_met():
    event = event_of(*meeting_pair(60.0, 4.0, away_m=40_000.0))
    assert event.measures["company"] == "met"
    assert event.measures["apart_before_h"] == pytest.approx(2.4, abs=0.3)
    assert weight_of(event, "company") > 0


def test_two_that_are_never_seen_apart_keep_company():
    times = every(5, 0, 12)
    apart = np.interp(times, [3, 3.3, 8, 8.3], [1500, 60, 60, 1500])
    event = event_of(still(1, times), path(2, times, apart, 0 * times))
    assert event.measures["company"] == "always"
    assert weight_of(event, "company") < 0


def test_where_they_were_before_the_data_began_is_not_known():
    measures = told(still(1, every(5, 0, 4)), still(2, every(5, 0, 4), 60.0))
    assert (measures["apart_before_h"], measures["company"], measures["approach_speed_1_kn"]) == (None,) * 3


def test_draught_and_destination_before_and_after_are_told_and_a_change_weighs():
    statics = [
        StaticReport(412000001, T0 - HOUR, draught_m=6.0, destination="FOR ORDERS"),
        StaticReport(412000001, T0 + 5 * HOUR, draught_m=4.4, destination="NINGDE"),
        StaticReport(412000002, T0 - HOUR, draught_m=3.0),
        StaticReport(412000002, T0 + 90 * HOUR, draught_m=9.0),
    ]
    event = event_of(*meeting_pair(60.0, 4.0), statics=statics)
    said = event.measures
    assert (said["draught_before_1_m"], said["draught_after_1_m"]) == (6.0, 4.4)
    assert (said["destination_before_1"], said["destination_after_1"]) == ("FOR ORDERS", "NINGDE")
    assert (said["draught_before_2_m"], said["draught_after_2_m"]) == (3.0, None)
    assert said["draught_change_m"] == pytest.approx(1.6)
    assert weight_of(event, "draught_change_m") == 0.8


def test_a_draught_that_holds_for_the_whole_track_says_nothing_of_a_change():
    statics = [StaticReport(412000001, float("nan"), draught_m=6.0)]
    assert told(*meeting_pair(60.0, 4.0), statics=statics)["draught_change_m"] is None


def waiting(count, spot=None, first=7000):
    """Ships at anchor a kilometre from one another and from the place of the meeting."""
    ring = 2 * np.pi * np.arange(count) / max(count, 1)
    return [
        still(first + n, every(10, -3, 8), 2500 * np.cos(a), 2500 * np.sin(a), spot)
        for n, a in enumerate(ring)
    ]


@pytest.mark.parametrize(("count", "weight"), [(0, 0.2), (3, None), (6, -0.4), (8, -1.0), (12, -1.3)])
def test_others_within_two_miles_are_counted_and_tens_of_them_weigh_against(count, weight):
    far = still(99, every(10, -3, 8), 5000.0, 0.0)
    event = event_of(*meeting_pair(60.0, 4.0), *waiting(count), far)
    assert event.measures["others_within_2nm"] == count
    assert weight_of(event, "ships_lying_near") == weight


def test_ships_that_pass_are_no_anchorage():
    times = every(1, -1, 5)
    passing = [path(90 + n, times, (times - 2) * 18_000, 0 * times + 900 + 100 * n) for n in range(6)]
    assert told(*meeting_pair(60.0, 4.0), *passing)["others_within_2nm"] == 0


def test_others_are_counted_across_180_degrees_and_up_to_a_bound():
    spot = Spot(179.999, 38.0)
    rng = np.random.default_rng(1)
    angle, away_m = rng.uniform(0, 2 * np.pi, 130), rng.uniform(1000, 3500, 130)
    lying = [
        still(7000 + n, every(20, -3, 8), away_m[n] * np.cos(angle[n]), away_m[n] * np.sin(angle[n]), spot)
        for n in range(130)
    ]
    pair = meeting_pair(60.0, 4.0, spot=spot)
    findings = detect(scene_of(*pair, *lying), StsParams()).findings
    ours = next(f for f in findings if f.measures["tier"] == "close" and f.measures["contact_h"] < 5)
    assert ours.measures["others_within_2nm"] == OTHERS_MOST
    few = told(*pair, *waiting(9, spot))
    assert few["others_within_2nm"] == 9


def test_a_routine_of_meetings_weighs_against():
    times = every(5, 0, 60)
    phase = times % 12
    apart = np.interp(phase, [0, 1, 4, 5, 12], [9000, 60, 60, 9000, 9000])
    made = scene_of(still(1, times), path(2, times, apart, 0 * times))
    events = make_events(detect(made, StsParams()).findings, made, WatchList(), Area("all"))
    assert [e.measures["earlier_meetings"] for e in events] == [0, 1, 2, 3, 4]
    assert [weight_of(e, "earlier_meetings") for e in events] == [None, None, None, -0.4, -0.4]


def test_inside_dprk_waters_ships_lying_near_excuse_nothing(chart):
    spot = Spot(124.75, 38.57)
    event = event_of(*meeting_pair(60.0, 4.0, spot=spot), *waiting(12, spot), world=chart)
    assert event.measures["dprk_waters"] == "territorial_sea"
    assert event.measures["others_within_2nm"] == 12
    assert event.measures["ships_lying_near"] is None


@pytest.fixture
def chart():
    from geodata.world import load_world  # noqa: PLC0415 - the packaged chart is slow to load

    return load_world()


def test_a_launch_weighs_less_than_a_ship():
    statics = [StaticReport(412000001, T0, length_m=90.0), StaticReport(412000002, T0, length_m=14.0)]
    event = event_of(*meeting_pair(60.0, 1.0), statics=statics, world=World(port_index=PortIndex(())))
    assert event.measures["least_length_m"] == 14.0
    assert weight_of(event, "least_length_m") == -0.8


def lengths(first_m, second_m):
    return [StaticReport(mmsi, T0, length_m=m) for mmsi, m in ((412000001, first_m), (412000002, second_m))]


def test_two_watched_all_the_time_at_450_m_had_water_between():
    event = event_of(*meeting_pair(450.0, 4.0))
    assert event.measures["clear_water_m"] == pytest.approx(300, abs=20)
    assert weight_of(event, "clear_water_m") == -1.2


def test_ships_made_fast_lie_within_their_lengths_wherever_their_antennas_are():
    assert told(*meeting_pair(140.0, 4.0))["clear_water_m"] == 0
    assert weight_of(event_of(*meeting_pair(140.0, 4.0)), "clear_water_m") is None
    far = meeting_pair(280.0, 4.0)
    assert told(*far, statics=lengths(300, 280))["clear_water_m"] == 0
    assert told(*far, statics=lengths(30, 30))["clear_water_m"] == pytest.approx(250, abs=20)


@pytest.mark.parametrize(("minutes", "is_known"), [(10, True), (50, True), (70, False)])
def test_two_heard_too_seldom_may_have_been_nearer_meanwhile(minutes, is_known):
    times = every(minutes, 0, 14)
    apart_m = told(still(1, times), still(2, times, 400.0))["clear_water_m"]
    assert (apart_m is not None) is is_known


def test_a_few_reports_do_not_show_that_there_was_water_between():
    times = np.linspace(0, 3, 8)
    assert told(still(1, times), still(2, times, 400.0))["clear_water_m"] is None
