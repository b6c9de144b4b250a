"""Loops over reports that look for lines no helmsman steered: ruled to the metre, or straight over land."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt

from detectors.kernels.arrays.growing_rows import with_room
from detectors.kernels.geometry.geodesy import scale_at, wrap_one_deg
from geodata.jit import at, bundle, helper, kernel

if TYPE_CHECKING:
    from detectors.kernels.tracks.fixes import Fixes

Int64 = npt.NDArray[np.int64]
Int32 = npt.NDArray[np.int32]
Float64 = npt.NDArray[np.float64]


@kernel
def thinned(offsets: Int64, time_s: Float64, step_s: float) -> Int32:
    """Return rows of each hull at least `step_s` apart, its first one among them."""
    out = np.empty(time_s.size, np.int32)
    n = 0
    for h in range(offsets.size - 1):
        last_s = -math.inf
        for k in range(offsets[h], offsets[h + 1]):
            now_s = at(time_s, k)
            if now_s - last_s >= step_s:
                out[n] = k
                n += 1
                last_s = now_s
    return out[:n]


@bundle
class Ruling(NamedTuple):
    """When a report lies on a ruled line, and what a leg of them needs.

    Within `break_m` of the line between its neighbours, both at most `interval_s` away, on which she makes
    `moving_mps` or more; legs last `least_s`.
    """

    break_m: float
    interval_s: float
    moving_mps: float
    least_s: float


NOT_JUDGED = -1.0


@helper
def _off_line_m(a: int, k: int, b: int, fixes: Fixes, rule: Ruling) -> float:
    """Return how far a report lies off the line between two others; `NOT_JUDGED` where that says nothing."""
    time_s, lon, lat = fixes
    now_s = at(time_s, k)
    before_s, after_s = now_s - at(time_s, a), at(time_s, b) - now_s
    if before_s > rule.interval_s or after_s > rule.interval_s:
        return NOT_JUDGED
    x, y = at(lon, k), at(lat, k)
    east_m, north_m = scale_at(y)
    ax, ay = wrap_one_deg(x - at(lon, a)) * east_m, (y - at(lat, a)) * north_m
    bx, by = wrap_one_deg(at(lon, b) - x) * east_m, (at(lat, b) - y) * north_m
    way = math.sqrt((ax + bx) * (ax + bx) + (ay + by) * (ay + by))
    if way < rule.moving_mps * (before_s + after_s) or way <= 0.0:
        return NOT_JUDGED
    return float(abs(ax * by - ay * bx) / way)


@kernel
def ruled_legs(offsets: Int64, fixes: Fixes, rows: Int32, rule: Ruling) -> tuple[Int64, Float64, Float64]:
    """Return legs on which every report lies on the line between its neighbours.

    `rows` are reports, thinned, in the order of hulls. Legs as (first, last, reports judged), shape
    (legs, 3); the root mean square distance abeam of each, metres; and for each hull the seconds that could
    be judged: under way, at intervals up to `interval_s`.
    """
    time_s = fixes.time_s
    legs, off_m, n = np.empty((16, 3), np.int64), np.empty(16, np.float64), 0
    judged_s = np.zeros(offsets.size - 1, np.float64)
    h, begin, squares = 0, -1, 0.0
    for i in range(1, rows.size):
        k = at(rows, i)
        while k >= at(offsets, h + 1):
            h += 1
        a, b = at(rows, i - 1), at(rows, i + 1) if i + 1 < rows.size else offsets[h + 1]
        inside = a >= at(offsets, h) and b < at(offsets, h + 1)
        off = _off_line_m(a, k, b, fixes, rule) if inside else NOT_JUDGED
        if off != NOT_JUDGED:
            judged_s[h] += 0.5 * (at(time_s, b) - at(time_s, a))
        on_line = off != NOT_JUDGED and off <= rule.break_m
        if on_line:
            if begin < 0:
                begin, squares = i, 0.0
            squares += off * off
        if begin >= 0 and (not on_line or i + 1 == rows.size):
            end = i if on_line else i - 1
            if time_s[rows[end]] - time_s[rows[begin]] >= rule.least_s:
                legs, off_m = with_room(legs, n + 1), with_room(off_m, n + 1)
                count = end - begin + 1
                legs[n, 0], legs[n, 1], legs[n, 2] = rows[begin], rows[end], count
                off_m[n] = math.sqrt(squares / count)
                n += 1
            begin = -1
    return legs[:n], off_m[:n], judged_s


LOOKED_AT = 64
"""Positions of a way that are looked at, evenly: a longer one is no dearer."""


@helper
def _is_straight(at_m: Float64, way_m: Float64, a: int, b: int, onward: float, off_m: float) -> bool:
    """Tell whether positions a to b lie near the great circle through both ends, and follow it."""
    p, q = at_m[a], at_m[b]
    net_m = math.sqrt((q[0] - p[0]) ** 2 + (q[1] - p[1]) ** 2 + (q[2] - p[2]) ** 2)
    if net_m < onward * (way_m[b] - way_m[a]):
        return False
    x = p[1] * q[2] - p[2] * q[1]
    y = p[2] * q[0] - p[0] * q[2]
    z = p[0] * q[1] - p[1] * q[0]
    length = math.sqrt(x * x + y * y + z * z)
    step = max(1, (b - a) // LOOKED_AT)
    for k in range(a, b + 1, step):
        if abs(at_m[k, 0] * x + at_m[k, 1] * y + at_m[k, 2] * z) > off_m * length:
            return False
    return True


@kernel
def straightest(at_m: Float64, way_m: Float64, least: int, onward: float, off_m: float) -> tuple[int, int]:
    """Return the first and last position of the longest part that is straight, of more than `least` steps.

    `at_m` are positions in metres from the middle of the earth, `way_m` the way made up to each. A part is
    straight where its ends lie apart by the share `onward` of the way, and no position looked at is farther
    than `off_m` from the line. Linear in positions.
    """
    best_a, best_b = 0, 0
    a = 0
    for b in range(1, way_m.size):
        while b - a >= least and not _is_straight(at_m, way_m, a, b, onward, off_m):
            a += 1
        if b - a > best_b - best_a:
            best_a, best_b = a, b
    return best_a, best_b
