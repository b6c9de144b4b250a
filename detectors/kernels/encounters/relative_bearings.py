"""Where another vessel lay as seen from one, along and across its centreline; whether both turned as one."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from detectors.core.angles import wrapped_deg
from detectors.kernels.encounters.relative_motion import NOT_KNOWN, known_row
from detectors.kernels.geometry.antennas import between_middles_m
from detectors.kernels.geometry.geodesy import RAD, scale_at, wrap_one_deg
from detectors.kernels.tracks.motion import place_at
from geodata.jit import helper, kernel

if TYPE_CHECKING:
    from detectors.kernels.tracks.fixes import Fixes

Int64 = npt.NDArray[np.int64]
Float64 = npt.NDArray[np.float64]
Float32 = npt.NDArray[np.float32]

SEEN, IN_LINE_SHARE, AHEAD_M, ASIDE_M, AS_SEEN_M, IN_PLACE_M, TURNED_DEG, JUMP_DEG, COPIED_SHARE = range(9)
"""Columns of the answer.

- SEEN: reports with a heading while the place of the other is known.
- IN_LINE_SHARE: at what share of these the other lay too near to the centreline to lie beside it.
- AHEAD_M, ASIDE_M: medians of how far ahead or astern the other lay, and how far to one side.
- AS_SEEN_M, IN_PLACE_M: scatter of its places (`_scatter_m`), as seen from a deck that turns with the
  heading, and on the chart.
- TURNED_DEG, JUMP_DEG: by how much the heading turned (`_turned_deg`); the median of its change from one
  report to the next.
- COPIED_SHARE: at what share of the reports the heading is a copy of the course.
"""

COLUMNS = 9

FEW, MOST = 0.2, 0.8
"""Shares of reports.

Coming and going are left out; a place or a heading that is kept for a fourth of the time is not.
"""


@helper
def _of_share(values: Float64, share: float) -> float:
    return float(np.sort(values)[int(share * (values.size - 1))])


@helper
def _middle(values: Float64) -> float:
    """Return the middle of where most values lie: of two places kept in turn, halfway between them."""
    return 0.5 * (_of_share(values, FEW) + _of_share(values, MOST))


@helper
def _scatter_m(x_m: Float64, y_m: Float64) -> float:
    """Return the median distance of some places from their middle, in metres."""
    return float(np.median(np.hypot(x_m - _middle(x_m), y_m - _middle(y_m))))


@helper
def _turned_deg(heading_deg: Float64) -> float:
    """Return within how many degrees of its mean direction a heading was at four fifths of the reports."""
    # The mean of unit vectors: headings around north have no jump.
    mean_deg = math.atan2(np.sin(heading_deg * RAD).mean(), np.cos(heading_deg * RAD).mean()) / RAD
    return _of_share(np.abs(wrapped_deg(heading_deg - mean_deg)), MOST)


@helper
def _jump_deg(heading_deg: Float64) -> float:
    return float(np.median(np.abs(wrapped_deg(np.diff(heading_deg))))) if heading_deg.size > 1 else 0.0


@helper
def _east_north_m(
    k: int, other_row: int, fixes: Fixes, heading_deg: Float32, antenna_m: Float64
) -> tuple[float, float]:
    """Return how far east and north the middle of the other hull lies, at report k of one; metres."""
    time_s, lon, lat = fixes
    other_lon, other_lat = place_at(other_row, time_s[k], fixes)
    per_lon, per_lat = scale_at(0.5 * (lat[k] + other_lat))
    # Antennas may stand a third of a length off the middle: hulls are compared by their middles where
    # headings are known.
    shift_m = between_middles_m(heading_deg[k], heading_deg[other_row], antenna_m)
    east_m, north_m = wrap_one_deg(other_lon - lon[k]) * per_lon, (other_lat - lat[k]) * per_lat
    return east_m + shift_m[0], north_m + shift_m[1]


@kernel
def relative_bearings(
    pairs: Int64,
    spans: Float64,
    beside_m: Float64,
    antenna_m: Float64,
    offsets: Int64,
    fixes: Fixes,
    heading_deg: Float32,
    cog_deg: Float32,
    known_s: float,
    copied_deg: float,
) -> Float64:
    """Return where the second segment of a pair lay as seen from the first during a span, a row each.

    Columns see above. Beside the centreline means `beside_m` or more to one side of it, by the middles of the
    hulls where the headings are known. The other was on its straight line between reports at most
    `known_s` apart. `antenna_m` as in `Boxes`. A heading within `copied_deg` of the course is a copy of it.
    """
    time_s = fixes.time_s
    out = np.full((pairs.shape[0], COLUMNS), math.nan)
    for n in range(pairs.shape[0]):
        own_begin, own_stop = offsets[pairs[n, 0]], offsets[pairs[n, 0] + 1]
        first = own_begin + np.searchsorted(time_s[own_begin:own_stop], spans[n, 0])
        end = own_begin + np.searchsorted(time_s[own_begin:own_stop], spans[n, 1], side="right")
        other_rows = offsets[pairs[n, 1]], offsets[pairs[n, 1] + 1]
        own_heading_deg, east_m, north_m = np.empty(end - first), np.empty(end - first), np.empty(end - first)
        seen = copied = 0
        for k in range(first, end):
            # Only reports with a heading see the other, and only while its place is known.
            other_row = (
                NOT_KNOWN if math.isnan(heading_deg[k]) else known_row(other_rows, time_s[k], time_s, known_s)
            )
            if other_row != NOT_KNOWN:
                own_heading_deg[seen] = heading_deg[k]
                east_m[seen], north_m[seen] = _east_north_m(k, other_row, fixes, heading_deg, antenna_m[n])
                # A transponder without a compass may send its course as heading: then the heading shows
                # nothing of the hull.
                copied += abs(wrap_one_deg(heading_deg[k] - cog_deg[k])) <= copied_deg
                seen += 1
        out[n, SEEN] = seen
        if not seen:
            continue
        own_heading_deg, east_m, north_m = own_heading_deg[:seen], east_m[:seen], north_m[:seen]
        # Turned into the frame of the deck: across the centreline (to starboard) and along it.
        sine, cosine = np.sin(own_heading_deg * RAD), np.cos(own_heading_deg * RAD)
        aside_m, ahead_m = east_m * cosine - north_m * sine, east_m * sine + north_m * cosine
        out[n, IN_LINE_SHARE] = (np.abs(aside_m) < beside_m[n]).mean()
        out[n, AHEAD_M], out[n, ASIDE_M] = np.median(np.abs(ahead_m)), np.median(np.abs(aside_m))
        # Independent swing shows in these two: a vessel that swings by itself moves as seen from a turning
        # deck, and stays in place on the chart. Two made fast do the opposite.
        out[n, AS_SEEN_M], out[n, IN_PLACE_M] = _scatter_m(aside_m, ahead_m), _scatter_m(east_m, north_m)
        out[n, TURNED_DEG], out[n, JUMP_DEG] = _turned_deg(own_heading_deg), _jump_deg(own_heading_deg)
        out[n, COPIED_SHARE] = copied / seen
    return out
