"""What the other events of the same vessels say of one, and how a request changes it."""

from dataclasses import replace

import pytest
from support import HOUR, T0

from detectors.base import Finding
from detectors.history import History
from detectors.history_params import HistoryParams
from detectors.params import knobs


def seen(kind, start_h, end_h, **measures):
    span = T0 + start_h * HOUR, T0 + end_h * HOUR
    return Finding(kind, *span, (0,), (0,), (0,), ((124.9, 38.6),), measures, span[1])


def silence(start_h, end_h, stay_h=5.0, reception="good"):
    return seen("dark_period", start_h, end_h, dprk_stay_at_most_h=stay_h, reception=reception)


def called(port, start_h, end_h):
    return seen("port_call", start_h, end_h, called_port=port, called_country="KR")


MEETING = seen("sts_transfer", 0, 10)
STOP = seen("port_call", 0, 60, called_port=None)
VOYAGE = [called("Yeosu", 0, 12), silence(20, 50), called("Yeosu", 60, 70)]

AFAR = replace(seen("spoofing", -1, 11, sort="frozen"), path=((125.4, 38.6),))

CHANGES = {
    "near_days": (3, MEETING, [silence(-100, -80)], "dprk_silences_near", 1, 0),
    "dprk_stay_min_h": (6, MEETING, [silence(-100, -80)], "dprk_silences_near", 1, 0),
    "covered_share": (0.1, STOP, [MEETING], "told_otherwise", False, True),
    "doubt_within_km": (1e3, MEETING, [AFAR], "doubted_positions", None, "frozen"),
    "jump_after_h": (3, MEETING, [seen("spoofing", 12, 20, sort="jump")], "doubted_positions", None, "jump"),
    "round_trip_min_h": (31, VOYAGE[1], VOYAGE, "round_trip", "same_port", None),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_threshold_changed_for_one_request_changes_what_is_told(name):
    value, finding, others, measure, default, then = CHANGES[name]
    for params, told in ((HistoryParams(), default), (HistoryParams(**{name: value}), then)):
        assert History.of([finding, *others], params=params).measures(finding)[measure] == told


def test_every_threshold_has_such_a_change():
    assert set(CHANGES) == {each.name for each in knobs(HistoryParams)}


def test_a_round_trip_too_is_looked_for_within_the_days_that_are_near():
    late = [*VOYAGE[:2], called("Yeosu", 50 + 5 * 24, 50 + 6 * 24)]
    for days, told in ((30, "same_port"), (3, None)):
        history = History.of(late, params=HistoryParams(near_days=days))
        assert history.measures(late[1])["round_trip"] == told


@pytest.mark.parametrize("reception", ["poor", "unknown"])
def test_a_silence_that_nobody_could_judge_is_not_told_with_a_meeting(reception):
    history = History.of([MEETING, silence(-100, -80, reception=reception)])
    assert history.measures(MEETING)["dprk_silences_near"] == 0
