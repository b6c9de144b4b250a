"""Part the hulls that share a number."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from detectors.kernels.geodesy import sphere_m, wrap_one_deg
from geodata.jit import at, helper, kernel

Int64 = npt.NDArray[np.int64]
Int32 = npt.NDArray[np.int32]
Float64 = npt.NDArray[np.float64]

DEGREE_MAX_M = 111_200.0
"""No degree of a great circle is longer on the sphere of `sphere_m`."""


@helper
def _is_near(lon_a: float, lat_a: float, lon_b: float, lat_b: float, within_m: float) -> bool:
    """Tell that the way along the meridian and then the parallel is short enough, so the shortest is too."""
    return (abs(lat_b - lat_a) + abs(wrap_one_deg(lon_b - lon_a))) * DEGREE_MAX_M <= within_m


@helper
def _is_one_hull(
    first: int, end: int, time_s: Float64, lon: Float64, lat: Float64, max_speed_mps: float, slack_m: float
) -> bool:
    """Tell that each report can be reached from the one before: so it is for nearly every vessel."""
    for k in range(first + 1, end):
        reach_m = slack_m + max_speed_mps * (at(time_s, k) - at(time_s, k - 1))
        if not _is_near(at(lon, k - 1), at(lat, k - 1), at(lon, k), at(lat, k), reach_m):
            return False
    return True


@helper
def _speed_mps(a: int, b: int, time_s: Float64, lon: Float64, lat: Float64, slack_m: float) -> float:
    """Return the least speed from one report to another, some metres of error allowed."""
    distance_m = sphere_m(lon[a], lat[a], lon[b], lat[b])
    return float(max(distance_m - slack_m, 0.0) / max(time_s[b] - time_s[a], 1.0))


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
    can be, it begins a new hull. Where a hull's last report was the wild one, its own going on is taken for
    another hull, new or of strays that came before (fewer than `young`): at report number `young` after the
    wild one, if no more than `return_s` lay between, these reports go back, and the wild one joins strays:
    not where it lies better on her way than what would go back.
    When `max_hulls` are open, the one heard longest ago is closed. Linear in reports.
    """
    segment = np.zeros(time_s.size, np.int32)
    open_row = np.empty(max_hulls, np.int64)
    open_prev = np.empty(max_hulls, np.int64)
    open_name = np.empty(max_hulls, np.int32)
    open_count = np.empty(max_hulls, np.int64)
    first_rows = np.empty((max_hulls, 2 * young), np.int64)
    for g in range(offsets.size - 1):
        if _is_one_hull(offsets[g], offsets[g + 1], time_s, lon, lat, max_speed_mps, slack_m):
            continue
        n_open = 0
        names = 0
        for k in range(offsets[g], offsets[g + 1]):
            best = -1
            best_cost = math.inf
            for h in range(n_open):
                row = open_row[h]
                dt_s = time_s[k] - time_s[row]
                reach_m = slack_m + max_speed_mps * dt_s
                if n_open == 1 and _is_near(lon[row], lat[row], lon[k], lat[k], reach_m):
                    best = h
                    break
                distance_m = sphere_m(lon[row], lat[row], lon[k], lat[k])
                if distance_m > reach_m:
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
            if open_count[best] < 2 * young:
                first_rows[best, open_count[best]] = k
            open_prev[best] = open_row[best]
            open_row[best] = k
            open_count[best] += 1
            segment[k] = open_name[best]
            strays = open_count[best] - young
            if not 0 <= strays < young or n_open == 1:
                continue
            born = first_rows[best, strays]
            stray = first_rows[best, strays - 1] if strays else -1
            left = -1
            left_speed = max_speed_mps
            for h in range(n_open):
                good = open_prev[h]
                if h == best or not stray < open_row[h] < born or open_count[h] <= young:
                    continue
                speed = _speed_mps(good, born, time_s, lon, lat, 0.0)
                if speed > _speed_mps(good, open_row[h], time_s, lon, lat, 0.0):
                    continue  # her last report lies better on her way: it is no stray
                speed = _speed_mps(good, born, time_s, lon, lat, slack_m)
                if time_s[born] - time_s[good] <= return_s and speed <= left_speed:
                    left, left_speed = h, speed
            if left >= 0:
                wild = open_row[left]
                segment[wild] = open_name[best]
                for j in range(strays, strays + young):
                    segment[first_rows[best, j]] = open_name[left]
                open_prev[left], open_row[left] = open_prev[best], open_row[best]
                open_count[left] += 2 * young  # never taken for strays again
                first_rows[best, strays] = wild
                open_prev[best], open_row[best], open_count[best] = stray, wild, strays + 1
    return segment
