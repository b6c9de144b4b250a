"""A loop over the ways of two hulls through their meetings: where it was, and how alike they moved."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from detectors.kernels.geometry.geodesy import plane_m, wrap_one_deg
from detectors.kernels.tracks.motion import place_at
from geodata.jit import helper, kernel

if TYPE_CHECKING:
    from detectors.kernels.tracks.fixes import Fixes

Int64 = npt.NDArray[np.int64]
Float64 = npt.NDArray[np.float64]

LON_DEG, LAT_DEG, MADE_GOOD_1_M, MADE_GOOD_2_M, RELATIVE_MPS, ALIKE, ASIDE = range(7)
"""Columns of a pair of ways: the middle of the meeting; how far each got; the median of their relative speed;
how alike they moved (1: the same, 0: nothing in common, NaN where either lay still); the sine of the angle
between their common way and the line from one to the other."""

COLUMNS = 7


@helper
def _places(first: int, end: int, at_s: Float64, fixes: Fixes) -> tuple[Float64, Float64]:
    """Return longitudes and latitudes of one way at ascending times; beyond its ends she lies still."""
    time_s, lon, lat = fixes
    x, y = np.empty(at_s.size), np.empty(at_s.size)
    k = first
    for n in range(at_s.size):
        while k + 1 < end and time_s[k + 1] <= at_s[n]:
            k += 1
        if k + 1 == end or at_s[n] <= time_s[k]:
            x[n], y[n] = lon[k], lat[k]
        else:
            x[n], y[n] = place_at(k, at_s[n], fixes)
    return x, y


@helper
def _times(rows: Int64, start_s: float, end_s: float, time_s: Float64) -> Float64:
    """Return the times at which either reported during a span, and its ends, each once, ascending."""
    i, end_i, j, end_j = rows
    at_s = np.empty(end_i - i + end_j - j + 2)
    at_s[0] = start_s
    n = 1
    while i < end_i or j < end_j:
        if j == end_j or (i < end_i and time_s[i] <= time_s[j]):
            next_s = time_s[i]
            i += 1
        else:
            next_s = time_s[j]
            j += 1
        if at_s[n - 1] < next_s < end_s:
            at_s[n] = next_s
            n += 1
    if end_s > at_s[n - 1]:
        at_s[n] = end_s
        n += 1
    return at_s[:n]


@helper
def _instants(start_s: float, end_s: float, step_s: float) -> Float64:
    """Return instants a step apart from the beginning of a span; its two ends where it is shorter."""
    at_s = np.arange(start_s, end_s, step_s)
    return at_s if at_s.size > 1 else np.array([start_s, end_s])


@helper
def _middle(lon_1: Float64, lat_1: Float64, lon_2: Float64, lat_2: Float64) -> tuple[float, float]:
    """Return the mean of the places halfway between two, at each of several times."""
    east = 0.0
    for n in range(lon_1.size):
        halfway = lon_1[n] + 0.5 * wrap_one_deg(lon_2[n] - lon_1[n])
        east += wrap_one_deg(halfway - lon_1[0])
    return wrap_one_deg(lon_1[0] + east / lon_1.size), float((0.5 * (lat_1 + lat_2)).mean())


@helper
def _motion(
    at_s: Float64, way_1: tuple[Float64, Float64], way_2: tuple[Float64, Float64], moved_min_m: float
) -> tuple[float, float, float]:
    """Return relative speed, likeness and the sine of the angle aside: see the columns above."""
    steps = at_s.size - 1
    relative_mps = np.empty(steps)
    square_1 = square_2 = common = across = whole = 0.0
    for n in range(steps):
        x_1, y_1 = plane_m(way_1[0][n], way_1[1][n], way_1[0][n + 1], way_1[1][n + 1])
        x_2, y_2 = plane_m(way_2[0][n], way_2[1][n], way_2[0][n + 1], way_2[1][n + 1])
        seconds = at_s[n + 1] - at_s[n]
        relative_mps[n] = math.hypot(x_2 - x_1, y_2 - y_1) / seconds if seconds > 0.0 else math.nan
        square_1 += x_1 * x_1 + y_1 * y_1
        square_2 += x_2 * x_2 + y_2 * y_2
        common += x_1 * x_2 + y_1 * y_2
        east, north = 0.5 * (x_1 + x_2), 0.5 * (y_1 + y_2)
        x, y = plane_m(way_1[0][n], way_1[1][n], way_2[0][n], way_2[1][n])
        across += abs(x * north - y * east)
        whole += math.hypot(x, y) * math.hypot(east, north)
    is_still = min(square_1, square_2) < moved_min_m * moved_min_m / steps
    alike = math.nan if is_still else common / math.sqrt(square_1 * square_2)
    return float(np.median(relative_mps)), alike, across / whole if whole > 0.0 else 1.0


@kernel
def ways(
    rows: Int64,
    spans: Float64,
    fixes: Fixes,
    step_s: float,
    moved_min_m: float,
) -> Float64:
    """Return a row (see the columns above) per pair of ways and span (its start and end).

    `rows` holds the first and end place of either way among `time_s`, `lon` and `lat`, which ascend in time.
    How they move is looked at every `step_s`; of one that moves less than `moved_min_m` nothing tells how
    alike they did.
    """
    time_s = fixes.time_s
    out = np.empty((rows.shape[0], COLUMNS))
    for n in range(rows.shape[0]):
        start_s, end_s = spans[n, 0], spans[n, 1]
        first_1, end_1, first_2, end_2 = rows[n]
        at_s = _times(rows[n], start_s, end_s, time_s)
        lon_1, lat_1 = _places(first_1, end_1, at_s, fixes)
        lon_2, lat_2 = _places(first_2, end_2, at_s, fixes)
        out[n, LON_DEG], out[n, LAT_DEG] = _middle(lon_1, lat_1, lon_2, lat_2)
        out[n, MADE_GOOD_1_M] = math.hypot(*plane_m(lon_1[0], lat_1[0], lon_1[-1], lat_1[-1]))
        out[n, MADE_GOOD_2_M] = math.hypot(*plane_m(lon_2[0], lat_2[0], lon_2[-1], lat_2[-1]))
        at_s = _instants(start_s, end_s, step_s)
        way_1 = _places(first_1, end_1, at_s, fixes)
        way_2 = _places(first_2, end_2, at_s, fixes)
        out[n, RELATIVE_MPS], out[n, ALIKE], out[n, ASIDE] = _motion(at_s, way_1, way_2, moved_min_m)
    return out
