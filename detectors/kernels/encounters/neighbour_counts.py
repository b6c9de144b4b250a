"""How many other vessels are near a place at a time."""

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
"""A box this wide excludes nothing: the first report may lie on its other side."""


@helper
def _box_deg(first: int, end: int, fixes: Fixes) -> tuple[float, float, float, float]:
    """Return the box in which a segment was at all times.

    How far west and east of its first report, and its southernmost and northernmost latitude; degrees.
    """
    west_deg, east_deg = 0.0, 0.0
    for k in range(first, end):
        # Counted from the first report, so that a track across 180 degrees is one box.
        east = wrap_one_deg(fixes.lon[k] - fixes.lon[first])
        west_deg, east_deg = min(west_deg, east), max(east_deg, east)
    return west_deg, east_deg, fixes.lat[first:end].min(), fixes.lat[first:end].max()


@helper
def _is_near_box(
    lon: float, lat: float, from_lon: float, box_deg: tuple[float, float, float, float], radius_m: float
) -> bool:
    """Return whether a place may lie within the radius of a box; always so for a box half the world wide."""
    west_deg, east_deg, south, north = box_deg
    # Short of the pole, where a degree of longitude has no length to divide by.
    per_lon, per_lat = metres_per_degree(min(89.9, abs(lat)))
    reach_deg = radius_m / per_lat
    if lat < south - reach_deg or lat > north + reach_deg:
        return False
    # One percent more: the scale is that of the place, and a degree is shorter on its poleward side.
    reach_deg = 1.01 * radius_m / per_lon
    east_of_first_deg = wrap_one_deg(lon - from_lon)
    is_outside = east_of_first_deg < west_deg - reach_deg or east_of_first_deg > east_deg + reach_deg
    return bool(east_deg - west_deg >= HALF_WORLD_DEG or not is_outside)


@kernel
def others_near(
    at_s: Float64,
    at_lon: Float64,
    at_lat: Float64,
    left_out: Int32,
    offsets: Int64,
    vessel: Int32,
    fixes: Fixes,
    speed: Float32,
    radius_m: float,
    max_mps: float,
    most: int,
) -> Int64:
    """Count for each place and time (in the order of time) the slow segments within the radius.

    Counts stop at `most`. `left_out` holds two vessels for each place that do not count; `vessel` is the
    vessel of each segment. A segment is looked up only where the place lies near the box in which it was at
    all times. Units: seconds, degrees, metres, metres per second.
    """
    time_s, lon = fixes.time_s, fixes.lon
    count = np.zeros(at_s.size, np.int64)
    for h in range(offsets.size - 1):
        first, end = offsets[h], offsets[h + 1]
        # Places are in the order of time, so those in the life of a segment are one run.
        lo = np.searchsorted(at_s, time_s[first])
        hi = np.searchsorted(at_s, time_s[end - 1])
        if lo >= hi:
            continue
        box_deg = _box_deg(first, end, fixes)
        for n in range(lo, hi):
            # The cheapest questions come first: enough counted, or one of the two vessels themselves.
            if count[n] >= most or vessel[h] == left_out[n, 0] or vessel[h] == left_out[n, 1]:
                continue
            # A fast bound before the binary search: nearly all segments are elsewhere.
            if not _is_near_box(at_lon[n], at_lat[n], lon[first], box_deg, radius_m):
                continue
            k = last_at_or_before(time_s, first, end, at_s[n])
            # No interval begins at the last report; in an unbridged gap the speed is not known.
            if k == end - 1 or not slow_enough(speed[k], max_mps):
                continue
            other_lon, other_lat = place_at(k, at_s[n], fixes)
            x_m, y_m = plane_m(other_lon, other_lat, at_lon[n], at_lat[n])
            # Squared distances are compared: no root is needed.
            count[n] += 1 if x_m * x_m + y_m * y_m <= radius_m * radius_m else 0
    return count
