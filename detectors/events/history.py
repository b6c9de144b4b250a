"""What a run's other findings tell of the same vessels: one event is read beside the others."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from detectors.core.findings import Detection
from detectors.core.units import DAY_S, HOUR_S, KM_M
from detectors.events.history_params import HistoryParams
from detectors.kernels.geometry.geodesy import sphere_m

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from detectors.core.findings import Finding, Measures

MEETING, SILENCE, LINGERING, CALL = "sts_transfer", "dark_period", "loitering", "port_call"
IDENTITY, HANDOVER = "identity_change", "handover"
CLUSTER, SPOOFING, AREA = "sts_cluster", "spoofing", "area"
FROZEN, CIRCLING, JUMP = "frozen", "circling", "jump"


@dataclass(frozen=True)
class History:
    """The meetings, silences, calls, lingering and changes of number of every vessel of a run."""

    meetings: dict[int, list[Finding]] = field(default_factory=dict)
    silences: dict[int, list[Finding]] = field(default_factory=dict)
    calls: dict[int, list[Finding]] = field(default_factory=dict)
    lingering: dict[int, list[Finding]] = field(default_factory=dict)
    handovers: dict[int, list[Finding]] = field(default_factory=dict)
    jammed: list[Finding] = field(default_factory=list)
    false: dict[int, list[Finding]] = field(default_factory=dict)
    """Frozen positions, circles and jumps."""
    stops: dict[int, list[Finding]] = field(default_factory=dict)
    """Every call, also those at ports of no concern, which are no events."""
    params: HistoryParams = field(default_factory=HistoryParams)

    @classmethod
    def of(
        cls,
        findings: Iterable[Finding],
        leads: Iterable[Finding] = (),
        params: HistoryParams = HistoryParams(),  # noqa: B008 - frozen
    ) -> History:
        """Sort findings by vessel; of leads only calls are looked at."""
        history = cls(params=params)
        findings = tuple(findings)
        for call in sorted((f for f in (*findings, *leads) if f.kind == CALL), key=lambda f: f.start_s):
            _file(history.stops, call)
        for finding in findings:
            if finding.kind == MEETING:
                _file(history.meetings, finding)
            elif finding.kind == SILENCE and _may_have_gone(finding.measures, params):
                _file(history.silences, finding)
            elif finding.kind == CALL and finding.measures["called_port"] is not None:
                _file(history.calls, finding)
            elif finding.kind == LINGERING:
                _file(history.lingering, finding)
            elif finding.kind == IDENTITY and finding.measures["sort"] == HANDOVER:
                _file(history.handovers, finding)
            elif finding.kind == SPOOFING and finding.measures["sort"] == AREA:
                history.jammed.append(finding)
            elif finding.kind == SPOOFING and finding.measures["sort"] in {FROZEN, CIRCLING, JUMP}:
                _file(history.false, finding)
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
            return {"told_otherwise": any(self._covers(other, finding) for other in others)}
        if finding.kind == SILENCE:
            changed = self.handovers.get(finding.vessels[0], ())
            return {
                "number_goes_on": any(finding.anchors[0] in change.rows for change in changed),
                "round_trip": self._round_trip(finding),
            }
        if finding.kind == MEETING:
            return {
                "dprk_silences_near": self._silences_near(finding),
                "in_jammed_area": self._jammed(finding),
                "doubted_positions": self._doubted(finding),
            }
        if finding.kind == CLUSTER:
            doubts = [self._doubted(member) for member in finding.members]
            return {"in_jammed_area": self._jammed(finding), "doubted_positions": _first(doubts)}
        return {}

    def _round_trip(self, silence: Finding) -> str | None:
        """Return whether the calls before and after a silence were at one port.

        `same_port`, `same_country` or `other`; None where the silence is shorter than `round_trip_min_h` or
        lasts, or either call was not seen within `near_days`.
        """
        least_s, near_s = self.params.round_trip_min_h * HOUR_S, self.params.near_days * DAY_S
        if silence.end_s is None or silence.end_s - silence.start_s < least_s:
            return None
        stops = self.stops.get(silence.vessels[0], ())
        before = [s for s in stops if silence.start_s - near_s <= _end_s(s) <= silence.start_s]
        after = [s for s in stops if silence.end_s <= s.start_s <= silence.end_s + near_s]
        if not before or not after:
            return None
        left, reached = before[-1].measures, after[0].measures
        if left["called_country"] != reached["called_country"]:
            return "other"
        return "same_port" if left["called_port"] == reached["called_port"] else "same_country"

    def _jammed(self, finding: Finding) -> bool:
        """Tell whether positions of a whole area were false meanwhile, its vessels' or those at its place."""
        return any(
            overlap(finding, area) and (set(finding.vessels) & set(area.vessels) or _is_inside(finding, area))
            for area in self.jammed
        )

    def _doubted(self, meeting: Finding) -> str | None:
        """Return what puts in doubt where one of two was: positions frozen or in circles, or a jump away."""
        near_m = self.params.doubt_within_km * KM_M
        of_both = (f for vessel in meeting.vessels for f in self.false.get(vessel, ()))
        found = [f for f in of_both if min(sphere_m(*p, *meeting.path[0]) for p in f.path) <= near_m]
        covering = {f.measures["sort"] for f in found if self._covers(f, meeting)}
        for sort in (FROZEN, CIRCLING):
            if sort in covering:
                return sort
        return JUMP if any(f.measures["sort"] == JUMP and self._jumps(f, meeting) for f in found) else None

    def _jumps(self, jump: Finding, meeting: Finding) -> bool:
        """Tell whether a vessel left a meeting by a jump, or was there for most of it between two.

        One who came by a jump and stayed may have been shown at her true place again.
        """
        latest_s = _end_s(meeting) + self.params.jump_after_h * HOUR_S
        if meeting.start_s <= jump.start_s <= latest_s:
            return True
        came_m = sphere_m(*jump.path[-1], *meeting.path[0])
        is_there = came_m <= self.params.doubt_within_km * KM_M and self._covers(jump, meeting)
        return is_there and bool(jump.measures["returned"])

    def _silences_near(self, finding: Finding) -> int:
        silences = (s for vessel in finding.vessels for s in self.silences.get(vessel, ()))
        return sum(abs(s.start_s - finding.start_s) <= self.params.near_days * DAY_S for s in silences)

    def _covers(self, other: Finding, finding: Finding) -> bool:
        """Tell whether another finding holds enough of the time of one: an hour does not tell a stay."""
        together_s = min(_end_s(finding), _end_s(other)) - max(finding.start_s, other.start_s)
        return together_s > 0 and together_s >= self.params.covered_share * (
            _end_s(finding) - finding.start_s
        )


