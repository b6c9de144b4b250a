"""Which hulls lie near one another at one time."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from detectors.kernels.arrays.order import grouped
from detectors.kernels.geometry.geodesy import metres_per_degree, scale_at, wrap_one_deg
from geodata.jit import helper

Int64 = npt.NDArray[np.int64]
Int32 = npt.NDArray[np.int32]
Float64 = npt.NDArray[np.float64]
UInt8 = npt.NDArray[np.uint8]
Bool = npt.NDArray[np.bool_]

SLOW_PAIR, WAY_PAIR = 1, 2
"""What two hulls near one another at a grid time may be, as bits: both slow and within the radius; both slow
enough to work under way, and within the radius for that."""

HEIGHT_MIN_M = 110_500.0
"""No degree of latitude is shorter."""

TALLY_BITS = 14


@helper
def is_accompanied(x: Float64, y: Float64, radius_m: float) -> Bool:
    """Mark the positions that may have another within a radius: most ships at sea have none, and are done.

    Positions are tallied in cells of at least the radius, by a number that far cells may share: then some
    are marked in vain, and none is passed over.
    """
    if x.size < 2:
        return np.zeros(x.size, np.bool_)
    east_m, _ = metres_per_degree(min(90.0, np.abs(y).max() + radius_m / HEIGHT_MIN_M))
    columns = max(1, int(360.0 / (1.001 * radius_m / east_m)))
    width_deg, height_deg = 360.0 / columns, 1.001 * radius_m / HEIGHT_MIN_M
    mask = (1 << TALLY_BITS) - 1
    tally = np.zeros(mask + 1, np.int32)
    column, row = np.empty(x.size, np.int64), np.empty(x.size, np.int64)
    for p in range(x.size):
        column[p] = min(columns - 1, int((x[p] + 180.0) / width_deg))
        row[p] = int((y[p] + 90.0) / height_deg)
        tally[(row[p] * 7919 + column[p]) & mask] += 1
    marked = np.zeros(x.size, np.bool_)
    for p in range(x.size):
        west = column[p] - 1 if column[p] else columns - 1
        east = column[p] + 1 if column[p] + 1 < columns else 0
        there = 0
        for r in range(row[p] - 1, row[p] + 2):
            for c in (west, column[p], east):
                there += tally[(r * 7919 + c) & mask]
        marked[p] = there > 1
    return marked


@helper
def _lower(values: Float64, lo: int, hi: int, x: float) -> int:
    """First index in [lo, hi) whose value is at least x."""
    while lo < hi:
        middle = (lo + hi) // 2
        if values[middle] < x:
            lo = middle + 1
        else:
            hi = middle
    return lo


@helper
def _neighbours_of(
    p: int,
    row_of: Int64,
    starts: Int64,
    x: Float64,
    y: Float64,
    slow: Bool,
    radius_m: float,
    way_m: float,
    found: Int64,
    kind: UInt8,
) -> int:
    """Neighbours of p, and what each pair may be; her own row first; stops when `found` is full.

    Two slow hulls are neighbours within `radius_m`, others within `way_m`, which is not larger.

    Positions are sorted by row (bands of latitude half a radius high) and by longitude in a row;
    `starts` are the bounds of the rows. A crowd fills `found` from p's own row at once, so a
    place of M ships costs M times the size of `found`, never M squared.
    """
    n = 0
    east_m, _ = metres_per_degree(min(90.0, abs(y[p]) + radius_m / 110500.0))
    reach_deg = min(180.0, 1.001 * radius_m / east_m)
    for turn in range(5):
        row = row_of[p] + (0, 1, -1, 2, -2)[turn]
        if row < 0 or row >= starts.size - 1 or starts[row] == starts[row + 1]:
            continue
        first, end = starts[row], starts[row + 1]
        for shift in (0.0, -360.0, 360.0):
            west_deg, east_deg = x[p] + shift - reach_deg, x[p] + shift + reach_deg
            if x[end - 1] < west_deg or x[first] >= east_deg:
                continue
            k = _lower(x, first, end, west_deg)
            while k < end and x[k] < east_deg:  # half a turn off: once
                per_lon_m, per_lat_m = scale_at(0.5 * (y[p] + y[k]))
                dx, dy = wrap_one_deg(x[k] - x[p]) * per_lon_m, (y[k] - y[p]) * per_lat_m
                square_m2 = dx * dx + dy * dy
                both_slow = slow[p] and slow[k]
                if k != p and square_m2 <= (radius_m * radius_m if both_slow else way_m * way_m):
                    if n == found.size:
                        return n
                    found[n] = k
                    kind[n] = (SLOW_PAIR if both_slow else 0) | (
                        WAY_PAIR if square_m2 <= way_m * way_m else 0
                    )
                    n += 1
                k += 1
    return n


@helper
def _rows(y: Float64, radius_m: float) -> tuple[Int64, int]:
    """Return each position's band of latitude, numbered without long gaps, and the number of bands."""
    height_deg = 0.5 * radius_m / 110500.0
    order = np.argsort(y, kind="mergesort")
    row_of = np.empty(y.size, np.int64)
    band = 0
    row = 0
    for n in range(order.size):
        b = math.floor((y[order[n]] + 90.0) / height_deg)
        if n > 0 and b != band:
            row += min(b - band, 3)
        band = b
        row_of[order[n]] = row
    return row_of, row + 1


@helper
def slot_pairs(
    hull: Int32,
    x: Float64,
    y: Float64,
    slow: Bool,
    radius_m: float,
    way_m: float,
    neighbours_max: int,
) -> tuple[Int32, Int32, UInt8, Int32]:
    """Pairs of hulls near one another at one time, what they may be, and the hulls that lie in a crowd.

    A hull in a crowd has more than `neighbours_max` neighbours; pairs of two such hulls are left out.
    """
    row_of, rows = _rows(y, radius_m)
    offsets, by_row = grouped(row_of, rows)
    for r in range(rows):
        part = by_row[offsets[r] : offsets[r + 1]].copy()
        by_row[offsets[r] : offsets[r + 1]] = part[np.argsort(x[part], kind="mergesort")]
    xs, ys, hs, rs, ss = x[by_row], y[by_row], hull[by_row], row_of[by_row], slow[by_row]
    found = np.empty(neighbours_max + 1, np.int64)
    kind = np.empty(neighbours_max + 1, np.uint8)
    degree = np.empty(hull.size, np.int64)
    total = 0
    for p in range(hull.size):
        degree[p] = _neighbours_of(p, rs, offsets, xs, ys, ss, radius_m, way_m, found, kind)
        if degree[p] <= neighbours_max:
            total += degree[p]
    left = np.empty(total, np.int32)
    right = np.empty(total, np.int32)
    kinds = np.empty(total, np.uint8)
    n = 0
    for p in range(hull.size):
        if degree[p] == 0 or degree[p] > neighbours_max:
            continue
        count = _neighbours_of(p, rs, offsets, xs, ys, ss, radius_m, way_m, found, kind)
        for m in range(count):
            q = found[m]
            if degree[q] <= neighbours_max and q < p:
                continue
            left[n] = min(hs[p], hs[q])
            right[n] = max(hs[p], hs[q])
            kinds[n] = kind[m]
            n += 1
    return left[:n], right[:n], kinds[:n], hs[degree > neighbours_max]
