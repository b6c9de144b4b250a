"""From measures to a score: the table of a kind (`detectors/weights`) applied to a finding.

`score = sigmoid(prior + sum of weights)`. Every weight that counts is a reason in the event, so that a
reader can add them up. It is a score, not a probability: no labelled data calibrate it. The weights are
our judgement on the published practice (docs/definitions/score.md).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from detectors.core.params import digest
from detectors.core.rules import Reason
from detectors.weights import RULES

if TYPE_CHECKING:
    from detectors.core.findings import Measures

BANDS = ((0.7, "high"), (0.3, "medium"), (0.0, "low"))
"""Least score of each band."""

UNKNOWN_RECEPTION_MAX = 0.65
"""A silence cannot score higher while nobody knows whether anyone was listening."""


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
    log_odds = prior + math.fsum(r.weight for r in reasons)
    capped = _reception_cap(measures, log_odds) or _linked_cap(measures, log_odds)
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
    return Reason("reception_ceiling", word, "", UNKNOWN_RECEPTION_MAX, min(0.0, ceiling - log_odds), held)


def _linked_cap(measures: Measures, log_odds: float) -> Reason | None:
    """Return the reason that holds what is built from meetings at the best of them; None where not needed.

    An operation of several transfers is no likelier than the likeliest of them.
    """
    best = measures.get("best_meeting_score")
    if not isinstance(best, float) or not 0.0 < best < 1.0:
        return None
    over = math.log(best / (1.0 - best)) - log_odds
    if over >= 0.0:
        return None
    return Reason("best_meeting_score", best, "", None, over, f"held at its best meeting's score, {best:.2f}")
