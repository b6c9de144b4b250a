"""What a run's other findings tell of the same vessels: one event is read beside the others."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from detectors.units import DAY_S

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from detectors.base import Finding, Measures

MEETING, SILENCE, LINGERING, CALL = "sts_transfer", "dark_period", "loitering", "port_call"
IDENTITY, HANDOVER = "identity_change", "handover"

NEAR_DAYS = 30.0
"""Silences so long before or after a meeting are told with it (the span that identity histories cover)."""

STAY_MIN_H = 2.0
"""A silence that left at least this for a stay in DPRK waters counts as one that may have gone there."""


@dataclass(frozen=True)
class History:
    """The meetings, silences, calls, lingering and changes of number of every vessel of a run."""

    meetings: dict[int, list[Finding]] = field(default_factory=dict)
    silences: dict[int, list[Finding]] = field(default_factory=dict)
    calls: dict[int, list[Finding]] = field(default_factory=dict)
    lingering: dict[int, list[Finding]] = field(default_factory=dict)
    handovers: dict[int, list[Finding]] = field(default_factory=dict)

    @classmethod
    def of(cls, findings: Iterable[Finding]) -> History:
        """Sort findings by vessel."""
        history = cls()
        for finding in findings:
            if finding.kind == MEETING:
                _file(history.meetings, finding)
            elif finding.kind == SILENCE and _may_have_gone(finding.measures):
                _file(history.silences, finding)
            elif finding.kind == CALL and finding.measures["called_port"] is not None:
                _file(history.calls, finding)
            elif finding.kind == LINGERING:
                _file(history.lingering, finding)
            elif finding.kind == IDENTITY and finding.measures["sort"] == HANDOVER:
                _file(history.handovers, finding)
        return history

    def measures(self, finding: Finding) -> Measures:
        """Return what the vessels' other findings say of this one."""
        if finding.kind == LINGERING:
            met, called = (shelf.get(finding.vessels[0], ()) for shelf in (self.meetings, self.calls))
            return {
                "beside_seen": any(overlap(finding, meeting) for meeting in met),
                "in_call": any(overlap(finding, call) for call in called),
            }
        if finding.kind == CALL and finding.measures["called_port"] is None:
            shelves = (self.meetings, self.lingering)
            others = (other for shelf in shelves for other in shelf.get(finding.vessels[0], ()))
            return {"told_otherwise": any(overlap(finding, other) for other in others)}
        if finding.kind == SILENCE:
            changed = self.handovers.get(finding.vessels[0], ())
            return {"number_goes_on": any(finding.anchors[0] in change.rows for change in changed)}
        if finding.kind == MEETING:
            return {"dprk_silences_near": self._silences_near(finding)}
        return {}

    def _silences_near(self, finding: Finding) -> int:
        silences = (s for vessel in finding.vessels for s in self.silences.get(vessel, ()))
        return sum(abs(s.start_s - finding.start_s) <= NEAR_DAYS * DAY_S for s in silences)


def overlap(one: Finding, other: Finding) -> bool:
    """Tell whether two findings share some time, as far as they were observed."""
    return one.start_s < _end_s(other) and other.start_s < _end_s(one)


def _end_s(finding: Finding) -> float:
    return finding.behaved_until_s if finding.kind == CALL else finding.end_s or finding.start_s


def unexplained(findings: Sequence[Finding]) -> list[Finding]:
    """Return the vessels that lingered, but not those beside a vessel that was seen, or in port."""
    history = History.of(findings)
    lingering = [(f, history.measures(f)) for f in findings if f.kind == LINGERING]
    return [f for f, told in lingering if not told["beside_seen"] and not told["in_call"]]


def _file(shelf: dict[int, list[Finding]], finding: Finding) -> None:
    for vessel in finding.vessels:
        shelf.setdefault(vessel, []).append(finding)


def _may_have_gone(measures: Measures) -> bool:
    stay_h = measures.get("dprk_stay_at_most_h")
    return isinstance(stay_h, float) and stay_h >= STAY_MIN_H and measures.get("reception") == "good"
