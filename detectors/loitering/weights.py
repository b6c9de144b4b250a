"""Weights of loitering."""

from __future__ import annotations

from detectors.core.rules import CategoryWeights, Rule, StepWeights
from detectors.events import measures as around
from detectors.events.shared_rules import INLAND, WHERE, WHO
from detectors.loitering import measures as own

PRIOR = -3.2

RULES: tuple[Rule, ...] = (
    StepWeights(
        own.LINGERING_H, "loitered for {value:.1f} h", ((3.0, 0.2), (6.0, 0.5), (24.0, 0.2), (72.0, -0.3))
    ),
    StepWeights(
        own.COURSE_CHANGE_DEG,
        "left {value:.0f} degrees off the course on which it came: a reversal",
        ((0.0, 0.0), (120.0, 0.5)),
    ),
    StepWeights(
        own.ANCHORED_SHARE,
        "reported to be at anchor or moored for {value:.0%} of the time",
        ((0.5, -0.6),),
    ),
    CategoryWeights(
        own.BESIDE_OBSERVED_VESSEL,
        ((True, -2.5, "beside a vessel that was observed: reported as an encounter"),),
    ),
    CategoryWeights(own.IN_PORT_CALL, ((True, -2.5, "at a port of the chart: reported as a port call"),)),
    StepWeights(around.NIGHT_SHARE, "by night for {value:.0%} of the time", ((0.5, 0.2),)),
    StepWeights(
        around.SHORE_DISTANCE_KM, "{value:.1f} km from the shore", ((0.0, -0.2), (22.224, 0.0), (50.0, 0.3))
    ),
    StepWeights(
        around.PORT_DISTANCE_MAX_KM,
        "{port_distance_km:.1f} km from {port} by the chart, {value:.1f} km at most: vessels wait there",
        ((0.0, -1.5), (15.0, -0.6), (30.0, 0.0)),
    ),
    CategoryWeights(
        around.TRADE,
        (
            ("cargo", 0.5, "a tanker or cargo vessel"),
            ("service", -1.0, "a tug, pilot or other service vessel: waiting is its work"),
            ("fishing", -1.0, "a fishing vessel: slow drifting is its work"),
            ("passenger", -0.8, "a passenger, fast or pleasure craft"),
        ),
    ),
    CategoryWeights(around.CLASS_B, ((True, -0.4, "a class B transponder: small craft often loiter"),)),
    INLAND,
    *WHERE,
    *WHO,
)
