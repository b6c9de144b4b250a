"""Measures of an anomaly."""

from __future__ import annotations

from detectors.core.measures import MOTION, count, declared_in, number, text

UNUSUAL_H = number("unusual_h", "h", MOTION, "Time from the first to the last report of the unusual windows.")
UNUSUAL_WINDOWS = count(
    "unusual_windows", "windows", MOTION, "Consecutive unusual 12 h windows in the event."
)
UNUSUAL_FEATURES = text(
    "unusual_features",
    MOTION,
    "The three features that most often made its windows unusual, comma-separated.",
)

MEASURES = declared_in(globals())
