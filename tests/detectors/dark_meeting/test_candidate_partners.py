import tracemalloc

import numpy as np
import pytest

from detectors.dark_meeting.candidate_partners import CandidatePartners
from detectors.dark_meeting.feasible_encounters import FeasibleEncounters


def crowd(lingering, silent):
    """Fits of each one that lingers with each silent one, three of the first at a time."""
    for first in range(0, lingering, 3):
        members = np.array([(a, lingering + b) for a in range(first, first + 3) for b in range(silent)])
        column = np.zeros(len(members))
        yield FeasibleEncounters(members, np.zeros((len(members), 2)), column, column + 9, column, column + 9)


def test_what_a_crowd_fits_is_counted_not_kept():
    tracemalloc.start()
    fits, rooms, count = CandidatePartners(np.arange(600), 5).selected(crowd(300, 300))
    assert (len(fits), len(rooms), count) == (0, 0, 90_000)
    assert tracemalloc.get_traced_memory()[1] < 2 << 20
    tracemalloc.stop()


def test_room_for_chance_counts_other_vessels_over_all_parts():
    fits, rooms, _ = CandidatePartners(np.arange(8), 6).selected(crowd(6, 2))
    assert (len(fits), set(rooms.tolist())) == (12, {6})
    assert len(CandidatePartners(np.arange(8), 5).selected(crowd(6, 2))[0]) == 0
    one_ship = np.array([0, 0, 0, 0, 0, 0, 6, 7])
    assert set(CandidatePartners(one_ship, 5).selected(crowd(6, 2))[1].tolist()) == {2}
    theirs = np.zeros(8, dtype=np.int64)
    assert CandidatePartners(theirs, 5).selected(crowd(6, 2))[2] == 0


def drawn(rng, lingering, silent):
    """Pairs that fit by chance: some findings have a crowd, some a few, some none."""
    often = np.concatenate((rng.choice([0.02, 0.2, 0.9], lingering), rng.choice([0.02, 0.2, 0.9], silent)))
    members = np.stack(np.meshgrid(np.arange(lingering), lingering + np.arange(silent)), axis=-1).reshape(
        -1, 2
    )
    return members[rng.random(len(members)) < often[members].min(axis=1)]


@pytest.mark.parametrize("seed", range(20))
def test_pairs_that_decide_nothing_need_not_be_known(seed):
    rng = np.random.default_rng(seed)
    members = drawn(rng, 30, 40)
    ships, column = rng.integers(0, 60, 70), np.zeros(len(members))
    fits = FeasibleEncounters(members, np.zeros((len(members), 2)), column, column + 9, column, column + 9)
    parts = np.array_split(np.arange(len(members)), 25)

    def asked(partners):
        for part in parts:
            yield fits.take(part[partners.matters(members[part])])

    lazy = CandidatePartners(ships, 5)
    some, few, looked_at = lazy.selected(asked(lazy))
    every, room, count = CandidatePartners(ships, 5).selected([fits.take(part) for part in parts])
    assert (some.members.tolist(), few.tolist()) == (every.members.tolist(), room.tolist())
    assert looked_at < count
