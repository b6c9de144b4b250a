"""Sums around a place: what cells near it hold in a bin of time, weighted by a bell curve of distance."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from detectors.kernels.reception.coverage import COLUMNS, ROWS, column_of, first_at, row_of
from geodata.jit import bundle, helper, kernel

Int64 = npt.NDArray[np.int64]
Float64 = npt.NDArray[np.float64]
Float32 = npt.NDArray[np.float32]

METRES_PER_DEGREE = 111_195.0
"""On the sphere of mean radius: exact enough for weights that fall over tens of kilometres."""

REACH_SIGMAS = 3.0
"""Squares farther away weigh less than 1.2 percent, and are left out."""


@helper
def _first_ahead(keys: Int64, key: int, at: int, hi: int) -> int:
    """Return what `first_at` does of [at, hi), sooner where it lies not far ahead."""
    lo, step = at, 1
    # Steps of doubled length until the key is passed, then a binary search of the last step: the cost grows
    # with the distance ahead, and not with the table.
    while at < hi and keys[at] < key:
        lo = at + 1
        at += step
        step *= 2
    return first_at(keys, key, lo, min(at, hi))


@helper
def _starts(keys: Int64, squares: int) -> tuple[int, Int64]:
    """Return the first bin of time, and where the keys of each bin begin, one bin more than there are.

    A key is the bin times `squares` plus the square.
    """
    if keys.size == 0:
        return 0, np.zeros(1, np.int64)
    first = keys[0] // squares
    starts = np.full(keys[-1] // squares - first + 2, keys.size, np.int64)
    n = 0
    for at in range(keys.size):
        # Bins without a key begin where the next one does: their range is empty.
        while keys[at] >= (first + n) * squares:
            starts[n] = at
            n += 1
    return first, starts


@helper
def _fill_bell(first: float, step: float, count: int, sigmas_away: Float64, bell: Float64) -> None:
    """Fill in how far the middles of squares in a row lie away, in sigmas, and the bell curve there.

    Each value comes from the one before, by a factor that falls evenly: three exponentials a row.
    """
    # exp(-(x + s)^2 / 2) = exp(-x^2 / 2) exp(-s (x + s / 2)); the second factor itself shrinks by exp(-s^2)
    # at each step.
    value = math.exp(-0.5 * first * first)
    factor, factor_step = math.exp(-step * (first + 0.5 * step)), math.exp(-step * step)
    for n in range(count):
        sigmas_away[n], bell[n] = first + n * step, value
        value *= factor
        factor *= factor_step


@helper
def _fill_reach(north: Float64, rows: int, east: Float64, columns: int, firsts: Int64, lasts: Int64) -> None:
    """Fill in the first and last column within reach of each row; a row without has its last before it."""
    step = east[1] - east[0]
    for r in range(rows):
        # The reach is a disc: each row cuts it in a chord.
        half_width = math.sqrt(max(0.0, REACH_SIGMAS * REACH_SIGMAS - north[r] * north[r]))
        is_beyond = abs(north[r]) > REACH_SIGMAS
        firsts[r] = max(0, math.ceil((-half_width - east[0]) / step))
        lasts[r] = -1 if is_beyond else min(columns - 1, math.floor((half_width - east[0]) / step))


@bundle
class Asked(NamedTuple):
    """Places and times to sum around: bin of time, degrees, and the vessel's own rows, first and end."""

    bin: Int64
    lon: Float64
    lat: Float64
    own: Int64


