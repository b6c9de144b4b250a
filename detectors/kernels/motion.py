"""Where a hull was between reports, and how fast she made good."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from detectors.kernels.fixes import Fixes
from detectors.kernels.geodesy import short_sphere_m, wrap_one_deg
from geodata.jit import at, filler, helper

Int64 = npt.NDArray[np.int64]
Float64 = npt.NDArray[np.float64]
Float32 = npt.NDArray[np.float32]


@helper
def place_at(k: int, t: float, fixes: Fixes) -> tuple[float, float]:
    """Longitude, in [-180, 180), and latitude at t on the straight line from report k to report k + 1."""
    time_s, lon, lat = fixes
    before_s, x, y = at(time_s, k), at(lon, k), at(lat, k)
    span_s = at(time_s, k + 1) - before_s
    share = (t - before_s) / span_s if span_s > 0.0 else 0.0
    return (
        wrap_one_deg(x + wrap_one_deg(at(lon, k + 1) - x) * share),
        y + (at(lat, k + 1) - y) * share,
    )


@helper
def _made_good(fixes: Fixes, window_s: float, bridge_s: float, speed: Float32) -> None:
    """Fill the speeds of one hull."""
    time_s = fixes.time_s
    last = time_s.size - 1
    lo = hi = run = 0
    for k in range(last):
        now_s, next_s = at(time_s, k), at(time_s, k + 1)
        step_s = next_s - now_s
        if step_s > bridge_s:
            run = k + 1
            continue
        middle_s, half_s = 0.5 * (now_s + next_s), 0.5 * max(window_s, step_s)
        from_s, until_s = middle_s - half_s, middle_s + half_s
        lo, hi = max(lo, run), max(hi, k)
        while lo < k and at(time_s, lo + 1) <= from_s:
            lo += 1
        while (
            hi + 1 < last
            and at(time_s, hi + 1) < until_s
            and at(time_s, hi + 2) - at(time_s, hi + 1) <= bridge_s
        ):
            hi += 1
        begin_s, end_s = max(from_s, at(time_s, lo)), min(until_s, at(time_s, hi + 1))
        lon_a, lat_a = place_at(lo, begin_s, fixes)
        lon_b, lat_b = place_at(hi, end_s, fixes)
        distance_m = short_sphere_m(lon_a, lat_a, lon_b, lat_b)
        speed[k] = distance_m / (end_s - begin_s) if end_s > begin_s else 0.0


@filler
def _fill_speeds(offsets: Int64, fixes: Fixes, window_s: float, bridge_s: float, speed: Float32) -> None:
    time_s, lon, lat = fixes
    for h in range(offsets.size - 1):
        hers = slice(offsets[h], offsets[h + 1])  # columns of one hull: indices that begin at 0 are quicker
        _made_good(Fixes(time_s[hers], lon[hers], lat[hers]), window_s, bridge_s, speed[hers])


def speed_made_good(offsets: Int64, fixes: Fixes, window_s: float, bridge_s: float) -> Float32:
    """Return metres per second from each report to the next of the hull.

    The displacement over `window_s` around the middle of the two reports (over their own interval where
    that is longer), divided by its time: noise of position at short intervals is averaged out, and the
    value does not depend on where a grid begins. The window stops at silences longer than `bridge_s`.
    NaN for the last report of a hull and across such a silence.
    """
    speed = np.full(len(fixes.time_s), np.nan, np.float32)
    _fill_speeds(offsets, fixes, window_s, bridge_s, speed)
    return speed


@filler
def _fill_moving(
    time_s: Float64, speed: Float32, least_mps: float, longest_s: float, moving: Float32
) -> None:
    for k in range(time_s.size):
        is_long = k + 1 < time_s.size and at(time_s, k + 1) - at(time_s, k) > longest_s
        if at(speed, k) >= least_mps and not is_long:
            moving[k] = at(speed, k)


def speed_under_way(time_s: Float64, speed: Float32, least_mps: float, longest_s: float) -> Float32:
    """Return speeds, NaN where they are below `least_mps` or between reports over `longest_s` apart."""
    moving = np.full(len(time_s), np.nan, np.float32)
    _fill_moving(time_s, speed, least_mps, longest_s, moving)
    return moving


@helper
def slow_enough(speed_mps: float, max_mps: float) -> bool:
    """Tell whether a speed is known and at most `max_mps`."""
    return not math.isnan(speed_mps) and speed_mps <= max_mps
