from dataclasses import replace

import numpy as np
import pytest
from support import HOUR, T0, Spot, every, path, scene_of, still

from detectors.core.params import ParamError
from detectors.dark_period.detector import detect
from detectors.dark_period.gaps import gaps
from detectors.dark_period.params import DarkParams
from detectors.presets import params_for


def found(*parts, params=None, **scene):
    return detect(scene_of(*parts, **scene), params or DarkParams()).findings


def with_silence(mmsi, start_h, end_h, last_h=48.0, speed_kn=8.0):
    times = every(10, 0, last_h)
    heard = times[(times <= start_h) | (times >= end_h)]
    return path(mmsi, heard, 0 * heard, -heard * speed_kn * 1852, sog_kn=np.full(len(heard), speed_kn))


def test_a_silence_longer_than_the_threshold_is_told_from_last_to_next_report():
    (silence,) = found(with_silence(1, 24, 44))
    assert [(t - T0) / HOUR for t in (silence.start_s, silence.end_s)] == [24, 44]
    told = silence.measures
    assert told["gap_h"] == pytest.approx(20)
    assert told["grade"] == 2
    assert told["implied_speed_kn"] == pytest.approx(8, rel=0.01)
    assert told["unexplained_h"] == pytest.approx(0, abs=0.2)
    assert told["cruise_speed_kn"] == pytest.approx(8)
    assert told["reports_before"] == 73
    assert len(silence.path) == 2


@pytest.mark.parametrize(("wrong_kn", "cruise_kn"), [(96.0, 8.0), (None, 10.0)])
def test_speeds_that_cannot_be_true_are_no_cruising_speed(wrong_kn, cruise_kn):
    """Most reports of a broken sensor say 96 kn; where no other is left, the usual speed is assumed."""
    track = with_silence(1, 24, 44)
    sog_kn = np.where(np.arange(len(track)) % 3 == 0, 8.0 if wrong_kn else 96.0, 96.0)
    track = replace(track, sog_kn=sog_kn.astype(np.float32))
    assert found(track)[0].measures["cruise_speed_kn"] == pytest.approx(cruise_kn)


def test_a_silence_of_exactly_the_threshold_is_not_told():
    assert found(with_silence(1, 24, 30)) == ()
    assert len(found(with_silence(1, 24, 30.2))) == 1


def test_the_grades_of_silences_are_the_users_to_set():
    def grade(**hours):
        changed = params_for("default", {"dark_period": hours}).by_name["dark_period"]
        return found(with_silence(1, 24, 44), params=changed)[0].measures["grade"]

    assert [grade(), grade(grade_2_h=21.0), grade(grade_3_h=20.0)] == [2, 1, 3]
    assert [grade(grade_4_h=24.0, grade_3_h=15.0, grade_5_h=n) for n in (24.0, 900.0)] == [3, 3]
    assert grade(grade_1_h=1, grade_2_h=2, grade_3_h=3, grade_4_h=4, grade_5_h=5) == 5
    with pytest.raises(ParamError, match="dark_period: grade_3_h is below grade_2_h"):
        params_for("default", {"dark_period": {"grade_2_h": 30.0}})


def test_how_many_intervals_show_what_is_usual_is_the_users_to_set():
    part = still(1, [0, 1, 2, 12, 13])
    for least, told in ((1, 10), (3, 10), (4, None)):
        changed = params_for("default", {"dark_period": {"usual_intervals_min": least}}).by_name[
            "dark_period"
        ]
        for other in ((), (still(2, every(10, 0, 40)),)):
            closed = found(part, *other, params=changed)[0]
            assert closed.measures["gap_in_own_intervals"] == told
    for least, told in ((4, 27), (5, None)):
        changed = params_for("default", {"dark_period": {"usual_intervals_min": least}}).by_name[
            "dark_period"
        ]
        lasting = found(part, still(2, every(10, 0, 40)), params=changed)[-1]
        assert lasting.measures["gap_in_own_intervals"] == told


def test_the_end_of_the_data_is_no_silence():
    assert found(with_silence(1, 24, 24), with_silence(2, 24, 24)) == ()
    answer = detect(scene_of(still(1, [0, 1]), still(2, [0, 1]), now_s=T0 + 30 * HOUR), DarkParams())
    assert answer.findings == ()
    assert "2 vessels not heard since then are not reported" in answer.warnings[0]


