"""The other findings of a run: an event is read together with the others of the same vessels."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from detectors.events.history_params import HistoryParams

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from detectors.core.findings import Finding

ByVessel = dict[tuple[str, int], list["Finding"]]
"""Findings by kind and vessel."""


@dataclass(frozen=True)
class History:
    """The findings of a run by kind and by vessel, and the candidates that are no events."""

    by_kind: Mapping[str, Sequence[Finding]] = field(default_factory=dict)
    by_vessel: Mapping[tuple[str, int], Sequence[Finding]] = field(default_factory=dict)
    candidates_by_vessel: Mapping[tuple[str, int], Sequence[Finding]] = field(default_factory=dict)
    """Findings and candidates, in the order of time."""
    params: HistoryParams = field(default_factory=HistoryParams)

    @classmethod
    def of(
        cls,
        findings: Iterable[Finding],
        candidates: Iterable[Finding] = (),
        params: HistoryParams = HistoryParams(),  # noqa: B008 - frozen
    ) -> History:
        """Sort findings and candidates by kind and vessel."""
        findings = tuple(findings)
        by_kind: dict[str, list[Finding]] = defaultdict(list)
        for finding in findings:
            by_kind[finding.kind].append(finding)
        every = sorted((*findings, *candidates), key=lambda f: f.start_s)
        return cls(dict(by_kind), _by_vessel(findings), _by_vessel(every), params)

    def of_kind(self, kind: str) -> Sequence[Finding]:
        """Return the findings of a kind."""
        return self.by_kind.get(kind, ())

    def of_vessel(self, kind: str, vessel: int) -> Sequence[Finding]:
        """Return the findings of a kind that a vessel has part in."""
        return self.by_vessel.get((kind, vessel), ())

    def with_candidates(self, kind: str, vessel: int) -> Sequence[Finding]:
        """Return findings and candidates of a kind that a vessel has part in, in the order of time."""
        return self.candidates_by_vessel.get((kind, vessel), ())

    def covers(self, other: Finding, finding: Finding) -> bool:
        """Return whether another finding covers enough of the time of one: an hour does not explain a day."""
        together_s = min(finding.seen_until_s, other.seen_until_s) - max(finding.start_s, other.start_s)
        lasted_s = finding.seen_until_s - finding.start_s
        return together_s > 0 and together_s >= self.params.covered_share * lasted_s


def overlap(one: Finding, other: Finding) -> bool:
    """Return whether two findings share some time, as far as they were observed."""
    return one.start_s < other.seen_until_s and other.start_s < one.seen_until_s


def _by_vessel(findings: Iterable[Finding]) -> ByVessel:
    by_vessel: ByVessel = defaultdict(list)
    for finding in findings:
        for vessel in finding.vessels:
            by_vessel[finding.kind, vessel].append(finding)
    return dict(by_vessel)
