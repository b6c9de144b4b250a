"""Loops over reports that look for positions no receiver measured: circles, ruled lines, false speeds."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from detectors.kernels.geodesy import metres_per_degree, scale_at, wrap_one_deg
from detectors.units import KNOT_MPS
from geodata.jit import helper, kernel

Int64 = npt.NDArray[np.int64]
Int32 = npt.NDArray[np.int32]
Float64 = npt.NDArray[np.float64]
Float32 = npt.NDArray[np.float32]

SAYS_LESS, SAYS_MORE, SAYS_ASTERN = 0, 1, 2
"""What a contradiction is: a lower speed, a higher speed, or another course than the positions make."""


@kernel
def thinned(offsets: Int64, time_s: Float64, step_s: float) -> Int32:
    """Return rows of each hull at least `step_s` apart, its first one among them."""
    out = np.empty(time_s.size, np.int32)
    n = 0
    for h in range(offsets.size - 1):
        last_s = -math.inf
        for k in range(offsets[h], offsets[h + 1]):
            if time_s[k] - last_s >= step_s:
                out[n] = k
                n += 1
                last_s = time_s[k]
    return out[:n]


@helper
def _turn_deg(a: float, b: float) -> float:
    return abs(wrap_one_deg(a - b))


TENTHS = 3600
_SINE = np.sin(np.radians(np.arange(TENTHS + 1) / 10.0))
_COSINE = np.cos(np.radians(np.arange(TENTHS + 1) / 10.0))
SURE_DEG = 0.1
"""Courses are looked up to the nearest tenth of a degree: a turn is surely less where it is less by this."""


@helper
def _keeps_course(east_m: float, north_m: float, cog: float, cosine: float) -> bool:
    """Tell whether a way made surely lies nearer to a course than the angle of a given cosine."""
    tenth = int(cog * 10.0 + 0.5)
    along_m = east_m * _SINE[tenth] + north_m * _COSINE[tenth]
    return bool(along_m > cosine * math.sqrt(east_m * east_m + north_m * north_m))


@helper
def _steered_deg(cog: float) -> float:
    return cog - 360.0 if cog >= 180.0 else cog


@kernel
def contradictions(
    offsets: Int64,
    time_s: Float64,
    lon: Float64,
    lat: Float64,
    sog_kn: Float32,
    cog_deg: Float32,
    made_mps: Float32,
    leave_mps: float,
    moving_mps: float,
    turn_deg: float,
    interval_s: float,
    silence_s: float,
) -> tuple[Int64, Float64, Float64]:
    """Return where the speed or course told and the way made contradict one another.

    Runs as (what, first, last) rows, shape (runs, 3); the mean difference of each, metres per second or
    degrees; and per hull the seconds that contradict and that could, shape (hulls, 3, 2). `made_mps` has one
    value per report, to the next one (`Hulls.speed_mps`). Intervals longer than `silence_s` say nothing, and
    longer than `interval_s` only that she made more way than told: ships turn round in them.
    """
    runs = np.empty((16, 3), np.int64)
    means = np.empty(16, np.float64)
    spent = np.zeros((offsets.size - 1, 3, 2), np.float64)
    sure = math.cos((turn_deg - SURE_DEG) * math.pi / 180.0)
    n = 0
    for h in range(offsets.size - 1):
        begin = np.full(3, -1, np.int64)
        weighted = np.zeros(3)
        total_s = np.zeros(3)
        for k in range(offsets[h], offsets[h + 1]):
            last = k + 1 == offsets[h + 1]
            for what in range(3):
                difference = -1.0
                dt_s = 0.0
                if not last:
                    dt_s = time_s[k + 1] - time_s[k]
                    made = made_mps[k]
                    low = min(sog_kn[k], sog_kn[k + 1]) * np.float32(KNOT_MPS)
                    high = max(sog_kn[k], sog_kn[k + 1]) * np.float32(KNOT_MPS)
                    known = dt_s <= silence_s and not (
                        math.isnan(made) or math.isnan(low) or math.isnan(high)
                    )
                    if known and what == SAYS_LESS and made >= leave_mps:
                        spent[h, what, 1] += dt_s
                        if made - high >= leave_mps:
                            difference = made - high
                    elif known and what == SAYS_MORE and dt_s <= interval_s and low >= leave_mps:
                        spent[h, what, 1] += dt_s
                        if low - made >= leave_mps:
                            difference = low - made
                    elif (
                        known
                        and what == SAYS_ASTERN
                        and dt_s <= interval_s
                        and dt_s > 0.0
                        and min(made, low) >= moving_mps
                        and not (math.isnan(cog_deg[k]) or math.isnan(cog_deg[k + 1]))
                    ):
                        spent[h, what, 1] += dt_s
                        east, north = scale_at(0.5 * (lat[k] + lat[k + 1]))
                        east_m = wrap_one_deg(lon[k + 1] - lon[k]) * east
                        north_m = (lat[k + 1] - lat[k]) * north
                        if not (
                            _keeps_course(east_m, north_m, cog_deg[k], sure)
                            or _keeps_course(east_m, north_m, cog_deg[k + 1], sure)
                        ):
                            course = math.atan2(east_m, north_m) * 180.0 / math.pi
                            turn = min(
                                _turn_deg(course, _steered_deg(cog_deg[k])),
                                _turn_deg(course, _steered_deg(cog_deg[k + 1])),
                            )
                            if turn >= turn_deg:
                                difference = turn
                if difference >= 0.0:
                    if begin[what] < 0:
                        begin[what] = k
                        weighted[what] = 0.0
                        total_s[what] = 0.0
                    weighted[what] += difference * dt_s
                    total_s[what] += dt_s
                    spent[h, what, 0] += dt_s
                elif begin[what] >= 0:
                    if n == runs.shape[0]:
                        runs = np.concatenate((runs, np.empty_like(runs)))
                        means = np.concatenate((means, np.empty_like(means)))
                    runs[n, 0], runs[n, 1], runs[n, 2] = what, begin[what], k
                    means[n] = weighted[what] / max(total_s[what], 1e-9)
                    n += 1
                    begin[what] = -1
    return runs[:n], means[:n], spent


@kernel
def circle_parts(
    offsets: Int64,
    time_s: Float64,
    lon: Float64,
    lat: Float64,
    span_s: float,
    reports: int,
    silence_s: float,
    lead: float,
) -> tuple[Int64, Float64]:
    """Cut hulls into parts of `span_s` and `reports` at least, and lay the best circle through each.

    Least squares on the plane at the part's first report (Kasa's algebraic fit). Returns (first, last) rows
    and (radius, root mean square distance from the circle, way made) in metres; parts with no circle are
    left out. `lead`, from 0 to 1, is the share of a part after which the first of each hull begins.
    """
    rows = np.empty((16, 2), np.int64)
    fits = np.empty((16, 3), np.float64)
    n = 0
    for h in range(offsets.size - 1):
        end = offsets[h + 1]
        first = offsets[h]
        begin_s = time_s[first] + lead * span_s
        skip = int(lead * reports)
        while first < end and (time_s[first] < begin_s or first - offsets[h] < skip):
            first += 1
        while first < end:
            east_m, north_m = metres_per_degree(lat[first])
            sx = sy = sxx = syy = sxy = sz = sxz = syz = szz = 0.0
            way = before_x = before_y = 0.0
            k = first
            while k < end:
                if k > first and time_s[k] - time_s[k - 1] > silence_s:
                    break
                if k - first >= reports and time_s[k] - time_s[first] > span_s:
                    break
                x = wrap_one_deg(lon[k] - lon[first]) * east_m
                y = (lat[k] - lat[first]) * north_m
                z = x * x + y * y
                sx += x
                sy += y
                sxx += x * x
                syy += y * y
                sxy += x * y
                sz += z
                sxz += x * z
                syz += y * z
                szz += z * z
                if k > first:
                    dx, dy = x - before_x, y - before_y
                    way += math.sqrt(dx * dx + dy * dy)
                before_x, before_y = x, y
                k += 1
            count = k - first
            if count >= reports:
                mx, my, mz = sx / count, sy / count, sz / count
                cxx, cyy, cxy = sxx / count - mx * mx, syy / count - my * my, sxy / count - mx * my
                cxz, cyz = sxz / count - mx * mz, syz / count - my * mz
                det = cxx * cyy - cxy * cxy
                if det > 1e-6 * (cxx + cyy) * (cxx + cyy) and cxx + cyy > 0.0:
                    a = (cxz * cyy - cyz * cxy) / det
                    b = (cyz * cxx - cxz * cxy) / det
                    east, north = 0.5 * a, 0.5 * b
                    square = mz - a * mx - b * my + east * east + north * north
                    if n == rows.shape[0]:
                        rows = np.concatenate((rows, np.empty_like(rows)))
                        fits = np.concatenate((fits, np.empty_like(fits)))
                    rows[n, 0], rows[n, 1] = first, k - 1
                    left = szz / count - mz * mz - a * cxz - b * cyz
                    radius = math.sqrt(max(square, 1e-9))
                    fits[n, 0], fits[n, 1] = radius, 0.5 * math.sqrt(max(left, 0.0)) / radius
                    fits[n, 2] = way
                    n += 1
            first = k
    return rows[:n], fits[:n]


@kernel
def ruled_legs(
    offsets: Int64,
    time_s: Float64,
    lon: Float64,
    lat: Float64,
    rows: Int32,
    break_m: float,
    interval_s: float,
    moving_mps: float,
    least_s: float,
) -> tuple[Int64, Float64, Float64]:
    """Return legs on which every report lies on the line between its neighbours.

    `rows` are reports, thinned, in the order of hulls. Legs as (first, last, reports judged), shape
    (legs, 3), of `least_s` and more; the root mean square distance abeam of each, metres; and for each hull
    the seconds that could be judged: under way, at intervals up to `interval_s`.
    """
    legs = np.empty((16, 3), np.int64)
    off_m = np.empty(16, np.float64)
    judged_s = np.zeros(offsets.size - 1, np.float64)
    n = 0
    h = 0
    begin = -1
    squares = 0.0
    for i in range(1, rows.size):
        k = rows[i]
        while k >= offsets[h + 1]:
            h += 1
        on_line = False
        off = 0.0
        if i + 1 < rows.size and rows[i - 1] >= offsets[h] and rows[i + 1] < offsets[h + 1]:
            a, b = rows[i - 1], rows[i + 1]
            before_s, after_s = time_s[k] - time_s[a], time_s[b] - time_s[k]
            if before_s <= interval_s and after_s <= interval_s:
                east_m, north_m = scale_at(lat[k])
                ax, ay = wrap_one_deg(lon[k] - lon[a]) * east_m, (lat[k] - lat[a]) * north_m
                bx, by = wrap_one_deg(lon[b] - lon[k]) * east_m, (lat[b] - lat[k]) * north_m
                way = math.sqrt((ax + bx) * (ax + bx) + (ay + by) * (ay + by))
                if way >= moving_mps * (before_s + after_s) and way > 0.0:
                    judged_s[h] += 0.5 * (before_s + after_s)
                    off = abs(ax * by - ay * bx) / way
                    on_line = off <= break_m
        if on_line:
            if begin < 0:
                begin = i
                squares = 0.0
            squares += off * off
        if begin >= 0 and (not on_line or i + 1 == rows.size):
            end = i if on_line else i - 1
            if time_s[rows[end]] - time_s[rows[begin]] >= least_s:
                if n == legs.shape[0]:
                    legs = np.concatenate((legs, np.empty_like(legs)))
                    off_m = np.concatenate((off_m, np.empty_like(off_m)))
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
