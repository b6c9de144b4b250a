from dataclasses import replace

import numpy as np
import pytest
from support import HOUR, KNOT, T0, Spot, every, meeting_pair, path, scene_of, still

from detectors import KIND_BY_NAME
from detectors.events.area import Area
from detectors.events.event import make_events
from detectors.events.score import score
from detectors.sts_transfer.detector import detect
from detectors.sts_transfer.evidence.mode import sog_excess_kn
from detectors.sts_transfer.params import StsParams
from detectors.tracks.codes import AisClass
from detectors.tracks.reports import StaticReport
from detectors.vessels.watch_list import WatchList
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
    assert weight_of(event, "formation") == (-2.5 if told_as else None)


@pytest.mark.parametrize(("heading_deg", "told_as"), [(330.0, "abreast"), (90.0, "in_line")])
def test_ships_made_fast_that_a_current_carries_sideways_are_no_tow(heading_deg, told_as):
    """Set east at 3.4 kn: hulls that point north lie abreast though one is ahead of the other's course."""
    times = every(5, 0, 4)
    gone = times * 3.4 * KNOT * HOUR
    words = [StaticReport(n, T0, length_m=30.0, beam_m=14.0) for n in (1, 2)]
    bow = {"heading_deg": np.full(len(times), heading_deg)}
    event = event_of(
        path(1, times, gone, 0 * times, **bow), path(2, times, gone - 18, 0 * times, **bow), statics=words
    )
    assert event.measures["formation"] == told_as


@pytest.mark.parametrize(("length_m", "told_as"), [(90.0, "abreast"), (20.0, "in_line"), (None, "in_line")])
def test_two_so_near_that_one_would_lie_on_the_other_are_no_tow(length_m, told_as):
    """Antennas 30 m apart along their course: two of 90 m have no room to be in line, two launches have."""
    times = every(5, 0, 4)
    gone = times * 3.4 * KNOT * HOUR
    words = [StaticReport(n, T0, length_m=length_m) for n in (1, 2)] if length_m else []
    event = event_of(path(1, times, gone, 0 * times), path(2, times, gone - 30, 0 * times), statics=words)
    assert event.measures["formation"] == told_as


def test_a_tow_whose_bows_nobody_tells_stays_a_tow():
    """40 m ahead by its antenna, and no heading or course: the least that hulls can take shows nothing."""
    times = every(5, 0, 4)
    gone = times * 3.4 * KNOT * HOUR
    words = [StaticReport(1, T0, length_m=85.0, beam_m=14.0), StaticReport(2, T0, length_m=30.0, beam_m=10.0)]
    event = event_of(path(1, times, 0 * times, gone), path(2, times, 0 * times, gone + 40), statics=words)
    assert event.measures["formation"] == "in_line"


def test_the_longest_silence_is_that_within_the_meeting():
    """One is received first where they already lie together: the hours before are no gap in the encounter."""
    theirs = np.concatenate(([-3.5], every(5, 0, 2)))
    measures = told(still(1, every(5, -0.5, 4)), still(2, theirs, east_m=60.0))
    assert measures["elapsed_h"] == pytest.approx(2.5, abs=0.01)
    assert measures["longest_gap_min"] == pytest.approx(30, abs=0.1)


@pytest.mark.parametrize(
    ("length_m", "weight"), [(None, -0.4), (24.0, -0.4), (59.0, -0.4), (60.0, None), (98.0, None)]
)
def test_a_class_b_set_speaks_of_a_small_craft_unless_it_says_otherwise(length_m, weight):
    words = [
        StaticReport(412000002, T0, length_m=length_m, ais_class=AisClass.B),
        StaticReport(412000001, T0, length_m=120.0, ais_class=AisClass.A),
    ]
    event = event_of(*meeting_pair(60.0, 3.0), statics=words)
    assert weight_of(event, "small_craft") == weight


