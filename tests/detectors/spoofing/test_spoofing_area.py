import dataclasses

import numpy as np
import pytest
from support import HOUR, T0, Spot, every, path, related, scene_of, still

from detectors import KIND_BY_NAME
from detectors.core.findings import Finding
from detectors.events.history import History
from detectors.events.score import band, score
from detectors.spoofing.detector import detect
from detectors.spoofing.params import SpoofingParams

FALSE_PLACE = Spot(126.45, 37.46)


def answer(*parts, params=None):
    return detect(scene_of(*parts), params or SpoofingParams()).findings


def jammed(mmsi, from_h=4.0, to_h=6.5, place=FALSE_PLACE, minutes=3):
    """A ship that sails south at 10 kn, but for some hours its positions are at one false place."""
    hours = every(minutes, 0, 12)
    rng = np.random.default_rng(mmsi)
    false = (hours > from_h) & (hours < to_h)
    true, wrong = hours[~false], hours[false]
    start = Spot(124.5 + 0.05 * (mmsi % 100), 36.0)
    return [
        path(mmsi, true, rng.normal(0, 4, len(true)), -true * 18_520, start),
        path(mmsi, wrong, rng.normal(0, 50, len(wrong)), rng.normal(0, 50, len(wrong)), place),
    ]


def fleet(count, **how):
    return [part for n in range(count) for part in jammed(440000001 + n, **how)]


@pytest.mark.parametrize("count", [4, 6, 30])
def test_many_at_one_false_place_are_told_once_as_jamming(count):
    (event,) = answer(*fleet(count))
    told = event.measures
    assert (told["pattern"], told["area_vessels"], told["area_vessels_at_once"]) == ("area", count, count)
    assert len(event.vessels) == min(count, 20)
    assert (event.start_s - T0) / HOUR == pytest.approx(4, abs=0.1)
    assert band(score(KIND_BY_NAME["spoofing"], told).value) == "low"


def test_three_are_told_one_by_one():
    assert [e.measures["pattern"] for e in answer(*fleet(3))] == ["jump"] * 3


def test_minutes_of_jamming_too_short_for_one_ship_count_for_an_area():
    (event,) = answer(*fleet(5, from_h=4.0, to_h=4.25))
    assert event.measures["pattern"] == "area"
    assert answer(*fleet(3, from_h=4.0, to_h=4.25)) == ()


def test_one_after_the_other_is_no_jamming():
    parts = [part for n in range(6) for part in jammed(440000001 + n, 1 + 1.5 * n, 2.2 + 1.5 * n)]
    assert {e.measures["pattern"] for e in answer(*parts)} == {"jump"}


def test_one_taking_over_from_the_other_is_no_jamming_either():
    parts = [part for n in range(6) for part in jammed(440000001 + n, 1.0 + n, 2.3 + n)]
    assert {e.measures["pattern"] for e in answer(*parts)} == {"jump"}


def test_one_who_comes_to_the_place_when_the_jamming_is_over_is_told_by_herself():
    sorts = [
        e.measures["pattern"] for e in answer(*fleet(5, from_h=2.0, to_h=4.0), *jammed(440000050, 8.0, 10.0))
    ]
    assert sorts == ["area", "jump"]


def test_what_ships_say_of_their_speed_in_a_jammed_area_is_told_with_it():
    parts = [
        dataclasses.replace(
            part, sog_kn=np.full(len(part), 10, np.float32), cog_deg=np.full(len(part), 180, np.float32)
        )
        for part in fleet(5)
    ]
    assert [e.measures["pattern"] for e in answer(*parts)] == ["area"]


def test_each_to_another_place_is_no_jamming():
    parts = [p for n in range(6) for p in jammed(440000001 + n, place=Spot(110.0 + 2 * n, 10.0))]
    assert [e.measures["pattern"] for e in answer(*parts)] == ["jump"] * 6


def test_a_deceiver_elsewhere_is_told_beside_an_area():
    alone = jammed(613000009, place=Spot(110.0, 5.0))
    assert sorted(e.measures["pattern"] for e in answer(*fleet(5), *alone)) == ["area", "jump"]


