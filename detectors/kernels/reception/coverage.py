"""Sums over cells of place and time: how many vessel-hours were heard or missed around a place.

Cells are squares of `tenths` tenths of a degree, numbered from 90 S 180 W. A key is the cell with its bin of
time, or with its level. Tables are sorted by key, so that a row of neighbouring cells is one run.
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from geodata.jit import helper, kernel

Int32 = npt.NDArray[np.int32]
Int64 = npt.NDArray[np.int64]
Float64 = npt.NDArray[np.float64]
Float32 = npt.NDArray[np.float32]
UInt8 = npt.NDArray[np.uint8]
Bool = npt.NDArray[np.bool_]

ROWS, COLUMNS = 1800, 3600
"""Squares of 0.1 degree from south to north and around the world."""

CHANNELS = 3
"""Stations, satellites, unknown: bits 0, 1 and 2 of what was heard."""


@helper
def row_of(lat: float) -> int:
    """Return the row of a latitude, in tenths of a degree from 90 S."""
    return int(min(ROWS - 1, max(0, math.floor((lat + 90.0) * 10.0))))


@helper
def column_of(lon: float) -> int:
    """Return the column of a longitude, in tenths of a degree from 180 W, around the world."""
    return int(math.floor((lon + 180.0) * 10.0) % COLUMNS)


@helper
def first_at(keys: Int64, key: int, lo: int, hi: int) -> int:
    """Return the first place in [lo, hi) whose key is at least the given one, by binary search."""
    while lo < hi:
        middle = (lo + hi) // 2
        if keys[middle] < key:
            lo = middle + 1
        else:
            hi = middle
    return lo


@kernel
def cell_keys(bins: Int64, lon: Float64, lat: Float64) -> Int64:
    """Return the key of each row: bin of time, then row, then column of its 0.1 degree square."""
    keys = np.empty(bins.size, np.int64)
    for n in range(bins.size):
        keys[n] = (bins[n] * ROWS + row_of(lat[n])) * COLUMNS + column_of(lon[n])
    return keys


@kernel
def run_sums(keys: Int64, order: Int64, values: Float64) -> tuple[Int64, Float64]:
    """Return the keys that occur, and the sums of the rows of `values` that share each.

    `order` sorts the keys. Shapes (keys,) and (keys, columns of `values`).
    """
    unique, sums = np.empty(keys.size, np.int64), np.zeros(values.shape)
    n = -1
    for row in order:
        # In the order of keys equal ones stand together: a new key begins a new sum.
        if n < 0 or keys[row] != unique[n]:
            n += 1
            unique[n] = keys[row]
        for column in range(values.shape[1]):
            sums[n, column] += values[row, column]
    # Copies: the large arrays are not kept alive by the small part in use.
    return unique[: n + 1].copy(), sums[: n + 1].copy()


@kernel
def outermost(along: Float64, across: Float64) -> Int64:
    """Return where `across` is least and greatest in each tenth of a degree of `along`: few points.

    Their convex outline is nearly that of all points: a corner may lie beyond it, by less than a tenth of a
    degree.
    """
    if along.size == 0:
        return np.empty(0, np.int64)
    first = math.floor(along.min() * 10.0)
    # One strip per tenth of a degree; -1 where no point lies in it.
    ends = np.full((math.floor(along.max() * 10.0) - first + 1, 2), -1, np.int64)
    for k in range(along.size):
        strip = math.floor(along[k] * 10.0) - first
        if ends[strip, 0] < 0 or across[k] < across[ends[strip, 0]]:
            ends[strip, 0] = k
        if ends[strip, 1] < 0 or across[k] > across[ends[strip, 1]]:
            ends[strip, 1] = k
    return ends[ends[:, 0] >= 0].copy().ravel()


LEVELS = (36, 9, 3, 1)
"""Sizes of the nested squares in tenths of a degree, the widest first (step 2).

What a small square cannot show, the one around it shows.
"""

LEVEL_COUNT = 4


@helper
def _level_key(level: int, tenths: int, lon: float, lat: float) -> int:
    return int((level * ROWS + row_of(lat) // tenths) * COLUMNS + column_of(lon) // tenths)


@kernel
def level_keys(lon: Float64, lat: Float64, is_class_b: Bool, level: int, tenths: int) -> Int64:
    """Return the key of the square of one level that each place lies in, class B after all of class A."""
    keys = np.empty(lon.size, np.int64)
    for n in range(lon.size):
        keys[n] = _level_key(level + (LEVEL_COUNT if is_class_b[n] else 0), tenths, lon[n], lat[n])
    return keys


@kernel
def usual_share(
    q_lon: Float64,
    q_lat: Float64,
    q_class_b: Bool,
    own: Int64,
    row_lon: Float64,
    row_lat: Float64,
    row_heard: UInt8,
    row_weight: Float32,
    keys: Int64,
    present: Float64,
    heard: Float64,
    root: float,
    prior: float,
    levels: Int64,
) -> Float64:
    """Return the share of a class usually heard at each place on each channel, and the evidence for it.

    Shape (places, channels + 1). Step 2: at each level, from the widest square, the share is (heard + prior x
    wider share) / (present + prior): a Beta prior of `prior` vessel-hours. The last column is what was
    present in the square of 0.3 degree. The vessel's own rows, `own[q, 0]` to `own[q, 1]`, are left out.
    """
    # Step 2: where nobody was ever heard the share is `root`, and not the mean of all waters.
    shares = np.full((q_lon.size, CHANNELS + 1), root)
    for q in range(q_lon.size):
        shares[q, CHANNELS] = 0.0
        for level in range(levels.size):
            tenths = levels[level]
            level_and_class = level + (LEVEL_COUNT if q_class_b[q] else 0)
            key = _level_key(level_and_class, tenths, q_lon[q], q_lat[q])
            place = first_at(keys, key, 0, keys.size)
            # A square without anybody has only empty squares inside: the wider share stands.
            if place == keys.size or keys[place] != key:
                break
            # The table holds all vessels: what this one sent there is taken away again, so that it is no
            # evidence for itself.
            present_here, own_heard = present[place], np.zeros(CHANNELS)
            for r in range(own[q, 0], own[q, 1]):
                if _level_key(level_and_class, tenths, row_lon[r], row_lat[r]) == key:
                    present_here -= row_weight[r]
                    for c in range(CHANNELS):
                        # A half-hour can be heard on several channels: one bit each.
                        if row_heard[r] >> c & 1:
                            own_heard[c] += row_weight[r]
            # Taking away in another order than adding leaves a rounding error, which must not be negative.
            present_here = max(0.0, present_here)
            for c in range(CHANNELS):
                others_heard = min(present_here, max(0.0, heard[place, c] - own_heard[c]))
                # The share of the wider square is the prior of this one: little evidence leaves it as it
                # was.
                shares[q, c] = (others_heard + prior * shares[q, c]) / (present_here + prior)
            if tenths == 3:
                shares[q, CHANNELS] = present_here
    return shares
