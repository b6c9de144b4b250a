"""Which segments lie near one another at one time."""

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
"""What two segments near one another at a grid time may be, as bits.

Bit 1: both are slow and within the radius of slow pairs. Bit 2: both are slow enough for a transfer under
way, and within the radius for that.
"""

HEIGHT_MIN_M = 110_500.0
"""Metres per degree of latitude: no degree is shorter, so a cell of that height is never too low."""

TALLY_BITS = 14
"""The tally has 2 to the power of this many places: 64 kB, small enough for the cache."""


@helper
def is_accompanied(x: Float64, y: Float64, radius_m: float) -> Bool:
    """Mark the positions that may have another one within the radius (metres).

    Most vessels at sea have none, and need no exact search. Positions are tallied in cells of at least the
    radius. The place in the tally is a number that cells far apart may share. So some positions are marked in
    vain, and none is left out.
    """
    if x.size < 2:
        return np.zeros(x.size, np.bool_)
    # Cells are as broad as the radius needs at the highest latitude, where a degree of longitude is
    # shortest: then no neighbour is more than one cell away. A thousandth more covers rounding.
    east_m, _ = metres_per_degree(min(90.0, np.abs(y).max() + radius_m / HEIGHT_MIN_M))
    columns = max(1, int(360.0 / (1.001 * radius_m / east_m)))
    width_deg, height_deg = 360.0 / columns, 1.001 * radius_m / HEIGHT_MIN_M
    mask = (1 << TALLY_BITS) - 1
    tally = np.zeros(mask + 1, np.int32)
    column, row = np.empty(x.size, np.int64), np.empty(x.size, np.int64)
    for p in range(x.size):
        column[p] = min(columns - 1, int((x[p] + 180.0) / width_deg))
        row[p] = int((y[p] + 90.0) / height_deg)
        # A hash of the cell in place of a table of the whole earth. 7919 is a prime: neighbouring rows do
        # not fall on one another.
        tally[(row[p] * 7919 + column[p]) & mask] += 1
    marked = np.zeros(x.size, np.bool_)
    for p in range(x.size):
        # Columns go around the world: the cells on both sides of 180 degrees are neighbours.
        west = column[p] - 1 if column[p] else columns - 1
        east = column[p] + 1 if column[p] + 1 < columns else 0
        in_nine_cells = 0
        for r in range(row[p] - 1, row[p] + 2):
            for c in (west, column[p], east):
                in_nine_cells += tally[(r * 7919 + c) & mask]
        # The position itself counts once.
        marked[p] = in_nine_cells > 1
    return marked


@helper
def _lower(values: Float64, lo: int, hi: int, x: float) -> int:
    """Return the first index in [lo, hi) whose value is at least x."""
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
    """Fill in the neighbours of position p and what each pair may be; return how many there are.

    Two slow segments are neighbours within `radius_m`, others within `way_m`, which is not larger.

    Positions are sorted by row (bands of latitude half a radius high), and by longitude within a row;
    `starts` are the bounds of the rows. The row of p itself comes first, and the search stops when `found` is
    full. A crowd fills `found` from that row at once. So a place of M vessels costs M times the size of
    `found`, and not M squared.
    """
    n = 0
    # The reach in longitude at the highest latitude within the radius, where a degree is shortest: never
    # too small.
    east_m, _ = metres_per_degree(min(90.0, abs(y[p]) + radius_m / 110500.0))
    reach_deg = min(180.0, 1.001 * radius_m / east_m)
    for turn in range(5):
        # A row is half a radius high, so everything within the radius lies at most two rows away.
        row = row_of[p] + (0, 1, -1, 2, -2)[turn]
        if row < 0 or row >= starts.size - 1 or starts[row] == starts[row + 1]:
            continue
        first, end = starts[row], starts[row + 1]
        # Across 180 degrees longitudes jump by a whole turn: the same window is looked up one turn to
        # either side.
        for shift in (0.0, -360.0, 360.0):
            west_deg, east_deg = x[p] + shift - reach_deg, x[p] + shift + reach_deg
            if x[end - 1] < west_deg or x[first] >= east_deg:
                continue
            # Longitudes in a row are sorted, so a binary search finds the first one in the window.
            k = _lower(x, first, end, west_deg)
            # The east end is open, so that a position half a turn away is met once and not twice.
            while k < end and x[k] < east_deg:
                # Rule 2: distance on the plane that touches halfway. Its square is compared: no root is
                # needed.
                per_lon_m, per_lat_m = scale_at(0.5 * (y[p] + y[k]))
                dx, dy = wrap_one_deg(x[k] - x[p]) * per_lon_m, (y[k] - y[p]) * per_lat_m
                square_m2 = dx * dx + dy * dy
                both_slow = slow[p] and slow[k]
                if k != p and square_m2 <= (radius_m * radius_m if both_slow else way_m * way_m):
                    # Full: p has more neighbours than allowed and lies in a crowd (rule 10). The rest is
                    # not needed.
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
    """Return the band of latitude of each position, numbered without long gaps, and the number of bands."""
    height_deg = 0.5 * radius_m / 110500.0
    order = np.argsort(y, kind="mergesort")
    row_of = np.empty(y.size, np.int64)
    band = 0
    row = 0
    for n in range(order.size):
        b = math.floor((y[order[n]] + 90.0) / height_deg)
        # Rows at most two apart are neighbours. A step of three between numbers therefore keeps distant
        # bands apart without a row for each empty band between.
        if n > 0 and b != band:
            row += min(b - band, 3)
        band = b
        row_of[order[n]] = row
    return row_of, row + 1


