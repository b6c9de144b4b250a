"""How a vessel reported in a window, against itself and against those near it at that time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.spatial import cKDTree

from detectors.behaviour.windows import WINDOW_S
from detectors.core.units import HOUR_S
from detectors.kernels.geometry.geodesy import RAD

if TYPE_CHECKING:
    from detectors.behaviour.windows import Windows
    from detectors.tracks.reports import Float64, Int64
    from detectors.tracks.tracks import Segments

EARTH_KM = 6371.0
NEAR_KM, NEAR_S = 200.0, 1.5 * WINDOW_S
"""Neighbours are windows within this distance, or this time, or less of both: receivers change."""

NEIGHBOURS, NEIGHBOURS_MIN, SEARCHED = 15, 4, 40
"""The nearest that count, the fewest that suffice, and how many are searched to find them."""


@dataclass(frozen=True, eq=False)
class Reporting:
    """Windows: segment, log10 of reports per hour and of the longest gap in hours, and place."""

    segment: Int64
    rate: Float64
    longest_gap: Float64
    place: Float64


def reporting_of(segments: Segments, windows: Windows) -> Reporting:
    """Return how each window's vessel reported."""
    first, last = windows.first, windows.last
    hours = (segments.time_s[last - 1] - segments.time_s[first]) / HOUR_S
    longest_s = np.array([np.diff(segments.time_s[a:b]).max() for a, b in zip(first, last, strict=True)])
    middle = (first + last) // 2
    return Reporting(
        segment=windows.segment,
        rate=np.log10((last - first) / hours),
        longest_gap=np.log10(np.maximum(longest_s, 1.0) / HOUR_S),
        place=_place(segments.lon_deg[middle], segments.lat_deg[middle], windows.end_s),
    )


def own_rate(segments: Segments, segment: Int64) -> Float64:
    """Return the reports per hour of whole tracks, log10."""
    first, last = segments.offsets[segment], segments.offsets[segment + 1]
    hours = (segments.time_s[last - 1] - segments.time_s[first]) / HOUR_S
    return np.log10((last - first) / np.maximum(hours, 1.0))


class Neighbours:
    """Windows of a run that others are compared with."""

    def __init__(self, known: Reporting) -> None:
        self.known = known
        self._tree = cKDTree(known.place)

    def features(self, asked: Reporting) -> dict[str, Float64]:
        """Return how each window's reporting differs from its neighbours' median; NaN with too few."""
        if not len(self.known.segment):
            unknown = np.full(len(asked.segment), np.nan)
            return {"silence_vs_neighbours_log10": unknown, "reports_vs_neighbours_log10": unknown}
        searched = min(SEARCHED, len(self.known.segment))
        distance, at = self._tree.query(asked.place, k=np.arange(1, searched + 1), distance_upper_bound=1.0)
        at = np.minimum(at, len(self.known.segment) - 1)
        others = np.isfinite(distance) & (self.known.segment[at] != asked.segment[:, None])
        others &= np.cumsum(others, axis=1) <= NEIGHBOURS
        return {
            "silence_vs_neighbours_log10": asked.longest_gap - _median(self.known.longest_gap[at], others),
            "reports_vs_neighbours_log10": asked.rate - _median(self.known.rate[at], others),
        }


def _median(values: Float64, which: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> Float64:
    enough = which.sum(axis=1) >= NEIGHBOURS_MIN
    out = np.full(len(values), np.nan)
    out[enough] = np.nanmedian(np.where(which, values, np.nan)[enough], axis=1)
    return out


def _place(lon_deg: Float64, lat_deg: Float64, time_s: Float64) -> Float64:
    """Return places in space and time such that 1 is as far as a neighbour may be."""
    scale = EARTH_KM / NEAR_KM
    across = np.cos(lat_deg * RAD) * scale
    x, y = across * np.cos(lon_deg * RAD), across * np.sin(lon_deg * RAD)
    return np.column_stack((x, y, np.sin(lat_deg * RAD) * scale, time_s / NEAR_S))
