"""Relative motion of two segments, stretch by stretch between their reports (rules 1 and 2).

Both move in straight lines between reports. So within each stretch between two neighbouring reports of
either, the separation vector moves in a straight line too. The square of its length is a parabola of time,
and "nearer than R" is one interval, which is solved. Nothing is sampled.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from detectors.kernels.geometry.geodesy import scale_at, wrap_one_deg
from detectors.kernels.tracks.motion import place_at, slow_enough
from geodata.jit import helper

if TYPE_CHECKING:
    from detectors.kernels.tracks.fixes import Fixes

Int64 = npt.NDArray[np.int64]
Float64 = npt.NDArray[np.float64]
Float32 = npt.NDArray[np.float32]

BEGIN_S, END_S, AX_M, AY_M, BX_M, BY_M, STEP_A_S, STEP_B_S, DOUBT_M, ROW_A, ROW_B = range(11)
COLUMNS = 11
"""Columns of a stretch.

Its begin and end; the separation from a to b, east and north, at its begin (A) and end (B); the time between
the reports that bound it, of either segment; the sum of their position uncertainties; the last report of
either at or before its begin. Seconds and metres.
"""

STILL_M2 = 1e-12
"""A separation vector that moves less than a micrometre over a stretch is taken as still (squared, m2)."""


@helper
def within(ax: float, ay: float, bx: float, by: float, radius_m: float) -> tuple[float, float]:
    """Return the part of a straight path from a to b, as fractions 0 to 1, inside a circle round the origin.

    Metres. Returns (1, 0) where no part is inside.
    """
    outside = ax * ax + ay * ay - radius_m * radius_m
    # Most stretches of an encounter lie inside with both ends. A circle is convex, so the whole stretch is
    # inside, and no root is needed.
    if outside <= 0.0 and bx * bx + by * by <= radius_m * radius_m:
        return 0.0, 1.0
    wx, wy = bx - ax, by - ay
    square = wx * wx + wy * wy
    # Without motion there is nothing to divide by: inside throughout, or not at all.
    if square < STILL_M2:
        return (0.0, 1.0) if outside <= 0.0 else (1.0, 0.0)
    # Rule 2: |a + f w|^2 = R^2 is a quadratic equation of the fraction f. `half` is half of its linear
    # coefficient.
    half = ax * wx + ay * wy
    discriminant = half * half - square * outside
    # The line passes the circle at a distance.
    if discriminant < 0.0:
        return 1.0, 0.0
    root = math.sqrt(discriminant)
    # The line goes on beyond the stretch: keep the part between its ends.
    lo, hi = max(0.0, (-half - root) / square), min(1.0, (-half + root) / square)
    return (lo, hi) if lo <= hi else (1.0, 0.0)


@helper
def closest_m(ax: float, ay: float, bx: float, by: float, lo: float, hi: float) -> float:
    """Return the least distance from the origin of the path from a to b between the fractions lo and hi."""
    wx, wy = bx - ax, by - ay
    square = wx * wx + wy * wy
    # The foot of the perpendicular from the origin, kept between the two fractions.
    f = lo if square < STILL_M2 else min(hi, max(lo, -(ax * wx + ay * wy) / square))
    return math.hypot(ax + f * wx, ay + f * wy)


@helper
def last_at_or_before(time_s: Float64, lo: int, hi: int, t: float) -> int:
    """Return the last index in [lo, hi) whose time is at most t, or lo if there is none."""
    while hi - lo > 1:
        middle = (lo + hi) // 2
        if time_s[middle] <= t:
            lo = middle
        else:
            hi = middle
    return lo


NOT_KNOWN = -1
"""Instead of a row: the place of a segment is not known."""


@helper
def known_row(rows: tuple[int, int], t: float, time_s: Float64, known_s: float) -> int:
    """Return the row from which a segment was on its straight line to the next row at a time.

    `NOT_KNOWN` where the reports on either side are more than `known_s` apart, or one of them is missing.
    """
    if rows[1] - rows[0] < 2 or t < time_s[rows[0]] or t > time_s[rows[1] - 1]:
        return NOT_KNOWN
    # At the very last report: the interval before it, whose end it is.
    row = min(last_at_or_before(time_s, rows[0], rows[1], t), rows[1] - 2)
    return row if time_s[row + 1] - time_s[row] <= known_s else NOT_KNOWN


@helper
def _separation(i: int, j: int, t: float, fixes: Fixes) -> tuple[float, float]:
    """Return east and north metres from one segment to the other at a time.

    As `plane_m` of the two places (rule 2: the plane that touches halfway), with the scale read from a table.
    """
    lon_a, lat_a = place_at(i, t, fixes)
    lon_b, lat_b = place_at(j, t, fixes)
    east_m, north_m = scale_at(0.5 * (lat_a + lat_b))
    return wrap_one_deg(lon_b - lon_a) * east_m, (lat_b - lat_a) * north_m


@helper
def stretches(
    rows_a: tuple[int, int],
    rows_b: tuple[int, int],
    from_s: float,
    until_s: float,
    fixes: Fixes,
    speed_mps: Float32,
    uncertainty_m: Float32,
    max_mps: float,
) -> Float64:
    """Return the stretches (rows, see the columns above) in which both segments are slow.

    `rows_a` and `rows_b` are the first and the end row of the reports of either. A stretch that touches
    [from_s, until_s] is returned whole, so that a wider window gives the same numbers. Rule 3: slow means at
    most `max_mps` made good.
    """
    time_s = fixes.time_s
    i = last_at_or_before(time_s, rows_a[0], rows_a[1], from_s)
    j = last_at_or_before(time_s, rows_b[0], rows_b[1], from_s)
    out = np.empty((64, COLUMNS))
    n = 0
    # The separation at the end of the stretch before, and its time.
    known_s, x_m, y_m = -math.inf, 0.0, 0.0
    # Both tracks are walked side by side: each report begins or ends a stretch.
    while i < rows_a[1] - 1 and j < rows_b[1] - 1:
        begin_s = max(time_s[i], time_s[j])
        end_s = min(time_s[i + 1], time_s[j + 1])
        if begin_s > until_s:
            break
        # Rule 3. Rule 1: in a gap over `bridge_max_h` the speed is not known, so it gives no stretch.
        slow = slow_enough(speed_mps[i], max_mps) and slow_enough(speed_mps[j], max_mps)
        if end_s > begin_s and slow:
            if n == out.shape[0]:
                out = np.concatenate((out, np.empty((n, COLUMNS))))
            out[n, BEGIN_S] = begin_s
            out[n, END_S] = end_s
            # Where one stretch follows another, its begin is the end of the one before: computed once, and
            # equal to the last bit, so that joined stretches have no seam.
            if known_s != begin_s:
                x_m, y_m = _separation(i, j, begin_s, fixes)
            out[n, AX_M], out[n, AY_M] = x_m, y_m
            x_m, y_m = _separation(i, j, end_s, fixes)
            out[n, BX_M], out[n, BY_M] = x_m, y_m
            known_s = end_s
            out[n, STEP_A_S] = time_s[i + 1] - time_s[i]
            out[n, STEP_B_S] = time_s[j + 1] - time_s[j]
            # A straight line is as uncertain as the worse of the reports at its ends.
            out[n, DOUBT_M] = max(uncertainty_m[i], uncertainty_m[i + 1]) + max(
                uncertainty_m[j], uncertainty_m[j + 1]
            )
            out[n, ROW_A], out[n, ROW_B] = i, j
            n += 1
        # Where both reported at the same instant both go on: otherwise a stretch without length would
        # follow.
        i_ends, j_ends = time_s[i + 1] == end_s, time_s[j + 1] == end_s
        i += 1 if i_ends else 0
        j += 1 if j_ends else 0
    return out[:n]
