"""What the detector makes of its signs: one event for a number and a time, weights, parameters, odd input."""

import dataclasses

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import HOUR, T0, Spot, every, path, scene_of, still

from detectors import KIND_BY_NAME
from detectors.core.params import ParamError
from detectors.events.score import band, score
from detectors.spoofing.detector import detect
from detectors.spoofing.params import SpoofingParams
from detectors.spoofing.sentence import ELSE, SEEN
from detectors.spoofing.sign import SORTS
from detectors.spoofing.weights import RULES
from detectors.tracks.reports import Reports


def answer(*parts, params=None, **scene):
    return detect(scene_of(*parts, **scene), params or SpoofingParams()).findings


def weighed(event, **context):
    return score(KIND_BY_NAME["spoofing"], {**event.measures, **context})


def told_voyage(mmsi=440000001):
    """A vessel sails, is reported far away, where it declares no speed and makes ten knots, and sails on."""
    before, there, after = every(5, 0, 6), every(5, 6.1, 14), every(5, 14.1, 20)
    return [
        path(mmsi, before, before * 15_000, 0 * before, sog_kn=0 * before + 8),
        path(mmsi, there, 500_000 + there * 18_520, 0 * there, sog_kn=0.1 * np.arange(len(there)) % 1),
        path(mmsi, after, 90_000 + (after - 14) * 15_000, 0 * after, sog_kn=0 * after + 8),
    ]


def test_signs_of_one_number_and_time_are_one_event_named_after_the_plainest():
    (event,) = answer(*told_voyage())
    told = event.measures
    assert (told["pattern"], told["also"], told["patterns"]) == ("jump", "contradicts", 2)
    assert event.measures["contradiction"] == "less_speed"
    assert "patterns" in {r.name for r in weighed(event).reasons}


def test_the_same_number_at_another_time_is_another_event():
    hours = every(5, 0, 6)
    later = [dataclasses.replace(part, time_s=part.time_s + 40 * HOUR) for part in told_voyage()]
    assert [e.measures["pattern"] for e in answer(*told_voyage(), *later, still(9, hours))] == [
        "jump",
        "jump",
    ]


def test_a_plain_case_alone_is_medium_and_with_the_dprk_high():
    (event,) = answer(*told_voyage())
    more = ("contradict", "patterns", "one_speed")
    jump_only = {k: v for k, v in event.measures.items() if not k.startswith(more)}
    assert band(score(KIND_BY_NAME["spoofing"], {**jump_only, "trade": "cargo"}).value) == "medium"
    assert (
        band(score(KIND_BY_NAME["spoofing"], {**jump_only, "trade": "cargo", "dprk_waters": "eez"}).value)
        == "high"
    )
    assert (
        band(score(KIND_BY_NAME["spoofing"], {**jump_only, "mmsi_fault": "default", "trade": "cargo"}).value)
        == "low"
    )


@pytest.mark.parametrize("sort", SORTS)
def test_every_sort_has_a_weight_and_words(sort):
    (weights,) = (rule.weights for rule in RULES if rule.measure.name == "pattern")
    assert sort in {word for word, _, _ in weights}
    assert sort == "area" or (sort in SEEN and sort in ELSE)


@pytest.mark.parametrize(
    "wrong",
    [
        {"contradict_leave_kn": 6.0},
        {"circle_min_m": 15000.0, "circle_max_m": 2000.0},
        {"stray_reports": 9.0},
        {"area_vessels": 3.5},
        {"jump_kn": 10.0},
    ],
)
def test_knobs_that_contradict_one_another_are_refused(wrong):
    with pytest.raises(ParamError):
        SpoofingParams(**wrong)


def test_a_track_without_a_number_is_judged_by_its_positions_alone():
    voyage = [dataclasses.replace(part, vessel=np.full(len(part), -7)) for part in told_voyage()]
    (event,) = answer(*voyage, own_ids={-7: "gpx track"})
    assert event.measures["mmsi_fault"] is None


place = st.tuples(st.floats(-180, 180), st.floats(-90, 90))
fix = st.tuples(
    st.integers(0, 40), place, st.sampled_from([np.nan, 0.0, 12.0]), st.sampled_from([1, 2, 444000000])
)


@given(st.lists(fix, max_size=60))
def test_no_fixes_whatever_break_it(fixes):
    times = [T0 + 900.0 * n for n, *_ in fixes]
    lon, lat = ([p[axis] for _, p, *_ in fixes] for axis in (0, 1))
    sog, vessel = [s for *_, s, _ in fixes], [v for *_, v in fixes]
    reports = Reports.of(vessel, times, lon, lat, sog_kn=sog, cog_deg=sog)
    for event in answer(reports):
        assert event.start_s <= event.end_s
        assert event.measures["pattern"] in SORTS


@given(st.floats(-180, 180), st.floats(-84, 84), st.sampled_from([10.0, 60.0, 600.0, 3600.0]))
def test_an_honest_ship_is_never_told(lon, lat, interval_s):
    hours = np.arange(0, 48, interval_s / HOUR)
    rng = np.random.default_rng(5)
    heading = np.cumsum(rng.normal(0, 0.3, len(hours)) * np.sqrt(interval_s / HOUR))
    step_m = 20_000 * interval_s / HOUR
    east, north = np.cumsum(step_m * np.sin(heading)), np.cumsum(step_m * np.cos(heading))
    east, north = east + rng.normal(0, 5, len(hours)), north + rng.normal(0, 5, len(hours))
    sog = 10.8 + rng.normal(0, 0.3, len(hours))
    place = Spot(lon, lat / 2)
    assert answer(path(1, hours, east, north, place, sog_kn=sog, cog_deg=np.degrees(heading) % 360)) == ()
