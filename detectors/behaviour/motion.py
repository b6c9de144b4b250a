"""Motion of a vessel in each window: positions, speeds and courses at equal steps, and their sums."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from detectors.behaviour.windows import WINDOW_S
from detectors.core.angles import wrapped_deg
from detectors.core.units import HOUR_S, KNOT_MPS, MINUTE_S
from detectors.kernels.geometry.geodesy import plane_m
from detectors.kernels.tracks.resample import resampled
from geodata.sun import is_night

if TYPE_CHECKING:
    import numpy.typing as npt

    from detectors.behaviour.windows import Windows
    from detectors.tracks.reports import Float64
    from detectors.tracks.tracks import Segments

STEP_S = 10 * MINUTE_S
"""Motion is measured over this step, so that a report every 10 s and one every 10 min give the same."""

STEPS = round(WINDOW_S / STEP_S) + 1
STOPPED_KN, SLOW_KN = 1.0, 5.0
SLOW_STEPS_MIN = 6
"""An hour: from less slow time the share by night is not measured."""


@dataclass(frozen=True, eq=False)
class Motion:
    """Steps of windows, shape (windows, steps): time and position at the begin, and distance made good.

    NaN where a step is not known.
    """

    time_s: Float64
    lon_deg: Float64
    lat_deg: Float64
    east_m: Float64
    north_m: Float64

    @property
    def speed_kn(self) -> Float64:
        """Speed made good over each step, knots."""
        return np.hypot(self.east_m, self.north_m) / (STEP_S * KNOT_MPS)

    @property
    def course_deg(self) -> Float64:
        """Course made good over each step, degrees from north."""
        return np.degrees(np.arctan2(self.east_m, self.north_m))


def motion_of(segments: Segments, windows: Windows) -> Motion:
    """Return how the vessels moved."""
    lon, lat = resampled(segments.fixes, windows.first, windows.last, STEP_S, STEPS)
    east_m, north_m = plane_m(lon[:, :-1], lat[:, :-1], lon[:, 1:], lat[:, 1:])
    time_s = segments.time_s[windows.first][:, None] + np.arange(STEPS - 1) * STEP_S
    return Motion(time_s, wrapped_deg(lon[:, :-1]), lat[:, :-1], east_m, north_m)


def motion_features(motion: Motion) -> dict[str, Float64]:
    """Return the features of motion alone, by name."""
    speed_kn, known = motion.speed_kn, np.isfinite(motion.east_m)
    low, middle, high, fast = _quantiles(speed_kn, (0.25, 0.5, 0.75, 0.9))
    sailed_m = np.nansum(np.hypot(motion.east_m, motion.north_m), axis=1)
    made_good_m = np.hypot(np.nansum(motion.east_m, axis=1), np.nansum(motion.north_m, axis=1))
    return {
        "median_speed_kn": middle,
        "fast_speed_kn": fast,
        "speed_spread_kn": high - low,
        "stopped_share": _share(speed_kn < STOPPED_KN, known),
        "slow_share": _share((speed_kn >= STOPPED_KN) & (speed_kn < SLOW_KN), known),
        "straightness": made_good_m / np.maximum(sailed_m, 1.0),
        "turning_deg_per_h": _turning(motion),
        "slow_night_share": _slow_by_night(motion, speed_kn),
    }


def _quantiles(rows: Float64, shares: tuple[float, ...]) -> list[Float64]:
    """Return quantiles of each row without its NaN: as `np.nanquantile`, which goes row by row in Python."""
    in_order = np.sort(rows, axis=1)  # NaN last
    last = np.maximum(np.isfinite(rows).sum(axis=1) - 1, 0)
    quantiles = []
    for share in shares:
        place = share * last
        below = np.floor(place).astype(np.int64)
        either = below, np.minimum(below + 1, last)
        low, high = (np.take_along_axis(in_order, n[:, None], 1)[:, 0] for n in either)
        quantiles.append(np.asarray(low + (high - low) * (place - below)))
    return quantiles


def _share(which: npt.NDArray[np.bool_], known: npt.NDArray[np.bool_]) -> Float64:
    return np.asarray(which.sum(axis=1) / np.maximum(known.sum(axis=1), 1), dtype=np.float64)


def _turning(motion: Motion) -> Float64:
    """Return how much the course changed per hour under way."""
    moving = motion.speed_kn > STOPPED_KN
    both = moving[:, 1:] & moving[:, :-1]
    turned = np.abs(wrapped_deg(np.diff(motion.course_deg, axis=1)))
    steps = np.maximum(both.sum(axis=1), 1)
    turned_deg = np.where(both, turned, 0.0).sum(axis=1)
    return np.asarray(turned_deg / (steps * STEP_S / HOUR_S), dtype=np.float64)


def _slow_by_night(motion: Motion, speed_kn: Float64) -> Float64:
    slow = speed_kn < SLOW_KN
    night = np.zeros(slow.shape, dtype=np.bool_)
    night[slow] = is_night(motion.lon_deg[slow], motion.lat_deg[slow], motion.time_s[slow])
    steps = slow.sum(axis=1)
    return np.where(steps >= SLOW_STEPS_MIN, night.sum(axis=1) / np.maximum(steps, 1), np.nan)
