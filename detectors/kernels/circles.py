"""Loops over reports that look for positions on an exact circle."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from detectors.kernels.geodesy import metres_per_degree, scale_at, wrap_one_deg
from geodata.jit import at, helper, kernel

if TYPE_CHECKING:
    from detectors.kernels.fixes import Fixes

Int64 = npt.NDArray[np.int64]
Float64 = npt.NDArray[np.float64]


@kernel
def circle_parts(
    offsets: Int64,
    fixes: Fixes,
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
    time_s, lon, lat = fixes
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
            first_s, first_lon, first_lat = time_s[first], lon[first], lat[first]
            east_m, north_m = metres_per_degree(first_lat)
            sx = sy = sxx = syy = sxy = sz = sxz = syz = szz = 0.0
            way = before_x = before_y = 0.0
            k = first
            while k < end:
                now_s = at(time_s, k)
                if k > first and now_s - at(time_s, k - 1) > silence_s:
                    break
                if k - first >= reports and now_s - first_s > span_s:
                    break
                x = wrap_one_deg(at(lon, k) - first_lon) * east_m
                y = (at(lat, k) - first_lat) * north_m
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


FLATTEST = 1e-12
"""Determinant, as a share of the square of the spread, of positions that lie on one line."""


@helper
def _from_m(origin: int, k: int, lon: Float64, lat: Float64) -> tuple[float, float]:
    """Return east and north metres from one report to another, on the plane that touches halfway."""
    east, north = scale_at(0.5 * (lat[origin] + lat[k]))
    return wrap_one_deg(lon[k] - lon[origin]) * east, (lat[k] - lat[origin]) * north


@helper
def _circle_through(first: int, last: int, lon: Float64, lat: Float64) -> tuple[float, float, float, float]:
    """Return east and north of the centre from the first report, radius, and distance from it, metres.

    Least squares (Kasa's algebraic fit) about the middle of the reports; radius 0 where there is no circle.
    """
    count = last - first + 1
    mx = my = 0.0
    for k in range(first, last + 1):
        x, y = _from_m(first, k, lon, lat)
        mx += x / count
        my += y / count
    cuu = cuv = cvv = cuz = cvz = 0.0
    for k in range(first, last + 1):
        x, y = _from_m(first, k, lon, lat)
        u, v = x - mx, y - my
        z = u * u + v * v
        cuu += u * u / count
        cuv += u * v / count
        cvv += v * v / count
        cuz += u * z / count
        cvz += v * z / count
    det = cuu * cvv - cuv * cuv
    if not det > FLATTEST * (cuu + cvv) * (cuu + cvv):
        return 0.0, 0.0, 0.0, 0.0
    east, north = 0.5 * (cuz * cvv - cvz * cuv) / det, 0.5 * (cvz * cuu - cuz * cuv) / det
    radius_m = math.sqrt(east * east + north * north + cuu + cvv)
    squares = 0.0
    for k in range(first, last + 1):
        x, y = _from_m(first, k, lon, lat)
        off = math.hypot(x - mx - east, y - my - north) - radius_m
        squares += off * off
    return mx + east, my + north, radius_m, math.sqrt(squares / count)


@helper
def _is_on(
    k: int, origin: int, lon: Float64, lat: Float64, fit: tuple[float, float, float, float], within_m: float
) -> bool:
    x, y = _from_m(origin, k, lon, lat)
    return abs(math.hypot(x - fit[0], y - fit[1]) - fit[2]) <= within_m


@kernel
def grown_circles(
    offsets: Int64,
    fixes: Fixes,
    parts: Int64,
    off_share: float,
    grow: float,
    silence_s: float,
) -> tuple[Int64, Float64]:
    """Return the circles that hold parts of tracks and all reports next to them.

    `parts` are (first, last) rows of one hull each. A part's circle goes on over reports within `grow` times
    `off_share` of its radius, without a silence over `silence_s`; then it is laid anew. Returns (first, last)
    rows; and (east, north) of the centre from the first of them, radius, and root mean square distance from
    the circle, metres. Radius 0 where a part is off its circle by more than `off_share` of the radius.
    """
    time_s, lon, lat = fixes
    rows, fits = parts.copy(), np.zeros((parts.shape[0], 4))
    for n in range(parts.shape[0]):
        origin, end = parts[n, 0], parts[n, 1]
        fit = _circle_through(origin, end, lon, lat)
        if fit[2] == 0.0 or fit[3] > off_share * fit[2]:
            continue
        within_m = grow * off_share * fit[2]
        hull = np.searchsorted(offsets, origin, side="right") - 1
        first = last = (origin + end) // 2
        if _is_on(first, origin, lon, lat, fit, within_m):
            while (
                first > offsets[hull]
                and time_s[first] - time_s[first - 1] <= silence_s
                and _is_on(first - 1, origin, lon, lat, fit, within_m)
            ):
                first -= 1
            while (
                last + 1 < offsets[hull + 1]
                and time_s[last + 1] - time_s[last] <= silence_s
                and _is_on(last + 1, origin, lon, lat, fit, within_m)
            ):
                last += 1
        rows[n, 0], rows[n, 1] = first, last
        fits[n, 0], fits[n, 1], fits[n, 2], fits[n, 3] = _circle_through(first, last, lon, lat)
    return rows, fits
