"""Weights of a raft: low by its prior, since a crowd is a place where no encounter can be solved."""

from __future__ import annotations

from detectors.core.rules import CategoryWeights, Rule, StepWeights
from detectors.events import measures as around
from detectors.events.shared_rules import INLAND, WHERE, WHO

PRIOR = -3.0

RULES: tuple[Rule, ...] = (
    StepWeights(
        around.PORT_DISTANCE_MAX_KM,
        "{port_distance_km:.1f} km from {port} by the chart, {value:.1f} km at most: vessels "
        "lie close together there",
        ((0.0, -1.0), (5.0, -0.5), (10.0, 0.0)),
    ),
    CategoryWeights(around.TRADE, (("fishing", -0.5, "the vessels named are fishing vessels"),)),
    INLAND,
    *WHERE,
    *WHO,
)
