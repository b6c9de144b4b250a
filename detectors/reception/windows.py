"""Windows of half-hours along tracks with a known outcome, by which chances are calibrated.

A window begins after a half-hour with a report, as every gap does. Observed gaps themselves cannot serve:
they are selected for having no report.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from detectors.reception.coverage.features import Places
from detectors.reception.gaps import Gaps

if TYPE_CHECKING:
    from detectors.reception.coverage.presence import Presence
    from detectors.tracks.reports import Bool, Float64

LENGTHS_BINS = np.array([1, 3, 6, 12, 24])
"""Half an hour to twelve hours."""


def windows_of(presence: Presence, allowed: Bool, count: int, seed: int) -> tuple[Gaps, Float64]:
    """Return up to `count` windows of the `allowed` segments, and whether each had no report (1, else 0)."""
    rng = np.random.default_rng(seed)
    begins = np.flatnonzero((presence.heard > 0) & allowed[presence.segment])
    if not len(begins):
        return _windows(presence, np.empty(0, np.int64), np.empty(0, np.int64)), np.empty(0)
    first, bins = rng.choice(begins, count), rng.choice(LENGTHS_BINS, count)
    keep = first + bins < presence.offsets[presence.segment[first] + 1] - 1
    first, bins = first[keep], bins[keep]
    whole = presence.bin[first + bins] - presence.bin[first] == bins
    windows = _windows(presence, first[whole] + 1, bins[whole])
    rows = np.repeat(windows.row - windows.starts, windows.bins) + np.arange(windows.bins.sum())
    is_received = (presence.heard[rows] > 0).astype(np.float64)
    return windows, (np.add.reduceat(is_received, windows.starts) == 0.0).astype(np.float64)


def _windows(presence: Presence, begin: np.ndarray, bins: np.ndarray) -> Gaps:
    starts = np.cumsum(bins) - bins
    rows = np.repeat(begin - starts, bins) + np.arange(bins.sum())
    own = np.repeat(np.stack((begin - 1, begin + bins + 1), axis=1), bins, axis=0)
    segment = presence.segment[begin].astype(np.int64)
    places = Places(
        presence.bin[rows],
        presence.lon_deg[rows],
        presence.lat_deg[rows],
        own,
        np.repeat(segment, bins),
        np.repeat(presence.is_class_b[segment], bins),
    )
    nothing = np.full(len(begin), np.nan)
    return Gaps(begin, segment, starts, bins, places, nothing, np.zeros(len(begin), dtype=np.bool_))
