"""The bench's own arithmetic, against cases counted by hand, and one small run of the whole."""

import math
from dataclasses import replace

import numpy as np
import pytest
from support import HOUR, every, still

from app.simulator.settings import KOREA_BAY, YELLOW_SEA, TrafficSettings
from app.simulator.truth import Truth
from benchmarks.quality import figures as f
from benchmarks.quality.__main__ import _seeds
from benchmarks.quality.figures import Outcome
from benchmarks.quality.matching import Found, fits, judge
from benchmarks.quality.page import page
from benchmarks.quality.run import Job, work
from benchmarks.quality.tables import gap_table, label_table, miss_table
from benchmarks.quality.thinning import thinned
from detectors.tracks.reports import Reports

MEETING = Truth("sts_transfer", (1, 2), 0.0, 4 * HOUR, "transfer_drifting", is_positive=True)
ANCHORAGE = Truth("sts_transfer", (5, 6, 7), 0.0, 20 * HOUR, "anchorage_neighbours", is_positive=False)


def found(mmsis=(1, 2), hours=(0.0, 4.0), score=0.8, kind="sts_transfer", **others):
    start_s, end_s = (h * HOUR for h in hours)
    return Found(kind, mmsis, start_s, end_s, score, is_alarm=score >= 0.3, **others)


def outcome(judged, sought=(), days=100.0, heard=None):
    heard = (True,) * len(sought) if heard is None else heard
    return Outcome("sts_transfer", tuple(judged), tuple(sought), tuple(heard), days)


def meeting(number):
    return replace(MEETING, mmsis=(10 * number, 10 * number + 1))


def run_of(scores_of_meetings, scores_of_others, missed=0, days=100.0):
    """An outcome with events of sought meetings, events of nothing, and meetings that nothing tells."""
    truths = [meeting(n) for n in range(len(scores_of_meetings) + missed)]
    events = [found(t.mmsis, score=s) for t, s in zip(truths, scores_of_meetings, strict=False)]
    events += [found((900 + n, 950 + n), score=s) for n, s in enumerate(scores_of_others)]
    return outcome(judge(truths, events), truths, days)


@pytest.mark.parametrize(
    ("event", "told"),
    [
        (found(), True),
        (found(hours=(1.0, 3.0)), True),  # inside
        (found(hours=(2.0, 9.0)), True),  # 2 h of its 4 h: half of the shorter
        (found(hours=(2.1, 9.0)), False),
        (found(hours=(-3.0, 0.9)), False),
        (found(hours=(5.0, 6.0)), False),
        (found(mmsis=(1, 3)), False),
        (found(kind="dark_period"), False),
    ],
)
def test_an_event_tells_a_truth_of_the_same_vessels_that_it_overlaps_by_half_of_the_shorter(event, told):
    assert fits(MEETING, event) == told


def test_any_pair_of_an_anchorage_is_that_look_alike_but_one_of_them_with_a_stranger_is_not():
    assert fits(ANCHORAGE, found((5, 7)))
    assert not fits(ANCHORAGE, found((5, 8)))


def test_two_thirds_of_a_clusters_ships_are_enough():
    cluster = Truth("sts_cluster", (1, 2, 3, 4), 0.0, 30 * HOUR, "cluster", is_positive=True)
    assert fits(cluster, found((1, 2, 3), (0.0, 20.0), kind="sts_cluster"))
    assert not fits(cluster, found((1, 2), (0.0, 20.0), kind="sts_cluster"))


def test_what_is_sought_is_preferred_to_a_look_alike_of_the_same_ships():
    neighbours = replace(ANCHORAGE, mmsis=(1, 2, 3))
    (judged,) = judge([neighbours, MEETING], [found()])
    assert judged.truth is MEETING
    assert judged.is_right


def test_loitering_in_a_transfer_counts_neither_way_and_elsewhere_it_counts():
    alone = judge([MEETING], [found((1,), kind="loitering"), found((9,), kind="loitering")])
    assert [j.found.mmsis for j in alone] == [(9,)]


