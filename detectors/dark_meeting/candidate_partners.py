"""How many other vessels fit a finding: the room for chance, counted no further than decides."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from detectors.dark_meeting.feasible_encounters import Fits

if TYPE_CHECKING:
    from collections.abc import Iterable

    from detectors.tracks.reports import Bool, Int64


class Partners:
    """The candidate partners of each finding; one with more than `candidate_partners_max` has none.

    A crowd makes millions of fits: of each finding no more vessels than decide are kept, and no fit that
    cannot be told any more.

    Parameters
    ----------
    ships : int64 array
        Whose each finding is, a number for each vessel; two findings of one are no fit.
    candidate_partners_max : int
        So many vessels may fit a finding that is told.
    """

    def __init__(self, ships: Int64, candidate_partners_max: int) -> None:
        self.ships, self.candidate_partners_max = ships, candidate_partners_max
        self.count = np.zeros(len(ships), dtype=np.int64)
        self._partners: list[set[int]] = [set() for _ in ships]

    def decides(self, members: Int64) -> Bool:
        """Return which pairs of findings may change what is told: those of which one has no crowd yet."""
        return (self.count[members] <= self.candidate_partners_max).any(axis=1) & self._of_two(members)

    def taken(self, parts: Iterable[Fits]) -> tuple[Fits, Int64, int]:
        """Return the fits of findings without a crowd, the vessels that fit each, and how many fits came."""
        kept, count = [], 0
        for part in parts:
            fits = part.take(self._of_two(part.members))
            count += len(fits)
            for mine, other in (fits.members.T, fits.members.T[::-1]):
                self._fill(mine, self.ships[other])
            kept.append(fits.take(self._most(fits) <= self.candidate_partners_max))
        fits = Fits.joined(kept)
        most = self._most(fits)
        return (
            fits.take(most <= self.candidate_partners_max),
            most[most <= self.candidate_partners_max],
            count,
        )

    def _of_two(self, members: Int64) -> Bool:
        mine, other = self.ships[members].T
        return np.asarray(mine != other)

    def _most(self, fits: Fits) -> Int64:
        return np.asarray(self.count[fits.members].max(axis=1, initial=0))

    def _fill(self, mine: Int64, ships: Int64) -> None:
        """Add ships to the partners of findings, up to one more than may be told, and count them anew."""
        undecided = self.count[mine] <= self.candidate_partners_max
        if not undecided.any():
            return
        pairs = np.unique(np.stack((mine[undecided], ships[undecided]), axis=1), axis=0)
        turn = np.arange(len(pairs)) - np.searchsorted(pairs[:, 0], pairs[:, 0])
        for finding, ship in pairs[turn <= self.candidate_partners_max].tolist():
            self._partners[finding].add(ship)
            self.count[finding] = len(self._partners[finding])
