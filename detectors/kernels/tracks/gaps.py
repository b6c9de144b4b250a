"""Gaps: where a segment was not observed from one report to the next."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from detectors.kernels.arrays.growing_rows import with_room
from geodata.jit import at, kernel

Int64 = npt.NDArray[np.int64]
Float64 = npt.NDArray[np.float64]


@kernel
def gap_rows(offsets: Int64, time_s: Float64, longer_than_s: float, at_most_s: float) -> Int64:
    """Return the rows after which a gap is longer than one time, and at most another; seconds.

    `offsets` bound the runs of reports (one segment each), whose times ascend. Between runs there is no gap.
    """
    rows, n = np.empty(64, np.int64), 0
    for h in range(offsets.size - 1):
        for k in range(offsets[h], offsets[h + 1] - 1):
            step_s = at(time_s, k + 1) - at(time_s, k)
            if longer_than_s < step_s <= at_most_s:
                rows = with_room(rows, n + 1)
                rows[n] = k
                n += 1
    return rows[:n]
