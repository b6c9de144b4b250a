"""Which segments come near one another: candidates on a coarse grid of times, solved exactly later.

Solving every pair exactly is not affordable, because the number of pairs grows with the square of the
vessels. A state that lasts at least one step of the grid holds a grid time wherever the grid begins. So the
candidates are complete for such states (rule 4: an unbroken spell of at least `unbroken_min`), and the result
does not depend on where the search began.
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
    """When two segments are candidates, at grid times `step_s` apart.

    Either both are slow (at most `max_mps`) within `radius_m`, or both are slow enough for a transfer under
    way (at most `way_mps`, which is not less than `max_mps`) within `way_m`, which is not more than
    `radius_m`. A segment with more than `neighbours_max` others in that range lies in a crowd (rule 10). Grid
    times more than `join_s` apart begin another run. Units: seconds, metres, metres per second.
    """

    step_s: float
    radius_m: float
    max_mps: float
    way_m: float
    way_mps: float
    neighbours_max: int
    join_s: float


CHUNK_ROWS = 1 << 21
"""Positions on the grid that are held at once. This bounds the memory and does not change the result."""


@helper
def _fill(
    offsets: Int64,
    fixes: Fixes,
    speed: Float32,
    segments: Int64,
    cursor: Int64,
    first_slot: int,
    end_slot: int,
    rule: Nearness,
) -> tuple[Int64, Int32, Float64, Float64, Bool]:
    """Return positions of segments at the grid times of one chunk, a row each.

    Columns: slot (from the first of the chunk), segment, longitude, latitude, and whether it is slow by
    `max_mps`. `cursor` holds for each segment the report to go on from; it is moved on.
    """
    time_s = fixes.time_s
    slot, segment = np.empty(1024, np.int64), np.empty(1024, np.int32)
    x, y = np.empty(1024), np.empty(1024)
    slow = np.empty(1024, np.bool_)
    n = 0
    for h in segments:
        # No interval begins at the last report, so it is the end of the path.
        last = offsets[h + 1] - 1
        # The report where the chunk before stopped: no report is passed twice.
        k = cursor[h]
        s = max(math.ceil(time_s[k] / rule.step_s), first_slot)
        while s < end_slot:
            at_s = s * rule.step_s
            # The report whose interval to the next one holds this grid time.
            while k < last and at(time_s, k + 1) <= at_s:
                k += 1
            if k == last:
                break
            # Too fast even for a transfer under way, or in a gap over `bridge_max_h` (rule 1: speed not
            # known): jump to the first grid time after this interval. Most reports of vessels that sail end
            # here.
            if not slow_enough(at(speed, k), rule.way_mps):
                s = max(s + 1, math.ceil(at(time_s, k + 1) / rule.step_s))
                continue
            if n == slot.size:
                slot, segment, slow = (
                    with_room(slot, n + 1),
                    with_room(segment, n + 1),
                    with_room(slow, n + 1),
                )
                x, y = with_room(x, n + 1), with_room(y, n + 1)
            # Rule 1: a straight line at constant speed between the two reports.
            slot[n] = s - first_slot
            segment[n] = h
            x[n], y[n] = place_at(k, at_s, fixes)
            slow[n] = slow_enough(speed[k], rule.max_mps)
            n += 1
            s += 1
        # The next chunk goes on from here.
        cursor[h] = k
    return slot[:n], segment[:n], x[:n], y[:n], slow[:n]


@helper
def _slow_spell(
    offsets: Int64, time_s: Float64, speed: Float32, max_mps: float, segment: int, at_s: float
) -> tuple[int, int]:
    """Return the first and last report of the time around `at_s` in which a segment is slow throughout."""
    first = last_at_or_before(time_s, offsets[segment], offsets[segment + 1], at_s)
    last = first
    while first > offsets[segment] and slow_enough(speed[first - 1], max_mps):
        first -= 1
    while last < offsets[segment + 1] - 1 and slow_enough(speed[last], max_mps):
        last += 1
    return first, last


@helper
def _slow_segments(offsets: Int64, time_s: Float64, speed: Float32, max_mps: float) -> Int64:
    """Return the segments that are slow at any time, in the order of their first reports."""
    is_slow = np.zeros(offsets.size - 1, np.bool_)
    for h in range(offsets.size - 1):
        for k in range(offsets[h], offsets[h + 1]):
            if slow_enough(at(speed, k), max_mps):
                is_slow[h] = True
                # One slow interval is enough to look at the segment.
                break
    # In the order of first reports, so that the search can take up each one when its time comes. The sort
    # is stable: equal times keep the order of segments.
    segments = np.flatnonzero(is_slow)
    return segments[np.argsort(time_s[offsets[segments]], kind="mergesort")]


@helper
def _crowd_stays(
    crowded: Int32,
    at_s: float,
    offsets: Int64,
    time_s: Float64,
    speed: Float32,
    way_mps: float,
    stayed_until_s: Float64,
) -> Int64:
    """Return the stays of segments in a crowd that are not listed yet.

    Rows of segment, first and last report. `stayed_until_s` holds for each segment the end of its last listed
    stay; it is updated.
    """
    stays = np.empty((crowded.size, 3), np.int64)
    n = 0
    for h in crowded:
        # A stay is listed once, although the segment is in the crowd at many grid times.
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
    """Return the runs of grid times at which two segments are near one another.

    Three answers:

    - runs, rows as in `grid_runs`: one of the times at which both are slow, and one of those at which both
      could transfer under way;
    - the number of (segment, grid time) that lay in a crowd (rule 10);
    - the stays in a crowd: rows of segment, first and last report of the time in which it is slow.

    The grid counts from the epoch, so it does not depend on the file. Segments are interpolated where `speed`
    (see `speed_made_good`, metres per second) is known.
    """
    time_s = fixes.time_s
    book = blank_book()
    crowded = 0
    stays, n_stays = np.empty((64, 3), np.int64), 0
    if time_s.size == 0:
        return book[2][:0], 0, stays[:0]
    # No stay of any segment is listed yet.
    stayed_until_s = np.full(offsets.size - 1, -math.inf)
    cursor = offsets[:-1].copy()
    # Only segments that are slow at some time can be one of a pair.
    waiting = _slow_segments(offsets, time_s, speed, rule.way_mps)
    begun = 0
    active = waiting[:0]
    slot = math.ceil(time_s.min() / rule.step_s)
    last_slot = math.floor(time_s.max() / rule.step_s)
    # As many grid times at once as fit if every segment is under way at each: the bound on memory.
    slots_per_chunk = max(1, CHUNK_ROWS // max(1, waiting.size))
    while slot <= last_slot:
        end_slot = min(slot + slots_per_chunk, last_slot + 1)
        end_s = end_slot * rule.step_s
        # Take up the segments whose first report lies before the end of this chunk.
        start = begun
        while begun < waiting.size and time_s[offsets[waiting[begun]]] < end_s:
            begun += 1
        active = np.concatenate((active, waiting[start:begun]))
        slot_of_row, segment, x, y, slow = _fill(offsets, fixes, speed, active, cursor, slot, end_slot, rule)
        # Segments that have ended need not be looked at in the chunks that follow.
        active = active[time_s[offsets[active + 1] - 1] >= end_s]
        # Group by grid time with a counting sort: cheaper than sorting by time.
        bounds, order = grouped(slot_of_row, end_slot - slot)
        for s in range(end_slot - slot):
            rows = order[bounds[s] : bounds[s + 1]]
            # A fast bound comes first: most vessels have nobody near, and the exact search skips them.
            rows = rows[is_accompanied(x[rows], y[rows], rule.radius_m)]
            if rows.size < 2:
                continue
            a, b, kind, in_crowd = slot_pairs(
                segment[rows], x[rows], y[rows], slow[rows], rule.radius_m, rule.way_m, rule.neighbours_max
            )
            book = noted(book, a, b, kind, slot + s, rule.join_s / rule.step_s)
            # Rule 10: a crowd is not solved pair by pair; its stays are kept for the raft.
            if in_crowd.size:
                crowded += in_crowd.size
                at_s = (slot + s) * rule.step_s
                new_stays = _crowd_stays(in_crowd, at_s, offsets, time_s, speed, rule.way_mps, stayed_until_s)
                stays = with_room(stays, n_stays + new_stays.shape[0])
                stays[n_stays : n_stays + new_stays.shape[0]] = new_stays
                n_stays += new_stays.shape[0]
        slot = end_slot
    return book[2][: book[3][RUNS]], crowded, stays[:n_stays]
