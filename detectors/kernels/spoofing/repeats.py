"""Frozen positions: runs of reports of one segment at exactly one place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from detectors.kernels.arrays.growing_rows import with_room
from geodata.jit import at, kernel

if TYPE_CHECKING:
    from detectors.kernels.tracks.fixes import Fixes

Int64 = npt.NDArray[np.int64]


@kernel
def repeats(offsets: Int64, fixes: Fixes) -> Int64:
    """Return the first and the last report of each run of two or more at one position, shape (runs, 2)."""
    _, lon, lat = fixes
    runs, n = np.empty((64, 2), np.int64), 0
    for h in range(offsets.size - 1):
        begin, end = offsets[h], offsets[h + 1]
        # One step beyond the last report, so that the end of a segment closes its run.
        for k in range(begin + 1, end + 1):
            # Equal to the digit: a receiver has noise, so even a moored vessel rarely repeats a position
            # exactly for long.
            if k < end and at(lon, k) == at(lon, k - 1) and at(lat, k) == at(lat, k - 1):
                continue
            if k - begin > 1:
                runs = with_room(runs, n + 1)
                runs[n, 0], runs[n, 1] = begin, k - 1
                n += 1
            begin = k
    return runs[:n]
