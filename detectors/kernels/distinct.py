"""Number the vessels of a file: which keys occur, and the place of each row's key among them."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from geodata.jit import filler, helper

Int64 = npt.NDArray[np.int64]
Int32 = npt.NDArray[np.int32]

SLOTS_FIRST = 1024
LOW_BITS = 0x7FFFFFFF
SPREAD = 2654435761
"""Knuth's multiplier: with 31 bits of key the product stays below 2^63."""

PROBES_PER_ROW = 8
"""Keys that were made to collide would cost the square of their number: then give up."""


@helper
def home(key: int, slots: int) -> int:
    """Return where a key is looked for first in a table of so many places, a power of two."""
    return ((((key ^ (key >> 31)) & LOW_BITS) * SPREAD) >> 20) & (slots - 1)


@filler
def _numbered(keys: Int64, number: Int32) -> tuple[Int64, bool]:
    """Fill in each key's number, in the order of first rows; return the keys so, and whether it is done."""
    slots = SLOTS_FIRST
    holder = np.full(slots, -1, np.int32)
    found = np.empty(slots, np.int64)
    count = 0
    probes = 0
    for row in range(keys.size):
        key = keys[row]
        at = home(key, slots)
        while holder[at] >= 0 and found[holder[at]] != key:
            at = (at + 1) & (slots - 1)
            probes += 1
        if holder[at] < 0:
            holder[at] = count
            found[count] = key
            count += 1
            if 2 * count == slots:
                slots *= 2
                found = np.concatenate((found, np.empty(found.size, np.int64)))
                holder = np.full(slots, -1, np.int32)
                for n in range(count):
                    to = home(found[n], slots)
                    while holder[to] >= 0:
                        to = (to + 1) & (slots - 1)
                        probes += 1
                    holder[to] = n
            number[row] = count - 1
        else:
            number[row] = holder[at]
        if probes > PROBES_PER_ROW * (row + SLOTS_FIRST):
            return found[:0], False
    return found[:count], True


@filler
def _renumber(place: Int32, number: Int32) -> None:
    for row in range(number.size):
        number[row] = place[number[row]]


def distinct(keys: Int64) -> tuple[Int64, Int32]:
    """Return the keys that occur, ascending, and for each row the place of its key among them."""
    number = np.empty(keys.size, np.int32)
    found, is_done = _numbered(keys, number)
    if not is_done:
        found = np.unique(keys)
        return found, np.searchsorted(found, keys).astype(np.int32)
    order = np.argsort(found)
    place = np.empty(len(found), np.int32)
    place[order] = np.arange(len(found), dtype=np.int32)
    _renumber(place, number)
    return found[order], number
