"""Sums over cells of place and time: how many vessel-hours were heard or missed round a place.

Cells are squares of `tenths` tenths of a degree, numbered from 90S 180W; a key is the cell with its bin of
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
"""Squares of 0.1 degree from south to north and round the world."""

CHANNELS = 3
"""Terrestrial, satellite, unknown: bits 0, 1 and 2 of what was heard."""


@helper
def row_of(lat: float) -> int:
    """Return the row of a latitude, in tenths of a degree."""
    return int(min(ROWS - 1, max(0, math.floor((lat + 90.0) * 10.0))))


@helper
def column_of(lon: float) -> int:
    """Return the column of a longitude, in tenths of a degree, round the world."""
    return int(math.floor((lon + 180.0) * 10.0) % COLUMNS)


@helper
def first_at(keys: Int64, key: int, lo: int, hi: int) -> int:
    """Return the first place in [lo, hi) whose key is at least the given one."""
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
    """Return the keys that occur and the sums of the rows of `values` that share each; `order` sorts keys."""
    unique, sums = np.empty(keys.size, np.int64), np.zeros(values.shape)
    n = -1
    for row in order:
        if n < 0 or keys[row] != unique[n]:
            n += 1
            unique[n] = keys[row]
        for column in range(values.shape[1]):
            sums[n, column] += values[row, column]
    return unique[: n + 1].copy(), sums[: n + 1].copy()


@kernel
def outermost(along: Float64, across: Float64) -> Int64:
    """Return where `across` is least and most in each tenth of a degree of `along`: few points.

    Their hull is nearly that of all: a corner may lie beyond, by less than a tenth of a degree.
    """
    if along.size == 0:
        return np.empty(0, np.int64)
    first = math.floor(along.min() * 10.0)
    ends = np.full((math.floor(along.max() * 10.0) - first + 1, 2), -1, np.int64)
    for k in range(along.size):
        strip = math.floor(along[k] * 10.0) - first
        if ends[strip, 0] < 0 or across[k] < across[ends[strip, 0]]:
            ends[strip, 0] = k
        if ends[strip, 1] < 0 or across[k] > across[ends[strip, 1]]:
            ends[strip, 1] = k
    return ends[ends[:, 0] >= 0].copy().ravel()


LEVELS = (36, 9, 3, 1)
"""Sizes of the nested squares in tenths of a degree, the widest first: what a small one cannot say, the one
round it says."""

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

    At each level, from the widest square, the share is (heard + prior x wider share) / (present + prior): a
    Beta prior. The last column is what was present in the square of 0.3 degree. Rows `own[q, 0]` to
    `own[q, 1]` are left out.
    """
    shares = np.full((q_lon.size, CHANNELS + 1), root)
    for q in range(q_lon.size):
        shares[q, CHANNELS] = 0.0
        for level in range(levels.size):
            tenths = levels[level]
            number = level + (LEVEL_COUNT if q_class_b[q] else 0)
            key = _level_key(number, tenths, q_lon[q], q_lat[q])
            at = first_at(keys, key, 0, keys.size)
            if at == keys.size or keys[at] != key:
                break
            there, hers = present[at], np.zeros(CHANNELS)
            for r in range(own[q, 0], own[q, 1]):
                if _level_key(number, tenths, row_lon[r], row_lat[r]) == key:
                    there -= row_weight[r]
                    for c in range(CHANNELS):
                        if row_heard[r] >> c & 1:
                            hers[c] += row_weight[r]
            there = max(0.0, there)
            for c in range(CHANNELS):
                told = min(there, max(0.0, heard[at, c] - hers[c]))
                shares[q, c] = (told + prior * shares[q, c]) / (there + prior)
            if tenths == 3:
                shares[q, CHANNELS] = there
    return shares