def _first(doubts: list[str | None]) -> str | None:
    """Return the first doubt about the meetings of a cluster; None where any of them is in no doubt."""
    return None if None in doubts else next(iter(doubts), None)


def _is_inside(finding: Finding, area: Finding) -> bool:
    extent_m = float(area.measures["area_extent_km"] or 0.0) * KM_M
    return sphere_m(*finding.path[0], *area.path[0]) <= extent_m


def overlap(one: Finding, other: Finding) -> bool:
    """Tell whether two findings share some time, as far as they were observed."""
    return one.start_s < _end_s(other) and other.start_s < _end_s(one)


def _end_s(finding: Finding) -> float:
    return finding.behaved_until_s if finding.kind == CALL else finding.end_s or finding.start_s


def without_met(detections: Mapping[str, Detection], *, met_share: float) -> dict[str, Detection]:
    """Leave out lingering that is a meeting told by itself, and count it under ``beside_seen``.

    She lingered beside vessels that were seen for at least `met_share` of the time.
    """
    lingering = detections.get(LINGERING, Detection())
    met = History.of(f for d in detections.values() for f in d.findings).meetings
    kept = tuple(f for f in lingering.findings if _met_share(f, met) < met_share)
    beside = len(lingering.findings) - len(kept)
    examined = {**lingering.examined, "told": len(kept), "beside_seen": beside}
    return {**detections, LINGERING: replace(lingering, findings=kept, examined=examined)}


def _met_share(finding: Finding, meetings: dict[int, list[Finding]]) -> float:
    end_s = finding.end_s or finding.start_s
    spans = [
        (max(finding.start_s, m.start_s), min(end_s, m.end_s or m.start_s))
        for m in meetings.get(finding.vessels[0], ())
        if overlap(finding, m)
    ]
    met_s, until_s = 0.0, finding.start_s
    for begin, end in sorted(spans):
        met_s += max(0.0, end - max(begin, until_s))
        until_s = max(until_s, end)
    return met_s / max(end_s - finding.start_s, 1.0)


def unexplained(findings: Sequence[Finding]) -> list[Finding]:
    """Return the vessels that lingered, but not those beside a vessel that was seen, or in port."""
    history = History.of(findings)
    lingering = [(f, history.measures(f)) for f in findings if f.kind == LINGERING]
    return [f for f, told in lingering if not told["beside_seen"] and not told["in_call"]]


def _file(shelf: dict[int, list[Finding]], finding: Finding) -> None:
    for vessel in finding.vessels:
        shelf.setdefault(vessel, []).append(finding)


def _may_have_gone(measures: Measures, params: HistoryParams) -> bool:
    stay_h = measures.get("dprk_stay_at_most_h")
    is_long = isinstance(stay_h, float) and stay_h >= params.dprk_stay_min_h
    return is_long and measures.get("reception") == "good"