@helper
def slot_pairs(
    segment: Int32,
    x: Float64,
    y: Float64,
    slow: Bool,
    radius_m: float,
    way_m: float,
    neighbours_max: int,
) -> tuple[Int32, Int32, UInt8, Int32]:
    """Return the pairs of segments near one another at one time, and the segments in a crowd.

    Four answers: the lower and the higher segment of each pair, what each pair may be (bits), and the
    segments that lie in a crowd. Rule 10: a segment in a crowd has more than `neighbours_max` neighbours.
    Pairs of two such segments are left out.
    """
    row_of, bands = _rows(y, radius_m)
    offsets, row_order = grouped(row_of, bands)
    # Sorted by band, and by longitude within a band: neighbours then lie next to one another in memory.
    for band in range(bands):
        band_rows = row_order[offsets[band] : offsets[band + 1]].copy()
        row_order[offsets[band] : offsets[band + 1]] = band_rows[np.argsort(x[band_rows], kind="mergesort")]
    x_by_row, y_by_row, segment_by_row, band_by_row, slow_by_row = (
        x[row_order],
        y[row_order],
        segment[row_order],
        row_of[row_order],
        slow[row_order],
    )
    # One place more than allowed is enough to see that a position lies in a crowd.
    found = np.empty(neighbours_max + 1, np.int64)
    kind = np.empty(neighbours_max + 1, np.uint8)
    degree = np.empty(segment.size, np.int64)
    total = 0
    for p in range(segment.size):
        # First pass: count, so that the arrays of pairs get their exact size.
        degree[p] = _neighbours_of(
            p, band_by_row, offsets, x_by_row, y_by_row, slow_by_row, radius_m, way_m, found, kind
        )
        if degree[p] <= neighbours_max:
            total += degree[p]
    left = np.empty(total, np.int32)
    right = np.empty(total, np.int32)
    kinds = np.empty(total, np.uint8)
    n = 0
    for p in range(segment.size):
        # Second pass. A segment in a crowd finds no partner itself, but a partner outside the crowd finds
        # it.
        if degree[p] == 0 or degree[p] > neighbours_max:
            continue
        count = _neighbours_of(
            p, band_by_row, offsets, x_by_row, y_by_row, slow_by_row, radius_m, way_m, found, kind
        )
        for m in range(count):
            q = found[m]
            # Two segments outside a crowd find one another: keep the pair once.
            if degree[q] <= neighbours_max and q < p:
                continue
            left[n] = min(segment_by_row[p], segment_by_row[q])
            right[n] = max(segment_by_row[p], segment_by_row[q])
            kinds[n] = kind[m]
            n += 1
    return left[:n], right[:n], kinds[:n], segment_by_row[degree > neighbours_max]
