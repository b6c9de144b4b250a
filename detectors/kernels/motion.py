"""Where a hull was between reports, and how fast she made good."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from detectors.kernels.geodesy import short_sphere_m, wrap_one_deg
from geodata.jit import helper, kernel

Int64 = npt.NDArray[np.int64]
Float64 = npt.NDArray[np.float64]
Float32 = npt.NDArray[np.float32]


@helper
def place_at(k: int, t: float, time_s: Float64, lon: Float64, lat: Float64) -> tuple[float, float]:
    """Longitude, in [-180, 180), and latitude at t on the straight line from report k to report k + 1."""
    span_s = time_s[k + 1] - time_s[k]
    share = (t - time_s[k]) / span_s if span_s > 0.0 else 0.0
    return (
        wrap_one_deg(lon[k] + wrap_one_deg(lon[k + 1] - lon[k]) * share),
        lat[k] + (lat[k + 1] - lat[k]) * share,
    )


@helper
def _made_good(
    time_s: Float64, lon: Float64, lat: Float64, window_s: float, bridge_s: float, speed: Float32
) -> None:
    """Fill the speeds of one hull."""
    last = time_s.size - 1
    lo = hi = run = 0
    for k in range(last):
        step_s = time_s[k + 1] - time_s[k]
        if step_s > bridge_s:
            run = k + 1
            continue
        middle_s, half_s = 0.5 * (time_s[k] + time_s[k + 1]), 0.5 * max(window_s, step_s)
        lo, hi = max(lo, run), max(hi, k)
        while lo < k and time_s[lo + 1] <= middle_s - half_s:
            lo += 1
        while (
            hi + 1 < last
            and time_s[hi + 1] < middle_s + half_s
            and time_s[hi + 2] - time_s[hi + 1] <= bridge_s
        ):
            hi += 1
        begin_s, end_s = max(middle_s - half_s, time_s[lo]), min(middle_s + half_s, time_s[hi + 1])
        lon_a, lat_a = place_at(lo, begin_s, time_s, lon, lat)
        lon_b, lat_b = place_at(hi, end_s, time_s, lon, lat)
        distance_m = short_sphere_m(lon_a, lat_a, lon_b, lat_b)
        speed[k] = distance_m / (end_s - begin_s) if end_s > begin_s else 0.0


@kernel
def speed_made_good(
    offsets: Int64, time_s: Float64, lon: Float64, lat: Float64, window_s: float, bridge_s: float
) -> Float32:
    """Return metres per second from each report to the next of the hull.

    The displacement over `window_s` around the middle of the two reports (over their own interval where
    that is longer), divided by its time: noise of position at short intervals is averaged out, and the
    value does not depend on where a grid begins. The window stops at silences longer than `bridge_s`.
    NaN for the last report of a hull and across such a silence.
    """
    speed = np.full(time_s.size, np.nan, np.float32)
    for h in range(offsets.size - 1):
        hers = slice(offsets[h], offsets[h + 1])  # columns of one hull: indices that begin at 0 are quicker
        _made_good(time_s[hers], lon[hers], lat[hers], window_s, bridge_s, speed[hers])
    return speed


@helper
def slow_enough(speed_mps: float, max_mps: float) -> bool:
    """Tell whether a speed is known and at most `max_mps`."""
    return not math.isnan(speed_mps) and speed_mps <= max_mps