@pytest.mark.parametrize(
    ("second", "is_one"),
    [
        ({"name": "HERU GU 33", "length_m": 90.0}, True),
        ({"name": "HERUGU 34", "length_m": 90.0}, False),
        ({"name": "HERUGU 33", "length_m": 60.0}, False),
        ({"name": "HERUGU 33"}, False),
        ({"name": "HERUGU 33", "length_m": 90.0, "imo": 9000003}, False),
        ({"name": "OTHER", "imo": 9074729}, True),
        ({}, False),
    ],
)
def test_two_that_say_they_are_one_ship_weigh_against(second, is_one):
    first = StaticReport(412000001, T0, imo=9074729, name="HERUGU 33", length_m=90.0)
    words = [first, StaticReport(412000002, T0, **second)]
    event = event_of(*meeting_pair(60.0, 3.0), statics=words)
    assert event.measures["same_static_data"] is is_one
    assert weight_of(event, "same_static_data") == (-2.0 if is_one else None)


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
    assert event.measures["proximity_history"] == "met"
    assert event.measures["separated_before_h"] == pytest.approx(2.4, abs=0.3)
    assert weight_of(event, "proximity_history") > 0


def test_two_that_are_never_seen_apart_keep_company():
    times = every(5, 0, 12)
    apart = np.interp(times, [3, 3.3, 8, 8.3], [1500, 60, 60, 1500])
    event = event_of(still(1, times), path(2, times, apart, 0 * times))
    assert event.measures["proximity_history"] == "always"
    assert weight_of(event, "proximity_history") < 0


def test_a_break_in_long_company_is_not_a_meeting_of_strangers():
    """Two trawlers a haul apart all day: they came from two harbours and went home to two."""
    times = every(5, -8, 16)
    corners = [-8, -6, 0, 0.3, 3, 3.3, 10, 12, 16]
    apart = np.interp(times, corners, [20_000, 900, 900, 60, 60, 900, 900, 20_000, 20_000])
    event = event_of(still(1, times), path(2, times, apart, 0 * times))
    assert event.measures["separated_before_h"] >= 0.5
    assert event.measures["separated_after_h"] >= 0.5
    assert event.measures["proximity_history"] == "mostly"
    assert event.measures["prior_proximity_h"] == pytest.approx(13, abs=1)
    assert weight_of(event, "proximity_history") == -0.3


def test_two_meetings_with_a_voyage_between_are_no_company():
    times = every(5, -6, 24)
    corners = [-6, -1, 0, 4, 5, 12, 13, 17, 18, 24]
    apart = np.interp(times, corners, [60e3, 15e3, 60, 60, 15e3, 15e3, 60, 60, 15e3, 60e3])
    assert told(still(1, times), path(2, times, apart, 0 * times))["proximity_history"] == "met"


def sails_beside(separation_m, sail_kn=10.0, stop_h=(6.0, 10.0), parts_h=None):
    """Two that sail, stop together, and sail on; the second leaves where it parts."""
    times = every(5, 0, 16)
    under_way_h = np.where(times < stop_h[0], times, np.maximum(stop_h[0], times - (stop_h[1] - stop_h[0])))
    east = under_way_h * sail_kn * KNOT * HOUR
    aside = np.full(len(times), separation_m)
    if parts_h is not None:
        aside = aside + np.abs(times - np.clip(times, *parts_h)) * 15_000.0
    return path(1, times, east, 0 * times), path(2, times, east, aside)


def test_two_sets_on_one_hull_are_told_by_the_speed_that_no_two_hulls_keep_alongside():
    event = event_of(*sails_beside(12.0))
    assert event.measures["same_track_h"] == pytest.approx(12, abs=1)
    assert weight_of(event, "same_track_h") == -2.8
    for other in (sails_beside(12.0, sail_kn=5.0), sails_beside(12.0, parts_h=(5.5, 10.5))):
        assert weight_of(event_of(*other), "same_track_h") is None


@pytest.mark.parametrize(("kn", "weight"), [(12.0, None), (18.0, -0.6), (24.0, -1.0)])
def test_a_craft_faster_than_small_tankers_weighs_against(kn, weight):
    times = every(5, -3, 6)
    off = np.abs(times - np.clip(times, 0, 3)) * kn * KNOT * HOUR + 60
    event = event_of(still(1, times), path(2, times, off, 0 * times))
    assert event.measures["fastest_kn"] == pytest.approx(kn, rel=0.02)
    assert weight_of(event, "fastest_kn") == weight


