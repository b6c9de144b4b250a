"""Paths of two segments through their encounters: where the encounter was, and how alike they moved."""

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
"""Columns of a pair of paths.

The middle of the encounter (degrees); how far each made good (metres); the median of their relative speed;
how alike they moved (1: the same, 0: nothing in common, NaN where either lay still); the sine of the angle
between their common motion and the line from one to the other.
"""

COLUMNS = 7


@helper
def _places(first: int, end: int, at_s: Float64, fixes: Fixes) -> tuple[Float64, Float64]:
    """Return longitudes and latitudes of one path at ascending times; beyond its ends it stands still."""
    time_s, lon, lat = fixes
    x, y = np.empty(at_s.size), np.empty(at_s.size)
    k = first
    for n in range(at_s.size):
        # Times ascend, so the cursor only goes forward: linear in reports and times.
        while k + 1 < end and time_s[k + 1] <= at_s[n]:
            k += 1
        if k + 1 == end or at_s[n] <= time_s[k]:
            x[n], y[n] = lon[k], lat[k]
        else:
            x[n], y[n] = place_at(k, at_s[n], fixes)
    return x, y


@helper
def _times(rows: Int64, start_s: float, end_s: float, time_s: Float64) -> Float64:
    """Return the times at which either reported during a span, and its ends; each once, ascending."""
    i, end_i, j, end_j = rows
    at_s = np.empty(end_i - i + end_j - j + 2)
    at_s[0] = start_s
    n = 1
    # Both lists ascend already: merging them costs less than sorting.
    while i < end_i or j < end_j:
        if j == end_j or (i < end_i and time_s[i] <= time_s[j]):
            next_s = time_s[i]
            i += 1
        else:
            next_s = time_s[j]
            j += 1
        # Each time once: two reports of one instant would weigh twice in the middle.
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
    """Return the mean of the places halfway between two, at each of several times; degrees."""
    east = 0.0
    for n in range(lon_1.size):
        # Longitudes are counted from the first one, so that an encounter across 180 degrees has its middle
        # there.
        halfway = lon_1[n] + 0.5 * wrap_one_deg(lon_2[n] - lon_1[n])
        east += wrap_one_deg(halfway - lon_1[0])
    return wrap_one_deg(lon_1[0] + east / lon_1.size), float((0.5 * (lat_1 + lat_2)).mean())


@helper
def _motion(
    at_s: Float64, path_1: tuple[Float64, Float64], path_2: tuple[Float64, Float64], moved_min_m: float
) -> tuple[float, float, float]:
    """Return relative speed, likeness and the sine of the angle aside: see the columns above."""
    steps = at_s.size - 1
    relative_mps = np.empty(steps)
    square_1_m2 = square_2_m2 = dot_m2 = cross_m2 = product_m2 = 0.0
    for n in range(steps):
        x_1, y_1 = plane_m(path_1[0][n], path_1[1][n], path_1[0][n + 1], path_1[1][n + 1])
        x_2, y_2 = plane_m(path_2[0][n], path_2[1][n], path_2[0][n + 1], path_2[1][n + 1])
        seconds = at_s[n + 1] - at_s[n]
        # The two steps as vectors: their difference is the relative motion.
        relative_mps[n] = math.hypot(x_2 - x_1, y_2 - y_1) / seconds if seconds > 0.0 else math.nan
        # The likeness is a correlation of step vectors, without their means: a common drift is what is
        # looked for.
        square_1_m2 += x_1 * x_1 + y_1 * y_1
        square_2_m2 += x_2 * x_2 + y_2 * y_2
        dot_m2 += x_1 * x_2 + y_1 * y_2
        # Common motion is the mean of both steps. Its cross product with the line between the two, over the
        # product of the lengths, is the sine of the angle. Long steps weigh more: their direction is surer.
        east, north = 0.5 * (x_1 + x_2), 0.5 * (y_1 + y_2)
        x, y = plane_m(path_1[0][n], path_1[1][n], path_2[0][n], path_2[1][n])
        cross_m2 += abs(x * north - y * east)
        product_m2 += math.hypot(x, y) * math.hypot(east, north)
    # Steps of a vessel that lies still are noise of positions. The root mean square step, times the number
    # of steps, is set against `moved_min_m`, without a root.
    is_still = min(square_1_m2, square_2_m2) < moved_min_m * moved_min_m / steps
    alike = math.nan if is_still else dot_m2 / math.sqrt(square_1_m2 * square_2_m2)
    # Without any common motion the two count as abreast (sine 1): nothing shows them in line.
    return float(np.median(relative_mps)), alike, cross_m2 / product_m2 if product_m2 > 0.0 else 1.0


@kernel
def joint_motion(
    rows: Int64,
    spans: Float64,
    fixes: Fixes,
    step_s: float,
    moved_min_m: float,
) -> Float64:
    """Return a row (see the columns above) per pair of paths and span (its start and end).

    `rows` holds the first and the end row of either path among `fixes`, whose times ascend. Motion is looked
    at every `step_s` seconds. Of a vessel that moves less than `moved_min_m`, nothing shows how alike the two
    moved.
    """
    time_s = fixes.time_s
    out = np.empty((rows.shape[0], COLUMNS))
    for n in range(rows.shape[0]):
        start_s, end_s = spans[n, 0], spans[n, 1]
        first_1, end_1, first_2, end_2 = rows[n]
        # Place and distance made good: at all reports.
        at_s = _times(rows[n], start_s, end_s, time_s)
        lon_1, lat_1 = _places(first_1, end_1, at_s, fixes)
        lon_2, lat_2 = _places(first_2, end_2, at_s, fixes)
        out[n, LON_DEG], out[n, LAT_DEG] = _middle(lon_1, lat_1, lon_2, lat_2)
        out[n, MADE_GOOD_1_M] = math.hypot(*plane_m(lon_1[0], lat_1[0], lon_1[-1], lat_1[-1]))
        out[n, MADE_GOOD_2_M] = math.hypot(*plane_m(lon_2[0], lat_2[0], lon_2[-1], lat_2[-1]))
        # Motion: at even steps, so that a vessel which reports more often does not weigh more, and noise of
        # short steps does not count as speed.
        at_s = _instants(start_s, end_s, step_s)
        path_1 = _places(first_1, end_1, at_s, fixes)
        path_2 = _places(first_2, end_2, at_s, fixes)
        out[n, RELATIVE_MPS], out[n, ALIKE], out[n, ASIDE] = _motion(at_s, path_1, path_2, moved_min_m)
    return out
