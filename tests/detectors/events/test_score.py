import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detectors import KIND_BY_NAME, KINDS
from detectors.core.measures import GEOMETRY, number
from detectors.core.rules import CategoryWeights, StepWeights, fields_of
from detectors.dark_period.ceiling import ReceptionCeiling
from detectors.events.score import BANDS, band, score, sigmoid

every_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)

numbers = st.floats(-1e4, 1e4) | st.none()


def value_of(rule):
    if isinstance(rule, CategoryWeights):
        return st.sampled_from([word for word, _, _ in rule.weights]) | st.none()
    return numbers


def measures_of(kind):
    told = st.fixed_dictionaries({rule.measure.name: value_of(rule) for rule in kind.rules})
    return st.tuples(told, st.sampled_from([None, "good", "poor", "unknown"]))


@every_kind
@given(data=st.data())
def test_the_reasons_and_the_prior_add_up_to_the_score_exactly(kind, data):
    measures, reception = data.draw(measures_of(kind))
    scored = score(kind, {**measures, "reception": reception})
    assert scored.value == sigmoid(scored.prior + math.fsum(r.weight for r in scored.reasons))
    assert scored.band == band(scored.value)


@given(measures_of(KIND_BY_NAME["dark_period"]))
def test_silence_that_nobody_could_judge_never_scores_high(measures):
    told, _ = measures
    for reception in ("unknown", "poor"):
        scored = score(KIND_BY_NAME["dark_period"], {**told, "reception": reception})
        assert scored.value <= ReceptionCeiling().most + 1e-12
        assert scored.band != "high"


def test_good_reception_lets_a_silence_score_high():
    strong = {"gap_h": 100.0, "unexplained_h": 90.0, "dprk_stay_at_most_h": 80.0, "dprk_flag": True}
    assert score(KIND_BY_NAME["dark_period"], {**strong, "reception": "good"}).band == "high"


def test_what_is_not_known_is_no_reason():
    assert score(KIND_BY_NAME["sts_transfer"], {}).reasons == ()


def test_the_step_that_the_value_reaches_counts():
    contact_h = number("contact_h", "h", GEOMETRY, "Time together.")
    rule = StepWeights(contact_h, "{value:.1f} h together", ((0.5, 0.3), (2.0, 0.8)))
    assert rule.reason({"contact_h": 0.4}) is None
    assert rule.reason({"contact_h": 0.5}).weight == 0.3
    reason = rule.reason({"contact_h": 3.25})
    assert (reason.threshold, reason.weight, reason.text) == (2.0, 0.8, "3.2 h together")


@every_kind
def test_the_steps_of_every_rule_ascend(kind):
    for rule in kind.rules:
        if isinstance(rule, StepWeights):
            steps = [at for at, _ in rule.steps]
            assert steps == sorted(set(steps))


@every_kind
def test_a_sentence_takes_values_that_are_not_known(kind):
    for rule in kind.rules:
        others = dict.fromkeys(name for text in rule.texts for name in fields_of(text))
        for value in (1.0, *(category for category, _, _ in getattr(rule, "weights", ()))):
            reason = rule.reason({**others, rule.measure.name: value})
            assert reason is None or "{" not in reason.text


def test_no_text_says_more_than_was_seen():
    texts = repr([kind.rules for kind in KINDS]).lower()
    for word in ("confirmed", "smuggl", "illegal", "guilty"):
        assert word not in texts


def test_an_innocent_place_weighs_against():
    near, far = (
        score(
            KIND_BY_NAME["sts_transfer"],
            {"port_distance_max_km": km, "port": "Yeosu", "port_distance_km": km},
        ).value
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


def test_the_digest_of_weights_is_that_of_one_kind():
    digests = {kind.name: kind.weights_digest for kind in KINDS}
    assert len(set(digests.values())) == len(KINDS)
    kind = KIND_BY_NAME["loitering"]
    assert replace(kind, prior=kind.prior + 0.1).weights_digest != digests["loitering"]
    assert replace(kind, rules=kind.rules[1:]).weights_digest != digests["loitering"]
    steps = (*kind.rules[0].steps[:-1], (72.0, -0.4))
    assert replace(kind, rules=(replace(kind.rules[0], steps=steps), *kind.rules[1:])).weights_digest not in (
        digests.values()
    )
    reworded = replace(kind.rules[0], text="{value:.0f} h")
    assert replace(kind, rules=(reworded, *kind.rules[1:])).weights_digest == digests["loitering"]
