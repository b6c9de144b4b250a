"""Candidate partners: how many other vessels could have met one, counted no further than matters."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from detectors.dark_meeting.feasible_encounters import FeasibleEncounters

if TYPE_CHECKING:
    from collections.abc import Iterable

    from detectors.tracks.reports import Bool, Int64


class CandidatePartners:
    """The candidate partners of each finding; one with more than `candidate_partners_max` has none.

    A crowd makes millions of feasible encounters: of each finding no more partners than matter are kept, and
    no encounter that cannot be reported any more.

    Parameters
    ----------
    vessels : int64 array
        The vessel of each finding, as a number; two findings of one vessel are no encounter.
    candidate_partners_max : int
        Greatest number of candidate partners of a finding that is reported.
    """

    def __init__(self, vessels: Int64, candidate_partners_max: int) -> None:
        self.vessels, self.candidate_partners_max = vessels, candidate_partners_max
        self.count = np.zeros(len(vessels), dtype=np.int64)
        self._partners: list[set[int]] = [set() for _ in vessels]

    def matters(self, members: Int64) -> Bool:
        """Return which pairs of findings may still be reported: those of which one has no crowd yet."""
        return (self.count[members] <= self.candidate_partners_max).any(axis=1) & self._are_of_two(members)

    def selected(self, parts: Iterable[FeasibleEncounters]) -> tuple[FeasibleEncounters, Int64, int]:
        """Return the encounters of findings without a crowd, their partner counts, and the number of all."""
        kept, count = [], 0
        for part in parts:
            feasible = part.take(self._are_of_two(part.members))
            count += len(feasible)
            for finding, partner in (feasible.members.T, feasible.members.T[::-1]):
                self._add(finding, self.vessels[partner])
            kept.append(feasible.take(self._partner_count(feasible) <= self.candidate_partners_max))
        feasible = FeasibleEncounters.joined(kept)
        most = self._partner_count(feasible)
        return (
            feasible.take(most <= self.candidate_partners_max),
            most[most <= self.candidate_partners_max],
            count,
        )

    def _are_of_two(self, members: Int64) -> Bool:
        finding, partner = self.vessels[members].T
        return np.asarray(finding != partner)

    def _partner_count(self, feasible: FeasibleEncounters) -> Int64:
        return np.asarray(self.count[feasible.members].max(axis=1, initial=0))

    def _add(self, finding: Int64, vessels: Int64) -> None:
        """Add vessels to the partners of findings, up to one more than may be reported, and count them."""
        undecided = self.count[finding] <= self.candidate_partners_max
        if not undecided.any():
            return
        pairs = np.unique(np.stack((finding[undecided], vessels[undecided]), axis=1), axis=0)
        rank = np.arange(len(pairs)) - np.searchsorted(pairs[:, 0], pairs[:, 0])
        for number, vessel in pairs[rank <= self.candidate_partners_max].tolist():
            self._partners[number].add(vessel)
            self.count[number] = len(self._partners[number])
