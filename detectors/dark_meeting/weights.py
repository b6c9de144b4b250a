"""Reasons of a dark meeting: a lead, so its prior is low and no reason lifts it alone."""

from __future__ import annotations

from detectors.core.rules import CategoryWeights, Rule, StepWeights
from detectors.dark_meeting import measures as own
from detectors.events import measures as around
from detectors.events.shared_rules import INLAND, WHERE, WHO

PRIOR = -3.8

RULES: tuple[Rule, ...] = (
    StepWeights(
        own.CANDIDATE_PARTNERS,
        "at most {value:.0f} vessels fit this place and time: the fewer, the less room for chance",
        ((1.0, 0.9), (2.0, 0.5), (3.0, 0.2), (4.0, 0.0)),
    ),
    StepWeights(
        own.FEASIBLE_ENCOUNTER_H,
        "left at most {value:.1f} h side by side",
        ((0.0, -0.3), (2.0, 0.2), (48.0, -0.2)),
    ),
    CategoryWeights(
        own.RECEPTION_GOOD,
        (
            (True, 0.6, "ships near were heard while she, or both, were not"),
            (False, -0.5, "nobody knows whether she would have been heard"),
        ),
    ),
    CategoryWeights(
        own.SIDES_OBSERVED,
        ((1, 0.4, "one of them was seen to linger"), (0, -0.4, "neither was seen: their reaches only meet")),
    ),
    CategoryWeights(
        around.TRADE,
        (
            ("cargo", 0.5, "both are tankers or cargo ships"),
            ("service", -1.0, "a tug, pilot or other service vessel"),
            ("fishing", -0.8, "both are fishing vessels"),
            ("passenger", -0.8, "a passenger, fast or pleasure craft"),
        ),
    ),
    INLAND,
    *WHERE,
    *WHO,
)