def test_positions_frozen_at_once_in_one_sea_are_jamming_too():
    hours = every(5, 0, 12)
    is_stuck = (hours >= 3) & (hours <= 7)
    way = np.where(is_stuck, 3.0, hours) * 18_520
    said = 10 + 0.2 * np.sin(np.arange(len(hours)))
    words = {"sog_kn": said, "cog_deg": 0 * hours}
    parts = (path(440000001 + n, hours, 0 * hours + 3000.0 * n, way, **words) for n in range(5))
    (event,) = answer(*parts)
    assert (event.measures["pattern"], event.measures["area_patterns"]) == ("area", "frozen")


def test_the_event_of_an_area_keeps_its_name_when_more_ships_are_heard_of_later():
    (few,), (many,) = answer(*fleet(5)), answer(*fleet(9))
    assert few.start_s == many.start_s


def test_a_meeting_in_a_jammed_area_is_in_doubt():
    told, jumped = {"pattern": "area", "area_extent_km": 5.0}, {"pattern": "jump", "returned": False}
    scene_area = Finding("spoofing", 0.0, 100.0, (1, 2), (0,), (0,), ((1.0, 0.0),), told, 100.0)
    shown = Finding("spoofing", 0.0, 100.0, (3,), (0,), (0,), ((0.0, 0.0),), jumped, 100.0)
    history = History.of([scene_area, shown])

    def meeting(vessels, start_s, kind="sts_transfer", lon=0.0):
        return Finding(kind, start_s, start_s + 50, vessels, (0,), (0,), ((lon, 0.0),), {}, start_s + 50)

    assert related(meeting((2, 5), 50.0), history)["in_jammed_area"]
    assert related(meeting((2, 5), 50.0, "sts_cluster"), history)["in_jammed_area"]
    assert not related(meeting((2, 5), 150.0), history)["in_jammed_area"]
    assert not related(meeting((3, 5), 50.0), history)["in_jammed_area"]
    assert related(meeting((3, 5), 50.0, lon=1.04), history)["in_jammed_area"]  # 4 km from its middle
    assert not related(meeting((3, 5), 50.0, lon=1.05), history)["in_jammed_area"]
    assert not related(meeting((3, 5), 150.0, lon=1.04), history)["in_jammed_area"]


def test_where_one_of_two_was_is_in_doubt_by_its_own_false_positions():
    def found(kind, start_s, end_s, vessels, **measures):
        return Finding(kind, start_s, end_s, vessels, (0,), (0,), ((0.0, 0.0),), measures, end_s)

    frozen = found("spoofing", 0.0, 3600.0, (1,), pattern="frozen")
    jump = found("spoofing", 9000.0, 20_000.0, (3,), pattern="jump", returned=False)
    circling = found("spoofing", 0.0, 20_000.0, (5,), pattern="circling")
    history = History.of([frozen, jump, circling])

    def doubted(start_s, end_s, vessels):
        return related(found("sts_transfer", start_s, end_s, vessels), history)["suspect_positions"]

    assert doubted(100.0, 5000.0, (1, 2)) == "frozen"
    assert doubted(100.0, 9000.0, (1, 2)) is None  # less than half of it
    assert doubted(100.0, 5000.0, (2, 4)) is None
    assert doubted(100.0, 9000.0, (2, 3)) == "jump"
    assert doubted(100.0, 9000.0 - 3599.0, (2, 3)) == "jump"
    assert doubted(100.0, 9000.0 - 3601.0, (2, 3)) is None
    assert doubted(9001.0, 20_000.0, (2, 3)) is None  # it came so, and was seen since
    assert doubted(100.0, 5000.0, (4, 5)) == "circling"
    members = tuple(found("sts_transfer", 100.0, 5000.0, pair) for pair in ((1, 2), (1, 6)))
    sure = found("sts_transfer", 100.0, 5000.0, (2, 6))
    for parts, told in ((members, "frozen"), ((*members, sure), None)):
        cluster = dataclasses.replace(found("sts_cluster", 100.0, 5000.0, (1, 2, 6)), members=parts)
        assert related(cluster, history)["suspect_positions"] == told


def test_a_harbour_full_of_moored_ships_is_no_area():
    hours = every(3, 0, 12)
    parts = (still(440000001 + n, hours, 30.0 * n, sog_kn=0 * hours) for n in range(30))
    assert answer(*parts) == ()
