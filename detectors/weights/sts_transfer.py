"""Reasons of a ship-to-ship transfer."""

from __future__ import annotations

from detectors.reasons import Ladder, Rule, Words
from detectors.weights.shared import BEHAVIOUR, INLAND, WHERE, WHO

PRIOR = -2.2

RULES: tuple[Rule, ...] = (
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
)