def test_a_vessel_that_falls_silent_while_others_are_heard_is_told_as_still_silent():
    (silence,) = found(still(1, every(10, 0, 5)), still(2, every(10, 0, 20)))
    assert silence.end_s is None
    assert silence.measures["is_open"] is True
    assert silence.measures["gap_h"] == pytest.approx(15)
    assert len(silence.path) == 1


def test_a_single_vessel_is_judged_at_the_now_that_the_user_gives():
    (silence,) = found(still(1, every(10, 0, 5)), now_s=T0 + 29 * HOUR)
    assert silence.measures["gap_h"] == pytest.approx(24)


def test_an_open_silence_keeps_its_first_report_when_it_closes():
    before = still(1, every(10, 0, 5))
    other = still(2, every(10, 0, 40))
    (still_open,) = found(before, other)
    (closed,) = found(before, still(1, every(10, 30, 40)), other)
    assert still_open.rows[0] == closed.rows[0]
    assert still_open.start_s == closed.start_s


def test_two_hulls_under_one_number_do_not_fill_each_others_silence():
    away = still(1, every(10, 12, 20), east_m=900_000)
    (silence,) = found(with_silence(1, 10, 30), away)
    assert silence.measures["gap_h"] == pytest.approx(20)
    assert silence.measures["same_mmsi_reports_meanwhile"] == 49


def test_a_shared_number_that_is_heard_later_from_another_hull_is_not_told_as_still_silent():
    here, there = still(1, every(10, 0, 5)), still(1, every(10, 0.05, 40), east_m=900_000)
    answer = detect(scene_of(here, there), DarkParams())
    assert answer.findings == ()
    assert answer.examined["ends_of_shared_mmsis"] == 1


@pytest.mark.parametrize(("gap_h", "grade"), [(7, 1), (13, 2), (25, 3), (100, 4), (721, 5)])
def test_grades_follow_the_duration(gap_h, grade):
    (silence,) = found(still(1, [0.0, 1.0, 1.0 + gap_h]))
    assert silence.measures["grade"] == grade


def test_own_cadence_is_told():
    (silence,) = found(still(1, [*every(60, 0, 48), 58.0, 59.0]))
    assert silence.measures["gap_in_own_intervals"] == pytest.approx(10)
    assert silence.measures["median_interval_min"] == pytest.approx(60)


def test_two_reports_do_not_show_what_is_usual():
    (silence,) = found(still(1, [0.0, 20.0]))
    assert silence.measures["gap_in_own_intervals"] is None
    (silence,) = found(still(1, [0.0, 1.0, 2.0, 4.0, 20.0]))
    assert silence.measures["median_interval_min"] == pytest.approx(60)


def test_the_threshold_of_the_user_holds():
    assert len(found(with_silence(1, 24, 44), params=DarkParams(gap_min_h=21))) == 0


def test_the_nearest_misses_are_the_longest_silences_below_the_threshold():
    answer = detect(scene_of(with_silence(1, 24, 29.5), with_silence(2, 24, 26)), DarkParams())
    assert [round(m.value, 1) for m in answer.near_misses[:2]] == [5.5, 2.0]


def test_gaps_counts_strictly_longer_silences_and_no_borders_between_hulls():
    offsets, times = np.array([0, 2, 4]), np.array([0.0, 10.0, 100.0, 111.0])
    assert gaps(offsets, times, 10.0).tolist() == [2]
    assert gaps(np.array([0]), np.array([]), 10.0).tolist() == []
    assert gaps(np.array([0, 0, 1, 1]), np.array([5.0]), 1.0).tolist() == []


def test_one_wild_last_fix_does_not_hide_a_ship_that_falls_silent():
    ship, other = still(1, every(10, 0, 5)), still(2, every(10, 0, 40), east_m=50_000)
    wild = still(1, [5.1], spot=Spot(0.1, 0.1))
    (silence,) = found(ship, wild, other)
    assert silence.end_s is None
    assert silence.start_s == T0 + 5 * HOUR


def test_a_vessel_of_a_single_report_is_still_told_when_others_are_heard_on():
    (silence,) = found(still(1, [0.0]), still(2, every(10, 0, 10), east_m=50_000))
    assert silence.measures["gap_h"] == pytest.approx(10)
