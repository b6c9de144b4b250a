import numpy as np
import pytest
from support import HOUR, T0, Spot, every, path, scene_of

from detectors.dark_period.detector import detect
from detectors.dark_period.params import DarkParams
from detectors.dark_period.reach import Prisms, reach_measures
from detectors.tracks.reports import StaticReport
from geodata.world import World, load_world


@pytest.fixture(scope="module")
def world():
    return load_world()


def reached(world, prisms):
    return reach_measures(world, prisms, DarkParams())


def prism(off, on=None, gap_h=24.0, cruise_kn=10.0):
    on = on or (np.nan, np.nan)
    columns = [np.array([value]) for value in (*off, *on, gap_h, cruise_kn)]
    return Prisms(*columns, bound_kn=22.0)


def test_off_the_west_sea_a_day_leaves_time_for_nampo(world):
    (told,) = reached(world, prism((124.2, 38.3), (124.2, 38.2)))
    assert told["dprk_stay_at_most_h"] == pytest.approx(22, abs=1)
    assert 8 < told["dprk_port_stay_at_most_h"] < 23
    assert "Nampo" in told["dprk_ports"] or told["dprk_ports_in_reach"] > 5
    assert told["terminal_stay_at_most_h"] == 0.0
    assert "area_korea_bay" in told["working_areas_in_reach"]
    assert told["dprk_stay_at_bound_h"] >= told["dprk_stay_at_most_h"]


def test_a_stay_shrinks_with_the_silence_and_grows_with_the_speed(world):
    place = ((122.5, 37.0), (122.6, 37.0))
    stays = [reached(world, prism(*place, gap_h=h))[0]["dprk_stay_at_most_h"] for h in (12, 24, 48)]
    assert stays == sorted(stays)
    assert stays[0] == 0.0
    fast = reached(world, prism(*place, gap_h=24, cruise_kn=15))[0]
    assert fast["dprk_stay_at_most_h"] > stays[1]


def test_from_coast_to_coast_it_sails_round_korea(world):
    (told,) = reached(world, prism((124.6, 38.3), (128.8, 38.9), gap_h=60.0))
    assert told["sea_distance_km"] > 1000
    assert told["unexplained_h"] < 5
    assert told["too_far"] is False
    (quick,) = reached(world, prism((124.6, 38.3), (128.8, 38.9), gap_h=12.0))
    assert quick["too_far"] is True


def test_no_less_than_nothing_is_unexplained(world):
    """The vessel must have sailed faster than usual: all of the gap is explained, and no more."""
    (told,) = reached(world, prism((124.2, 36.5), (124.2, 38.0), gap_h=6.0))
    assert told["implied_speed_kn"] > 12
    assert told["unexplained_h"] == 0.0


def test_a_silence_that_lasts_needs_no_way_back(world):
    (one_way,) = reached(world, prism((124.2, 36.5)))
    (both,) = reached(world, prism((124.2, 36.5), (124.2, 36.5)))
    assert one_way["dprk_stay_at_most_h"] > both["dprk_stay_at_most_h"]
    assert one_way["sea_distance_km"] is None
    assert one_way["unexplained_h"] == 24.0


def test_a_call_near_one_port_needs_both_ends_near_and_time_for_a_berth(world):
    off_vostochny = (132.95, 42.55)
    assert reached(world, prism(off_vostochny, (132.9, 42.6)))[0]["dark_call"] is True
    (told,) = reached(world, prism(off_vostochny, (132.9, 42.6)))
    assert told["dark_call_port"] in {"Vostochny", "Nakhodka"}
    assert told["terminal_stay_at_most_h"] > 20
    assert reached(world, prism(off_vostochny, (131.0, 40.0)))[0]["dark_call"] is False
    assert reached(world, prism(off_vostochny, (132.9, 42.6), gap_h=7.0))[0]["dark_call"] is False


