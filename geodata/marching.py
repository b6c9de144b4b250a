"""Fast marching on a grid of water: the distance along water from one cell to all others.

The eikonal equation is solved with second-order upwind differences (Sethian, SIAM Review 41, 1999,
199-235), so a path has no preferred directions; a shortest path over eight neighbours would be up
to 8 % too long.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from geodata.jit import helper, kernel

if TYPE_CHECKING:
    import numpy.typing as npt

    from geodata.geodesy import Bools, Floats

TRIAL, KNOWN = 1, 2  # states of cells; 0: not reached
REACH = 3  # cells around the start whose distance is taken straight


@helper
def _push(heap_key: Floats, heap_cell: npt.NDArray[np.int64], size: int, key: float, cell: int) -> None:
    """Add a cell to a binary heap that holds `size` entries."""
    place = size
    while place > 0:
        parent = (place - 1) >> 1
        if heap_key[parent] <= key:
            break
        heap_key[place], heap_cell[place] = heap_key[parent], heap_cell[parent]
        place = parent
    heap_key[place], heap_cell[place] = key, cell


@helper
def _pop(heap_key: Floats, heap_cell: npt.NDArray[np.int64], size: int) -> None:
    """Remove the first of `size` entries of a binary heap."""
    last = size - 1
    key, cell = heap_key[last], heap_cell[last]
    place = 0
    while True:
        child = 2 * place + 1
        if child >= last:
            break
        if child + 1 < last and heap_key[child + 1] < heap_key[child]:
            child += 1
        if heap_key[child] >= key:
            break
        heap_key[place], heap_cell[place] = heap_key[child], heap_cell[child]
        place = child
    heap_key[place], heap_cell[place] = key, cell


@helper
def _axis_terms(
    way: Floats, state: npt.NDArray[np.uint8], cell: int, stride: int, at: int, count: int
) -> tuple[float, float]:
    """Return the upwind value and weight along one axis: weight 0 where no neighbour is known.

    The difference is (weight * (way - value) / cell size); weight 1 for the first order, 1.5 for
    the second.
    """
    best, weight, value = np.inf, 0.0, 0.0
    for direction in (-1, 1):
        place = at + direction
        if place < 0 or place >= count or state[cell + direction * stride] != KNOWN:
            continue
        first = way[cell + direction * stride]
        if first >= best:
            continue
        best, weight, value = first, 1.0, first
        beyond = place + direction
        if 0 <= beyond < count and state[cell + 2 * direction * stride] == KNOWN:
            second = way[cell + 2 * direction * stride]
            if second <= first:
                weight, value = 1.5, (4.0 * first - second) / 3.0
    return value, weight


@helper
def _solve(a: float, wa: float, b: float, wb: float, step: float) -> float:
    """Return the distance at a cell from its two axes: (wa(t-a))2 + (wb(t-b))2 = step2."""
    if wa == 0.0:
        return b + step / wb
    if wb == 0.0:
        return a + step / wa
    first, second = wa * wa, wb * wb
    total = first + second
    mean = (first * a + second * b) / total
    inner = step * step / total - first * second * (a - b) ** 2 / (total * total)
    if inner >= 0.0:
        way = mean + math.sqrt(inner)
        if way >= a and way >= b:
            return way
    return min(a + step / wa, b + step / wb)


@kernel
def march(water: Bools, cell_m: Floats, row: float, column: float) -> Floats:
    """Return the distance along water from a place to every cell's centre, metres.

    Parameters
    ----------
    water : Bool array, shape (rows, columns)
        Where a vessel can go.
    cell_m : Float64 array, shape (rows,)
        Size of a cell in each row, the same both ways.
    row, column : float
        Where the path begins, in cells; the cell that holds it must be water.

    Returns
    -------
    Float64 array, shape (rows, columns); inf where not reachable.
    """
    rows, columns = water.shape
    wet = water.ravel()
    way = np.full(rows * columns, np.inf)
    state = np.zeros(rows * columns, dtype=np.uint8)
    heap_key = np.empty(4 * rows * columns + (2 * REACH + 1) ** 2)
    heap_cell = np.empty(len(heap_key), dtype=np.int64)
    size = 0
    home_row, home_column = int(np.rint(row)), int(np.rint(column))
    for r in range(max(home_row - REACH, 0), min(home_row + REACH + 1, rows)):
        for c in range(max(home_column - REACH, 0), min(home_column + REACH + 1, columns)):
            if not _open(water, home_row, home_column, r, c):
                continue
            cell = r * columns + c
            way[cell] = np.hypot(r - row, c - column) * cell_m[home_row]
            state[cell] = TRIAL
            _push(heap_key, heap_cell, size, way[cell], cell)
            size += 1
    while size > 0:
        cell, key = heap_cell[0], heap_key[0]
        _pop(heap_key, heap_cell, size)
        size -= 1
        if state[cell] == KNOWN or key > way[cell]:
            continue
        state[cell] = KNOWN
        r, c = cell // columns, cell % columns
        for side in range(4):
            nr = r + (0, 1, 0, -1)[side]
            nc = c + (1, 0, -1, 0)[side]
            if nr < 0 or nr >= rows or nc < 0 or nc >= columns:
                continue
            near = nr * columns + nc
            if not wet[near] or state[near] == KNOWN:
                continue
            a, wa = _axis_terms(way, state, near, columns, nr, rows)
            b, wb = _axis_terms(way, state, near, 1, nc, columns)
            new = max(_solve(a, wa, b, wb, cell_m[nr]), key)
            if new < way[near]:
                way[near] = new
                state[near] = TRIAL
                _push(heap_key, heap_cell, size, new, near)
                size += 1
    return way.reshape(rows, columns)


@helper
def _open(water: Bools, row: int, column: int, to_row: int, to_column: int) -> bool:
    """Return whether the straight line between two near cells runs over water."""
    steps = max(2 * max(abs(to_row - row), abs(to_column - column)), 1)
    for number in range(steps + 1):
        r = int(np.rint(row + (to_row - row) * number / steps))
        c = int(np.rint(column + (to_column - column) * number / steps))
        if not water[r, c]:
            return False
    return True
