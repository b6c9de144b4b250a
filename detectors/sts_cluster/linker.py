"""Clusters of ship-to-ship transfers: one segment, many feeders, within three days and fifty kilometres.

The definition, in words and with its limits, is docs/definitions/sts_cluster.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from detectors.core.encounter_tiers import TIERS
from detectors.core.findings import Detection, Finding
from detectors.core.measures import known_in, number_in
from detectors.core.units import HOUR_S, KM_M
from detectors.kernels.geometry.geodesy import sphere_m

if TYPE_CHECKING:
    from detectors.core.measures import Values
    from detectors.scene import Scene
    from detectors.sts_cluster.params import ClusterParams

NAME = "sts_cluster"
MEMBER_KIND = "sts_transfer"

INNERMOST = (*TIERS, "passes")
"""Tiers from the nearest on; what was seen at passes only says least of how near they lay."""


@dataclass(frozen=True, eq=False)
class Meeting:
    """One transfer with the numbers of its two segments."""

    finding: Finding
    segments: tuple[int, int]
    end_s: float

    @property
    def order(self) -> tuple[float, float, tuple[int, ...]]:
        """Place in time, by which meetings are taken; no two of one run are equal."""
        return self.finding.start_s, self.end_s, self.segments

    @property
    def contact_h(self) -> float:
        """Time observed together."""
        return known_in(self.finding.measures, "contact_h")


@dataclass(eq=False)
class Cluster:
    """Meetings that were joined so far, with the time that they span."""

    meetings: list[Meeting]
    start_s: float
    end_s: float

    @property
    def order(self) -> tuple[float, float, tuple[int, ...]]:
        """Place in time: that of the first meeting."""
        return min(m.order for m in self.meetings)


def link(scene: Scene, found: tuple[Finding, ...], params: ClusterParams) -> Detection:
    """Join the meetings of a run into clusters."""
    hull_to_hull = (f for f in found if f.kind == MEMBER_KIND and _is_hull_to_hull(f, params))
    meetings = sorted((_meeting(scene, f) for f in hull_to_hull), key=lambda m: m.order)
    clusters = [c for c in _joined(meetings, params) if len(c.meetings) >= params.encounters_min]
    findings = tuple(_finding(scene, sorted(c.meetings, key=lambda m: m.order)) for c in clusters)
    linked = sum(len(f.members) for f in findings)
    return Detection(
        findings=tuple(sorted(findings, key=lambda f: (f.start_s, f.end_s or 0.0, f.vessels, f.anchors))),
        examined={"encounters": len(meetings), "linked": linked, "reported": len(findings)},
    )


def _is_hull_to_hull(finding: Finding, params: ClusterParams) -> bool:
    """Tell that neither water nor a third ship lay between two, that neither lay ahead, or swung alone."""
    watched_m = (
        number_in(finding.measures, name) for name in ("hull_clearance_m", "hull_clearance_by_antennas_m")
    )
    has_water = any(water_m is not None and water_m > params.clearance_max_m for water_m in watched_m)
    share = number_in(finding.measures, "third_vessel_between_share")
    is_between = share is not None and share > params.third_vessel_max_share
    is_apart = any(finding.measures[name] is not None for name in ("in_line_offset_m", "independent_swing_m"))
    return not (has_water or is_between or is_apart)


def _meeting(scene: Scene, finding: Finding) -> Meeting:
    first, second = sorted(scene.tracks.segment_of(row) for row in finding.anchors)
    return Meeting(finding, (first, second), finding.start_s if finding.end_s is None else finding.end_s)


def _joined(meetings: list[Meeting], params: ClusterParams) -> list[Cluster]:
    """Join meetings, given in order, by the rules 3 and 4 of the definition; near-linear in meetings."""
    latest: dict[int, Meeting] = {}
    cluster_of: dict[Meeting, Cluster] = {}
    for meeting in meetings:
        if meeting.end_s - meeting.finding.start_s > params.span_max_h * HOUR_S:
            continue
        near = [latest[h] for h in meeting.segments if h in latest and _is_next(latest[h], meeting, params)]
        cluster = _grown(list(dict.fromkeys(cluster_of[m] for m in near)), meeting, params, cluster_of)
        for segment in meeting.segments:
            before = latest.get(segment)
            if before is None or cluster_of[before] is not cluster or before.end_s <= meeting.end_s:
                latest[segment] = meeting
    return sorted(dict.fromkeys(cluster_of.values()), key=lambda c: c.order)


def _is_next(before: Meeting, meeting: Meeting, params: ClusterParams) -> bool:
    pause_s = meeting.finding.start_s - before.end_s
    return (
        pause_s <= params.pause_max_h * HOUR_S and _apart_m(before, meeting) <= params.distance_max_km * KM_M
    )


def _apart_m(one: Meeting, other: Meeting) -> float:
    return sphere_m(*one.finding.path[0], *other.finding.path[0])


def _grown(
    near: list[Cluster], meeting: Meeting, params: ClusterParams, cluster_of: dict[Meeting, Cluster]
) -> Cluster:
    """Add a meeting to all clusters near it, to the first of them that it fits into, or to a new one."""
    alone = Cluster([meeting], meeting.finding.start_s, meeting.end_s)
    cluster_of[meeting] = alone
    first_to_last = sorted(near, key=lambda c: (c.start_s, c.order))
    for parts in (first_to_last, *([c] for c in first_to_last)):
        whole = [*parts, alone]
        span_s = max(c.end_s for c in whole) - min(c.start_s for c in whole)
        if span_s <= params.span_max_h * HOUR_S:
            return _merged(whole, cluster_of)
    return alone


def _merged(parts: list[Cluster], cluster_of: dict[Meeting, Cluster]) -> Cluster:
    """Move the smaller clusters into the largest: no meeting moves more often than the logarithm of all."""
    largest = max(parts, key=lambda c: len(c.meetings))
    for part in parts:
        if part is not largest:
            largest.meetings.extend(part.meetings)
            cluster_of.update(dict.fromkeys(part.meetings, largest))
            largest.start_s = min(largest.start_s, part.start_s)
            largest.end_s = max(largest.end_s, part.end_s)
    return largest


def _finding(scene: Scene, meetings: list[Meeting]) -> Finding:
    first = meetings[0].finding
    members = tuple(m.finding for m in meetings)
    rows = {row for f in members for row in f.rows}
    end_s = max(m.end_s for m in meetings)
    return Finding(
        kind=NAME,
        start_s=first.start_s,
        end_s=end_s,
        vessels=tuple(sorted({v for f in members for v in f.vessels})),
        rows=tuple(sorted(rows, key=lambda row: (float(scene.tracks.time_s[row]), row))),
        anchors=first.anchors,
        path=tuple(f.path[0] for f in members),
        behaved_until_s=end_s,
        members=members,
        measures=_measures(scene, meetings, end_s),
    )


def _measures(scene: Scene, meetings: list[Meeting], end_s: float) -> Values:
    hub = _hub(meetings)
    of_hub = [m for m in meetings if hub in m.segments]
    told = [m.finding.measures for m in meetings]
    return {
        "hub": scene.tracks.key(int(scene.tracks.segments.vessel_index[hub])),
        "hub_encounters": len(of_hub),
        "partners": len({h for m in of_hub for h in m.segments} - {hub}),
        "segments": len({h for m in meetings for h in m.segments}),
        "encounters": len(meetings),
        "at_once": _at_once(of_hub),
        "contact_h": sum(m.contact_h for m in meetings),
        "span_h": (end_s - meetings[0].finding.start_s) / HOUR_S,
        "longest_pause_h": _longest_pause_h(of_hub),
        "extent_km": max(_apart_m(meetings[0], m) for m in meetings) / KM_M,
        "tier": min((str(m["tier"]) for m in told), key=INNERMOST.index),
        "slow_vessels_within_2nm": max(int(known_in(m, "slow_vessels_within_2nm")) for m in told),
        "reports_least": min(int(known_in(m, "reports_least")) for m in told),
    }


def _hub(meetings: list[Meeting]) -> int:
    """Return the segment with most meetings, of several that with the longest contact, then the first."""
    taken: dict[int, tuple[int, float]] = {}
    for meeting in meetings:
        for segment in meeting.segments:
            count, contact_h = taken.get(segment, (0, 0.0))
            taken[segment] = (count + 1, contact_h + meeting.contact_h)
    return min(taken, key=lambda segment: (-taken[segment][0], -taken[segment][1], segment))


def _at_once(meetings: list[Meeting]) -> int:
    """Return how many of a segment's meetings overlap in time at most; those that only touch do not."""
    changes = [(m.finding.start_s, 1) for m in meetings] + [(m.end_s, -1) for m in meetings]
    count = most = 0
    for _, change in sorted(changes):
        count += change
        most = max(most, count)
    return most


def _longest_pause_h(meetings: list[Meeting]) -> float:
    longest_s, until_s = 0.0, meetings[0].end_s
    for meeting in meetings:
        longest_s = max(longest_s, meeting.finding.start_s - until_s)
        until_s = max(until_s, meeting.end_s)
    return longest_s / HOUR_S
