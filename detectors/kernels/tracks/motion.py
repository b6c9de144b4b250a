"""Where a segment was between reports, and whether it was slow."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from detectors.kernels.geometry.geodesy import wrap_one_deg
from geodata.jit import at, filler, helper

if TYPE_CHECKING:
    from detectors.kernels.tracks.fixes import Fixes

Float64 = npt.NDArray[np.float64]
Float32 = npt.NDArray[np.float32]


@helper
def place_at(k: int, t: float, fixes: Fixes) -> tuple[float, float]:
    """Return longitude, in [-180, 180), and latitude at t on the straight line from report k to k + 1."""
    time_s, lon, lat = fixes
    before_s, x, y = at(time_s, k), at(lon, k), at(lat, k)
    span_s = at(time_s, k + 1) - before_s
    # Two reports of one instant have no time between them: the first one counts.
    share = (t - before_s) / span_s if span_s > 0.0 else 0.0
    # By the shorter way across 180 degrees.
    return (
        wrap_one_deg(x + wrap_one_deg(at(lon, k + 1) - x) * share),
        y + (at(lat, k + 1) - y) * share,
    )


@filler
def _fill_moving(
    time_s: Float64, speed: Float32, least_mps: float, longest_s: float, moving: Float32
) -> None:
    for k in range(time_s.size):
        is_long = k + 1 < time_s.size and at(time_s, k + 1) - at(time_s, k) > longest_s
        if at(speed, k) >= least_mps and not is_long:
            moving[k] = at(speed, k)


def speed_under_way(time_s: Float64, speed: Float32, least_mps: float, longest_s: float) -> Float32:
    """Return speeds, NaN where they are below `least_mps` or between reports over `longest_s` apart.

    `time_s` and `speed` (metres per second) are columns of one length.
    """
    moving = np.full(len(time_s), np.nan, np.float32)
    _fill_moving(time_s, speed, least_mps, longest_s, moving)
    return moving


@helper
def slow_enough(speed_mps: float, max_mps: float) -> bool:
    """Return whether a speed is known and at most `max_mps`."""
    return not math.isnan(speed_mps) and speed_mps <= max_mps
