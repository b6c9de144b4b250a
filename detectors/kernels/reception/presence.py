"""Half-hours of each hull: in which was she heard, in which was she there and not heard.

After Hammond and Peters (Estimating AIS Coverage from Received Transmissions, Journal of Navigation 65,
2012): between two reports of one ship she was there, so a bin of time between them was either heard or
missed, at a place on the line between the two.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from detectors.kernels.tracks.motion import place_at
from geodata.jit import at, helper, kernel

if TYPE_CHECKING:
    from detectors.kernels.tracks.fixes import Fixes

Int32 = npt.NDArray[np.int32]
Int64 = npt.NDArray[np.int64]
Float64 = npt.NDArray[np.float64]
Float32 = npt.NDArray[np.float32]
UInt8 = npt.NDArray[np.uint8]


@helper
def _is_kept(n: int, first: int, last: int, is_long: bool, ends: int) -> bool:  # noqa: FBT001
    """Tell whether a missed bin n strictly between bins `first` and `last` is kept: near an end if long."""
    return not is_long or n - first <= ends or last - n <= ends


@kernel
def count_presence(offsets: Int64, time_s: Float64, bin_s: float, known_s: float, ends: int) -> Int64:
    """Return the offsets of each hull's rows in the table that `fill_presence` fills, hulls + 1."""
    counts = np.zeros(offsets.size, np.int64)
    for h in range(offsets.size - 1):
        rows = before = 0
        for k in range(offsets[h], offsets[h + 1]):
            now_s = at(time_s, k)
            b = math.floor(now_s / bin_s)
            if k == offsets[h]:
                rows += 1
            elif b > before:
                missed = b - before - 1
                if now_s - at(time_s, k - 1) > known_s:
                    missed = min(missed, 2 * ends)
                rows += missed + 1
            before = b
        counts[h + 1] = counts[h] + rows
    return counts


@kernel
def fill_presence(
    offsets: Int64,
    fixes: Fixes,
    channel: UInt8,
    rows: Int64,
    bin_s: float,
    known_s: float,
    ends: int,
    long_weight: float,
) -> tuple[Int32, Int64, Float64, Float64, UInt8, Float32, Int64]:
    """Return hull, bin, longitude, latitude, channels heard (bits), weight and gap of every row.

    Silences of at most `known_s` are missed bins of weight 1; of longer ones the `ends` bins next to either
    report count `long_weight`, and the heard bins at their ends 0, since a silence begins and ends with a
    report by construction; so do a track's first and last bin. `gap` is the report (row of the hulls'
    columns) after which a missed bin lies, -1 for bins that were heard.
    """
    time_s, lon, lat = fixes
    size = rows[-1]
    hull, bins = np.empty(size, np.int32), np.empty(size, np.int64)
    x, y = np.empty(size, np.float64), np.empty(size, np.float64)
    heard, weight = np.zeros(size, np.uint8), np.ones(size, np.float32)
    gap = np.full(size, -1, np.int64)
    for h in range(offsets.size - 1):
        row = rows[h] - 1
        for k in range(offsets[h], offsets[h + 1]):
            b = math.floor(at(time_s, k) / bin_s)
            if row >= rows[h] and at(bins, row) == b:
                heard[row] |= at(channel, k)
                continue
            if row >= rows[h]:
                before = bins[row]
                is_long = time_s[k] - time_s[k - 1] > known_s
                if is_long:
                    weight[row] = 0.0
                for n in range(before + 1, b):
                    if not _is_kept(n, before, b, is_long, ends):
                        continue
                    row += 1
                    middle_s = (n + 0.5) * bin_s
                    hull[row], bins[row], gap[row] = h, n, k - 1
                    x[row], y[row] = place_at(k - 1, middle_s, fixes)
                    weight[row] = long_weight if is_long else 1.0
            row += 1
            hull[row], bins[row], x[row], y[row], heard[row] = h, b, lon[k], lat[k], channel[k]
            if row > rows[h] and gap[row - 1] >= 0 and weight[row - 1] < 1.0:
                weight[row] = 0.0
        if row >= rows[h]:
            weight[rows[h]], weight[row] = 0.0, 0.0
    return hull, bins, x, y, heard, weight, gap
