"""From measures to a score: one readable table of reasons and weights per kind of event.

`score = sigmoid(prior + sum of weights)`. Every weight that counts is a reason in the event, so that a
reader can add them up. It is a score, not a probability: no labelled data calibrate it. The weights are
our judgement on the published practice (docs/definitions/score.md).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from detectors.params import digest

if TYPE_CHECKING:
    from detectors.base import Measure, Measures

BANDS = ((0.7, "high"), (0.3, "medium"), (0.0, "low"))
"""Least score of each band."""

UNKNOWN_RECEPTION_MAX = 0.65
"""A silence cannot score higher while nobody knows whether anyone was listening."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One measured fact, the threshold that it passed, its weight in log-odds, and a sentence."""

    name: str
    value: Measure
    unit: str
    threshold: float | None
    weight: float
    text: str


@dataclass(frozen=True)
class Ladder:
    """A measure with steps: the weight is that of the highest step that the value reaches.

    `text` is filled with the `value`, and with other measures as `told[name]`.
    """

    measure: str
    unit: str
    text: str
    steps: tuple[tuple[float, float], ...]

    def reason(self, measures: Measures) -> Reason | None:
        """Return the reason that the measures give; None where it is not known or weighs nothing."""
        value = measures.get(self.measure)
        if value is None or isinstance(value, str):
            return None
        reached = [(at, weight) for at, weight in self.steps if value >= at]
        if not reached or reached[-1][1] == 0.0:
            return None
        threshold, weight = reached[-1]
        told = None if math.isinf(threshold) else threshold
        text = self.text.format(value=value, told=measures)
        return Reason(self.measure, value, self.unit, told, weight, text)


@dataclass(frozen=True)
class Words:
    """A measure with named values, each with its weight and its sentence."""

    measure: str
    weights: tuple[tuple[Measure, float, str], ...]

    def reason(self, measures: Measures) -> Reason | None:
        """Return the reason of the value; None where the table does not name it."""
        value = measures.get(self.measure)
        for word, weight, text in self.weights:
            if value is not None and value == word:
                return Reason(self.measure, value, "", None, weight, text)
        return None


LOWEST = -math.inf

WHO = (
    Words(
        "listed_by",
        (
            ("imo", 2.5, "a vessel's IMO number is on a watch list"),
            ("mmsi", 2.0, "a vessel's MMSI is on a watch list"),
            ("name", 0.5, "a vessel's name, and only her name, is on a watch list (weak)"),
        ),
    ),
    Words("dprk_flag", ((True, 1.5, "a vessel shows the flag of the DPRK"),)),
)

WHERE = (
    Words(
        "dprk_waters",
        (
            ("territorial_sea", 1.2, "inside the indicative territorial sea of the DPRK"),
            ("disputed", 0.9, "in the waters beyond the Northern Limit Line that the DPRK claims"),
            ("eez", 0.5, "inside the exclusive economic zone that the DPRK claims"),
        ),
    ),
    Words("working_area", ((True, 0.4, "in an area where transfers with DPRK vessels were reported"),)),
)

INLAND = Words(
    "inland", ((True, -1.0, "on land by the chart: a river, a canal or a dock, or a false position"),)
)

BEHAVIOUR = (
    Ladder(
        "anomaly_percentile",
        "share",
        "behaved unlike {value:.1%} of the training traffic, most of all by {told[anomaly_features]}",
        ((0.95, 0.3), (0.99, 0.6)),
    ),
)

