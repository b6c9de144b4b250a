"""How many others are near a place at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from detectors.kernels.geodesy import metres_per_degree, plane_m, wrap_one_deg
from detectors.kernels.motion import place_at, slow_enough
from detectors.kernels.stretches import last_at_or_before
from geodata.jit import kernel

if TYPE_CHECKING:
    from detectors.kernels.fixes import Fixes

Int64 = npt.NDArray[np.int64]
Int32 = npt.NDArray[np.int32]
Float64 = npt.NDArray[np.float64]
Float32 = npt.NDArray[np.float32]


@kernel
def others_near(
    at_s: Float64,
    at_lon: Float64,
    at_lat: Float64,
    but: Int32,
    offsets: Int64,
    vessel: Int32,
    fixes: Fixes,
    speed: Float32,
    radius_m: float,
    max_mps: float,
    most: int,
) -> Int64:
    """Count for each place and time (in the order of time) the slow hulls within the radius, up to `most`.

    `but` holds two vessels for each that do not count; `vessel` is that of each hull. A hull is looked up
    only where the place lies in the box that she ever was in.
    """
    time_s, lon, lat = fixes
    count = np.zeros(at_s.size, np.int64)
    for h in range(offsets.size - 1):
        first, end = offsets[h], offsets[h + 1]
        lo = np.searchsorted(at_s, time_s[first])
        hi = np.searchsorted(at_s, time_s[end - 1])
        if lo >= hi:
            continue
        south, north = lat[first:end].min(), lat[first:end].max()
        west_deg, east_deg = 0.0, 0.0
        for k in range(first, end):
            east = wrap_one_deg(lon[k] - lon[first])
            west_deg, east_deg = min(west_deg, east), max(east_deg, east)
        for n in range(lo, hi):
            if count[n] >= most or vessel[h] == but[n, 0] or vessel[h] == but[n, 1]:
                continue
            per_lon, per_lat = metres_per_degree(min(89.9, abs(at_lat[n])))
            reach_deg = radius_m / per_lat
            if at_lat[n] < south - reach_deg or at_lat[n] > north + reach_deg:
                continue
            reach_deg = 1.01 * radius_m / per_lon
            aside_deg = wrap_one_deg(at_lon[n] - lon[first])
            if east_deg - west_deg < 170.0 and (
                aside_deg < west_deg - reach_deg or aside_deg > east_deg + reach_deg
            ):
                continue
            k = last_at_or_before(time_s, first, end, at_s[n])
            if k == end - 1 or not slow_enough(speed[k], max_mps):
                continue
            her_lon, her_lat = place_at(k, at_s[n], fixes)
            x_m, y_m = plane_m(her_lon, her_lat, at_lon[n], at_lat[n])
            count[n] += 1 if x_m * x_m + y_m * y_m <= radius_m * radius_m else 0
    return count
