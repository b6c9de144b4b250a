"""From measures to a score: the rules of a kind (`weights.py` in its folder) applied to a finding.

`score = sigmoid(prior + sum of weights)`. Every weight that counts is a reason in the event, so that a
reader can add them up. It is a score, not a probability: no labelled data calibrate it. The weights are
our judgement on the published practice (docs/definitions/score.md).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from detectors.core.measures import Values
    from detectors.core.rules import Reason
    from detectors.kind import Kind

BANDS = ((0.7, "high"), (0.3, "medium"), (0.0, "low"))
"""Least score of each band."""


@dataclass(frozen=True, slots=True)
class Score:
    """`value` is sigmoid(`prior` + the reasons' weights); `band` by `BANDS`."""

    value: float
    prior: float
    band: str
    reasons: tuple[Reason, ...]


def score(kind: Kind[Any], values: Values) -> Score:
    """Weigh the measures of one finding by the rules of its kind."""
    reasons = [reason for rule in kind.rules if (reason := rule.reason(values))]
    log_odds = kind.prior + math.fsum(r.weight for r in reasons)
    bound = kind.ceiling.reason(values, log_odds) if kind.ceiling else None
    if bound:
        reasons.append(bound)
    value = sigmoid(kind.prior + math.fsum(r.weight for r in reasons))
    return Score(value, kind.prior, band(value), tuple(reasons))


def sigmoid(log_odds: float) -> float:
    """Return the share that belongs to log-odds.

    >>> sigmoid(0.0)
    0.5
    """
    return 1.0 / (1.0 + math.exp(-log_odds))


def log_odds_of(share: float) -> float:
    """Return the log-odds of a share between 0 and 1.

    >>> log_odds_of(0.5)
    0.0
    """
    return math.log(share / (1.0 - share))


def band(value: float) -> str:
    """Return the band of a score.

    >>> band(0.7), band(0.3), band(0.29)
    ('high', 'medium', 'low')
    """
    return next(name for least, name in BANDS if value >= least)
