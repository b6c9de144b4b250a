"""Weights of a dark meeting: no encounter was observed, so the prior is low and no reason lifts it alone."""

from __future__ import annotations

from detectors.core.rules import CategoryWeights, Rule, StepWeights
from detectors.dark_meeting import measures as own
from detectors.events import measures as around
from detectors.events.shared_rules import INLAND, WHERE, WHO

PRIOR = -3.8

RULES: tuple[Rule, ...] = (
    StepWeights(
        own.CANDIDATE_PARTNERS,
        "candidate partners for this place and time, at most: {value:.0f}; the fewer, the "
        "less room for chance",
        ((1.0, 0.9), (2.0, 0.5), (3.0, 0.2), (4.0, 0.0)),
    ),
    StepWeights(
        own.FEASIBLE_ENCOUNTER_H,
        "leaves at most {value:.1f} h side by side",
        ((0.0, -0.3), (2.0, 0.2), (48.0, -0.2)),
    ),
    CategoryWeights(
        own.RECEPTION_GOOD,
        (
            (True, 0.6, "vessels near were heard while one of the two, or both, were not"),
            (False, -0.5, "whether a vessel would have been heard is not known"),
        ),
    ),
    CategoryWeights(
        own.SIDES_OBSERVED,
        (
            (1, 0.4, "one of the two was observed loitering"),
            (0, -0.4, "neither was observed: only the areas that they can have reached overlap"),
        ),
    ),
    CategoryWeights(
        around.TRADE,
        (
            ("cargo", 0.5, "both are tankers or cargo vessels"),
            ("service", -1.0, "a tug, pilot or other service vessel"),
            ("fishing", -0.8, "both are fishing vessels"),
            ("passenger", -0.8, "a passenger, fast or pleasure craft"),
        ),
    ),
    INLAND,
    *WHERE,
    *WHO,
)
