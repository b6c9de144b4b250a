"""Put reports in order by vessel and time, merge doubles, and part hulls that share a number."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from detectors.kernels.geodesy import sphere_m, wrap_one_deg
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
    young: int,
    handicap: float,
    lead_s: float,
    wander_mps: float,
    pad_s: float,
    return_s: float,
) -> Int32:
    """Give each report of a vessel the number (0, 1, ...) of a hull that can have sent it.

    A report joins a hull from whose last report it can be reached at `max_speed_mps`, `slack_m` of position
    error allowed. Of several it joins the one from whose way (on as before for `lead_s` at most, or lying
    still) it differs the least, in units of the speed `wander_mps`, squared, plus the logarithm of the time
    since: of two that fit alike, the one heard last. Times count as `pad_s` at least. Hulls of fewer than
    `young` reports must fit `handicap` times better, and the more so the longer they were not heard. If none
    can be, it begins a new hull. Where a hull's last report was the wild one, the hull that began after it
    turns out to be its own going on: at its report number `young` the two are joined, if no more than
    `return_s` lay between, and the wild one stands alone. When `max_hulls` are open, the one heard longest
    ago is closed. Linear in reports.
    """
    segment = np.zeros(time_s.size, np.int32)
    open_row = np.empty(max_hulls, np.int64)
    open_prev = np.empty(max_hulls, np.int64)
    open_name = np.empty(max_hulls, np.int32)
    open_count = np.empty(max_hulls, np.int64)
    first_rows = np.empty((max_hulls, young), np.int64)
    for g in range(offsets.size - 1):
        n_open = 0
        names = 0
        for k in range(offsets[g], offsets[g + 1]):
            best = -1
            best_cost = math.inf
            for h in range(n_open):
                row = open_row[h]
                distance_m = sphere_m(lon[row], lat[row], lon[k], lat[k])
                dt_s = time_s[k] - time_s[row]
                if distance_m > slack_m + max_speed_mps * dt_s:
                    continue
                if n_open == 1:
                    best = h
                    break
                prev = open_prev[h]
                step_s = time_s[row] - time_s[prev] if prev >= 0 else 0.0
                if 0.0 < step_s <= lead_s:
                    on = min(dt_s, lead_s) / step_s
                    led_lon = lon[row] + on * wrap_one_deg(lon[row] - lon[prev])
                    led_lat = lat[row] + on * (lat[row] - lat[prev])
                    distance_m = min(distance_m, sphere_m(led_lon, led_lat, lon[k], lat[k]))
                apart_s = math.hypot(dt_s, pad_s)
                cost = (distance_m / apart_s / wander_mps) ** 2 + math.log(apart_s)
                if open_count[h] < young:
                    cost += math.log(handicap * apart_s / pad_s)
                if cost < best_cost:
                    best, best_cost = h, cost
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
                open_row[best] = -1
                open_count[best] = 0
                names += 1
            if open_count[best] < young:
                first_rows[best, open_count[best]] = k
            open_prev[best] = open_row[best]
            open_row[best] = k
            open_count[best] += 1
            segment[k] = open_name[best]
            if open_count[best] != young or n_open == 1:
                continue
            born = first_rows[best, 0]
            left = -1
            left_speed = max_speed_mps
            for h in range(n_open):
                good = open_prev[h]
                if h == best or open_row[h] >= born or open_count[h] <= young:
                    continue
                dt_s = time_s[born] - time_s[good]
                distance_m = sphere_m(lon[good], lat[good], lon[born], lat[born])
                speed = max(distance_m - slack_m, 0.0) / max(dt_s, 1.0)
                if dt_s <= return_s and speed <= left_speed:
                    left, left_speed = h, speed
            if left >= 0:
                wild = open_row[left]
                segment[wild] = open_name[best]
                for j in range(young):
                    segment[first_rows[best, j]] = open_name[left]
                open_prev[left], open_row[left] = open_prev[best], open_row[best]
                open_count[left] += young - 1
                first_rows[best, 0] = wild
                open_prev[best], open_row[best], open_count[best] = -1, wild, 1
    return segment
