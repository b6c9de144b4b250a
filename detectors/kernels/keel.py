"""Where another lay as seen along a ship's keel: within her beam, and how far ahead or astern."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from detectors.kernels.antennas import to_middle_m
from detectors.kernels.geodesy import RAD, scale_at, wrap_one_deg
from detectors.kernels.motion import place_at
from detectors.kernels.stretches import NOT_KNOWN, known_row
from geodata.jit import kernel

if TYPE_CHECKING:
    from detectors.kernels.fixes import Fixes

Int64 = npt.NDArray[np.int64]
Float64 = npt.NDArray[np.float64]
Float32 = npt.NDArray[np.float32]

SEEN, IN_LINE_SHARE, AHEAD_M = range(3)
"""Columns of the answer: reports that tell a bow while the other's place was known; of how many of these she
lay too near to the line of the keel to lie beside it; the median of how far ahead or astern she lay."""

COLUMNS = 3


@kernel
def keels(
    pairs: Int64,
    spans: Float64,
    beside_m: Float64,
    antenna_m: Float64,
    offsets: Int64,
    fixes: Fixes,
    heading_deg: Float32,
    known_s: float,
) -> Float64:
    """Return where the second hull of a pair lay to the first during a span (columns above), a row each.

    Beside the keel she lies `beside_m` or more to one side of it, by the middle of her hull where her bow is
    told. She was on her straight line between reports at most `known_s` apart. `antenna_m` as in `Boxes`.
    """
    time_s, lon, lat = fixes
    out = np.full((pairs.shape[0], COLUMNS), math.nan)
    for n in range(pairs.shape[0]):
        begin, stop = offsets[pairs[n, 0]], offsets[pairs[n, 0] + 1]
        first = begin + np.searchsorted(time_s[begin:stop], spans[n, 0])
        end = begin + np.searchsorted(time_s[begin:stop], spans[n, 1], side="right")
        other = offsets[pairs[n, 1]], offsets[pairs[n, 1] + 1]
        ahead_m = np.empty(end - first)
        seen = in_line = 0
        for k in range(first, end):
            if math.isnan(heading_deg[k]):
                continue
            at = known_row(other, time_s[k], time_s, known_s)
            if at == NOT_KNOWN:
                continue
            her_lon, her_lat = place_at(at, time_s[k], fixes)
            per_lon, per_lat = scale_at(0.5 * (lat[k] + her_lat))
            east_m, north_m = wrap_one_deg(her_lon - lon[k]) * per_lon, (her_lat - lat[k]) * per_lat
            own = to_middle_m(heading_deg[k], antenna_m[n, 0], antenna_m[n, 1])
            hers = to_middle_m(heading_deg[at], antenna_m[n, 2], antenna_m[n, 3])
            east_m, north_m = east_m + hers[0] - own[0], north_m + hers[1] - own[1]
            bow = heading_deg[k] * RAD
            aside_m = east_m * math.cos(bow) - north_m * math.sin(bow)
            in_line += 1 if abs(aside_m) < beside_m[n] else 0
            ahead_m[seen] = abs(east_m * math.sin(bow) + north_m * math.cos(bow))
            seen += 1
        out[n, SEEN] = seen
        if seen:
            out[n, IN_LINE_SHARE], out[n, AHEAD_M] = in_line / seen, np.median(ahead_m[:seen])
    return out
