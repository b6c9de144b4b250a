"""Sums over cells of place and time: how many vessel-hours were heard or missed round a place.

Cells are squares of `tenths` tenths of a degree, numbered from 90S 180W; a key is the cell with its bin of
time, or with its level. Tables are sorted by key, so that a row of neighbouring cells is one run.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from geodata.jit import bundle, helper, kernel

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


@bundle
class Asked(NamedTuple):
    """Places and times to sum round: bin of time, degrees, and her own rows, the first and one beyond."""

    bin: Int64
    lon: Float64
    lat: Float64
    own: Int64


@bundle
class Rows(NamedTuple):
    """What was heard of each hull, by hull and bin: bin of time, degrees, and the values that sums hold."""

    bin: Int64
    lon: Float64
    lat: Float64
    values: Float32


@bundle
class Summed(NamedTuple):
    """Sums over squares of `tenths` tenths of a degree and bins of time, in the order of their keys."""

    keys: Int64
    values: Float64
    tenths: int


@bundle
class Sight(NamedTuple):
    """The squares near one place: the first row, the number of rows, the first column; and what each counts.

    `by_north` and `by_east` hold the bell curve at the middles of rows and columns; `firsts` and `lasts` are
    the columns within reach of each row, counted from the first column.
    """

    low: int
    rows: int
    west: int
    by_north: Float64
    by_east: Float64
    firsts: Int64
    lasts: Int64


@helper
def _look_round(lon: float, lat: float, tenths: int, sigma_m: float, away: Float64, last: Sight) -> Sight:
    """Return the squares near a place, in the room that the place before had."""
    by_north, by_east, firsts, lasts = last.by_north, last.by_east, last.firsts, last.lasts
    columns = COLUMNS // tenths
    per_deg, square_deg = METRES_PER_DEGREE / sigma_m, 0.1 * tenths
    reach_deg = REACH_SIGMAS / per_deg
    low = row_of(lat - reach_deg) // tenths
    rows = row_of(lat + reach_deg) // tenths - low + 1
    cosine = math.cos(math.radians(lat))
    reach = min(columns // 2 - 1, int(reach_deg / max(0.02, cosine) * 10.0 / tenths) + 1)
    west = column_of(lon) // tenths - reach
    south_deg = (low + 0.5) * square_deg - 90.0 - lat
    west_deg = ((west + 0.5) * square_deg - lon) % 360.0 - 180.0
    per_lon_deg = per_deg * cosine
    north, east = away[: by_north.size], away[by_north.size :]
    _bells(south_deg * per_deg, square_deg * per_deg, rows, north, by_north)
    _bells(west_deg * per_lon_deg, square_deg * per_lon_deg, 2 * reach + 1, east, by_east)
    _chords(north, rows, east, 2 * reach + 1, firsts, lasts)
    return Sight(low, rows, west, by_north, by_east, firsts, lasts)


@helper
def _add_bin(into: Float64, of: Summed, first_key: int, span: tuple[int, int], sight: Sight) -> None:
    """Add the sums of one bin of time near a place; `first_key` is that of the bin, `span` has its rows.

    Columns go round the world: they are looked up as they are, and as those beyond either edge.
    """
    columns = COLUMNS // of.tenths
    at, hi = span
    for r in range(sight.rows):
        row_key = first_key + (sight.low + r) * columns
        for turn in range(-1, 2):
            west = sight.west + turn * columns
            begin, end = max(0, west + sight.firsts[r]), min(columns - 1, west + sight.lasts[r])
            if begin > end:
                continue
            at = _ahead(of.keys, row_key + begin, at, hi)
            while at < hi and of.keys[at] <= row_key + end:
                share = sight.by_north[r] * sight.by_east[of.keys[at] - row_key - west]
                for v in range(into.size):
                    into[v] += share * of.values[at, v]
                at += 1


@helper
def _leave_out(into: Float64, own: Rows, bins: tuple[int, int], tenths: int, sight: Sight) -> None:
    """Take her own rows of some bins of time away again; no sum falls below nothing."""
    for n in range(_first(own.bin, bins[0], 0, own.bin.size), own.bin.size):
        if own.bin[n] > bins[1]:
            break
        r = row_of(own.lat[n]) // tenths - sight.low
        c = (column_of(own.lon[n]) // tenths - sight.west) % (COLUMNS // tenths)
        if 0 <= r < sight.rows and sight.firsts[r] <= c <= sight.lasts[r]:
            share = sight.by_north[r] * sight.by_east[c]
            for v in range(into.size):
                into[v] -= share * own.values[n, v]
    for v in range(into.size):
        into[v] = max(0.0, into[v])


@kernel
def around(asked: Asked, rows: Rows, summed: Summed, sides: int, sigma_m: float) -> Float64:
    """Return for each place asked for the sums near it in its bin of time and `sides` bins on either side.

    Each square counts by a bell curve of `sigma_m`, up to `REACH_SIGMAS`. Her own rows are left out.
    """
    tenths = summed.tenths
    high, wide = ROWS // tenths, COLUMNS // tenths
    sums = np.zeros((asked.bin.size, summed.values.shape[1]), np.float64)
    first_bin, starts = _starts(summed.keys, high * wide)
    firsts, lasts = np.empty(high, np.int64), np.empty(high, np.int64)
    sight, away = Sight(0, 0, 0, np.empty(high), np.empty(wide), firsts, lasts), np.empty(high + wide)
    for q in range(asked.bin.size):
        sight = _look_round(asked.lon[q], asked.lat[q], tenths, sigma_m, away, sight)
        low_bin, high_bin = asked.bin[q] - sides, asked.bin[q] + sides
        for b in range(max(low_bin, first_bin), min(high_bin + 1, first_bin + starts.size - 1)):
            span = starts[b - first_bin], starts[b - first_bin + 1]
            _add_bin(sums[q], summed, b * high * wide, span, sight)
        hers = slice(asked.own[q, 0], asked.own[q, 1])
        own = Rows(rows.bin[hers], rows.lon[hers], rows.lat[hers], rows.values[hers])
        _leave_out(sums[q], own, (low_bin, high_bin), tenths, sight)
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
