"""What the other events of the same vessels say of one, and how a request changes it."""

from dataclasses import replace

import pytest
from support import HOUR, T0, related

from detectors.core.findings import Finding
from detectors.core.params import parameters
from detectors.events.history import History
from detectors.events.history_params import HistoryParams


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

AFAR = replace(seen("spoofing", -1, 11, pattern="frozen"), path=((125.4, 38.6),))

LATER_JUMP = seen("spoofing", 12, 20, pattern="jump")

CHANGES = {
    "near_days": (3, MEETING, [silence(-100, -80)], "dprk_gaps_near", 1, 0),
    "dprk_stay_min_h": (6, MEETING, [silence(-100, -80)], "dprk_gaps_near", 1, 0),
    "covered_share": (0.1, STOP, [MEETING], "reported_otherwise", False, True),
    "suspect_within_km": (1e3, MEETING, [AFAR], "suspect_positions", None, "frozen"),
    "jump_after_h": (3, MEETING, [LATER_JUMP], "suspect_positions", None, "jump"),
    "round_trip_min_h": (31, VOYAGE[1], VOYAGE, "round_trip", "same_port", None),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_threshold_changed_for_one_request_changes_what_is_told(name):
    value, finding, others, measure, default, then = CHANGES[name]
    for params, told in ((HistoryParams(), default), (HistoryParams(**{name: value}), then)):
        assert related(finding, History.of([finding, *others], params=params))[measure] == told


def test_every_threshold_has_such_a_change():
    assert set(CHANGES) == {each.name for each in parameters(HistoryParams)}


def test_a_round_trip_too_is_looked_for_within_the_days_that_are_near():
    late = [*VOYAGE[:2], called("Yeosu", 50 + 5 * 24, 50 + 6 * 24)]
    for days, told in ((30, "same_port"), (3, None)):
        history = History.of(late, params=HistoryParams(near_days=days))
        assert related(late[1], history)["round_trip"] == told


@pytest.mark.parametrize("reception", ["poor", "unknown"])
def test_a_silence_that_nobody_could_judge_is_not_told_with_a_meeting(reception):
    history = History.of([MEETING, silence(-100, -80, reception=reception)])
    assert related(MEETING, history)["dprk_gaps_near"] == 0


@pytest.mark.parametrize(
    ("pattern", "end_h", "told"),
    [("circling", 6, "circling"), ("circling", 3, None), ("frozen", 6, "frozen"), ("on_land", 6, None)],
)
def test_a_meeting_is_in_doubt_where_false_positions_cover_half_of_it(pattern, end_h, told):
    history = History.of([MEETING, seen("spoofing", -1, end_h, pattern=pattern)])
    assert related(MEETING, history)["suspect_positions"] == told


@pytest.mark.parametrize(
    ("start_h", "end_h", "came_deg", "returned", "told"),
    [
        (-1, 11, 124.9, True, "jump"),
        (-1, 11, 124.9, False, None),
        (-1, 3, 124.9, True, None),
        (-1, 11, 125.9, True, None),
        (3, 4, 125.9, False, "jump"),
    ],
)
def test_and_where_a_ship_left_it_by_a_jump_or_was_there_between_two(
    start_h, end_h, came_deg, returned, told
):
    """A jump leads from its place to where it came; its time is that of its stay there."""
    away_deg = 125.9 if came_deg == 124.9 else 124.9
    jump = seen("spoofing", start_h, end_h, pattern="jump", returned=returned)
    jump = replace(jump, path=((away_deg, 38.6), (came_deg, 38.6)))
    assert related(MEETING, History.of([MEETING, jump]))["suspect_positions"] == told
