"""Stops of hulls, and the calls that they belong to: each report is looked at a bounded number of times."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from detectors.kernels.geometry.geodesy import sphere_m
from geodata.jit import at, kernel

if TYPE_CHECKING:
    from detectors.kernels.tracks.fixes import Fixes

Int64 = npt.NDArray[np.int64]
Float64 = npt.NDArray[np.float64]
Float32 = npt.NDArray[np.float32]


@kernel
def stops(offsets: Int64, speed_mps: Float32, stop_mps: float, start_mps: float) -> Int64:
    """Return runs of stopped intervals as (first report, last report) rows, shape (runs, 2).

    A run begins with an interval (one row per report, to the hull's next) at or below `stop_mps` and goes on
    until one above `start_mps` or not known.
    """
    out = np.empty((16, 2), np.int64)
    n = 0
    for h in range(offsets.size - 1):
        begin = -1
        for k in range(offsets[h], offsets[h + 1]):
            speed = at(speed_mps, k)
            if begin < 0 and speed <= stop_mps:
                begin = k
            elif begin >= 0 and not speed <= start_mps:
                if n == out.shape[0]:
                    out = np.concatenate((out, np.empty_like(out)))
                out[n, 0], out[n, 1] = begin, k
                n += 1
                begin = -1
    return out[:n]


@kernel
def calls(
    offsets: Int64,
    fixes: Fixes,
    runs: Int64,
    centre_lon: Float64,
    centre_lat: Float64,
    enter_m: Float64,
    leave_m: Float64,
    bridge_s: float,
) -> Int64:
    """Return calls as (run, first report, last report, runs in it), shape (calls, 4).

    Each run (as of `stops`, in the order of rows) has a centre and two radii: a call spans the reports before
    it inside `enter_m` and after it inside `leave_m`, without a silence longer than `bridge_s`, and takes in
    the runs that begin before it ends. Calls of one hull never overlap.
    """
    time_s, lon, lat = fixes
    out = np.empty((runs.shape[0], 4), np.int64)
    n = 0
    h = 0
    taken_to = -1
    for r in range(runs.shape[0]):
        first, last = runs[r, 0], runs[r, 1]
        if first <= taken_to:
            out[n - 1, 3] += 1
            continue
        while offsets[h + 1] <= first:
            h += 1
        earliest = max(offsets[h], taken_to + 1)
        while (
            first > earliest
            and time_s[first] - time_s[first - 1] <= bridge_s
            and sphere_m(lon[first - 1], lat[first - 1], centre_lon[r], centre_lat[r]) <= enter_m[r]
        ):
            first -= 1
        while (
            last + 1 < offsets[h + 1]
            and time_s[last + 1] - time_s[last] <= bridge_s
            and sphere_m(lon[last + 1], lat[last + 1], centre_lon[r], centre_lat[r]) <= leave_m[r]
        ):
            last += 1
        out[n, 0], out[n, 1], out[n, 2], out[n, 3] = r, first, last, 1
        n += 1
        taken_to = last
    return out[:n]
