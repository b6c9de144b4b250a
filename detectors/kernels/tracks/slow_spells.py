"""Reports of segments that go slowly: the spells, and how the segment lay in each (loitering)."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from detectors.kernels.geometry.geodesy import scale_at, wrap_one_deg
from detectors.kernels.tracks.motion import slow_enough
from geodata.jit import at, helper, kernel

if TYPE_CHECKING:
    from detectors.kernels.tracks.fixes import Fixes

Int64 = npt.NDArray[np.int64]
Float64 = npt.NDArray[np.float64]
Float32 = npt.NDArray[np.float32]


@kernel
def slow_spells(
    time_s: Float64, speed_mps: Float32, enter_mps: float, leave_mps: float, observed_max_s: float
) -> tuple[Int64, Float64]:
    """Return runs of intervals at `leave_mps` or less, and for how long each went at `enter_mps` or less.

    Runs as (first, last) reports, shape (runs, 2); seconds of lingering. `speed_mps` is to the next report,
    NaN at the last one of a segment. Intervals longer than `observed_max_s` are not counted as time.
    """
    runs = np.empty((16, 2), np.int64)
    lingering_s = np.empty(16)
    n, first, total_s = 0, -1, 0.0
    for k in range(time_s.size):
        speed = at(speed_mps, k)
        # Rule 1: slow from report to report.
        if slow_enough(speed, leave_mps):
            if first < 0:
                first, total_s = k, 0.0
            step_s = at(time_s, k + 1) - at(time_s, k)
            # Rule 2: lingering is observed and slower still; a long interval is elapsed time, never
            # lingering.
            if speed <= enter_mps and step_s <= observed_max_s:
                total_s += step_s
        # Rule 1: a faster interval ends the spell, and so does a gap, whose speed is not known.
        elif first >= 0:
            if n == runs.shape[0]:
                runs = np.concatenate((runs, np.empty_like(runs)))
                lingering_s = np.concatenate((lingering_s, np.empty_like(lingering_s)))
            runs[n, 0], runs[n, 1], lingering_s[n] = first, k, total_s
            n += 1
            first = -1
    return runs[:n], lingering_s[:n]


@helper
def _from_middle_m(lon: Float64, lat: Float64, distance_m: Float64) -> tuple[float, float]:
    """Fill in how far reports lie from the median place, in metres; return that place.

    As degrees east of the first report, and latitude.
    """
    east_deg = np.empty(lon.size)
    for k in range(lon.size):
        # Counted from the first report, so that a spell across 180 degrees has its middle there.
        east_deg[k] = wrap_one_deg(lon[k] - lon[0])
    # The median and not the mean: one wild position does not move it.
    middle_east_deg, middle_lat = float(np.median(east_deg)), float(np.median(lat))
    for k in range(lon.size):
        # The plane that touches halfway.
        per_lon, per_lat = scale_at(0.5 * (lat[k] + middle_lat))
        x, y = (east_deg[k] - middle_east_deg) * per_lon, (lat[k] - middle_lat) * per_lat
        distance_m[k] = math.sqrt(x * x + y * y)
    return middle_east_deg, middle_lat


@helper
def lies_within(lon: Float64, lat: Float64, share: float, within_m: float) -> bool:
    """Return whether a share of some reports of one segment lies within metres of their median place."""
    distance_m = np.empty(lon.size)
    _from_middle_m(lon, lat, distance_m)
    return bool((distance_m <= within_m).sum() >= share * lon.size)


@kernel
def spell_measures(runs: Int64, fixes: Fixes) -> Float64:
    """Return longitude and latitude of the middle of each run, and how the segment lay around it.

    Shape (runs, 5). The middle is the median of both, in degrees. Then metres from the first report to the
    last, metres from the middle to the farthest report, and the seconds of the longest interval.
    """
    time_s, lon, lat = fixes
    out = np.empty((runs.shape[0], 5))
    for n in range(runs.shape[0]):
        first, last = runs[n, 0], runs[n, 1]
        own = slice(first, last + 1)
        distance_m = np.empty(last - first + 1)
        middle_east_deg, middle_lat = _from_middle_m(lon[own], lat[own], distance_m)
        longest_s = 0.0
        for k in range(first, last):
            longest_s = max(longest_s, time_s[k + 1] - time_s[k])
        per_lon, per_lat = scale_at(0.5 * (lat[first] + lat[last]))
        east_m = wrap_one_deg(lon[last] - lon[first]) * per_lon
        out[n, 0], out[n, 1] = wrap_one_deg(lon[first] + middle_east_deg), middle_lat
        out[n, 2] = math.hypot(east_m, (lat[last] - lat[first]) * per_lat)
        out[n, 3], out[n, 4] = distance_m.max(), longest_s
    return out
