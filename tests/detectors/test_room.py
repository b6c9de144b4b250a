import tracemalloc

import numpy as np

from detectors.rendezvous import Fits
from detectors.room import Room


def crowd(lingering, silent):
    """Fits of each one that lingers with each silent one, three of the first at a time."""
    for first in range(0, lingering, 3):
        members = np.array([(a, lingering + b) for a in range(first, first + 3) for b in range(silent)])
        column = np.zeros(len(members))
        yield Fits(members, np.zeros((len(members), 2)), column, column + 9, column, column + 9)


def test_what_a_crowd_fits_is_counted_not_kept():
    tracemalloc.start()
    fits, rooms, count = Room(np.arange(600), 5).taken(crowd(300, 300))
    assert (len(fits), len(rooms), count) == (0, 0, 90_000)
    assert tracemalloc.get_traced_memory()[1] < 2 << 20
    tracemalloc.stop()


def test_room_for_chance_counts_other_vessels_over_all_parts():
    fits, rooms, _ = Room(np.arange(8), 6).taken(crowd(6, 2))
    assert (len(fits), set(rooms.tolist())) == (12, {6})
    assert len(Room(np.arange(8), 5).taken(crowd(6, 2))[0]) == 0
    one_ship = np.array([0, 0, 0, 0, 0, 0, 6, 7])
    assert set(Room(one_ship, 5).taken(crowd(6, 2))[1].tolist()) == {2}
    hers = np.zeros(8, dtype=np.int64)
    assert Room(hers, 5).taken(crowd(6, 2))[2] == 0
