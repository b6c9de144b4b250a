"""Cuts: of one who is heard all the time, what was heard while another was near her for a moment.

Her track is one long stretch. Cut round the moments of others, it can be compared with them.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt

from detectors.kernels.arrays.growing_rows import with_room
from detectors.kernels.encounters.neighbours import HEIGHT_MIN_M
from detectors.kernels.encounters.relative_motion import last_at_or_before
from detectors.kernels.geometry.geodesy import metres_per_degree, plane_m
from detectors.kernels.satellite.moments import END, FIRST, HULL
from detectors.kernels.tracks.motion import place_at
from geodata.jit import bundle, helper, kernel

if TYPE_CHECKING:
    from detectors.kernels.tracks.fixes import Fixes

Int64 = npt.NDArray[np.int64]
Float64 = npt.NDArray[np.float64]

ASIDE = 3
"""Column of a cut, behind those of its span: the moment that it is to be compared with."""


@bundle
class Cells(NamedTuple):
    """Cells of at least a radius: rows of `columns` one after the other, `most` in all at each grid time."""

    width_deg: float
    height_deg: float
    columns: int
    most: int
    first_slot: int


@bundle
class Board(NamedTuple):
    """Where moments are at grid times: cell, moment and place, sorted by cell."""

    cell: Int64
    moment: Int64
    lon: Float64
    lat: Float64


@helper
def _cells(lat: Float64, radius_m: float, first_slot: int) -> Cells:
    """Return cells that are broad enough however far north."""
    east_m, _ = metres_per_degree(min(90.0, np.abs(lat).max() + radius_m / HEIGHT_MIN_M))
    columns = max(1, int(360.0 / (1.001 * radius_m / east_m)))
    height_deg = 1.001 * radius_m / HEIGHT_MIN_M
    return Cells(360.0 / columns, height_deg, columns, columns * (int(180.0 / height_deg) + 3), first_slot)


@helper
def _cell(slot: int, lon: float, lat: float, cells: Cells) -> tuple[int, int]:
    """Return the number of the first cell in the row of a place at a grid time, and the place's column."""
    column = min(cells.columns - 1, int((lon + 180.0) / cells.width_deg))
    row = int((lat + 90.0) / cells.height_deg) + 1
    return (slot - cells.first_slot) * cells.most + row * cells.columns, column


@helper
def _board(sails: Int64, offsets: Int64, fixes: Fixes, step_s: float, cells: Cells) -> Board:
    """Put carried moments on the board, at each grid time that they cover."""
    time_s = fixes.time_s
    cell, moment = np.empty(64, np.int64), np.empty(64, np.int64)
    x, y = np.empty(64), np.empty(64)
    n = 0
    for m in sails:
        k, last = offsets[m], offsets[m + 1] - 1
        for slot in range(math.ceil(time_s[k] / step_s), math.floor(time_s[last] / step_s) + 1):
            while k < last - 1 and time_s[k + 1] <= slot * step_s:
                k += 1
            cell, moment = with_room(cell, n + 1), with_room(moment, n + 1)
            x, y = with_room(x, n + 1), with_room(y, n + 1)
            x[n], y[n] = place_at(k, slot * step_s, fixes)
            first, column = _cell(slot, x[n], y[n], cells)
            cell[n], moment[n] = first + column, m
            n += 1
    order = np.argsort(cell[:n], kind="mergesort")
    return Board(cell[:n][order], moment[:n][order], x[:n][order], y[:n][order])


@helper
def _without_crowds(board: Board, most: int) -> Board:
    """Leave out moments where more than `most` lie in one cell at one time: each look then costs a bound."""
    kept = np.ones(board.cell.size, np.bool_)
    first = 0
    for p in range(1, board.cell.size + 1):
        if p < board.cell.size and board.cell[p] == board.cell[first]:
            continue
        if p - first > most:
            kept[first:p] = False
        first = p
    return Board(board.cell[kept], board.moment[kept], board.lon[kept], board.lat[kept])


@helper
def _beside(slot: int, lon: float, lat: float, board: Board, cells: Cells, radius_m: float) -> Int64:
    """Return the moments within a radius of a place at a grid time."""
    out = np.empty(8, np.int64)
    n = 0
    base, column = _cell(slot, lon, lat, cells)
    for turn in range(9):
        cell = base + (turn // 3 - 1) * cells.columns + (column + turn % 3 - 1) % cells.columns
        for p in range(np.searchsorted(board.cell, cell), np.searchsorted(board.cell, cell + 1)):
            east_m, north_m = plane_m(board.lon[p], board.lat[p], lon, lat)
            if math.hypot(east_m, north_m) <= radius_m:
                out = with_room(out, n + 1)
                out[n] = board.moment[p]
                n += 1
    return out[:n]


@helper
def _during(m: int, first: int, end: int, offsets: Int64, paths: Fixes, time_s: Float64) -> tuple[int, int]:
    """Return first and end report of a stretch in the time of a moment's path; none if it is not covered."""
    from_s, until_s = paths.time_s[offsets[m]], paths.time_s[offsets[m + 1] - 1]
    if from_s < time_s[first] or until_s > time_s[end - 1]:
        return first, first
    heard_s = time_s[first:end]
    return first + np.searchsorted(heard_s, from_s), first + np.searchsorted(heard_s, until_s, side="right")


@kernel
def cuts(
    sails: Int64,
    offsets: Int64,
    paths: Fixes,
    long: Int64,
    fixes: Fixes,
    step_s: float,
    radius_m: float,
    most: int,
) -> Int64:
    """Return what was heard of hulls in `long` stretches while a moment of another's lies beside them.

    `sails` are the moments looked at, on their carried paths. A cut holds the reports of the time of such a
    path, if the stretch covers it, and lies within `radius_m` of it at a grid time (`step_s` apart: no more
    than half a path, so that two which stay so near are never passed over). Rows: hull, first report, the one
    after the last, moment. A moment with more than `most` of them, or of moments in its cell, gives none.
    """
    out = np.empty((64, 4), np.int64)
    n = 0
    if sails.size == 0 or long.shape[0] == 0:
        return out[:0]
    time_s = fixes.time_s
    first_slot = math.ceil(paths.time_s[offsets[sails]].min() / step_s)
    cells = _cells(paths.lat, radius_m, first_slot)
    board = _without_crowds(_board(sails, offsets, paths, step_s, cells), most)
    if board.cell.size == 0:
        return out[:0]
    is_asked = np.zeros(board.cell[-1] // cells.most + 1, np.bool_)
    is_asked[board.cell // cells.most] = True
    count, last_hull = np.zeros(offsets.size, np.int64), np.full(offsets.size, -1, np.int64)
    for hull, first, end in long:
        k = first
        begin = max(first_slot, math.ceil(time_s[first] / step_s))
        for slot in range(begin, min(first_slot + is_asked.size, math.floor(time_s[end - 1] / step_s) + 1)):
            if not is_asked[slot - first_slot]:
                continue
            k = min(end - 2, last_at_or_before(time_s, k, end, slot * step_s))
            lon, lat = place_at(k, slot * step_s, fixes)
            for m in _beside(slot, lon, lat, board, cells, radius_m):
                lo, hi = _during(m, first, end, offsets, paths, time_s)
                if last_hull[m] == hull or lo >= hi:
                    continue
                last_hull[m] = hull
                count[m] += 1
                if count[m] <= most:
                    out = with_room(out, n + 1)
                    out[n, HULL], out[n, FIRST], out[n, END], out[n, ASIDE] = hull, lo, hi, m
                    n += 1
    return out[:n][count[out[:n, ASIDE]] <= most]
