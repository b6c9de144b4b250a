"""Which grid times of a pair belong together: noted as they are found, in the order of time.

Two vessels at anchor near one another are so at thousands of grid times. What is kept of these is one run,
not a row for each.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from detectors.kernels.arrays.distinct import home
from detectors.kernels.arrays.growing_rows import with_room
from detectors.kernels.encounters.neighbours import SLOW_PAIR
from geodata.jit import helper

Int64 = npt.NDArray[np.int64]
Int32 = npt.NDArray[np.int32]
UInt8 = npt.NDArray[np.uint8]

A, B, FIRST_SLOT, LAST_SLOT, TIMES, KIND, SWIFT_TIMES = range(7)
"""Columns of a run.

Two segments; the first and last grid time of the run; how many there are; of which bit (`SLOW_PAIR`,
`WAY_PAIR`) it is a run; at how many of its grid times not both segments were slow.
"""

COLUMNS = 7
KEYS, RUNS = 0, 1
"""Places in the counts of a book: how many pairs have a key, and how many runs there are."""


@helper
def blank_book() -> tuple[Int64, Int64, Int64, Int64]:
    """Return a book without runs.

    Four arrays: keys of pairs in a hash table (-1 where a place is free); beside each key the open run of
    each bit (-1 for none); the runs; and how many keys and runs there are.
    """
    opened = np.full((1024, 2), -1, np.int64)
    return np.full(1024, -1, np.int64), opened, np.empty((1024, COLUMNS), np.int64), np.zeros(2, np.int64)


@helper
def _place(key: int, keys: Int64) -> int:
    place = home(key, keys.size)
    # Linear probing: the next place, until the key or a free place is found. The size is a power of two, so
    # the mask wraps around without a division.
    while keys[place] >= 0 and keys[place] != key:
        place = (place + 1) & (keys.size - 1)
    return place


@helper
def _larger(keys: Int64, opened: Int64, needed: int) -> tuple[Int64, Int64]:
    """Return keys and open runs in a table with at least as many places as needed."""
    size = keys.size
    while size < needed:
        size *= 2
    # A place depends on the size of the table, so each key is placed anew.
    new_keys, new_opened = np.full(size, -1, np.int64), np.full((size, 2), -1, np.int64)
    for k in range(keys.size):
        if keys[k] >= 0:
            slot_of_key = _place(int(keys[k]), new_keys)
            new_keys[slot_of_key], new_opened[slot_of_key] = keys[k], opened[k]
    return new_keys, new_opened


@helper
def noted(
    book: tuple[Int64, Int64, Int64, Int64], a: Int32, b: Int32, kind: UInt8, slot: int, join_slots: float
) -> tuple[Int64, Int64, Int64, Int64]:
    """Return the book with the pairs of one grid time added.

    `kind` holds the bits of each pair. Grid times more than `join_slots` apart begin another run.
    """
    keys, opened, runs, counts = book
    # At most a quarter of the places is taken: probes stay short. Growing to twice that need keeps the cost
    # linear.
    if 4 * (counts[KEYS] + a.size) > keys.size:
        keys, opened = _larger(keys, opened, 8 * (counts[KEYS] + a.size))
    # Each pair can open two runs: one of each bit.
    runs = with_room(runs, counts[RUNS] + 2 * a.size)
    for p in range(a.size):
        segment_a, segment_b = np.int64(a[p]), np.int64(b[p])
        # Both segments in one whole number: one comparison finds the pair.
        key = int((segment_a << 32) | segment_b)
        slot_of_key = _place(key, keys)
        if keys[slot_of_key] < 0:
            keys[slot_of_key] = key
            counts[KEYS] += 1
        # Slow times and times under way are separate runs: rules 4 and 8 are solved separately.
        for bit in range(2):
            if not kind[p] & (1 << bit):
                continue
            run = opened[slot_of_key, bit]
            # Grid times come in order, so the last time of the open run decides whether this one goes on.
            if run < 0 or slot - runs[run, LAST_SLOT] > join_slots:
                run = opened[slot_of_key, bit] = counts[RUNS]
                counts[RUNS] += 1
                runs[run] = (segment_a, segment_b, slot, slot, 0, 1 << bit, 0)
            runs[run, LAST_SLOT] = slot
            runs[run, TIMES] += 1
            # Rule 8 asks whether one of the two was faster than slow; a run that never was needs no look
            # there.
            runs[run, SWIFT_TIMES] += 0 if kind[p] & SLOW_PAIR else 1
    return keys, opened, runs, counts
