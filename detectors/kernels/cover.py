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

METRES_PER_DEGREE = 111_195.0
"""On the sphere of mean radius: exact enough for weights that fall over tens of kilometres."""

REACH_SIGMAS = 3.0


@helper
def row_of(lat: float) -> int:
    """Return the row of a latitude, in tenths of a degree."""
    return int(min(ROWS - 1, max(0, math.floor((lat + 90.0) * 10.0))))


@helper
def column_of(lon: float) -> int:
    """Return the column of a longitude, in tenths of a degree, round the world."""
    return int(math.floor((lon + 180.0) * 10.0) % COLUMNS)


@helper
def _first(keys: Int64, key: int, lo: int, hi: int) -> int:
    """Return the first place in [lo, hi) whose key is at least the given one."""
    while lo < hi:
        middle = (lo + hi) // 2
        if keys[middle] < key:
            lo = middle + 1
        else:
            hi = middle
    return lo


@helper
def _ahead(keys: Int64, key: int, at: int, hi: int) -> int:
    """Return what `_first` does of [at, hi), sooner where it lies not far ahead."""
    lo, step = at, 1
    while at < hi and keys[at] < key:
        lo = at + 1
        at += step
        step *= 2
    return _first(keys, key, lo, min(at, hi))


@helper
def _starts(keys: Int64, squares: int) -> tuple[int, Int64]:
    """Return the first bin of time, and where the keys of each bin begin, one bin more than there are.

    A key is the bin times `squares` and then the square.
    """
    if keys.size == 0:
        return 0, np.zeros(1, np.int64)
    first = keys[0] // squares
    starts = np.full(keys[-1] // squares - first + 2, keys.size, np.int64)
    n = 0
    for at in range(keys.size):
        while keys[at] >= (first + n) * squares:
            starts[n] = at
            n += 1
    return first, starts


@helper
def _bells(first: float, step: float, count: int, away: Float64, bell: Float64) -> None:
    """Fill in how far the middles of squares in a row lie away, in sigmas, and the bell curve there.

    Each value comes from the one before, by a factor that falls evenly: three exponentials a row.
    """
    value = math.exp(-0.5 * first * first)
    factor, falls = math.exp(-step * (first + 0.5 * step)), math.exp(-step * step)
    for n in range(count):
        away[n], bell[n] = first + n * step, value
        value *= factor
        factor *= falls


@helper
def _chords(north: Float64, rows: int, east: Float64, columns: int, firsts: Int64, lasts: Int64) -> None:
    """Fill in the first and last column within reach of each row; a row with none has its last before it."""
    step = east[1] - east[0]
    for r in range(rows):
        half = math.sqrt(max(0.0, REACH_SIGMAS * REACH_SIGMAS - north[r] * north[r]))
        is_out = abs(north[r]) > REACH_SIGMAS
        firsts[r] = max(0, math.ceil((-half - east[0]) / step))
        lasts[r] = -1 if is_out else min(columns - 1, math.floor((half - east[0]) / step))


@kernel
def cell_keys(bins: Int64, lon: Float64, lat: Float64) -> Int64:
    """Return the key of each row: bin of time, then row, then column of its 0.1 degree square."""
    keys = np.empty(bins.size, np.int64)
    for n in range(bins.size):
        keys[n] = (bins[n] * ROWS + row_of(lat[n])) * COLUMNS + column_of(lon[n])
    return keys


@kernel
def around(
    q_bin: Int64,
    q_lon: Float64,
    q_lat: Float64,
    own: Int64,
    row_bin: Int64,
    row_lon: Float64,
    row_lat: Float64,
    row_values: Float32,
    keys: Int64,
    values: Float64,
    tenths: int,
    sides: int,
    sigma_m: float,
) -> Float64:
    """Return for each query the sums of `values` near it in its bin and `sides` bins on either side.

    Rows `own[q, 0]` to `own[q, 1]` (hers, in the order of bins), whose values the sums hold, are left out.
    """
    sums = np.zeros((q_bin.size, values.shape[1]), np.float64)
    rows, columns = ROWS // tenths, COLUMNS // tenths
    per_deg, square_deg = METRES_PER_DEGREE / sigma_m, 0.1 * tenths
    reach_deg = REACH_SIGMAS / per_deg
    first_bin, starts = _starts(keys, rows * columns)
    north, by_north = np.empty(rows), np.empty(rows)
    east, by_east = np.empty(columns), np.empty(columns)
    firsts, lasts = np.empty(rows, np.int64), np.empty(rows, np.int64)
    for q in range(q_bin.size):
        lon, lat = q_lon[q], q_lat[q]
        low_row = row_of(lat - reach_deg) // tenths
        high_row = row_of(lat + reach_deg) // tenths
        cosine = math.cos(math.radians(lat))
        wide_deg = reach_deg / max(0.02, cosine)
        reach = min(columns // 2 - 1, int(wide_deg * 10.0 / tenths) + 1)
        west = column_of(lon) // tenths - reach
        south_deg = (low_row + 0.5) * square_deg - 90.0 - lat
        west_deg = ((west + 0.5) * square_deg - lon) % 360.0 - 180.0
        _bells(south_deg * per_deg, square_deg * per_deg, high_row - low_row + 1, north, by_north)
        per_lon_deg = per_deg * cosine
        _bells(west_deg * per_lon_deg, square_deg * per_lon_deg, 2 * reach + 1, east, by_east)
        _chords(north, high_row - low_row + 1, east, 2 * reach + 1, firsts, lasts)
        low_bin = max(q_bin[q] - sides, first_bin)
        for b in range(low_bin, min(q_bin[q] + sides + 1, first_bin + starts.size - 1)):
            at, hi = starts[b - first_bin], starts[b - first_bin + 1]
            for r in range(high_row - low_row + 1):
                base = (b * rows + low_row + r) * columns
                for turn in range(-1, 2):
                    # Columns round the world: as they are, and those beyond either edge.
                    begin = max(0, west + firsts[r] + turn * columns)
                    end = min(columns - 1, west + lasts[r] + turn * columns)
                    if begin > end:
                        continue
                    at = _ahead(keys, base + begin, at, hi)
                    while at < hi and keys[at] <= base + end:
                        share = by_north[r] * by_east[keys[at] - base - turn * columns - west]
                        for v in range(values.shape[1]):
                            sums[q, v] += share * values[at, v]
                        at += 1
        for n in range(_first(row_bin, q_bin[q] - sides, own[q, 0], own[q, 1]), own[q, 1]):
            if row_bin[n] > q_bin[q] + sides:
                break
            r = row_of(row_lat[n]) // tenths - low_row
            c = (column_of(row_lon[n]) // tenths - west) % columns
            if 0 <= r <= high_row - low_row and firsts[r] <= c <= lasts[r]:
                share = by_north[r] * by_east[c]
                for v in range(values.shape[1]):
                    sums[q, v] -= share * row_values[n, v]
        for v in range(values.shape[1]):
            sums[q, v] = max(0.0, sums[q, v])
    return sums


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
            at = _first(keys, key, 0, keys.size)
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
