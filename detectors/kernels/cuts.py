"""Cuts: of one who is heard all the time, what was heard while another was near her for a moment.

Her track is one long stretch. Cut round the moments of others, it can be compared with them.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from detectors.kernels.geodesy import metres_per_degree, plane_m
from detectors.kernels.moments import END, FIRST, HULL
from detectors.kernels.motion import place_at
from detectors.kernels.neighbours import HEIGHT_MIN_M
from detectors.kernels.room import with_room
from detectors.kernels.stretches import last_at_or_before
from geodata.jit import helper, kernel

if TYPE_CHECKING:
    from detectors.kernels.fixes import Fixes

Int64 = npt.NDArray[np.int64]
Float64 = npt.NDArray[np.float64]

Cells = tuple[float, float, int, int, int]
"""Width and height of a cell in degrees, cells along a parallel and in all, the first grid time."""

ASIDE = 3
"""Column of a cut, behind those of its span: the moment that it is to be compared with."""


@helper
def _cells(lat: Float64, radius_m: float, first_slot: int) -> Cells:
    """Return cells of at least a radius, however far north."""
    east_m, _ = metres_per_degree(min(90.0, np.abs(lat).max() + radius_m / HEIGHT_MIN_M))
    columns = max(1, int(360.0 / (1.001 * radius_m / east_m)))
    height_deg = 1.001 * radius_m / HEIGHT_MIN_M
    return 360.0 / columns, height_deg, columns, columns * (int(180.0 / height_deg) + 3), first_slot


@helper
def _cell(slot: int, lon: float, lat: float, cells: Cells) -> tuple[int, int]:
    """Return the number of the first cell in the row of a place at a grid time, and the place's column."""
    width_deg, height_deg, columns, most, first_slot = cells
    column = min(columns - 1, int((lon + 180.0) / width_deg))
    row = int((lat + 90.0) / height_deg) + 1
    return (slot - first_slot) * most + row * columns, column


@helper
def _gridded(
    sails: Int64, offsets: Int64, fixes: Fixes, step_s: float, cells: Cells
) -> tuple[Int64, Int64, Float64, Float64]:
    """Return where some carried moments are at grid times, sorted by cell: cell, moment, place."""
    time_s = fixes.time_s
    key, who = np.empty(64, np.int64), np.empty(64, np.int64)
    x, y = np.empty(64), np.empty(64)
    n = 0
    for m in sails:
        k, last = offsets[m], offsets[m + 1] - 1
        for slot in range(math.ceil(time_s[k] / step_s), math.floor(time_s[last] / step_s) + 1):
            while k < last - 1 and time_s[k + 1] <= slot * step_s:
                k += 1
            key, who = with_room(key, n + 1), with_room(who, n + 1)
            x, y = with_room(x, n + 1), with_room(y, n + 1)
            x[n], y[n] = place_at(k, slot * step_s, fixes)
            first, column = _cell(slot, x[n], y[n], cells)
            key[n], who[n] = first + column, m
            n += 1
    order = np.argsort(key[:n], kind="mergesort")
    return key[:n][order], who[:n][order], x[:n][order], y[:n][order]


@kernel
def cuts(
    sails: Int64,
    path_offsets: Int64,
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
    after the last, moment. A moment with more than `most` of them gives none.
    """
    time_s = fixes.time_s
    out = np.empty((64, 4), np.int64)
    n = 0
    if sails.size == 0 or long.shape[0] == 0:
        return out[:0]
    first_slot = math.ceil(paths.time_s[path_offsets[sails]].min() / step_s)
    cells = _cells(paths.lat, radius_m, first_slot)
    key, who, x, y = _gridded(sails, path_offsets, paths, step_s, cells)
    columns, end_slot = cells[2], first_slot + key[-1] // cells[3] + 1
    is_asked = np.zeros(end_slot - first_slot, np.bool_)
    is_asked[key // cells[3]] = True
    count, last_hull = np.zeros(path_offsets.size, np.int64), np.full(path_offsets.size, -1, np.int64)
    for hull, first, end in long:
        k = first
        begin = max(first_slot, math.ceil(time_s[first] / step_s))
        for slot in range(begin, min(end_slot, math.floor(time_s[end - 1] / step_s) + 1)):
            if not is_asked[slot - first_slot]:
                continue
            k = min(end - 2, last_at_or_before(time_s, k, end, slot * step_s))
            here_x, here_y = place_at(k, slot * step_s, fixes)
            base, column = _cell(slot, here_x, here_y, cells)
            for turn in range(9):
                cell = base + (turn // 3 - 1) * columns + (column + turn % 3 - 1) % columns
                for p in range(np.searchsorted(key, cell), np.searchsorted(key, cell + 1)):
                    m = who[p]
                    if last_hull[m] == hull or count[m] > most:
                        continue
                    from_s, until_s = paths.time_s[path_offsets[m]], paths.time_s[path_offsets[m + 1] - 1]
                    if from_s < time_s[first] or until_s > time_s[end - 1]:
                        continue
                    east_m, north_m = plane_m(x[p], y[p], here_x, here_y)
                    if math.hypot(east_m, north_m) > radius_m:
                        continue
                    last_hull[m] = hull
                    count[m] += 1
                    lo = first + np.searchsorted(time_s[first:end], from_s)
                    hi = first + np.searchsorted(time_s[first:end], until_s, side="right")
                    if count[m] > most or hi <= lo:
                        continue
                    out = with_room(out, n + 1)
                    out[n, HULL], out[n, FIRST], out[n, END], out[n, ASIDE] = hull, lo, hi, m
                    n += 1
    return out[:n][count[out[:n, ASIDE]] <= most]
