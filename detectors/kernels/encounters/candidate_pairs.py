"""Which hulls come near one another: candidates on a coarse grid of times, to be solved exactly after.

A state that lasts at least one step holds a grid time wherever the grid begins, so the candidates are
complete for such states and the grid leaves no trace in the result.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt

from detectors.kernels.arrays.growing_rows import with_room
from detectors.kernels.arrays.order import grouped
from detectors.kernels.encounters.grid_runs import RUNS, blank_book, noted
from detectors.kernels.encounters.neighbours import is_accompanied, slot_pairs
from detectors.kernels.encounters.relative_motion import last_at_or_before
from detectors.kernels.tracks.motion import place_at, slow_enough
from geodata.jit import at, bundle, helper, kernel

if TYPE_CHECKING:
    from detectors.kernels.tracks.fixes import Fixes

Int64 = npt.NDArray[np.int64]
Int32 = npt.NDArray[np.int32]
Float64 = npt.NDArray[np.float64]
Float32 = npt.NDArray[np.float32]
Bool = npt.NDArray[np.bool_]


@bundle
class Nearness(NamedTuple):
    """When two hulls are candidates, at grid times `step_s` apart.

    Both slow (`max_mps`) within `radius_m`, or both slow enough to work under way (`way_mps`, no less) within
    `way_m` (no more). A hull with more than `neighbours_max` others so near lies in a crowd. Times over
    `join_s` apart begin another run.
    """

    step_s: float
    radius_m: float
    max_mps: float
    way_m: float
    way_mps: float
    neighbours_max: int
    join_s: float


CHUNK_ROWS = 1 << 21
"""Positions on the grid that are held at once: bounds memory, changes nothing else."""


@helper
def _fill(
    offsets: Int64,
    fixes: Fixes,
    speed: Float32,
    hulls: Int64,
    cursor: Int64,
    first_slot: int,
    end_slot: int,
    rule: Nearness,
) -> tuple[Int64, Int32, Float64, Float64, Bool]:
    """Positions of hulls at the grid times of one chunk: slot, hull, lon, lat, is she slow."""
    time_s = fixes.time_s
    slot, hull = np.empty(1024, np.int64), np.empty(1024, np.int32)
    x, y = np.empty(1024), np.empty(1024)
    slow = np.empty(1024, np.bool_)
    n = 0
    for h in hulls:
        last = offsets[h + 1] - 1
        k = cursor[h]
        s = max(math.ceil(time_s[k] / rule.step_s), first_slot)
        while s < end_slot:
            at_s = s * rule.step_s
            while k < last and at(time_s, k + 1) <= at_s:
                k += 1
            if k == last:
                break
            if not slow_enough(at(speed, k), rule.way_mps):
                s = max(s + 1, math.ceil(at(time_s, k + 1) / rule.step_s))
                continue
            if n == slot.size:
                slot, hull, slow = with_room(slot, n + 1), with_room(hull, n + 1), with_room(slow, n + 1)
                x, y = with_room(x, n + 1), with_room(y, n + 1)
            slot[n] = s - first_slot
            hull[n] = h
            x[n], y[n] = place_at(k, at_s, fixes)
            slow[n] = slow_enough(speed[k], rule.max_mps)
            n += 1
            s += 1
        cursor[h] = k
    return slot[:n], hull[:n], x[:n], y[:n], slow[:n]


@helper
def _slow_spell(
    offsets: Int64, time_s: Float64, speed: Float32, max_mps: float, hull: int, at_s: float
) -> tuple[int, int]:
    """Return the first and last report of the time round `at_s` in which a hull is slow throughout."""
    first = last_at_or_before(time_s, offsets[hull], offsets[hull + 1], at_s)
    last = first
    while first > offsets[hull] and slow_enough(speed[first - 1], max_mps):
        first -= 1
    while last < offsets[hull + 1] - 1 and slow_enough(speed[last], max_mps):
        last += 1
    return first, last


@helper
def _slow_hulls(offsets: Int64, time_s: Float64, speed: Float32, max_mps: float) -> Int64:
    """Return the hulls that are slow at any time, in the order of their first reports."""
    is_slow = np.zeros(offsets.size - 1, np.bool_)
    for h in range(offsets.size - 1):
        for k in range(offsets[h], offsets[h + 1]):
            if slow_enough(at(speed, k), max_mps):
                is_slow[h] = True
                break
    hulls = np.flatnonzero(is_slow)
    return hulls[np.argsort(time_s[offsets[hulls]], kind="mergesort")]


@helper
def _crowd_stays(
    in_crowd: Int32,
    at_s: float,
    offsets: Int64,
    time_s: Float64,
    speed: Float32,
    way_mps: float,
    stayed_until_s: Float64,
) -> Int64:
    """Return the stays of hulls in a crowd that are not told yet: rows of hull, first and last report."""
    stays = np.empty((in_crowd.size, 3), np.int64)
    n = 0
    for h in in_crowd:
        if at_s >= stayed_until_s[h]:
            first, last = _slow_spell(offsets, time_s, speed, way_mps, h, at_s)
            stays[n] = (np.int64(h), first, last)
            stayed_until_s[h] = time_s[last]
            n += 1
    return stays[:n]


@kernel
def near_pairs(
    offsets: Int64,
    fixes: Fixes,
    speed: Float32,
    rule: Nearness,
) -> tuple[Int64, int, Int64]:
    """Return the runs (rows of `kernels.runs`) of grid times at which two hulls are near one another.

    One of the times at which both are slow, and one of those at which both could work under way. Also the
    number of (hull, grid time) that lay in a crowd, and the stays there: rows of hull, first and last report
    of the time in which she is slow. The grid runs through the epoch; hulls are interpolated where `speed`
    (see `speed_made_good`) is known.
    """
    time_s = fixes.time_s
    book = blank_book()
    crowded = 0
    stays, n_stays = np.empty((64, 3), np.int64), 0
    if time_s.size == 0:
        return book[2][:0], 0, stays[:0]
    stayed_until_s = np.full(offsets.size - 1, -math.inf)
    cursor = offsets[:-1].copy()
    waiting = _slow_hulls(offsets, time_s, speed, rule.way_mps)
    begun = 0
    active = waiting[:0]
    slot = math.ceil(time_s.min() / rule.step_s)
    last_slot = math.floor(time_s.max() / rule.step_s)
    width = max(1, CHUNK_ROWS // max(1, waiting.size))
    while slot <= last_slot:
        end_slot = min(slot + width, last_slot + 1)
        end_s = end_slot * rule.step_s
        start = begun
        while begun < waiting.size and time_s[offsets[waiting[begun]]] < end_s:
            begun += 1
        active = np.concatenate((active, waiting[start:begun]))
        at, hull, x, y, slow = _fill(offsets, fixes, speed, active, cursor, slot, end_slot, rule)
        active = active[time_s[offsets[active + 1] - 1] >= end_s]
        bounds, order = grouped(at, end_slot - slot)
        for s in range(end_slot - slot):
            rows = order[bounds[s] : bounds[s + 1]]
            rows = rows[is_accompanied(x[rows], y[rows], rule.radius_m)]
            if rows.size < 2:
                continue
            a, b, kind, in_crowd = slot_pairs(
                hull[rows], x[rows], y[rows], slow[rows], rule.radius_m, rule.way_m, rule.neighbours_max
            )
            book = noted(book, a, b, kind, slot + s, rule.join_s / rule.step_s)
            if in_crowd.size:
                crowded += in_crowd.size
                at_s = (slot + s) * rule.step_s
                more = _crowd_stays(in_crowd, at_s, offsets, time_s, speed, rule.way_mps, stayed_until_s)
                stays = with_room(stays, n_stays + more.shape[0])
                stays[n_stays : n_stays + more.shape[0]] = more
                n_stays += more.shape[0]
        slot = end_slot
    return book[2][: book[3][RUNS]], crowded, stays[:n_stays]
