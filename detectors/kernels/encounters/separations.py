"""How far apart two segments were while both were observed."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from detectors.kernels.arrays.weighted_quantiles import stayed_m, weighted_quantile
from detectors.kernels.encounters.joining import inside
from detectors.kernels.encounters.relative_motion import (
    AX_M,
    AY_M,
    BEGIN_S,
    BX_M,
    BY_M,
    DOUBT_M,
    END_S,
    STEP_A_S,
    STEP_B_S,
    closest_m,
)
from geodata.jit import helper

Float64 = npt.NDArray[np.float64]

LEAST, MOST = 0.2, 0.8
"""Shares of the time: leaving out a fifth at either end leaves out coming and going."""


@helper
def is_observed(row: Float64, limits_s: tuple[float, float]) -> bool:
    """Return whether reports of both are near enough in time for a stretch to count as contact (rule 5)."""
    return bool(row[STEP_A_S] <= limits_s[0] and row[STEP_B_S] <= limits_s[1])


@helper
def _spread_m(separation_m: Float64, weight_s: Float64) -> float:
    """Return within how many metres the separation was for the middle three fifths of the time."""
    least_m = weighted_quantile(separation_m, weight_s, LEAST)
    return weighted_quantile(separation_m, weight_s, MOST) - least_m


@helper
def separations(
    parts: Float64,
    start_s: float,
    end_s: float,
    limits_s: tuple[float, float],
    radius_m: float,
    stay_s: float,
) -> tuple[float, float, float, float, float, float]:
    """Return measures of the observed time of one encounter within the radius.

    Six numbers: the seconds of it; then in metres the least separation, the one within which the two stayed
    (`stayed_m`), the median, the 95th percentile, and the spread (`_spread_m`). Shares are of that time. NaN
    where nothing was observed.
    """
    separation_m = np.empty(parts.shape[0])
    weight_s = np.empty(parts.shape[0])
    n = 0
    nearest_m, doubt_m = math.inf, 0.0
    for k in range(parts.shape[0]):
        row = parts[k]
        # Only the part within the radius counts, in the time of the encounter. Rule 5: a gap is no contact.
        lo_s, hi_s = inside(row, radius_m)
        if lo_s > hi_s or hi_s < start_s or lo_s > end_s or not is_observed(row, limits_s):
            continue
        # The greatest doubt of all: the separation of a stay is reduced by it, since rounding is not water.
        doubt_m = max(doubt_m, row[DOUBT_M])
        # The least separation is exact, along the whole stretch.
        nearest_m = min(nearest_m, closest_m(row[AX_M], row[AY_M], row[BX_M], row[BY_M], 0.0, 1.0))
        # For quantiles a stretch counts with the separation at the middle of its part, weighted by its
        # time: stretches are short beside an encounter.
        share = (0.5 * (lo_s + hi_s) - row[BEGIN_S]) / (row[END_S] - row[BEGIN_S])
        x_m = row[AX_M] + share * (row[BX_M] - row[AX_M])
        y_m = row[AY_M] + share * (row[BY_M] - row[AY_M])
        separation_m[n] = math.hypot(x_m, y_m)
        weight_s[n] = hi_s - lo_s
        n += 1
    if n == 0:
        return 0.0, nearest_m, math.nan, math.nan, math.nan, math.nan
    separation_m, weight_s = separation_m[:n], weight_s[:n]
    within_m = stayed_m(separation_m, weight_s, stay_s, doubt_m)
    median_m = weighted_quantile(separation_m, weight_s, 0.5)
    p95_m = weighted_quantile(separation_m, weight_s, 0.95)
    return weight_s.sum(), nearest_m, within_m, median_m, p95_m, _spread_m(separation_m, weight_s)
