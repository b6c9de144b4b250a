"""Part the hulls that share a number."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from detectors.kernels.geodesy import sphere_m, wrap_one_deg
from geodata.jit import helper, kernel

Int64 = npt.NDArray[np.int64]
Int32 = npt.NDArray[np.int32]
Float64 = npt.NDArray[np.float64]

DEGREE_MAX_M = 111_200.0
"""No degree of a great circle is longer on the sphere of `sphere_m`."""


@helper
def _is_near(lon_a: float, lat_a: float, lon_b: float, lat_b: float, within_m: float) -> bool:
    """Tell that the way along the meridian and then the parallel is short enough, so the shortest is too."""
    return (abs(lat_b - lat_a) + abs(wrap_one_deg(lon_b - lon_a))) * DEGREE_MAX_M <= within_m


@kernel
def part_hulls(
    offsets: Int64,
    time_s: Float64,
    lon: Float64,
    lat: Float64,
    max_speed_mps: float,
    slack_m: float,
    max_hulls: int,
) -> Int32:
    """Give each report of a vessel the number (0, 1, ...) of a hull that can have sent it.

    A report joins the hull from whose last report it can be reached at `max_speed_mps`, `slack_m` of
    position error allowed; of several, the one that asks for the least speed. If none can be,
    it begins a new hull. When `max_hulls` are open, the one heard longest ago is closed. Linear in reports.
    """
    segment = np.zeros(time_s.size, np.int32)
    open_row = np.empty(max_hulls, np.int64)
    open_name = np.empty(max_hulls, np.int32)
    for g in range(offsets.size - 1):
        n_open = 0
        names = 0
        for k in range(offsets[g], offsets[g + 1]):
            best = -1
            best_speed = math.inf
            for h in range(n_open):
                row = open_row[h]
                dt_s = time_s[k] - time_s[row]
                if n_open == 1 and _is_near(
                    lon[row], lat[row], lon[k], lat[k], slack_m + max_speed_mps * dt_s
                ):
                    best = h
                    break
                distance_m = sphere_m(lon[row], lat[row], lon[k], lat[k])
                if distance_m > slack_m + max_speed_mps * dt_s:
                    continue
                speed = distance_m / max(dt_s, 1.0)
                if speed < best_speed:
                    best, best_speed = h, speed
            if best < 0:
                if n_open < max_hulls:
                    best = n_open
                    n_open += 1
                else:
                    best = 0
                    for h in range(1, max_hulls):
                        if time_s[open_row[h]] < time_s[open_row[best]]:
                            best = h
                open_name[best] = names
                names += 1
            open_row[best] = k
            segment[k] = open_name[best]
    return segment
