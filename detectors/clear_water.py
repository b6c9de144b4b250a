"""Water between two ships that never came as near as their lengths would let moored ships lie.

Cargo goes over hoses and derricks, hull to hull. Antennas of two ships made fast lie apart by less than their
lengths, wherever they stand. Two that were watched the whole time and never came nearer had water between. So
had two that lay abreast, by their headings and dimensions, and whose hulls never came near.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from detectors.vessels import known_at

if TYPE_CHECKING:
    from detectors.base import Measures
    from detectors.meeting import Leg, Span
    from detectors.tracks.tracks import Tracks

FIXES_MIN = 10
OBSERVED_SHARE, OBSERVED_H = 0.8, 2.0
SILENCE_MAX_MIN, SILENCE_SHARE = 60.0, 0.1
"""So well must a meeting have been watched: reports of each; in contact for this share of its time or so many
hours; no silence longer than both of these, the second a share of the whole."""

LENGTH_M = 150.0
"""Taken for a ship that does not tell hers: longer than the tankers and coasters of the sightings."""


def clear_water_m(tracks: Tracks, legs: tuple[Leg, Leg], span: Span, told: Measures) -> float | None:
    """Return by how much the least separation exceeds half of both lengths, or how far hulls abreast were.

    0 where there are none; None for a meeting that was not watched closely enough to say so.
    """
    elapsed_h = (span[1] - span[0]) / 3600.0
    if not elapsed_h or _number(told["contact_h"]) < min(OBSERVED_H, OBSERVED_SHARE * elapsed_h):
        return None
    silence_max_min = max(SILENCE_MAX_MIN, SILENCE_SHARE * elapsed_h * 60.0)
    if _number(told["fixes_least"]) < FIXES_MIN or _number(told["longest_silence_min"]) > silence_max_min:
        return None
    half_m = sum(0.5 * (known_at(tracks, leg.vessel, span[0]).length_m or LENGTH_M) for leg in legs)
    return max(0.0, _number(told["min_separation_m"]) - half_m, _number(told["hull_water_m"]))


def _number(value: object) -> float:
    return float(value) if isinstance(value, (int, float)) else 0.0
