"""Stops of segments, and the calls that they belong to: a report is looked at a bounded number of times."""

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

    An interval (one per report, to the next of the segment) at or below `stop_mps` begins a run. It goes on
    until one above `start_mps`, or one whose speed is not known.
    """
    out = np.empty((16, 2), np.int64)
    n = 0
    for h in range(offsets.size - 1):
        begin = -1
        for k in range(offsets[h], offsets[h + 1]):
            speed = at(speed_mps, k)
            # Rule 1: two speeds, so that noise around one limit does not cut a stop into pieces.
            if begin < 0 and speed <= stop_mps:
                begin = k
            # Negated: an unknown speed (NaN: a gap, or the last report) ends the stop too.
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

    Each run (as of `stops`, in the order of rows) has a centre (degrees) and two radii (metres). A call spans
    the reports before the run inside `enter_m` and after it inside `leave_m`, without a gap longer than
    `bridge_s`. It takes in the runs that begin before it ends. Calls of one segment never overlap.
    """
    time_s, lon, lat = fixes
    out = np.empty((runs.shape[0], 4), np.int64)
    n = 0
    h = 0
    taken_to = -1
    for r in range(runs.shape[0]):
        first, last = runs[r, 0], runs[r, 1]
        # Rule 4: a further stop before the end of the call belongs to it.
        if first <= taken_to:
            out[n - 1, 3] += 1
            continue
        # Runs are in the order of rows, so the segment is found without a search.
        while offsets[h + 1] <= first:
            h += 1
        # A report belongs to one call only. This also bounds the work: none is passed twice backwards.
        earliest = max(offsets[h], taken_to + 1)
        # Rule 3: the call begins with the first of the reports before the stop that are all inside. Rule 5:
        # a longer gap ends it. The walk goes backwards because arrival is known only from the stop.
        while (
            first > earliest
            and time_s[first] - time_s[first - 1] <= bridge_s
            and sphere_m(lon[first - 1], lat[first - 1], centre_lon[r], centre_lat[r]) <= enter_m[r]
        ):
            first -= 1
        # Rule 4: it ends with the last of the reports after the stop that are all inside the larger radius.
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
