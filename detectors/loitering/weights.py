"""Reasons of loitering."""

from __future__ import annotations

from detectors.core.rules import Ladder, Rule, Words
from detectors.events.shared_rules import INLAND, WHERE, WHO

PRIOR = -3.2

RULES: tuple[Rule, ...] = (
    Ladder(
        "lingering_h", "h", "lingered for {value:.1f} h", ((3.0, 0.2), (6.0, 0.5), (24.0, 0.2), (72.0, -0.3))
    ),
    Ladder(
        "course_change_deg",
        "degrees",
        "left {value:.0f} degrees off the course that she came on: a reversal",
        ((0.0, 0.0), (120.0, 0.5)),
    ),
    Ladder(
        "anchored_share",
        "share",
        "told to be at anchor or moored for {value:.0%} of the time",
        ((0.5, -0.6),),
    ),
    Words("beside_seen", ((True, -2.5, "beside a vessel that was seen: told as a meeting"),)),
    Words("in_call", ((True, -2.5, "at a port of the chart: told as a port call"),)),
    Ladder("night_share", "share", "by night for {value:.0%} of the time", ((0.5, 0.2),)),
    Ladder(
        "shore_distance_km", "km", "{value:.1f} km from the shore", ((0.0, -0.2), (22.224, 0.0), (50.0, 0.3))
    ),
    Ladder(
        "port_excuse_km",
        "km",
        "{told[port_distance_km]:.1f} km from {told[port]} by the chart, {value:.1f} km at most: ships wait "
        "there",
        ((0.0, -1.5), (15.0, -0.6), (30.0, 0.0)),
    ),
    Words(
        "trade",
        (
            ("cargo", 0.5, "a tanker or cargo ship"),
            ("service", -1.0, "a tug, pilot or other service vessel: waiting is their work"),
            ("fishing", -1.0, "a fishing vessel: lingering is their work"),
            ("passenger", -0.8, "a passenger, fast or pleasure craft"),
        ),
    ),
    Words("class_b", ((True, -0.4, "a class B set: small craft linger"),)),
    INLAND,
    *WHERE,
    *WHO,
)
