"""Positions on an exact circle (spoofing, `circling`).

The search has two steps. A cheap fit of every part of every track finds the parts that may lie on a circle;
then an exact fit grows these over the reports next to them.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt

from detectors.kernels.arrays.growing_rows import with_room
from detectors.kernels.geometry.geodesy import metres_per_degree, scale_at, wrap_one_deg
from geodata.jit import at, bundle, helper, kernel

if TYPE_CHECKING:
    from detectors.kernels.tracks.fixes import Fixes

Int64 = npt.NDArray[np.int64]
Float64 = npt.NDArray[np.float64]


@bundle
class PartRule(NamedTuple):
    """How tracks are cut into parts: of at least `span_s` seconds and `reports`, without a longer gap.

    No gap inside a part exceeds `silence_s`.
    """

    span_s: float
    reports: int
    silence_s: float


@helper
def _first_of_parts(first: int, end: int, time_s: Float64, lead: float, rule: PartRule) -> int:
    """Return the report at which the first part of a segment begins: after a share of a part."""
    origin, from_s, skip = first, time_s[first] + lead * rule.span_s, int(lead * rule.reports)
    # Parts that begin half a part later are another cut of the same track: a circle that one cut halves
    # lies whole in the other.
    while first < end and (time_s[first] < from_s or first - origin < skip):
        first += 1
    return first


@helper
def _end_of_part(first: int, end: int, time_s: Float64, rule: PartRule) -> int:
    """Return the report after the last one of a part."""
    first_s = last_s = time_s[first]
    for k in range(first + 1, end):
        now_s = at(time_s, k)
        # A gap ends a part. Else it goes on until it has both: enough reports and enough time.
        if now_s - last_s > rule.silence_s or (k - first >= rule.reports and now_s - first_s > rule.span_s):
            return k
        last_s = now_s
    return end


@helper
def _sums(first: int, end: int, lon: Float64, lat: Float64) -> tuple[float, ...]:
    """Return the mean products of x, y and z = x^2 + y^2 of reports, and the way made; metres.

    In the order x, y, z, xx, yy, xy, xz, yz, zz, way. On the plane that touches at the first report.
    """
    first_lon, first_lat = lon[first], lat[first]
    east_m, north_m = metres_per_degree(first_lat)
    sx = sy = sxx = syy = sxy = sz = sxz = syz = szz = 0.0
    way_m = last_x = last_y = 0.0
    # One pass and no distance formula: this loop sees every report. One plane for the whole part is exact
    # enough to find parts; the found ones are fitted again.
    for k in range(first, end):
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
        dx, dy = x - last_x, y - last_y
        way_m += math.sqrt(dx * dx + dy * dy)
        last_x, last_y = x, y
    n = end - first
    return sx / n, sy / n, sz / n, sxx / n, syy / n, sxy / n, sxz / n, syz / n, szz / n, way_m


@helper
def _fitted(sums: tuple[float, ...]) -> tuple[float, float]:
    """Return the radius of the circle through reports, and their root mean square distance from it.

    Metres, from the means of `_sums`; radius 0 where there is no circle.
    """
    mx, my, mz, mxx, myy, mxy, mxz, myz, mzz, _ = sums
    # Covariances from the means alone: no second pass over the reports.
    cxx, cyy, cxy = mxx - mx * mx, myy - my * my, mxy - mx * my
    cxz, cyz = mxz - mx * mz, myz - my * mz
    # Kasa's fit: x^2 + y^2 = a x + b y + c is linear in a, b and c. Least squares then needs two equations
    # and no iteration.
    det = cxx * cyy - cxy * cxy
    # The determinant vanishes for reports on one line or at one place: no circle. It is compared with the
    # spread, so that the test does not depend on the size.
    if not det > 1e-6 * (cxx + cyy) * (cxx + cyy):
        return 0.0, 0.0
    a = (cxz * cyy - cyz * cxy) / det
    b = (cyz * cxx - cxz * cxy) / det
    east, north = 0.5 * a, 0.5 * b
    square = mz - a * mx - b * my + east * east + north * north
    # What remains of z after the fit. An error of z is 2 x radius times the distance from the circle; hence
    # half of it over the radius.
    left = mzz - mz * mz - a * cxz - b * cyz
    radius = math.sqrt(max(square, 1e-9))
    return radius, 0.5 * math.sqrt(max(left, 0.0)) / radius


@kernel
def circle_parts(offsets: Int64, fixes: Fixes, rule: PartRule, lead: float) -> tuple[Int64, Float64]:
    """Cut segments into parts, and fit the best circle to each.

    Least squares on the plane at the first report of the part (Kasa's algebraic fit). Returns (first, last)
    rows, and (radius, root mean square distance from the circle, way made) in metres. Parts without a circle
    are left out. `lead`, from 0 to 1, is the share of a part after which the first of each segment begins.
    """
    time_s, lon, lat = fixes
    rows, fits, n = np.empty((16, 2), np.int64), np.empty((16, 3), np.float64), 0
    for h in range(offsets.size - 1):
        end = offsets[h + 1]
        first = _first_of_parts(offsets[h], end, time_s, lead, rule)
        while first < end:
            begin, first = first, _end_of_part(first, end, time_s, rule)
            # Cut short by a gap or by the end of the track.
            if first - begin < rule.reports:
                continue
            sums = _sums(begin, first, lon, lat)
            radius_m, off_m = _fitted(sums)
            if radius_m > 0.0:
                rows, fits = with_room(rows, n + 1), with_room(fits, n + 1)
                rows[n, 0], rows[n, 1] = begin, first - 1
                fits[n, 0], fits[n, 1], fits[n, 2] = radius_m, off_m, sums[-1]
                n += 1
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
    """Return east and north of the centre from the first report, radius, and distance from it; metres.

    The distance is the root mean square of the reports. Least squares (Kasa's algebraic fit) about the middle
    of the reports; radius 0 where there is no circle.
    """
    count = last - first + 1
    mx = my = 0.0
    for k in range(first, last + 1):
        x, y = _from_m(first, k, lon, lat)
        mx += x / count
        my += y / count
    # A second pass about the middle: coordinates stay small, so nothing cancels. This fit decides about an
    # event, so it may cost more than `_fitted`.
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
    # Positions on one line have no circle.
    if not det > FLATTEST * (cuu + cvv) * (cuu + cvv):
        return 0.0, 0.0, 0.0, 0.0
    east, north = 0.5 * (cuz * cvv - cvz * cuv) / det, 0.5 * (cvz * cuu - cuz * cuv) / det
    radius_m = math.sqrt(east * east + north * north + cuu + cvv)
    # The distances are measured in a third pass, since the algebraic fit minimises errors of squared
    # distances.
    squares_m2 = 0.0
    for k in range(first, last + 1):
        x, y = _from_m(first, k, lon, lat)
        off_m = math.hypot(x - mx - east, y - my - north) - radius_m
        squares_m2 += off_m * off_m
    return mx + east, my + north, radius_m, math.sqrt(squares_m2 / count)


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
    """Return the circles of parts of tracks, grown over all reports next to them that lie on them.

    `parts` are (first, last) rows of one segment each. The circle of a part goes on over reports within
    `grow` times `off_share` of its radius, without a gap over `silence_s`; then it is fitted again. Returns
    (first, last) rows; and (east, north) of the centre from the first of them, radius, and root mean square
    distance from the circle, metres. Radius 0 where a part is off its circle by more than `off_share` of the
    radius.
    """
    time_s, lon, lat = fixes
    rows, fits = parts.copy(), np.zeros((parts.shape[0], 4))
    for n in range(parts.shape[0]):
        origin, end = parts[n, 0], parts[n, 1]
        fit = _circle_through(origin, end, lon, lat)
        # No circle, or reports too far off it: `circle_off_share` of the radius.
        if fit[2] == 0.0 or fit[3] > off_share * fit[2]:
            continue
        within_m = grow * off_share * fit[2]
        segment = np.searchsorted(offsets, origin, side="right") - 1
        # From the middle of the part outwards: its ends may lie beyond the circle, where the vessel came or
        # went.
        first = last = (origin + end) // 2
        if _is_on(first, origin, lon, lat, fit, within_m):
            while (
                first > offsets[segment]
                and time_s[first] - time_s[first - 1] <= silence_s
                and _is_on(first - 1, origin, lon, lat, fit, within_m)
            ):
                first -= 1
            while (
                last + 1 < offsets[segment + 1]
                and time_s[last + 1] - time_s[last] <= silence_s
                and _is_on(last + 1, origin, lon, lat, fit, within_m)
            ):
                last += 1
        rows[n, 0], rows[n, 1] = first, last
        # Fitted again: the part was only a piece of it.
        fits[n, 0], fits[n, 1], fits[n, 2], fits[n, 3] = _circle_through(first, last, lon, lat)
    return rows, fits
