"""Where another lay as seen from a ship: along her keel, across it, and whether the two turned as one."""

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

SEEN, IN_LINE_SHARE, AHEAD_M, ASIDE_M, WITH_HER_M, IN_PLACE_M, TURNED_DEG, JUMP_DEG, COPIED_SHARE = range(9)
"""Columns of the answer: reports that tell a bow while the other's place was known; of how many of these she
lay too near to the line of the keel to lie beside it; the medians of how far ahead or astern she lay, and how
far to one side; her scatter (`_scatter_m`) as seen from a deck that turns with the bow, and on the chart; by
how much the bow turned (`_turned_deg`), the median of what it did from one report to the next, and at what
share of them it is the course once more."""

COLUMNS = 9

FEW, MOST = 0.2, 0.8
"""Shares of reports: coming and going are left out, a place or bow kept for a fourth of the time is not."""


@helper
def _of_share(values: Float64, share: float) -> float:
    return float(np.sort(values)[int(share * (values.size - 1))])


@helper
def _middle(values: Float64) -> float:
    """Return the middle of where most lie: of two places that are kept in turn, halfway between them."""
    return 0.5 * (_of_share(values, FEW) + _of_share(values, MOST))


@helper
def _scatter_m(x_m: Float64, y_m: Float64) -> float:
    """Return the median distance of some places from the middle of them."""
    return float(np.median(np.hypot(x_m - _middle(x_m), y_m - _middle(y_m))))


@helper
def _turned_deg(bow_deg: Float64) -> float:
    """Return within how many degrees of its mean direction a bow was at most of the reports."""
    mean_deg = math.atan2(np.sin(bow_deg * RAD).mean(), np.cos(bow_deg * RAD).mean()) / RAD
    return _of_share(np.abs(wrapped_deg(bow_deg - mean_deg)), MOST)


@helper
def _jump_deg(bow_deg: Float64) -> float:
    return float(np.median(np.abs(wrapped_deg(np.diff(bow_deg))))) if bow_deg.size > 1 else 0.0


@helper
def _east_north_m(
    k: int, at: int, fixes: Fixes, heading_deg: Float32, antenna_m: Float64
) -> tuple[float, float]:
    """Return how far east and north the middle of the other lies, at report k of a ship."""
    time_s, lon, lat = fixes
    her_lon, her_lat = place_at(at, time_s[k], fixes)
    per_lon, per_lat = scale_at(0.5 * (lat[k] + her_lat))
    shift_m = between_middles_m(heading_deg[k], heading_deg[at], antenna_m)
    east_m, north_m = wrap_one_deg(her_lon - lon[k]) * per_lon, (her_lat - lat[k]) * per_lat
    return east_m + shift_m[0], north_m + shift_m[1]


@kernel
def keels(
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
    """Return where the second hull of a pair lay to the first during a span (columns above), a row each.

    Beside the keel she lies `beside_m` or more to one side of it, by the middle of her hull where her bow is
    told. She was on her straight line between reports at most `known_s` apart. `antenna_m` as in `Boxes`. A
    bow within `copied_deg` of the course is the course once more.
    """
    time_s = fixes.time_s
    out = np.full((pairs.shape[0], COLUMNS), math.nan)
    for n in range(pairs.shape[0]):
        begin, stop = offsets[pairs[n, 0]], offsets[pairs[n, 0] + 1]
        first = begin + np.searchsorted(time_s[begin:stop], spans[n, 0])
        end = begin + np.searchsorted(time_s[begin:stop], spans[n, 1], side="right")
        other = offsets[pairs[n, 1]], offsets[pairs[n, 1] + 1]
        bow_deg, east_m, north_m = np.empty(end - first), np.empty(end - first), np.empty(end - first)
        seen = copied = 0
        for k in range(first, end):
            at = NOT_KNOWN if math.isnan(heading_deg[k]) else known_row(other, time_s[k], time_s, known_s)
            if at != NOT_KNOWN:
                bow_deg[seen] = heading_deg[k]
                east_m[seen], north_m[seen] = _east_north_m(k, at, fixes, heading_deg, antenna_m[n])
                copied += abs(wrap_one_deg(heading_deg[k] - cog_deg[k])) <= copied_deg
                seen += 1
        out[n, SEEN] = seen
        if not seen:
            continue
        bow_deg, east_m, north_m = bow_deg[:seen], east_m[:seen], north_m[:seen]
        sine, cosine = np.sin(bow_deg * RAD), np.cos(bow_deg * RAD)
        aside_m, ahead_m = east_m * cosine - north_m * sine, east_m * sine + north_m * cosine
        out[n, IN_LINE_SHARE] = (np.abs(aside_m) < beside_m[n]).mean()
        out[n, AHEAD_M], out[n, ASIDE_M] = np.median(np.abs(ahead_m)), np.median(np.abs(aside_m))
        out[n, WITH_HER_M], out[n, IN_PLACE_M] = _scatter_m(aside_m, ahead_m), _scatter_m(east_m, north_m)
        out[n, TURNED_DEG], out[n, JUMP_DEG] = _turned_deg(bow_deg), _jump_deg(bow_deg)
        out[n, COPIED_SHARE] = copied / seen
    return out
