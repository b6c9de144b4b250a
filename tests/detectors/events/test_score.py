import math
from collections import defaultdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detectors.core.rules import Ladder, Words
from detectors.events.score import (
    BANDS,
    UNKNOWN_RECEPTION_MAX,
    band,
    score,
    sigmoid,
    weights_digest,
)
from detectors.weights import RULES

numbers = st.floats(-1e4, 1e4) | st.none()


def value_of(rule):
    if isinstance(rule, Words):
        return st.sampled_from([word for word, _, _ in rule.weights]) | st.none()
    return numbers


def measures_of(kind):
    rules = RULES[kind][1]
    told = st.fixed_dictionaries({rule.measure: value_of(rule) for rule in rules})
    told = told.map(
        lambda measures: {
            "anomaly_features": "straightness",
            "port": "Yeosu",
            "third_between": "413000001",
            "port_distance_km": 2.0,
            "reports_expected_bins": 9.0,
            "silence_by_chance": 0.001,
            "own_silences": 1.0,
            **measures,
        }
    )
    return st.tuples(told, st.sampled_from([None, "good", "poor", "unknown"]))


@pytest.mark.parametrize("kind", RULES)
@given(data=st.data())
def test_the_reasons_and_the_prior_add_up_to_the_score_exactly(kind, data):
    measures, reception = data.draw(measures_of(kind))
    scored = score(kind, {**measures, "reception": reception})
    assert scored.value == sigmoid(scored.prior + math.fsum(r.weight for r in scored.reasons))
    assert scored.band == band(scored.value)


@given(measures_of("dark_period"))
def test_silence_that_nobody_could_judge_never_scores_high(measures):
    told, _ = measures
    for reception in ("unknown", "poor"):
        scored = score("dark_period", {**told, "reception": reception})
        assert scored.value <= UNKNOWN_RECEPTION_MAX + 1e-12
        assert scored.band != "high"


def test_good_reception_lets_a_silence_score_high():
    strong = {"gap_h": 100.0, "unexplained_h": 90.0, "dprk_stay_at_most_h": 80.0, "dprk_flag": True}
    assert score("dark_period", {**strong, "reception": "good"}).band == "high"


def test_what_is_not_known_is_no_reason():
    assert score("sts_transfer", {}).reasons == ()


def test_the_step_that_the_value_reaches_counts():
    rule = Ladder("contact_h", "h", "{value:.1f} h together", ((0.5, 0.3), (2.0, 0.8)))
    assert rule.reason({"contact_h": 0.4}) is None
    assert rule.reason({"contact_h": 0.5}).weight == 0.3
    reason = rule.reason({"contact_h": 3.25})
    assert (reason.threshold, reason.weight, reason.text) == (2.0, 0.8, "3.2 h together")


@pytest.mark.parametrize("kind", RULES)
def test_every_ladder_ascends_and_every_text_takes_the_value(kind):
    for rule in RULES[kind][1]:
        if isinstance(rule, Ladder):
            steps = [at for at, _ in rule.steps]
            assert steps == sorted(set(steps))
            assert rule.text.format(value=1.0, told=defaultdict(float))


def test_no_text_says_more_than_was_seen():
    texts = repr(RULES).lower()
    for word in ("confirmed", "smuggl", "illegal", "guilty"):
        assert word not in texts


def test_an_innocent_place_weighs_against():
    near, far = (
        score("sts_transfer", {"port_excuse_km": km, "port": "Yeosu", "port_distance_km": km}).value
        for km in (1.0, 50.0)
    )
    assert near < far


def test_bands_are_those_that_are_published():
    assert [band(s) for s in (0.0, 0.2999, 0.3, 0.6999, 0.7, 1.0)] == [
        "low",
        "low",
        "medium",
        "medium",
        "high",
        "high",
    ]
    assert sorted(BANDS, reverse=True) == list(BANDS)


def test_the_digest_of_the_weights_is_stable_within_a_process():
    assert weights_digest() == weights_digest()