def test_recall_counts_a_truth_once_however_many_events_tell_it():
    truths = [MEETING, meeting(3)]
    one = outcome(
        judge(truths, [found(hours=(0, 2)), found(hours=(2, 4), score=0.1)]), truths, heard=(True, False)
    )
    assert f.recall([one]) == 0.5
    assert f.recall([one], heard_only=True) == 1.0
    low = outcome(judge(truths, [found(score=0.1)]), truths)
    assert (f.recall([low]), f.recall([low], alarms_only=True)) == (0.5, 0.0)


def test_precision_false_alarms_and_reading_load_are_those_counted_by_hand():
    one = run_of([0.9, 0.2], [0.8, 0.5, 0.1], days=500.0)
    assert f.precision([one]) == pytest.approx(1 / 3)
    assert f.false_alarms([one]) == pytest.approx(2 * 1000 / 500)
    assert f.load([one]) == pytest.approx(5 * 1000 / 500)
    assert f.false_alarms([one, one]) == f.false_alarms([one])


def test_average_precision_is_that_counted_by_hand_and_what_is_missed_lowers_it():
    # in order: right, wrong, right, wrong -> (1/1 + 2/3) / 2
    assert f.average_precision([run_of([0.9, 0.5], [0.7, 0.2])]) == pytest.approx((1 + 2 / 3) / 2)
    assert f.average_precision([run_of([0.9, 0.5], [0.7, 0.2], missed=2)]) == pytest.approx((1 + 2 / 3) / 4)
    assert f.average_precision([run_of([], [0.7], missed=2)]) == 0.0
    assert math.isnan(f.average_precision([run_of([], [0.7])]))


def test_a_second_event_of_one_truth_neither_helps_nor_hurts_its_ranking():
    twice = judge([MEETING], [found(score=0.9), found(score=0.6), found((8, 9), score=0.7)])
    once = judge([MEETING], [found(score=0.9), found((8, 9), score=0.7)])
    both = [f.average_precision([outcome(j, [MEETING])]) for j in (twice, once)]
    assert both[0] == both[1] == 1.0


def test_auc_is_the_share_of_pairs_in_right_order():
    one = run_of([0.9, 0.4], [0.5, 0.1])
    assert f.auc([one]) == pytest.approx(3 / 4)
    assert math.isnan(f.auc([one], against="poor_kit"))
    assert f.auc([one], against="ordinary") == f.auc([one])


def test_precision_at_a_rank_is_the_mean_of_simulations():
    assert f.precision_at([run_of([0.9, 0.5], [0.7]), run_of([], [0.7, 0.6])], 2) == pytest.approx(0.25)


def test_recall_at_a_rank_counts_what_a_reader_of_so_many_events_finds():
    one = run_of([0.9, 0.2], [0.7, 0.6], missed=1)
    assert f.recall_at([one], 1) == pytest.approx(1 / 3)
    assert f.recall_at([one], 3) == pytest.approx(1 / 3)
    assert f.recall_at([one, one], 4) == pytest.approx(2 / 3)


def test_time_errors_are_in_minutes_and_an_open_event_has_no_end():
    events = [found(hours=(0.5, 4.0)), found((30, 31), hours=(-0.1, 3.0), is_open=True)]
    one = outcome(judge([MEETING, meeting(3)], events))
    assert f.time_error_min([one], "start", 0.5) == pytest.approx((30 + 6) / 2)
    assert f.time_error_min([one], "end", 1.0) == 0.0


def test_what_the_anomaly_reason_gains_is_the_difference_of_two_rankings():
    """With it the right event comes first, without it second: 1 against 1/2."""
    right, wrong = found(score=0.9, score_without=0.5), found((8, 9), score=0.6, score_without=0.6)
    one = outcome(judge([MEETING], [right, wrong]), [MEETING])
    assert f.gained([one]) == pytest.approx(0.5)
    assert f.average_precision(f.without_anomaly([one])) == pytest.approx(0.5)
    assert f.share_unusual([one], is_right=True) == 1.0
    assert f.share_unusual([one], is_right=False) == 0.0
    assert f.average_precision([one]) == 1.0, "the outcome itself is not changed"