def test_a_fast_ship_is_bounded_by_its_own_speed(world):
    (told,) = reached(world, prism((123.0, 37.0), (123.0, 37.0), gap_h=12.0, cruise_kn=30.0))
    assert told["dprk_stay_at_bound_h"] == told["dprk_stay_at_most_h"]


def test_where_no_way_leads_nothing_is_said_of_ports(world):
    (told,) = reached(world, prism((112.0, 35.0), (112.0, 35.0)))
    assert told["dprk_ports_in_reach"] is None
    assert told["dprk_port_stay_at_most_h"] is None


def test_the_thresholds_of_a_call_are_the_users_to_change(world):
    near = prism((132.95, 42.55), (132.9, 42.6))
    assert reached(world, near)[0]["dark_call"] is True
    for changed in (DarkParams(call_stay_h=100.0), DarkParams(call_near_nm=2.0)):
        assert reach_measures(world, near, changed)[0]["dark_call"] is False


def test_an_empty_world_knows_no_waters_and_no_ports():
    (told,) = reached(World.empty(), prism((124.2, 38.3), (124.2, 38.2)))
    assert told["dprk_stay_at_most_h"] is None
    assert told["dprk_ports"] is None
    assert told["working_areas_in_reach"] is None
    assert told["dark_call"] is False


# --- before and after


def silence(course_deg, off_h=10.0, on_h=34.0, spot=None, statics=(), speed_kn=10.0, mmsi=7):
    times = np.concatenate((every(10, 0, off_h), every(10, on_h, on_h + 6)))
    way = np.minimum(times, off_h) * speed_kn * 1852
    angle = np.radians(course_deg)
    reports = path(
        mmsi,
        times,
        way * np.sin(angle),
        way * np.cos(angle),
        spot or Spot(122.8, 37.9),
        sog_kn=np.full(len(times), speed_kn),
        cog_deg=np.full(len(times), course_deg),
    )
    scene = scene_of(reports, world=load_world(), statics=statics)
    return detect(scene, DarkParams()).findings


def test_a_course_for_korea_bay_is_told_and_one_away_from_it_is_not():
    (towards,) = silence(75.0, off_h=4.0)
    (away,) = silence(250.0, off_h=4.0)
    assert towards.measures["headed_for_dprk"] is True
    assert away.measures["headed_for_dprk"] is False


def test_what_it_said_of_draught_and_destination_is_told_on_both_sides():
    said = [
        StaticReport(7, T0 + 1 * HOUR, draught_m=6.5, destination="FOR ORDERS"),
        StaticReport(7, T0 + 9 * HOUR, draught_m=6.4),
        StaticReport(7, T0 + 35 * HOUR, draught_m=4.1, destination="SHIDAO"),
        StaticReport(7, T0 + 39 * HOUR, draught_m=9.9),
    ]
    (told,) = silence(75.0, statics=said)
    assert told.measures["draught_before_m"] == 6.4
    assert told.measures["draught_after_m"] == 4.1
    assert told.measures["draught_change_m"] == pytest.approx(2.3)
    assert told.measures["destination_before"] == "FOR ORDERS"
    assert told.measures["destination_after"] == "SHIDAO"
    (silent,) = silence(75.0)
    assert silent.measures["draught_change_m"] is None
    (undated,) = silence(75.0, statics=[StaticReport(7, np.nan, draught_m=5.0, destination="BUSAN")])
    assert undated.measures["draught_before_m"] == 5.0
    assert undated.measures["destination_before"] == "BUSAN"


def test_earlier_silences_that_left_time_for_dprk_waters_are_counted():
    times = np.concatenate([every(10, 30 * n, 30 * n + 8) for n in range(4)])
    reports = path(7, times, 0 * times, 0 * times, Spot(124.3, 38.3), sog_kn=np.full(len(times), 9.0))
    findings = detect(scene_of(reports, world=load_world()), DarkParams()).findings
    assert [f.measures["earlier_dprk_gaps"] for f in findings] == [0, 1, 2]
