"""Moments: the short times in which a satellite hears a segment, and its place just before and after.

A pass gives a few reports in minutes and then nothing for hours. Two vessels are rarely heard in the same
minute. So each is carried beyond its first and last report of a pass, at its reported speed and course.
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from detectors.core.angles import wrapped_deg
from detectors.core.units import KNOT_MPS
from detectors.kernels.arrays.growing_rows import with_room
from detectors.kernels.geometry.geodesy import metres_per_degree, plane_m
from detectors.kernels.tracks.fixes import Fixes
from detectors.kernels.tracks.motion import place_at
from geodata.jit import helper, kernel

Int64 = npt.NDArray[np.int64]
Int32 = npt.NDArray[np.int32]
Float64 = npt.NDArray[np.float64]
Float32 = npt.NDArray[np.float32]

SEGMENT, FIRST, END, EAST_MPS, NORTH_MPS, ROUNDED = 0, 1, 2, 3, 4, 5
"""Columns of a moment.

The segment, its first report of the moment and the one after its last, its velocity east and north; 1 where
the velocity comes only from reports rounded to whole knots, else 0.
"""

EXCESS_M, WIDEST_M, NEAREST_M, REPORTS_A, REPORTS_B, BEGIN_S, END_S, SQUARE_M2 = 0, 1, 2, 3, 4, 5, 6, 7
"""Columns of two moments compared.

