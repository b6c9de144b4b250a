"""Cuts: of a vessel heard for longer, what was heard of it while another was near it for a moment.

Its track is one long stretch without moments of its own. Cut around the moments of other vessels, it can be
compared with them (satellite passes: "a vessel that is heard for longer").
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
from detectors.kernels.satellite.moments import END, FIRST, SEGMENT
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
    """Where moments are at grid times: cell, moment and place (degrees), sorted by cell."""

    cell: Int64
    moment: Int64
    lon: Float64
    lat: Float64


@helper
def _cells(lat: Float64, radius_m: float, first_slot: int) -> Cells:
    """Return cells that are broad enough at every latitude of the data."""
    # At the highest latitude a degree of longitude is shortest. A thousandth more covers rounding, so no
    # neighbour is more than one cell away.
    per_lon_m, _ = metres_per_degree(min(90.0, np.abs(lat).max() + radius_m / HEIGHT_MIN_M))
    columns = max(1, int(360.0 / (1.001 * radius_m / per_lon_m)))
    # No degree of latitude is shorter than `HEIGHT_MIN_M`.
    height_deg = 1.001 * radius_m / HEIGHT_MIN_M
    # Three rows more than the earth has: one on each side keeps the search of neighbours inside the grid
    # time.
    return Cells(360.0 / columns, height_deg, columns, columns * (int(180.0 / height_deg) + 3), first_slot)


@helper
def _cell(slot: int, lon: float, lat: float, cells: Cells) -> tuple[int, int]:
    """Return the number of the first cell in the row of a place at a grid time, and its column."""
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
            # Grid times ascend, so the cursor along the path only goes forward.
            while k < last - 1 and time_s[k + 1] <= slot * step_s:
                k += 1
            cell, moment = with_room(cell, n + 1), with_room(moment, n + 1)
            x, y = with_room(x, n + 1), with_room(y, n + 1)
            x[n], y[n] = place_at(k, slot * step_s, fixes)
            first, column = _cell(slot, x[n], y[n], cells)
            cell[n], moment[n] = first + column, m
            n += 1
    # Sorted by cell, so that a cell is one run, found by binary search. Grid time comes first in the number
    # of a cell.
    order = np.argsort(cell[:n], kind="mergesort")
    return Board(cell[:n][order], moment[:n][order], x[:n][order], y[:n][order])


@helper
def _without_crowds(board: Board, most: int) -> Board:
    """Leave out moments where more than `most` lie in one cell at one time: each search then has a bound."""
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
def _moments_near(slot: int, lon: float, lat: float, board: Board, cells: Cells, radius_m: float) -> Int64:
    """Return the moments within a radius of a place at a grid time."""
    out = np.empty(8, np.int64)
    n = 0
    row_first_cell, column = _cell(slot, lon, lat, cells)
    for neighbour in range(9):
        # The cell and its eight neighbours; columns go around the world.
        cell = (
            row_first_cell
            + (neighbour // 3 - 1) * cells.columns
            + (column + neighbour % 3 - 1) % cells.columns
        )
        for p in range(np.searchsorted(board.cell, cell), np.searchsorted(board.cell, cell + 1)):
            east_m, north_m = plane_m(board.lon[p], board.lat[p], lon, lat)
            if math.hypot(east_m, north_m) <= radius_m:
                out = with_room(out, n + 1)
                out[n] = board.moment[p]
                n += 1
    return out[:n]


@helper
def _rows_during(
    m: int, first: int, end: int, offsets: Int64, paths: Fixes, time_s: Float64
) -> tuple[int, int]:
    """Return the first and the end report of a stretch during the path of a moment.

    An empty range where the stretch does not cover that time: the rule asks that it was heard throughout.
    """
    from_s, until_s = paths.time_s[offsets[m]], paths.time_s[offsets[m + 1] - 1]
    if from_s < time_s[first] or until_s > time_s[end - 1]:
        return first, first
    report_s = time_s[first:end]
    return first + np.searchsorted(report_s, from_s), first + np.searchsorted(report_s, until_s, side="right")


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
    """Return what was heard of segments in `long` stretches while a moment of another lies beside them.

    `sails` are the moments looked at, on their carried paths. A cut holds the reports in the time of such a
    path, if the stretch covers it. At a grid time it lies within `radius_m` of the path. Grid times are
    `step_s` apart, no more than half a path, so that two which stay so near are never missed. Rows: segment,
    first report, end report, moment. A moment with more than `most` cuts (rule 10), or in a cell with more
    than `most` moments, gives none.
    """
    out = np.empty((64, 4), np.int64)
    n = 0
    if sails.size == 0 or long.shape[0] == 0:
        return out[:0]
    time_s = fixes.time_s
    # Grid times before the first moment have nothing to compare with.
    first_slot = math.ceil(paths.time_s[offsets[sails]].min() / step_s)
    cells = _cells(paths.lat, radius_m, first_slot)
    board = _without_crowds(_board(sails, offsets, paths, step_s, cells), most)
    if board.cell.size == 0:
        return out[:0]
    # A mark per grid time at which any moment lies: long stretches skip all others, which are most.
    is_slot_used = np.zeros(board.cell[-1] // cells.most + 1, np.bool_)
    is_slot_used[board.cell // cells.most] = True
    count, last_segment = np.zeros(offsets.size, np.int64), np.full(offsets.size, -1, np.int64)
    # Each long stretch is walked once along the grid times.
    for segment, first, end in long:
        k = first
        begin = max(first_slot, math.ceil(time_s[first] / step_s))
        for slot in range(
            begin, min(first_slot + is_slot_used.size, math.floor(time_s[end - 1] / step_s) + 1)
        ):
            if not is_slot_used[slot - first_slot]:
                continue
            # Grid times ascend: the binary search begins at the last row found.
            k = min(end - 2, last_at_or_before(time_s, k, end, slot * step_s))
            lon, lat = place_at(k, slot * step_s, fixes)
            for m in _moments_near(slot, lon, lat, board, cells, radius_m):
                cut_first, cut_end = _rows_during(m, first, end, offsets, paths, time_s)
                # One cut for a segment and a moment, although both are near at several grid times. A
                # segment comes again only in its next stretch, and both cannot cover one moment.
                if last_segment[m] == segment or cut_first >= cut_end:
                    continue
                last_segment[m] = segment
                count[m] += 1
                # Counting goes on beyond the bound, so that a moment in a crowd can be left out as a whole.
                if count[m] <= most:
                    out = with_room(out, n + 1)
                    out[n, SEGMENT], out[n, FIRST], out[n, END], out[n, ASIDE] = (
                        segment,
                        cut_first,
                        cut_end,
                        m,
                    )
                    n += 1
    return out[:n][count[out[:n, ASIDE]] <= most]
