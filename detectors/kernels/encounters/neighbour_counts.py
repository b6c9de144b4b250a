"""How many others are near a place at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from detectors.kernels.encounters.relative_motion import last_at_or_before
from detectors.kernels.geometry.geodesy import metres_per_degree, plane_m, wrap_one_deg
from detectors.kernels.tracks.motion import place_at, slow_enough
from geodata.jit import helper, kernel

if TYPE_CHECKING:
    from detectors.kernels.tracks.fixes import Fixes

Int64 = npt.NDArray[np.int64]
Int32 = npt.NDArray[np.int32]
Float64 = npt.NDArray[np.float64]
Float32 = npt.NDArray[np.float32]

HALF_WORLD_DEG = 170.0
"""A box so wide says nothing: her first report may lie on its other side."""


@helper
def _box_deg(first: int, end: int, fixes: Fixes) -> tuple[float, float, float, float]:
    """Return the box that a hull ever was in: how far west and east of her first report, south and north."""
    west_deg, east_deg = 0.0, 0.0
    for k in range(first, end):
        east = wrap_one_deg(fixes.lon[k] - fixes.lon[first])
        west_deg, east_deg = min(west_deg, east), max(east_deg, east)
    return west_deg, east_deg, fixes.lat[first:end].min(), fixes.lat[first:end].max()


@helper
def _is_near_box(
    lon: float, lat: float, from_lon: float, box_deg: tuple[float, float, float, float], radius_m: float
) -> bool:
    """Tell whether a place may lie within the radius of a box; so it may of one that is half the world."""
    west_deg, east_deg, south, north = box_deg
    per_lon, per_lat = metres_per_degree(min(89.9, abs(lat)))
    reach_deg = radius_m / per_lat
    if lat < south - reach_deg or lat > north + reach_deg:
        return False
    reach_deg = 1.01 * radius_m / per_lon
    aside_deg = wrap_one_deg(lon - from_lon)
    is_aside = aside_deg < west_deg - reach_deg or aside_deg > east_deg + reach_deg
    return bool(east_deg - west_deg >= HALF_WORLD_DEG or not is_aside)


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
    time_s, lon = fixes.time_s, fixes.lon
    count = np.zeros(at_s.size, np.int64)
    for h in range(offsets.size - 1):
        first, end = offsets[h], offsets[h + 1]
        lo = np.searchsorted(at_s, time_s[first])
        hi = np.searchsorted(at_s, time_s[end - 1])
        if lo >= hi:
            continue
        box_deg = _box_deg(first, end, fixes)
        for n in range(lo, hi):
            if count[n] >= most or vessel[h] == but[n, 0] or vessel[h] == but[n, 1]:
                continue
            if not _is_near_box(at_lon[n], at_lat[n], lon[first], box_deg, radius_m):
                continue
            k = last_at_or_before(time_s, first, end, at_s[n])
            if k == end - 1 or not slow_enough(speed[k], max_mps):
                continue
            her_lon, her_lat = place_at(k, at_s[n], fixes)
            x_m, y_m = plane_m(her_lon, her_lat, at_lon[n], at_lat[n])
            count[n] += 1 if x_m * x_m + y_m * y_m <= radius_m * radius_m else 0
    return count
