"""Reports between two joint passes: were the two segments observed apart meanwhile."""

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
    """Return whether a report belongs to one of the passes between that show both near one another."""
    for p in range(between.shape[0]):
        moment = between[p, side]
        if moments[moment, FIRST] <= report < moments[moment, END]:
            return True
    return False


@helper
def _was_heard(at_s: float, first: int, end: int, time_s: Float64, pair_s: float) -> bool:
    """Return whether any report among the rows `first` to `end` lies within `pair_s` of a time."""
    k = first + np.searchsorted(time_s[first:end], at_s - pair_s)
    return bool(k < end and time_s[k] <= at_s + pair_s)


@kernel
def are_split(
    before_pass: Int64,
    after_pass: Int64,
    pairs: Int64,
    comparisons: Float64,
    moments: Float64,
    time_s: Float64,
    near_m: float,
    pair_s: float,
) -> Bool:
    """Return for two passes of one pair whether reports between them show the two apart.

    `before_pass` and `after_pass` are rows of `pairs`. The two were apart where a report of either that no
    pass within `near_m` explains lies within `pair_s` seconds of one of the other's.
    """
    split = np.zeros(before_pass.size, np.bool_)
    for n in range(before_pass.size):
        before_moments, after_moments = pairs[before_pass[n]], pairs[after_pass[n]]
        passes = slice(before_pass[n] + 1, after_pass[n])
        # Passes of a pair stand in the order of time: those between that never went beyond `near_m`.
        between = pairs[passes][comparisons[passes, WIDEST_M] <= near_m]
        for side in range(2):
            # Reports after the one pass and before the other, of each of the two.
            first, end = int(moments[before_moments[side], END]), int(moments[after_moments[side], FIRST])
            other_first, other_end = (
                int(moments[before_moments[1 - side], END]),
                int(moments[after_moments[1 - side], FIRST]),
            )
            # Without a report of the other nothing was observed of both at one time.
            if other_first >= other_end:
                continue
            for k in range(first, end):
                if split[n]:
                    break
                # Both heard at one time, and no near pass covers it: they were farther apart than `near_m`.
                if not _is_explained(k, side, between, moments):
                    split[n] = _was_heard(time_s[k], other_first, other_end, time_s, pair_s)
    return split