def test_nobody_sails_faster_than_it_ever_said():
    """Every other fix of the way out is 7 km wrong, which makes more than 20 knots; the reports say 9."""
    times = every(10, 0, 12)
    away = np.interp(times, [3, 12], [60, 80_000])
    away = away + np.where((times > 4) & (np.arange(len(times)) % 2 == 0), 7_000.0, 0.0)
    silent = event_of(still(1, times), path(2, times, away, 0 * times)).measures["fastest_kn"]
    says = path(2, times, away, 0 * times, sog_kn=np.where(times > 3, 9.0, 0.0))
    assert silent > 20
    assert event_of(still(1, times), says).measures["fastest_kn"] == 9.0
    lying = path(2, times, away, 0 * times, sog_kn=np.where(times > 3, np.nan, 0.1))
    assert event_of(still(1, times), lying).measures["fastest_kn"] == silent  # reported while it lay still


def supply_visit(swing_m, uncertainty_m=0.0):
    """One that lies for a day, and one that comes to it for three hours."""
    times = every(5, -12, 12)
    turn = 0.5 * times
    doubt = {"uncertainty_m": np.full(len(times), uncertainty_m)}
    host = path(1, times, swing_m * np.cos(turn), swing_m * np.sin(turn), **doubt)
    away = np.interp(times, [-1, 0, 3, 4], [20_000, 60, 60, 20_000])
    return host, path(2, times, swing_m * np.cos(turn) + away, swing_m * np.sin(turn))


def test_what_lies_fixed_to_the_ground_is_no_ship_at_anchor():
    event = event_of(*supply_visit(8.0))
    assert event.measures["fixed_h"] == pytest.approx(24, abs=0.1)
    assert weight_of(event, "fixed_outside_dprk_h") == -2.0
    assert event_of(*supply_visit(120.0)).measures["fixed_h"] == 0
    assert event_of(*supply_visit(8.0, 93.0)).measures["fixed_h"] == 0  # rounded: nobody can tell


def test_inside_dprk_waters_lying_fixed_excuses_nothing(chart):
    spot = Spot(124.9, 38.6)
    times = every(5, -12, 12)
    away = np.interp(times, [-1, 0, 3, 4], [-20_000, 60, 60, -20_000])
    event = event_of(still(1, times, spot=spot), path(2, times, away, 0 * times, spot), world=chart)
    assert event.measures["fixed_h"] == pytest.approx(24, abs=0.1)
    assert weight_of(event, "fixed_outside_dprk_h") is None


def test_stray_reports_of_a_ship_elsewhere_are_no_meeting_of_its():
    """A number garbled in the air is another ship's, which is a hundred kilometres away and heard as ever."""
    drifts = adrift(1, 0.5, 0.0, hours=6.0)
    strays = adrift(2, 0.5, 30.0, hours=3.0, minutes=30.0)
    elsewhere = path(2, every(2, -4, 8), 100_000 + every(2, -4, 8) * 20_000, 0 * every(2, -4, 8) + 9_000)
    event = event_of(drifts, strays, elsewhere)
    assert event.measures["stray_ratio"] > 10
    assert weight_of(event, "stray_ratio") == -1.5
    assert weight_of(event_of(drifts, strays), "stray_ratio") is None


def test_where_they_were_before_the_data_began_is_not_known():
    measures = told(still(1, every(5, 0, 4)), still(2, every(5, 0, 4), 60.0))
    assert (
        measures["separated_before_h"],
        measures["proximity_history"],
        measures["approach_speed_1_kn"],
    ) == (None,) * 3


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


def test_a_draught_that_is_said_again_did_not_change_however_the_feed_was_cut():
    once = StaticReport(412000001, T0 - 2 * HOUR, draught_m=6.0)
    again = replace(once, time_s=T0 + 5 * HOUR)
    repeated = replace(once, draught_until_s=T0 + 5 * HOUR)
    for statics, after, change in (([once, again], 6.0, 0.0), ([repeated], 6.0, 0.0), ([once], None, None)):
        event = event_of(*meeting_pair(60.0, 4.0), statics=statics)
        measures = event.measures
        assert (measures["draught_before_1_m"], measures["draught_after_1_m"]) == (6.0, after)
        assert measures["draught_change_m"] == change
        assert weight_of(event, "draught_change_m") is None


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
    assert event.measures["slow_vessels_within_2nm"] == count
    assert weight_of(event, "anchorage_vessels") == weight


def test_ships_that_pass_are_no_anchorage():
    times = every(1, -1, 5)
    passing = [path(90 + n, times, (times - 2) * 18_000, 0 * times + 900 + 100 * n) for n in range(6)]
    assert told(*meeting_pair(60.0, 4.0), *passing)["slow_vessels_within_2nm"] == 0


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
    assert ours.measures["slow_vessels_within_2nm"] == StsParams().craft.others_max
    few = told(*pair, *waiting(9, spot))
    assert few["slow_vessels_within_2nm"] == 9


