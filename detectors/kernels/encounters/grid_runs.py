"""Which grid times of a pair belong together: noted as they are found, in the order of time.

A pair of ships at anchor is near at thousands of grid times. What is kept of them is a run, not a row each.
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
"""Columns of a run: two hulls, its first and last grid time, how many there are, of which bit (`SLOW_PAIR`,
`WAY_PAIR`) it is a run, and at how many of its grid times not both hulls were slow."""

COLUMNS = 7
KEYS, RUNS = 0, 1
"""Places in the counts of a book."""


@helper
def blank_book() -> tuple[Int64, Int64, Int64, Int64]:
    """Return a book without runs: keys of pairs, the open run of each bit, runs, and how many there are."""
    opened = np.full((1024, 2), -1, np.int64)
    return np.full(1024, -1, np.int64), opened, np.empty((1024, COLUMNS), np.int64), np.zeros(2, np.int64)


@helper
def _place(key: int, keys: Int64) -> int:
    at = home(key, keys.size)
    while keys[at] >= 0 and keys[at] != key:
        at = (at + 1) & (keys.size - 1)
    return at


@helper
def _larger(keys: Int64, opened: Int64, needed: int) -> tuple[Int64, Int64]:
    """Return keys and what is open in a table that holds as many as needed."""
    size = keys.size
    while size < needed:
        size *= 2
    new_keys, new_opened = np.full(size, -1, np.int64), np.full((size, 2), -1, np.int64)
    for k in range(keys.size):
        if keys[k] >= 0:
            at = _place(int(keys[k]), new_keys)
            new_keys[at], new_opened[at] = keys[k], opened[k]
    return new_keys, new_opened


@helper
def noted(
    book: tuple[Int64, Int64, Int64, Int64], a: Int32, b: Int32, kind: UInt8, slot: int, join_slots: float
) -> tuple[Int64, Int64, Int64, Int64]:
    """Return the book with the pairs of one grid time. Times over `join_slots` apart begin another run."""
    keys, opened, runs, counts = book
    if 4 * (counts[KEYS] + a.size) > keys.size:
        keys, opened = _larger(keys, opened, 8 * (counts[KEYS] + a.size))
    runs = with_room(runs, counts[RUNS] + 2 * a.size)
    for p in range(a.size):
        one, other = np.int64(a[p]), np.int64(b[p])
        key = int((one << 32) | other)
        at = _place(key, keys)
        if keys[at] < 0:
            keys[at] = key
            counts[KEYS] += 1
        for which in range(2):
            if not kind[p] & (1 << which):
                continue
            run = opened[at, which]
            if run < 0 or slot - runs[run, LAST_SLOT] > join_slots:
                run = opened[at, which] = counts[RUNS]
                counts[RUNS] += 1
                runs[run] = (one, other, slot, slot, 0, 1 << which, 0)
            runs[run, LAST_SLOT] = slot
            runs[run, TIMES] += 1
            runs[run, SWIFT_TIMES] += 0 if kind[p] & SLOW_PAIR else 1
    return keys, opened, runs, counts
