"""Positions at given times, between reports along a straight line."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from detectors.kernels.encounters.relative_motion import last_at_or_before
from detectors.kernels.geometry.geodesy import wrap_one_deg
from detectors.kernels.tracks.motion import place_at
from geodata.jit import filler, kernel

if TYPE_CHECKING:
    from detectors.kernels.tracks.fixes import Fixes

Int64 = npt.NDArray[np.int64]
Float64 = npt.NDArray[np.float64]


@kernel
def resampled(fixes: Fixes, first: Int64, last: Int64, step_s: float, steps: int) -> tuple[Float64, Float64]:
    """Return longitudes and latitudes, shape (windows, steps), from the first report of a window on.

    A window is rows `first` to `last`, the latter not among them; beyond its last report there is NaN.
    Longitudes may go a little beyond 180 degrees.
    """
    time_s, lon_deg, lat_deg = fixes
    lon = np.full((first.size, steps), np.nan)
    lat = np.full((first.size, steps), np.nan)
    for w in range(first.size):
        row = first[w]
        for n in range(steps):
            at_s = time_s[first[w]] + n * step_s
            if at_s > time_s[last[w] - 1]:
                break
            # Steps ascend, so the cursor only goes forward.
            while row + 2 < last[w] and time_s[row + 1] < at_s:
                row += 1
            span_s = time_s[row + 1] - time_s[row]
            share = (at_s - time_s[row]) / span_s if span_s > 0.0 else 0.0
            # Not wrapped, so that a track across 180 degrees stays one line for differences.
            lon[w, n] = lon_deg[row] + share * wrap_one_deg(lon_deg[row + 1] - lon_deg[row])
            lat[w, n] = lat_deg[row] + share * (lat_deg[row + 1] - lat_deg[row])
    return lon, lat


@filler
def places_at(
    segments: Int64,
    at_s: Float64,
    offsets: Int64,
    fixes: Fixes,
    bridge_s: float,
    places: Float64,
) -> None:
    """Fill in longitude and latitude of each segment at its row of times, on straight lines.

    `places` has the shape of `at_s`, and two for each time: NaN outside the track, and in a gap over
    `bridge_s`.
    """
    time_s = fixes.time_s
    for n in range(segments.size):
        first, end = offsets[segments[n]], offsets[segments[n] + 1]
        for m in range(at_s.shape[1]):
            t = at_s[n, m]
            # At the very last report: the interval before it, whose end it is.
            k = min(last_at_or_before(time_s, first, end, t), end - 2)
            # A segment of one report has no interval. Rule 1: gaps are never crossed.
            if k < first or t < time_s[k] or t > time_s[k + 1] or time_s[k + 1] - time_s[k] > bridge_s:
                places[n, m, 0] = places[n, m, 1] = math.nan
            else:
                places[n, m, 0], places[n, m, 1] = place_at(k, t, fixes)