@bundle
class Rows(NamedTuple):
    """What was heard of each segment, by segment and bin: bin of time, degrees, the values that sums hold."""

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
    """The squares near one place: the first row, the number of rows, the first column; and their weights.

    `by_north` and `by_east` hold the bell curve at the middles of rows and columns. `firsts` and `lasts` are
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
def _squares_near(
    lon: float, lat: float, tenths: int, sigma_m: float, sigmas_away: Float64, room: Sight
) -> Sight:
    """Return the squares near a place, in the arrays that the place before used."""
    by_north, by_east, firsts, lasts = room.by_north, room.by_east, room.firsts, room.lasts
    columns = COLUMNS // tenths
    per_deg, square_deg = METRES_PER_DEGREE / sigma_m, 0.1 * tenths
    reach_deg = REACH_SIGMAS / per_deg
    low = row_of(lat - reach_deg) // tenths
    rows = row_of(lat + reach_deg) // tenths - low + 1
    cosine = math.cos(math.radians(lat))
    # Squares narrow towards the poles, so the reach holds more of them; it is bounded short of a whole
    # turn, so that no square counts twice.
    reach = min(columns // 2 - 1, int(reach_deg / max(0.02, cosine) * 10.0 / tenths) + 1)
    west = column_of(lon) // tenths - reach
    south_deg = (low + 0.5) * square_deg - 90.0 - lat
    # Wrapped into half a turn: the first column may lie across 180 degrees.
    west_deg = ((west + 0.5) * square_deg - lon) % 360.0 - 180.0
    per_lon_deg = per_deg * cosine
    north, east = sigmas_away[: by_north.size], sigmas_away[by_north.size :]
    # The bell curve of a distance is the product of those of its two components: one row and one column of
    # values in place of one for each square.
    _fill_bell(south_deg * per_deg, square_deg * per_deg, rows, north, by_north)
    _fill_bell(west_deg * per_lon_deg, square_deg * per_lon_deg, 2 * reach + 1, east, by_east)
    _fill_reach(north, rows, east, 2 * reach + 1, firsts, lasts)
    return Sight(low, rows, west, by_north, by_east, firsts, lasts)


@helper
def _add_bin(into: Float64, of: Summed, first_key: int, span: tuple[int, int], sight: Sight) -> None:
    """Add the sums of one bin of time near a place; `first_key` is that of the bin, `span` has its rows.

    Columns go around the world: they are looked up as they are, and as those beyond either edge.
    """
    columns = COLUMNS // of.tenths
    at, hi = span
    for r in range(sight.rows):
        # Keys ascend with the row of squares, so the cursor goes forward only.
        row_key = first_key + (sight.low + r) * columns
        # From west to east, so that the keys of the three ranges ascend too.
        for turn in range(-1, 2):
            west = sight.west + turn * columns
            begin, end = max(0, west + sight.firsts[r]), min(columns - 1, west + sight.lasts[r])
            if begin > end:
                continue
            # Few squares hold anything: the walk goes over the keys that occur, and not over all squares.
            at = _first_ahead(of.keys, row_key + begin, at, hi)
            while at < hi and of.keys[at] <= row_key + end:
                share = sight.by_north[r] * sight.by_east[of.keys[at] - row_key - west]
                for v in range(into.size):
                    into[v] += share * of.values[at, v]
                at += 1


@helper
def _leave_out(into: Float64, own: Rows, bins: tuple[int, int], tenths: int, sight: Sight) -> None:
    """Take the vessel's own rows of some bins of time away again; no sum falls below zero."""
    for n in range(first_at(own.bin, bins[0], 0, own.bin.size), own.bin.size):
        if own.bin[n] > bins[1]:
            break
        r = row_of(own.lat[n]) // tenths - sight.low
        c = (column_of(own.lon[n]) // tenths - sight.west) % (COLUMNS // tenths)
        # Exactly the weight with which it was added.
        if 0 <= r < sight.rows and sight.firsts[r] <= c <= sight.lasts[r]:
            share = sight.by_north[r] * sight.by_east[c]
            for v in range(into.size):
                into[v] -= share * own.values[n, v]
    for v in range(into.size):
        # Taking away leaves a rounding error where the vessel was alone.
        into[v] = max(0.0, into[v])


@kernel
def around(asked: Asked, rows: Rows, summed: Summed, sides: int, sigma_m: float) -> Float64:
    """Return for each place the sums near it in its bin of time and `sides` bins on either side.

    Shape (places, columns of the values). Step 4: each square counts by a bell curve of `sigma_m`, up to
    `REACH_SIGMAS`. The vessel's own rows are left out.
    """
    tenths = summed.tenths
    high, wide = ROWS // tenths, COLUMNS // tenths
    sums = np.zeros((asked.bin.size, summed.values.shape[1]), np.float64)
    first_bin, starts = _starts(summed.keys, high * wide)
    # Room for the largest reach, used again by each place.
    firsts, lasts = np.empty(high, np.int64), np.empty(high, np.int64)
    sight, sigmas_away = Sight(0, 0, 0, np.empty(high), np.empty(wide), firsts, lasts), np.empty(high + wide)
    for q in range(asked.bin.size):
        sight = _squares_near(asked.lon[q], asked.lat[q], tenths, sigma_m, sigmas_away, sight)
        low_bin, high_bin = asked.bin[q] - sides, asked.bin[q] + sides
        # Bins outside the table hold nothing.
        for b in range(max(low_bin, first_bin), min(high_bin + 1, first_bin + starts.size - 1)):
            span = starts[b - first_bin], starts[b - first_bin + 1]
            _add_bin(sums[q], summed, b * high * wide, span, sight)
        # Adding all and taking the own rows away needs one table for all vessels.
        own_rows = slice(asked.own[q, 0], asked.own[q, 1])
        own = Rows(rows.bin[own_rows], rows.lon[own_rows], rows.lat[own_rows], rows.values[own_rows])
        _leave_out(sums[q], own, (low_bin, high_bin), tenths, sight)
    return sums
