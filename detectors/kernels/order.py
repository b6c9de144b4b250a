"""Put reports in order by vessel and time, merge doubles, and part hulls that share a number."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from detectors.kernels.geodesy import sphere_m
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
def group(code: Int64, groups: int) -> tuple[Int64, Int64]:
    """Sort rows by group code: see `grouped`."""
    return grouped(code, groups)


@kernel
def sort_in_groups(offsets: Int64, rows_by_group: Int64, time_s: Float64) -> Int64:
    """Return each group's rows sorted by time; feeds are nearly in order, so look first."""
    order = rows_by_group.copy()
    for g in range(offsets.size - 1):
        first, last = offsets[g], offsets[g + 1]
        for k in range(first + 1, last):
            if time_s[order[k]] < time_s[order[k - 1]]:
                rows = order[first:last].copy()
                order[first:last] = rows[np.argsort(time_s[rows], kind="mergesort")]
                break
    return order


@helper
def _same(a: float, b: float) -> bool:
    return a == b or (math.isnan(a) and math.isnan(b))


@kernel
def first_hearings(
    offsets: Int64,
    order: Int64,
    time_s: Float64,
    lon: Float64,
    lat: Float64,
    sog: Float32,
    cog: Float32,
    within_s: float,
) -> Bool:
    """Mark, in order, the reports that do not repeat an equal one of the vessel at most `within_s` old.

    Receivers that overlap hear one transmission twice, at slightly different times; between the two,
    other reports of the vessel may lie. The look back is bounded: reports at one instant are ordered by
    content, so doubles lie side by side however many there are.
    """
    keep = np.ones(order.size, np.bool_)
    for g in range(offsets.size - 1):
        for k in range(offsets[g] + 1, offsets[g + 1]):
            row = order[k]
            j = k - 1
            floor = max(offsets[g], k - LOOK_BACK_ROWS)
            while j >= floor and time_s[row] - time_s[order[j]] <= within_s:
                other = order[j]
                if (
                    keep[j]
                    and lon[row] == lon[other]
                    and lat[row] == lat[other]
                    and _same(sog[row], sog[other])
                    and _same(cog[row], cog[other])
                ):
                    keep[k] = False
                    break
                j -= 1
    return keep


@kernel
def part_hulls(
    offsets: Int64,
    time_s: Float64,
    lon: Float64,
    lat: Float64,
    max_speed_mps: float,
    slack_m: float,
    max_hulls: int,
) -> Int32:
    """Give each report of a vessel the number (0, 1, ...) of a hull that can have sent it.

    A report joins the hull from whose last report it can be reached at `max_speed_mps`, `slack_m` of
    position error allowed; of several, the one that asks for the least speed. If none can be,
    it begins a new hull. When `max_hulls` are open, the one heard longest ago is closed. Linear in reports.
    """
    segment = np.zeros(time_s.size, np.int32)
    open_row = np.empty(max_hulls, np.int64)
    open_name = np.empty(max_hulls, np.int32)
    for g in range(offsets.size - 1):
        n_open = 0
        names = 0
        for k in range(offsets[g], offsets[g + 1]):
            best = -1
            best_speed = math.inf
            for h in range(n_open):
                row = open_row[h]
                distance_m = sphere_m(lon[row], lat[row], lon[k], lat[k])
                dt_s = time_s[k] - time_s[row]
                if distance_m > slack_m + max_speed_mps * dt_s:
                    continue
                speed = distance_m / max(dt_s, 1.0)
                if speed < best_speed:
                    best, best_speed = h, speed
            if best < 0:
                if n_open < max_hulls:
                    best = n_open
                    n_open += 1
                else:
                    best = 0
                    for h in range(1, max_hulls):
                        if time_s[open_row[h]] < time_s[open_row[best]]:
                            best = h
                open_name[best] = names
                names += 1
            open_row[best] = k
            segment[k] = open_name[best]
    return segment
