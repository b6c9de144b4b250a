"""Put reports in order by vessel and time, and find those that were heard twice."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from geodata.jit import helper, kernel

Int64 = npt.NDArray[np.int64]
Int32 = npt.NDArray[np.int32]
Float64 = npt.NDArray[np.float64]
Float32 = npt.NDArray[np.float32]
Bool = npt.NDArray[np.bool_]

LOOK_BACK_ROWS = 64
"""A vessel sends at most one report every 2 s, so 64 within one second are already a fault."""


@helper
def grouped(code: Int64, groups: int) -> tuple[Int64, Int64]:
    """Sort rows by counting, by group code 0..groups-1: offsets per group and row order, stable."""
    offsets = np.zeros(groups + 1, np.int64)
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
def group(code: Int32, groups: int) -> tuple[Int64, Int32]:
    """Sort rows by counting, by group code 0..groups-1: offsets per group and row order, stable."""
    offsets = np.zeros(groups + 1, np.int64)
    for c in code:
        offsets[c + 1] += 1
    for g in range(groups):
        offsets[g + 1] += offsets[g]
    order = np.empty(code.size, np.int32)
    place = offsets[:-1].copy()
    for row in range(code.size):
        order[place[code[row]]] = row
        place[code[row]] += 1
    return offsets, order


@kernel
def sort_in_groups(offsets: Int64, rows_by_group: Int32, time_s: Float64) -> Int32:
    """Return each group's rows sorted by time; feeds are nearly in order, so look first.

    `time_s` has the times in the order of `rows_by_group`.
    """
    order = rows_by_group.copy()
    for g in range(offsets.size - 1):
        first, last = offsets[g], offsets[g + 1]
        for k in range(first + 1, last):
            if time_s[k] < time_s[k - 1]:
                order[first:last] = order[first:last][np.argsort(time_s[first:last], kind="mergesort")]
                break
    return order


@helper
def _same(a: float, b: float) -> bool:
    return a == b or (math.isnan(a) and math.isnan(b))


@kernel
def first_hearings(
    offsets: Int64,
    time_s: Float64,
    lon: Float64,
    lat: Float64,
    sog: Float32,
    cog: Float32,
    within_s: float,
) -> Bool:
    """Mark the reports that do not repeat an equal one of the vessel at most `within_s` old.

    Receivers that overlap hear one transmission twice, at slightly different times; between the two,
    other reports of the vessel may lie. The look back is bounded: reports at one instant are ordered by
    content, so doubles lie side by side however many there are.
    """
    keep = np.ones(time_s.size, np.bool_)
    for g in range(offsets.size - 1):
        for k in range(offsets[g] + 1, offsets[g + 1]):
            floor = max(offsets[g], k - LOOK_BACK_ROWS)
            j = k - 1
            while j >= floor and time_s[k] - time_s[j] <= within_s:
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
