"""Number the vessels of a file: which keys occur, and the place of each row's key among them."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from geodata.jit import at, filler, helper

Int64 = npt.NDArray[np.int64]
Int32 = npt.NDArray[np.int32]

SLOTS_FIRST = 1024
"""Places of the first table: small, since most files hold few vessels; it grows."""

LOW_BITS = 0x7FFFFFFF
SPREAD = 2654435761
"""Knuth's multiplier: with 31 bits of key the product stays below 2^63."""

NO_KEY = -(2**63)
"""Stands where there is no key. A column that holds it is sorted instead."""

PROBES_PER_ROW = 8
"""Keys made to collide would cost the square of their number: beyond this the loop gives up."""


@helper
def home(key: int, slots: int) -> int:
    """Return where a key is looked for first in a table of `slots` places, a power of two."""
    # The high bits are folded in, so that keys which differ only there do not share a place. The low bits
    # of a product are poor, so higher ones are taken.
    return ((((key ^ (key >> 31)) & LOW_BITS) * SPREAD) >> 20) & (slots - 1)


@helper
def _placed(found: Int64, slots: int) -> tuple[Int64, Int32]:
    """Return a table of keys (`NO_KEY` where a place is free), and beside it the number of each."""
    keys, number = np.full(slots, NO_KEY, np.int64), np.zeros(slots, np.int32)
    for n in range(found.size):
        place = home(found[n], slots)
        # Linear probing: the next place until one is free.
        while keys[place] != NO_KEY:
            place = (place + 1) & (slots - 1)
        keys[place], number[place] = found[n], n
    return keys, number


@filler
def _numbered(keys: Int64, number: Int32) -> tuple[Int64, bool]:
    """Fill in the number of each key in the order of first rows; return the keys, and whether it is done.

    What is rare stands where a key comes for the first time: what is left is a few steps a row.
    """
    slots, count, probes = SLOTS_FIRST, 0, 0
    probes_max = PROBES_PER_ROW * (keys.size + SLOTS_FIRST)
    table, table_number = _placed(keys[:0], slots)
    found = np.empty(slots, np.int64)
    for row in range(keys.size):
        key = at(keys, row)
        if key == NO_KEY:
            return found[:0], False
        place = home(key, slots)
        while at(table, place) != key:
            if at(table, place) == NO_KEY:
                found[count] = key
                table[place], table_number[place] = key, count
                count += 1
                # At most half of the places is taken: probes stay short. A place depends on the size, so
                # all keys are placed anew.
                if 2 * count == slots:
                    slots *= 2
                    found = np.concatenate((found, np.empty(found.size, np.int64)))
                    table, table_number = _placed(found[:count], slots)
                    place = home(key, slots)
                # The key is in the table now: the condition of the loop ends it.
                continue
            place = (place + 1) & (slots - 1)
            probes += 1
            if probes > probes_max:
                return found[:0], False
        number[np.uint64(row)] = at(table_number, place)
    return found[:count], True


@filler
def _renumber(place: Int32, number: Int32) -> None:
    for row in range(number.size):
        number[row] = place[number[row]]


def distinct(keys: Int64) -> tuple[Int64, Int32]:
    """Return the keys that occur, ascending, and for each row the place of its key among them."""
    number = np.empty(keys.size, np.int32)
    found, is_done = _numbered(keys, number)
    # The slow way gives the same answer.
    if not is_done:
        found = np.unique(keys)
        return found, np.searchsorted(found, keys).astype(np.int32)
    # Only the few keys are sorted, and not the rows.
    order = np.argsort(found)
    place = np.empty(len(found), np.int32)
    place[order] = np.arange(len(found), dtype=np.int32)
    _renumber(place, number)
    return found[order], number
