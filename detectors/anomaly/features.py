"""Named features of what one hull did in a window of time, robust to how often she reported."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from detectors.angles import unwrapped_deg, wrapped_deg
from detectors.kernels.geodesy import plane_m
from detectors.units import HOUR_S, KNOT_MPS, MINUTE_S

if TYPE_CHECKING:
    from detectors.tracks.reports import Float64
    from detectors.tracks.tracks import Hulls

WINDOW_S = 12 * HOUR_S
"""Half a day: a watch-keeping day's worth of sailing, fishing or lying at anchor."""

STEP_S = 10 * MINUTE_S
"""Motion is looked at over this step, so that a report every 10 s and one every 10 min say the same."""

REPORTS_MIN = 6
"""A window with fewer reports says too little."""

STOPPED_KN, SLOW_KN = 1.0, 5.0

FEATURES = (
    "median_speed_kn",
    "fast_speed_kn",
    "speed_spread_kn",
    "stopped_share",
    "slow_share",
    "straightness",
    "turning_deg_per_h",
    "longest_silence_h",
    "reports_per_h_log10",
)
"""In the order of the columns. Speeds are made good over ten minutes; `fast` is their 90th percentile,
`spread` the range of their middle half; shares are of time; straightness is displacement over distance
sailed; turning counts only under way."""


def window_features(hulls: Hulls, hull: int, end_s: float) -> Float64 | None:
    """Return the features of a hull's last `WINDOW_S` before a time; None where she reported too little."""
    first, last = int(hulls.offsets[hull]), int(hulls.offsets[hull + 1])
    times = hulls.time_s[first:last]
    lo, hi = np.searchsorted(times, (end_s - WINDOW_S, end_s), side="left")
    hi = min(len(times), int(hi) + 1)
    if hi - lo < REPORTS_MIN or times[hi - 1] - times[lo] < WINDOW_S / 3:
        return None
    part = slice(first + int(lo), first + hi)
    return _features(hulls.time_s[part], unwrapped_deg(hulls.lon_deg[part]), hulls.lat_deg[part])


def _features(time_s: Float64, lon: Float64, lat: Float64) -> Float64:
    at = np.arange(time_s[0], time_s[-1], STEP_S)
    x, y = np.interp(at, time_s, lon), np.interp(at, time_s, lat)
    east_m, north_m = plane_m(x[:-1], y[:-1], x[1:], y[1:])
    step_m = np.hypot(east_m, north_m)
    speed_kn = step_m / STEP_S / KNOT_MPS
    course = np.degrees(np.arctan2(east_m, north_m))
    moving = (speed_kn[:-1] > STOPPED_KN) & (speed_kn[1:] > STOPPED_KN)
    turned = np.abs(wrapped_deg(np.diff(course)))[moving]
    low, middle, high, fast = np.quantile(speed_kn, (0.25, 0.5, 0.75, 0.9))
    hours = (time_s[-1] - time_s[0]) / HOUR_S
    return np.array(
        [
            middle,
            fast,
            high - low,
            (speed_kn < STOPPED_KN).mean(),
            ((speed_kn >= STOPPED_KN) & (speed_kn < SLOW_KN)).mean(),
            np.hypot(east_m.sum(), north_m.sum()) / max(step_m.sum(), 1.0),
            turned.sum() / max(moving.sum() * STEP_S / HOUR_S, STEP_S / HOUR_S),
            np.diff(time_s).max() / HOUR_S,
            np.log10(len(time_s) / hours),
        ]
    )


def training_windows(hulls: Hulls, stride_s: float = WINDOW_S / 2) -> Float64:
    """Return the features of windows along every hull, shape (windows, features)."""
    rows = []
    for hull in range(len(hulls)):
        start_s = float(hulls.time_s[hulls.offsets[hull]])
        last_s = float(hulls.time_s[hulls.offsets[hull + 1] - 1])
        for end_s in np.arange(start_s + WINDOW_S, last_s + stride_s, stride_s):
            found = window_features(hulls, hull, float(end_s))
            if found is not None:
                rows.append(found)
    return np.array(rows).reshape(-1, len(FEATURES))
