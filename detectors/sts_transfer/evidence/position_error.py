"""Error of a separation by rounded positions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from detectors.core.spans import Span
    from detectors.tracks.tracks import Tracks


def position_rounding_m(tracks: Tracks, vessels: tuple[int, int], span: Span) -> float:
    """Return the greatest error of a separation by rounded positions, in metres: 186 for message type 27."""
    return sum(_uncertainty_m(tracks, vessel, span) for vessel in vessels)


def _uncertainty_m(tracks: Tracks, vessel: int, span: Span) -> float:
    """Return half the step to which a vessel's positions are rounded: the median of a span of time."""
    rows = slice(int(tracks.offsets[vessel]), int(tracks.offsets[vessel + 1]))
    first, end = np.searchsorted(tracks.time_s[rows], (span[0], np.nextafter(span[1], np.inf)))
    return float(np.median(tracks.uncertainty_m[rows][first:end])) if end > first else 0.0