def test_an_hour_of_reading_is_twelve_events_from_the_top():
    assert f.READ_MIN * 12 == 60
    buried = run_of([0.9, 0.85, 0.1], [0.8 - n / 100 for n in range(11)])
    assert f.found_in_an_hour([buried]) == 2
    assert f.found_in_an_hour([buried, run_of([0.9], [])]) == 1.5


def test_hours_of_reading_count_alarms_alone():
    one = run_of([0.9, 0.2], [0.8, 0.5, 0.1], days=500.0)
    assert f.reading_h([one]) == pytest.approx(3 * 5 / 60 * 1000 / 500)


def test_one_list_of_all_kinds_is_read_by_score():
    transfers = run_of([0.9, 0.3], [0.8])
    silent = replace(MEETING, kind="dark_period", mmsis=(7,))
    gaps = Outcome(
        "dark_period",
        tuple(judge([silent], [found((7,), score=0.7, kind="dark_period")])),
        (silent,),
        (True,),
        100.0,
    )
    one = f.as_one_list([transfers, gaps])
    scores, right = f.scored([one])
    assert list(scores) == [0.9, 0.8, 0.7, 0.3]
    assert list(right) == [True, False, True, True]
    assert one.vessel_days == 100.0
    assert f.found_in_an_hour([one]) == 3


def test_vessel_days_run_from_first_to_last_report_of_each_ship():
    reports = Reports.concat([still(1, every(60, 0, 48)), still(2, every(60, 0, 12))])
    assert f.vessel_days(reports) == pytest.approx(2.5)


def test_the_interval_holds_the_figure_and_is_nothing_wide_where_seeds_agree():
    same, other = run_of([0.9], [0.5]), run_of([0.9], [0.5, 0.6, 0.7])
    assert f.interval(f.false_alarms, [same, same, same]) == (10.0, 10.0)
    low, high = f.interval(f.false_alarms, [same, other, same])
    assert low < f.false_alarms([same, other, same]) < high


def test_thinning_leaves_one_report_of_a_ship_in_every_interval():
    reports = Reports.concat([still(1, every(1, 0, 10)), still(2, every(30, 0, 10))])
    thin = thinned(reports, 600.0)
    assert set(thin.vessel) == {1, 2}
    assert 60 <= (thin.vessel == 1).sum() <= 62
    assert (thin.vessel == 2).sum() == 21
    assert np.diff(thin.time_s[thin.vessel == 1]).max() <= 660.0


def test_seeds_are_read_as_people_write_them():
    assert _seeds("101-103") == [101, 102, 103]
    assert _seeds("1,4,7-8") == [1, 4, 7, 8]


def test_a_small_simulation_runs_through_the_whole_bench_into_a_page():
    settings = TrafficSettings(
        seed=4,
        days=1.0,
        ships=20,
        sea_box=(119.5, 33.0, 126.5, 40.3),
        bought_box=(119.5, 34.0, 126.0, 40.3),
        hot_boxes=(YELLOW_SEA, KOREA_BAY),
        transfers=2,
        clusters=0,
        dark_partners=0,
        switch_offs=2,
        look_alikes=3,
    )
    outcomes = work(Job(settings, ("default", "gfw"), (None, 600.0)))
    dark = outcomes["default", None, "dark_period"]
    assert all(j.truth is not None for j in dark.judged)
    assert f.recall([dark]) == 1.0
    assert len(outcomes["gfw", 600.0, "sts_transfer"].positives) == 2
    about = dict.fromkeys(("command", "date", "machine", "seeds", "ships"), "x") | {"days": 1.0}
    about |= dict.fromkeys(("transfers", "clusters", "dark_partners", "switch_offs", "look_alikes"), 1)
    text = page(
        about, {"dense": [outcomes]}, [{k: v for k, v in outcomes.items() if k[1]}], {"dense": [outcomes]}
    )
    assert "## Dense delivery" in text
    assert "| 10 min, gfw |" in text
    assert "switched_off" in gap_table([dark])
    assert "transfer_drifting" in miss_table([outcomes["default", None, "sts_transfer"]])
    assert "alarms" in label_table([dark])
    assert "### default: with and without the anomaly reason" in text
    assert "| all kinds in one list |" in text
