"""Runs of grid times, against a dictionary that says the same."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from detectors.kernels.encounters import grid_runs as k
from detectors.kernels.encounters.neighbours import SLOW_PAIR, WAY_PAIR

JOIN_SLOTS = 3.0


def runs_of(times):
    """Return the runs of grid times, each (slot, {(a, b): bits}), as a sorted list of rows."""
    book = k.blank_book()
    for slot, near in times:
        pairs = np.array(list(near), dtype=np.int32).reshape(-1, 2)
        kind = np.array(list(near.values()), dtype=np.uint8)
        book = k.noted(book, pairs[:, 0], pairs[:, 1], kind, slot, JOIN_SLOTS)
    return sorted(map(tuple, book[2][: book[3][k.RUNS]].tolist()))


def plainly(times):
    found = []
    for bit in (SLOW_PAIR, WAY_PAIR):
        met = {}
        for slot, near in times:
            for pair, bits in near.items():
                if bits & bit:
                    met.setdefault(pair, []).append((slot, not bits & SLOW_PAIR))
        for pair, slots in met.items():
            parts = [[slots[0]]]
            for one in slots[1:]:
                parts.append([one]) if one[0] - parts[-1][-1][0] > JOIN_SLOTS else parts[-1].append(one)
            found += [(*pair, p[0][0], p[-1][0], len(p), bit, sum(swift for _, swift in p)) for p in parts]
    return sorted(found)


pairs = st.tuples(st.integers(0, 40), st.integers(41, 80))
near = st.dictionaries(pairs, st.sampled_from([SLOW_PAIR, WAY_PAIR, SLOW_PAIR | WAY_PAIR]), max_size=12)


@given(st.dictionaries(st.integers(0, 60), near, max_size=15).map(lambda d: sorted(d.items())))
def test_runs_are_those_of_a_dictionary(times):
    assert runs_of(times) == plainly(times)


def test_a_book_holds_as_many_pairs_as_come():
    """Four thousand pairs: the table grows, and what was open stays open."""
    everyone = {(a, b): SLOW_PAIR for a in range(64) for b in range(64, 128)}
    times = [(0, {(0, 64): SLOW_PAIR}), (1, everyone), (2, everyone), (9, {(0, 64): SLOW_PAIR})]
    found = runs_of(times)
    assert len(found) == 64 * 64 + 1
    assert found[:2] == [(0, 64, 0, 2, 3, SLOW_PAIR, 0), (0, 64, 9, 9, 1, SLOW_PAIR, 0)]
