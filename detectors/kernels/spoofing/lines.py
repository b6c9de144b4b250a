"""Lines that no helmsman steered: without the noise of a receiver, or straight over land.

Spoofing, `too_smooth` and `on_land`.
"""

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
    """Return rows of each segment at least `step_s` seconds apart, its first one among them."""
    out = np.empty(time_s.size, np.int32)
    n = 0
    for h in range(offsets.size - 1):
        last_s = -math.inf
        for k in range(offsets[h], offsets[h + 1]):
            now_s = at(time_s, k)
            # Between neighbours of a few seconds a vessel hardly moves, and the noise of a receiver would
            # not show.
            if now_s - last_s >= step_s:
                out[n] = k
                n += 1
                last_s = now_s
    return out[:n]


@bundle
class Ruling(NamedTuple):
    """When a report lies on a ruled line, and what a leg of such reports needs.

    It is within `break_m` of the line between its neighbours. Both are at most `interval_s` away, and on the
    line the vessel makes good `moving_mps` or more. Legs last `least_s`.
    """

    break_m: float
    interval_s: float
    moving_mps: float
    least_s: float


NOT_JUDGED = -1.0
"""Instead of a distance: the report shows nothing."""


@helper
def _off_line_m(before: int, k: int, after: int, fixes: Fixes, rule: Ruling) -> float:
    """Return how far report k lies off the line between two others, in metres.

    `NOT_JUDGED` where that shows nothing.
    """
    time_s, lon, lat = fixes
    now_s = at(time_s, k)
    before_s, after_s = now_s - at(time_s, before), at(time_s, after) - now_s
    # Not judged: intervals over `smooth_interval_max_min`.
    if before_s > rule.interval_s or after_s > rule.interval_s:
        return NOT_JUDGED
    x, y = at(lon, k), at(lat, k)
    east_m, north_m = scale_at(y)
    ax, ay = wrap_one_deg(x - at(lon, before)) * east_m, (y - at(lat, before)) * north_m
    bx, by = wrap_one_deg(at(lon, after) - x) * east_m, (at(lat, after) - y) * north_m
    way_m = math.sqrt((ax + bx) * (ax + bx) + (ay + by) * (ay + by))
    # A vessel that hardly moves shows no line.
    if way_m < rule.moving_mps * (before_s + after_s) or way_m <= 0.0:
        return NOT_JUDGED
    # The cross product is twice the area of the triangle; over its base it is the height. Only the distance
    # abeam counts: time stamps rounded to a second blur the distance ahead.
    return float(abs(ax * by - ay * bx) / way_m)


@kernel
def ruled_legs(offsets: Int64, fixes: Fixes, rows: Int32, rule: Ruling) -> tuple[Int64, Float64, Float64]:
    """Return legs on which every report lies on the line between its neighbours.

    `rows` are reports, thinned, in the order of segments. Legs as (first, last, reports judged), shape (legs,
    3); the root mean square distance abeam of each, metres; and for each segment the seconds that could be
    judged: under way, at intervals up to `interval_s`.
    """
    time_s = fixes.time_s
    legs, off_m, n = np.empty((16, 3), np.int64), np.empty(16, np.float64), 0
    judged_s = np.zeros(offsets.size - 1, np.float64)
    h, begin, squares_m2 = 0, -1, 0.0
    for i in range(1, rows.size):
        k = at(rows, i)
        # Rows are in the order of segments, so the segment is found without a search.
        while k >= at(offsets, h + 1):
            h += 1
        before, after = at(rows, i - 1), at(rows, i + 1) if i + 1 < rows.size else offsets[h + 1]
        # Neighbours of another segment make no line.
        has_neighbours = before >= at(offsets, h) and after < at(offsets, h + 1)
        off_line_m = _off_line_m(before, k, after, fixes, rule) if has_neighbours else NOT_JUDGED
        if off_line_m != NOT_JUDGED:
            # Each report stands for half of both intervals next to it.
            judged_s[h] += 0.5 * (at(time_s, after) - at(time_s, before))
        # One report beyond `smooth_break_m`, or one that shows nothing, ends the leg.
        on_line = off_line_m != NOT_JUDGED and off_line_m <= rule.break_m
        if on_line:
            if begin < 0:
                begin, squares_m2 = i, 0.0
            squares_m2 += off_line_m * off_line_m
        # A leg also ends with the data. Between segments a report without neighbours ends it.
        if begin >= 0 and (not on_line or i + 1 == rows.size):
            end = i if on_line else i - 1
            if time_s[rows[end]] - time_s[rows[begin]] >= rule.least_s:
                legs, off_m = with_room(legs, n + 1), with_room(off_m, n + 1)
                count = end - begin + 1
                legs[n, 0], legs[n, 1], legs[n, 2] = rows[begin], rows[end], count
                off_m[n] = math.sqrt(squares_m2 / count)
                n += 1
            begin = -1
    return legs[:n], off_m[:n], judged_s


LOOKED_AT = 64
"""Positions of a way that are looked at, evenly: a longer one costs no more."""


@helper
def _is_straight(at_m: Float64, way_m: Float64, a: int, b: int, onward: float, off_m: float) -> bool:
    """Return whether positions a to b lie near the great circle through both ends, and follow it."""
    from_m, to_m = at_m[a], at_m[b]
    net_m = math.sqrt((to_m[0] - from_m[0]) ** 2 + (to_m[1] - from_m[1]) ** 2 + (to_m[2] - from_m[2]) ** 2)
    # A fast bound comes first: a track that turns back makes good less than the way it sailed.
    if net_m < onward * (way_m[b] - way_m[a]):
        return False
    # The cross product of both ends is the normal of the great circle. The distance of a position from its
    # plane is their dot product over the length of the normal.
    x = from_m[1] * to_m[2] - from_m[2] * to_m[1]
    y = from_m[2] * to_m[0] - from_m[0] * to_m[2]
    z = from_m[0] * to_m[1] - from_m[1] * to_m[0]
    normal_length = math.sqrt(x * x + y * y + z * z)
    step = max(1, (b - a) // LOOKED_AT)
    for k in range(a, b + 1, step):
        # Multiplied out: no division for each position.
        if abs(at_m[k, 0] * x + at_m[k, 1] * y + at_m[k, 2] * z) > off_m * normal_length:
            return False
    return True


@kernel
def straightest(at_m: Float64, way_m: Float64, least: int, onward: float, off_m: float) -> tuple[int, int]:
    """Return the first and last position of the longest part that is straight.

    `at_m` are positions in metres from the middle of the earth, shape (positions, 3); `way_m` is the way made
    up to each. A part is straight where the distance of its ends is at least the share `onward` of the way,
    and no position looked at is farther than `off_m` from the line. Parts of fewer than `least` steps are not
    tested. The steps are linear in positions.
    """
    best_first, best_last = 0, 0
    first = 0
    for last in range(1, way_m.size):
        # Two cursors: where a part is not straight its begin moves on, and never goes back.
        while last - first >= least and not _is_straight(at_m, way_m, first, last, onward, off_m):
            first += 1
        if last - first > best_last - best_first:
            best_first, best_last = first, last
    return best_first, best_last