RULES: dict[str, tuple[float, tuple[Ladder | Words, ...]]] = {
    "sts_transfer": (
        -2.2,
        (
            Words(
                "tier",
                (
                    ("alongside", 1.0, "alongside: as near as moored ships"),
                    ("close", 0.6, "close: within hose and fender distance of large ships"),
                ),
            ),
            Ladder(
                "contact_h",
                "h",
                "observed together for {value:.1f} h",
                ((0.5, 0.3), (2.0, 0.8), (4.0, 1.1), (96.0, 0.2)),
            ),
            Ladder(
                "fixes_least",
                "reports",
                "only {value:.0f} reports of one vessel during the meeting",
                ((0.0, -0.6), (4.0, 0.0)),
            ),
            Ladder(
                "port_excuse_km",
                "km",
                "{told[port_distance_km]:.1f} km from {told[port]} by the chart, {value:.1f} km at most: "
                "meetings are ordinary there",
                ((0.0, -2.0), (5.0, -1.2), (10.0, -0.4), (20.0, 0.0)),
            ),
            Ladder(
                "shore_distance_km",
                "km",
                "{value:.1f} km from the shore",
                ((0.0, -0.3), (10.0, 0.0), (22.224, 0.3)),
            ),
            Ladder("night_share", "share", "by night for {value:.0%} of the time", ((0.5, 0.2),)),
            Words(
                "trade",
                (
                    ("cargo", 0.5, "both are tankers or cargo ships"),
                    ("service", -1.5, "a tug, pilot or other service vessel: such meetings are their work"),
                    ("fishing", -1.0, "both are fishing vessels"),
                    ("passenger", -1.0, "a passenger, fast or pleasure craft"),
                ),
            ),
            INLAND,
            *WHERE,
            *WHO,
            *BEHAVIOUR,
        ),
    ),
    "dark_period": (
        -2.5,
        (
            Ladder(
                "gap_h",
                "h",
                "not observed for {value:.1f} h",
                ((6.0, 0.2), (12.0, 0.5), (24.0, 0.8), (96.0, 1.2), (720.0, 1.0)),
            ),
            Ladder(
                "unexplained_h",
                "h",
                "{value:.1f} h that sailing from the last to the next report does not explain",
                ((LOWEST, -0.8), (2.0, 0.0), (4.0, 0.4), (12.0, 0.8)),
            ),
            Ladder(
                "dprk_stay_at_most_h",
                "h",
                "leaves at most {value:.1f} h for a stay in DPRK waters at her cruising speed",
                ((2.0, 0.5), (12.0, 0.8)),
            ),
            Ladder(
                "gap_in_own_intervals",
                "intervals",
                "{value:.0f} times her usual time between reports",
                ((0.0, -1.2), (12.0, 0.0), (100.0, 0.3)),
            ),
            Ladder(
                "fixes_before",
                "reports",
                "{value:.0f} reports in the 12 h before: she was hardly heard before the silence",
                ((0.0, -0.6), (4.0, 0.0)),
            ),
            Ladder(
                "fixes_of_number_inside",
                "reports",
                "{value:.0f} reports under her number from elsewhere meanwhile: shared or false number",
                ((1.0, -1.0),),
            ),
            Ladder(
                "port_excuse_km",
                "km",
                "{told[port_distance_km]:.1f} km from {told[port]} by the chart, {value:.1f} km at most: "
                "sets are often switched off there",
                ((0.0, -1.0), (5.0, -0.5), (10.0, 0.0)),
            ),
            Words(
                "trade",
                (
                    ("cargo", 0.3, "a tanker or cargo ship"),
                    ("service", -0.5, "a tug, pilot or other service vessel"),
                    ("fishing", -0.3, "a fishing vessel"),
                    ("passenger", -0.6, "a passenger, fast or pleasure craft"),
                ),
            ),
            Words("class_b", ((True, -0.5, "a class B set: weaker, and heard less far"),)),
            INLAND,
            *WHERE,
            *WHO,
            *BEHAVIOUR,
        ),
    ),
}
"""For each kind its prior in log-odds, and its reasons in the order in which they are told."""


@dataclass(frozen=True, slots=True)
class Score:
    """`value` is sigmoid(`prior` + the reasons' weights); `band` by `BANDS`."""

    value: float
    prior: float
    band: str
    reasons: tuple[Reason, ...]


def score(kind: str, measures: Measures) -> Score:
    """Weigh the measures of one finding by the table of its kind."""
    prior, rules = RULES[kind]
    reasons = [reason for rule in rules if (reason := rule.reason(measures))]
    capped = _reception_cap(measures, prior + math.fsum(r.weight for r in reasons))
    told = tuple(reasons) + ((capped,) if capped else ())
    value = sigmoid(prior + math.fsum(r.weight for r in told))
    return Score(value, prior, band(value), told)


def sigmoid(log_odds: float) -> float:
    """Return the share that belongs to log-odds.

    >>> sigmoid(0.0)
    0.5
    """
    return 1.0 / (1.0 + math.exp(-log_odds))


def band(value: float) -> str:
    """Return the band of a score.

    >>> band(0.7), band(0.3), band(0.29)
    ('high', 'medium', 'low')
    """
    return next(name for least, name in BANDS if value >= least)


def weights_digest() -> str:
    """Return a hash of the whole table, which every event carries in its `params_hash`."""
    return digest([repr(RULES), repr(BANDS), UNKNOWN_RECEPTION_MAX])


def _reception_cap(measures: Measures, log_odds: float) -> Reason | None:
    """Return the reason that holds a silence below "high" while its reception is not known to be good."""
    if measures.get("reception") in {None, "good"}:
        return None
    ceiling = math.log(UNKNOWN_RECEPTION_MAX / (1.0 - UNKNOWN_RECEPTION_MAX))
    held = f"nobody knows whether she would have been heard: held at {UNKNOWN_RECEPTION_MAX} at most"
    word = measures["reception"]
    return Reason("reception", word, "", UNKNOWN_RECEPTION_MAX, min(0.0, ceiling - log_odds), held)
