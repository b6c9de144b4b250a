"""Weights of an anomaly, reported only when asked for. Being unusual alone leaves it low."""

from __future__ import annotations

from detectors.anomaly import measures as own
from detectors.core.rules import CategoryWeights, Rule, StepWeights
from detectors.events import measures as around
from detectors.events.shared_rules import BEHAVIOUR, INLAND, WHERE, WHO

PRIOR = -2.8

RULES: tuple[Rule, ...] = (
    StepWeights(own.UNUSUAL_H, "for {value:.0f} h", ((24.0, 0.2), (48.0, 0.4))),
    StepWeights(
        around.PORT_DISTANCE_MAX_KM,
        "{port_distance_km:.1f} km from {port} by the chart, {value:.1f} km at most: much is unusual there",
        ((0.0, -0.6), (15.0, 0.0)),
    ),
    CategoryWeights(
        around.TRADE,
        (
            ("service", -0.6, "a tug, pilot or other service vessel"),
            ("fishing", -0.4, "a fishing vessel"),
            ("passenger", -0.6, "a passenger, fast or pleasure craft"),
        ),
    ),
    CategoryWeights(around.CLASS_B, ((True, -0.3, "a class B transponder: small craft keep to no lane"),)),
    INLAND,
    *WHERE,
    *WHO,
    *BEHAVIOUR,
)
