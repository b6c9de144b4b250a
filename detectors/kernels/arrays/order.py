"""Put reports in order by vessel and time, and find those that were heard twice."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from geodata.jit import filler, helper, kernel

if TYPE_CHECKING:
    from detectors.kernels.tracks.fixes import Fixes

Column = npt.NDArray[Any]
Int64 = npt.NDArray[np.int64]
Int32 = npt.NDArray[np.int32]
Float64 = npt.NDArray[np.float64]
Float32 = npt.NDArray[np.float32]
Bool = npt.NDArray[np.bool_]

WHOLE_OF_BYTES = {1: np.uint8, 4: np.int32, 8: np.int64}
"""Columns are moved as whole numbers of their size: one loop for all that are alike."""

LOOK_BACK_ROWS = 64
"""A vessel sends at most one report every 2 s, so 64 within one second are already a fault."""


@helper
def grouped(code: Int64, groups: int) -> tuple[Int64, Int64]:
    """Sort rows by counting, by group code 0 to groups - 1: offsets per group and row order, stable."""
    offsets = np.zeros(groups + 1, np.int64)
    # Counting needs two passes over the rows, where a sort would compare them. Stable: rows of a group keep
    # their order.
    for c in code:
        offsets[c + 1] += 1
    for g in range(groups):
        offsets[g + 1] += offsets[g]
    order = np.empty(code.size, np.int64)
    place = offsets[:-1].copy()
    for row in range(code.size):
        order[place[code[row]]] = row
        place[code[row]] += 1
    return offsets, order


@kernel
def places_by_group(code: Int32, groups: int) -> tuple[Int64, Int32]:
    """Count rows by group code 0 to groups - 1: offsets per group, and the place of each row, stable."""
    offsets = np.zeros(groups + 1, np.int64)
    for c in code:
        offsets[c + 1] += 1
    for g in range(groups):
        offsets[g + 1] += offsets[g]
    place = np.empty(code.size, np.int32)
    free = offsets[:-1].copy()
    for row in range(code.size):
        place[row] = free[code[row]]
        free[code[row]] += 1
    return offsets, place


@filler
def _scatter(column: Column, place: Int32, out: Column) -> None:
    for row in range(column.size):
        out[place[row]] = column[row]


def scattered(column: Column, place: Int32) -> Column:
    """Return a column with each row at its place.

    A feed is nearly in the order of time: the rows of each vessel are written one after another, and the line
    of memory that is written to next is at hand. Fetching them vessel by vessel takes four times as long.
    """
    out = np.empty_like(column)
    whole = WHOLE_OF_BYTES[column.dtype.itemsize]
    _scatter(column.view(whole), place, out.view(whole))
    return out


@kernel
def late_rows(offsets: Int64, time_s: Float64) -> tuple[Int64, Int64]:
    """Return the places of groups whose times do not ascend, and the rows that belong there."""
    is_late = np.zeros(offsets.size - 1, np.bool_)
    count = 0
    for g in range(offsets.size - 1):
        for k in range(offsets[g] + 1, offsets[g + 1]):
            # One late report is enough: the whole group is sorted anew. Most groups are in order, and cost
            # one pass.
            if time_s[k] < time_s[k - 1]:
                is_late[g] = True
                count += offsets[g + 1] - offsets[g]
                break
    places = np.empty(count, np.int64)
    rows = np.empty(count, np.int64)
    done = 0
    for g in range(offsets.size - 1):
        if is_late[g]:
            first, last = offsets[g], offsets[g + 1]
            end = done + last - first
            places[done:end] = np.arange(first, last)
            # Stable: reports of one instant keep their order, which is that of their content.
            rows[done:end] = first + np.argsort(time_s[first:last], kind="mergesort")
            done = end
    return places, rows


@helper
def _same(a: float, b: float) -> bool:
    return a == b or (math.isnan(a) and math.isnan(b))


@kernel
def first_hearings(
    offsets: Int64,
    fixes: Fixes,
    sog: Float32,
    cog: Float32,
    within_s: float,
) -> Bool:
    """Mark the reports that do not repeat an equal one of the vessel at most `within_s` old.

    Receivers that overlap hear one transmission twice, at slightly different times; between the two, other
    reports of the vessel may lie. The look back is bounded. Reports of one instant are ordered by content, so
    doubles lie side by side however many there are.
    """
    time_s, lon, lat = fixes
    keep = np.ones(time_s.size, np.bool_)
    for g in range(offsets.size - 1):
        for k in range(offsets[g] + 1, offsets[g + 1]):
            earliest = max(offsets[g], k - LOOK_BACK_ROWS)
            j = k - 1
            # Backwards from the report: the search ends at the first one that is too old.
            while j >= earliest and time_s[k] - time_s[j] <= within_s:
                if (
                    keep[j]
                    and lon[k] == lon[j]
                    and lat[k] == lat[j]
                    and _same(sog[k], sog[j])
                    and _same(cog[k], cog[j])
                ):
                    keep[k] = False
                    break
                j -= 1
    return keep
