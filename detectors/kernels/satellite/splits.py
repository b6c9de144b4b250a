"""A loop over the reports between two joint passes: did anyone see the two hulls apart meanwhile."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from detectors.kernels.satellite.moments import END, FIRST, WIDEST_M
from geodata.jit import helper, kernel

Int64 = npt.NDArray[np.int64]
Float64 = npt.NDArray[np.float64]
Bool = npt.NDArray[np.bool_]


@helper
def _is_explained(report: int, side: int, between: Int64, moments: Float64) -> bool:
    """Tell whether a report belongs to one of the passes between that show both near one another."""
    for p in range(between.shape[0]):
        moment = between[p, side]
        if moments[moment, FIRST] <= report < moments[moment, END]:
            return True
    return False


@helper
def _was_heard(at_s: float, first: int, end: int, time_s: Float64, pair_s: float) -> bool:
    """Tell whether any report of some neighbouring rows lies within `pair_s` of a time."""
    k = first + np.searchsorted(time_s[first:end], at_s - pair_s)
    return bool(k < end and time_s[k] <= at_s + pair_s)


@kernel
def are_parted(
    last: Int64,
    row: Int64,
    pairs: Int64,
    seen: Float64,
    moments: Float64,
    time_s: Float64,
    near_m: float,
    pair_s: float,
) -> Bool:
    """Tell for passes `last` and `row` of one pair whether reports between them show the two apart.

    That is a report of either that no pass within `near_m` explains, within `pair_s` of one of the other's.
    """
    parted = np.zeros(last.size, np.bool_)
    for n in range(last.size):
        before, after = pairs[last[n]], pairs[row[n]]
        passes = slice(last[n] + 1, row[n])
        between = pairs[passes][seen[passes, WIDEST_M] <= near_m]
        for side in range(2):
            first, end = int(moments[before[side], END]), int(moments[after[side], FIRST])
            other_first, other_end = int(moments[before[1 - side], END]), int(moments[after[1 - side], FIRST])
            if other_first >= other_end:
                continue
            for k in range(first, end):
                if parted[n]:
                    break
                if not _is_explained(k, side, between, moments):
                    parted[n] = _was_heard(time_s[k], other_first, other_end, time_s, pair_s)
    return parted