By how much, at most, the separation at a report exceeds its doubt; the greatest separation while both are
known, and the least at a report; reports of either while the other is known; the first and the last of them;
the mean square of the separations at them. Metres, seconds, square metres.
"""


BLOCK_ROWS = 256
"""Reports that are looked at together for a gap."""


@helper
def _velocity(
    first: int,
    end: int,
    fixes: Fixes,
    row: Int32,
    sog_kn: Float32,
    cog_deg: Float32,
    uncertainty_m: Float32,
    still_mps: float,
    least_s: float,
) -> tuple[float, float, bool]:
    """Return the velocity during a moment (m/s, east and north), and whether it comes from rounded reports.

    The median of the exact reports; else of the rounded ones; else from the first report to the last. NaN
    where nothing shows it.
    """
    time_s, lon, lat = fixes
    east, north = np.empty(end - first), np.empty(end - first)
    # Reports of type 27 give whole knots: they are used only where no exact report is there.
    for rounded in (False, True):
        n = 0
        for k in range(first, end):
            speed_mps, course_deg = KNOT_MPS * sog_kn[row[k]], cog_deg[row[k]]
            if math.isnan(speed_mps) or (uncertainty_m[k] > 0.0) != rounded:
                continue
            # Up to `still_mps` the course does not matter; faster, a speed without a course has no
            # direction.
            if math.isnan(course_deg) and speed_mps > still_mps:
                continue
            course = 0.0 if math.isnan(course_deg) else math.radians(course_deg)
            east[n], north[n] = speed_mps * math.sin(course), speed_mps * math.cos(course)
            n += 1
        if n > 0:
            # By components: a median of courses would fail around north.
            return float(np.median(east[:n])), float(np.median(north[:n])), rounded
    duration_s = time_s[end - 1] - time_s[first]
    # Too short a time: noise of two positions would look like speed.
    if duration_s < least_s:
        return math.nan, math.nan, True
    x_m, y_m = plane_m(lon[first], lat[first], lon[end - 1], lat[end - 1])
    return x_m / duration_s, y_m / duration_s, False


@helper
def _are_joined(time_s: Float64, apart_s: float) -> bool:
    """Return whether no two neighbouring reports are farther apart in time.

    Without a way out of the loop the processor can do several steps at once.
    """
    gaps = 0
    for k in range(1, time_s.size):
        gaps += time_s[k] - time_s[k - 1] > apart_s
    return gaps == 0


@kernel
def stretches(offsets: Int64, time_s: Float64, apart_s: float) -> Int64:
    """Return what was heard of each segment without a gap over `apart_s`: rows of segment, first, end."""
    out = np.empty((64, 3), np.int64)
    n = 0
    for h in range(offsets.size - 1):
        first, end = offsets[h], offsets[h + 1]
        for block in range(first + 1, end, BLOCK_ROWS):
            # A fast bound comes first: most blocks of reports hold no gap and are skipped whole.
            until = min(block + BLOCK_ROWS, end)
            if _are_joined(time_s[block - 1 : until], apart_s):
                continue
            for k in range(block, until):
                if time_s[k] - time_s[k - 1] > apart_s:
                    out = with_room(out, n + 1)
                    out[n, SEGMENT], out[n, FIRST], out[n, END] = h, first, k
                    n += 1
                    first = k
        # The last stretch has no gap after it.
        if first < end:
            out = with_room(out, n + 1)
            out[n, SEGMENT], out[n, FIRST], out[n, END] = h, first, end
            n += 1
    return out[:n]


@kernel
def moments(
    spans: Int64,
    fixes: Fixes,
    row: Int32,
    sog_kn: Float32,
    cog_deg: Float32,
    uncertainty_m: Float32,
    still_mps: float,
    least_s: float,
) -> Float64:
    """Return spans (segment, first, end) with the velocity in each: NaN where nothing shows it.

    `row` holds the rows at which speeds and courses stand. Up to `still_mps` no course is needed. Without
    speed and course the velocity needs `least_s` seconds.
    """
    out = np.empty((spans.shape[0], 6))
    for m in range(spans.shape[0]):
        segment, first, end = spans[m]
        east, north, rounded = _velocity(
            first, end, fixes, row, sog_kn, cog_deg, uncertainty_m, still_mps, least_s
        )
        out[m, SEGMENT], out[m, FIRST], out[m, END] = segment, first, end
        out[m, EAST_MPS], out[m, NORTH_MPS], out[m, ROUNDED] = east, north, rounded
    return out


@kernel
def carried(
    found: Float64,
    fixes: Fixes,
    uncertainty_m: Float32,
    carry_s: float,
) -> tuple[Int64, Fixes, Float32]:
    """Return moments as tracks of their own, carried on at both ends: offsets, fixes, uncertainties.

    The path goes on for `carry_s` seconds before the first report and after the last, at the moment's
    velocity.
    """
    time_s, lon, lat = fixes
    offsets = np.zeros(found.shape[0] + 1, np.int64)
    for m in range(found.shape[0]):
        # Two nodes more than reports: one at each end.
        offsets[m + 1] = offsets[m] + int(found[m, END]) - int(found[m, FIRST]) + 2
    node_s = np.empty(offsets[-1])
    x, y = np.empty(offsets[-1]), np.empty(offsets[-1])
    doubt = np.empty(offsets[-1], np.float32)
    for m in range(found.shape[0]):
        first, end = int(found[m, FIRST]), int(found[m, END])
        for k in range(first, end):
            node = offsets[m] + 1 + k - first
            node_s[node], x[node], y[node], doubt[node] = time_s[k], lon[k], lat[k], uncertainty_m[k]
        # The node before the first report lies back along the velocity, the one after the last lies ahead.
        for k, node, carried_s in ((first, offsets[m], -carry_s), (end - 1, offsets[m + 1] - 1, carry_s)):
            east_m, north_m = metres_per_degree(lat[k])
            node_s[node] = time_s[k] + carried_s
            # Near a pole this may be more than a turn: hence the general wrap.
            x[node] = wrapped_deg(lon[k] + found[m, EAST_MPS] * carried_s / east_m)
            y[node] = min(90.0, max(-90.0, lat[k] + found[m, NORTH_MPS] * carried_s / north_m))
            # The doubt of being carried grows with time and is added where paths are compared.
            doubt[node] = uncertainty_m[k]
    return offsets, Fixes(node_s, x, y), doubt


@helper
def _doubt_m(
    own: tuple[int, int], k: int, t: float, time_s: Float64, uncertainty_m: Float32, carry_mps: float
) -> float:
    """Return how far a segment may be from its path after node k: by rounding and by being carried."""
    # The first and the last node are carried: the reports themselves are the second and the last but one.
    beyond_s = float(max(0.0, time_s[own[0] + 1] - t, t - time_s[own[1] - 2]))
    if t <= time_s[k]:
        return float(uncertainty_m[k]) + carry_mps * beyond_s
    return float(max(uncertainty_m[k], uncertainty_m[k + 1])) + carry_mps * beyond_s


@kernel
def compared(
    pairs: Int64,
    offsets: Int64,
    fixes: Fixes,
    uncertainty_m: Float32,
    carry_mps: float,
    doubt_max_m: float,
) -> Float64:
    """Compare moments of two segments on their carried paths, a row (columns above) per pair.

    At every node of either while both are known. Reports at which both together are in doubt by more than
    `doubt_max_m` show nothing and do not count.
    """
    time_s, lon, lat = fixes
    out = np.empty((pairs.shape[0], 8))
    for p in range(pairs.shape[0]):
        a, b = pairs[p]
        rows = (offsets[a], offsets[a + 1]), (offsets[b], offsets[b + 1])
        # The time in which both paths are known, carried parts included.
        from_s = max(time_s[rows[0][0]], time_s[rows[1][0]])
        until_s = min(time_s[rows[0][1] - 1], time_s[rows[1][1] - 1])
        excess_m, widest_m, nearest_m = -math.inf, 0.0, math.inf
        begin_s, end_s, square_m2 = math.inf, -math.inf, 0.0
        counts = np.zeros(2, np.int64)
        # Both paths are straight between nodes, so the separation is greatest at a node of one of the two:
        # looking at all nodes of both misses nothing.
        for side in range(2):
            own, other = rows[side], rows[1 - side]
            j = other[0]
            for k in range(own[0], own[1]):
                t = time_s[k]
                if t < from_s or t > until_s:
                    continue
                while j < other[1] - 2 and time_s[j + 1] <= t:
                    j += 1
                lon_b, lat_b = place_at(j, t, fixes)
                x_m, y_m = plane_m(lon[k], lat[k], lon_b, lat_b)
                separation_m = math.hypot(x_m, y_m)
                # "At no time farther apart" holds for the carried parts too.
                widest_m = max(widest_m, separation_m)
                # Carried nodes are not reports: they count for the greatest separation alone.
                if k == own[0] or k == own[1] - 1:
                    continue
                doubt_m = uncertainty_m[k] + _doubt_m(other, j, t, time_s, uncertainty_m, carry_mps)
                # More doubt than `passes_enter_m`, such as of two type 27 reports, shows nothing.
                if doubt_m > doubt_max_m:
                    continue
                # "Beyond the doubt within": the worst report decides.
                excess_m = max(excess_m, separation_m - doubt_m)
                nearest_m = min(nearest_m, separation_m)
                square_m2 += separation_m * separation_m
                counts[side] += 1
                begin_s, end_s = min(begin_s, t), max(end_s, t)
        out[p, EXCESS_M], out[p, WIDEST_M], out[p, NEAREST_M] = excess_m, widest_m, nearest_m
        out[p, REPORTS_A], out[p, REPORTS_B] = counts[0], counts[1]
        out[p, BEGIN_S], out[p, END_S] = begin_s, end_s
        out[p, SQUARE_M2] = square_m2 / max(1, counts.sum())
    return out