def test_a_routine_of_meetings_weighs_against():
    times = every(5, 0, 60)
    phase = times % 12
    apart = np.interp(phase, [0, 1, 4, 5, 12], [9000, 60, 60, 9000, 9000])
    made = scene_of(still(1, times), path(2, times, apart, 0 * times))
    events = make_events(detect(made, StsParams()).findings, made, WatchList(), Area("all"))
    assert [e.measures["earlier_encounters"] for e in events] == [0, 1, 2, 3, 4]
    assert [weight_of(e, "earlier_encounters") for e in events] == [None, None, None, -0.4, -0.4]


def test_inside_dprk_waters_ships_lying_near_excuse_nothing(chart):
    spot = Spot(124.75, 38.57)
    event = event_of(*meeting_pair(60.0, 4.0, spot=spot), *waiting(12, spot), world=chart)
    assert event.measures["dprk_waters"] == "territorial_sea"
    assert event.measures["slow_vessels_within_2nm"] == 12
    assert event.measures["anchorage_vessels"] is None


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
    assert event.measures["hull_clearance_m"] == pytest.approx(300, abs=20)
    assert weight_of(event, "hull_clearance_m") == -4.0


def test_ships_made_fast_lie_within_their_lengths_wherever_their_antennas_are():
    assert told(*meeting_pair(140.0, 4.0))["hull_clearance_m"] == 0
    assert weight_of(event_of(*meeting_pair(140.0, 4.0)), "hull_clearance_m") is None
    far = meeting_pair(280.0, 4.0)
    assert told(*far, statics=lengths(300, 280))["hull_clearance_m"] == 0
    assert told(*far, statics=lengths(30, 30))["hull_clearance_m"] == pytest.approx(250, abs=20)


@pytest.mark.parametrize(("minutes", "is_known"), [(10, True), (50, True), (70, True), (95, False)])
def test_two_heard_too_seldom_may_have_been_nearer_meanwhile(minutes, is_known):
    times = every(minutes, 0, 14)
    apart_m = told(still(1, times), still(2, times, 400.0))["hull_clearance_m"]
    assert (apart_m is not None) is is_known


def test_many_looks_at_two_anchors_show_the_water_though_a_satellite_is_seldom_there():
    """Passes half an hour apart and one of two hours missing: two hundred reports never nearer than 350 m."""
    looks = [t + k / 60 for t in np.arange(0, 30, 0.5) if not 10 <= t < 11.5 for k in range(4)]
    times = np.array(looks)
    event = event_of(still(1, times), still(2, times, 400.0))
    assert event.measures["contact_h"] < 0.8 * event.measures["elapsed_h"]
    assert event.measures["longest_gap_min"] > 60
    assert weight_of(event, "hull_clearance_m") == -4.0


def test_a_few_reports_do_not_show_that_there_was_water_between():
    times = np.linspace(0, 3, 8)
    assert told(still(1, times), still(2, times, 400.0))["hull_clearance_m"] is None


@pytest.mark.parametrize(
    ("said", "most_kn", "more"),
    [((10.7, 0.2), 3.0, 7.7), ((2.0, 2.5), 3.0, 0.0), ((None, 8.0), 6.0, 2.0), ((None, None), 3.0, None)],
)
def test_who_says_that_it_sails_while_its_positions_lie_still_contradicts_itself(said, most_kn, more):
    told = {"median_sog_1_kn": said[0], "median_sog_2_kn": said[1]}
    assert sog_excess_kn(told, most_kn) == (None if more is None else pytest.approx(more))


def test_two_frozen_receivers_are_no_transfer():
    """Both say that they sail at 11 kn; their positions lie 35 m apart for five hours."""
    times = every(5, 0, 5)
    sails = {"sog_kn": np.full(len(times), 11.0)}
    (meeting,) = detect(
        scene_of(still(1, times, **sails), still(2, times, 35.0, **sails)), StsParams()
    ).findings
    assert meeting.measures["sog_excess_kn"] == pytest.approx(8.0)
    weights = {r.name: r.weight for r in score(KIND_BY_NAME["sts_transfer"], meeting.measures).reasons}
    assert weights["sog_excess_kn"] == -2.0
