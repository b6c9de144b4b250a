"""Half-hours of each segment: in which was it heard, in which was it there and not heard (step 1).

After Hammond and Peters (Estimating AIS Coverage from Received Transmissions, Journal of Navigation 65,
2012): between two reports of one vessel it was there. So a bin of time between them was either heard or
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
    """Return whether a missed bin n strictly between bins `first` and `last` is kept.

    In a long gap only bins near an end are: nobody knows whether the vessel was there in between.
    """
    return not is_long or n - first <= ends or last - n <= ends


@kernel
def count_presence(offsets: Int64, time_s: Float64, bin_s: float, known_s: float, ends: int) -> Int64:
    """Return the offsets of the rows of each segment in the table of `fill_presence`, segments + 1.

    Counting first gives the table its exact size.
    """
    counts = np.zeros(offsets.size, np.int64)
    for h in range(offsets.size - 1):
        rows = before = 0
        for k in range(offsets[h], offsets[h + 1]):
            now_s = at(time_s, k)
            b = math.floor(now_s / bin_s)
            # The first bin of a segment is heard and has no gap before it.
            if k == offsets[h]:
                rows += 1
            elif b > before:
                missed = b - before - 1
                # Step 1: of a long gap only the bins next to either end are kept.
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
    """Return segment, bin, longitude, latitude, channels heard (bits), weight and gap of every row.

    Step 1: missed bins of gaps of at most `known_s` weigh 1. Of longer gaps the `ends` bins next to either
    report weigh `long_weight`, and the heard bins at their ends 0, since a gap begins and ends with a report
    by construction. So do the first and the last bin of a track. `gap` is the report (row of the columns)
    after which a missed bin lies, -1 for bins that were heard.
    """
    time_s, lon, lat = fixes
    size = rows[-1]
    segment, bins = np.empty(size, np.int32), np.empty(size, np.int64)
    x, y = np.empty(size, np.float64), np.empty(size, np.float64)
    heard, weight = np.zeros(size, np.uint8), np.ones(size, np.float32)
    gap = np.full(size, -1, np.int64)
    for h in range(offsets.size - 1):
        row = rows[h] - 1
        for k in range(offsets[h], offsets[h + 1]):
            b = math.floor(at(time_s, k) / bin_s)
            # A further report in the same bin adds its channel alone: a bin is heard once.
            if row >= rows[h] and at(bins, row) == b:
                heard[row] |= at(channel, k)
                continue
            if row >= rows[h]:
                before = bins[row]
                is_long = time_s[k] - time_s[k - 1] > known_s
                # The heard bin before a long gap.
                if is_long:
                    weight[row] = 0.0
                for n in range(before + 1, b):
                    if not _is_kept(n, before, b, is_long, ends):
                        continue
                    row += 1
                    # Where a missed vessel was is estimated at the middle of the bin, on the line between
                    # the two reports.
                    middle_s = (n + 0.5) * bin_s
                    segment[row], bins[row], gap[row] = h, n, k - 1
                    x[row], y[row] = place_at(k - 1, middle_s, fixes)
                    weight[row] = long_weight if is_long else 1.0
            row += 1
            segment[row], bins[row], x[row], y[row], heard[row] = h, b, lon[k], lat[k], channel[k]
            # The heard bin after a long gap: the missed bin before it has less than full weight.
            if row > rows[h] and gap[row - 1] >= 0 and weight[row - 1] < 1.0:
                weight[row] = 0.0
        # A track begins and ends with a report by construction, as a gap does.
        if row >= rows[h]:
            weight[rows[h]], weight[row] = 0.0, 0.0
    return segment, bins, x, y, heard, weight, gap
