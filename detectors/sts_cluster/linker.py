"""Clusters of STS transfers: one segment, many feeders, within three days and fifty kilometres.

The definition and its limits are in docs/definitions/sts_cluster.md.
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

STRING_MIN = 3
"""So many objects that drift as one are a string; there the weight of `drifting_string` begins too."""

INNERMOST = (*TIERS, "passes")
"""Tiers from the nearest on; an encounter observed at passes says least of the separation."""


@dataclass(frozen=True, eq=False)
class Encounter:
    """One STS transfer with the numbers of its two segments."""

    finding: Finding
    segments: tuple[int, int]
    end_s: float

    @property
    def order(self) -> tuple[float, float, tuple[int, ...]]:
        """Place in time, by which encounters are taken; no two of one run are equal."""
        return self.finding.start_s, self.end_s, self.segments

    @property
    def contact_h(self) -> float:
        """Time observed together, in hours."""
        return known_in(self.finding.measures, "contact_h")


@dataclass(eq=False)
class Cluster:
    """Encounters joined so far, with the time that they span."""

    encounters: list[Encounter]
    start_s: float
    end_s: float

    @property
    def order(self) -> tuple[float, float, tuple[int, ...]]:
        """Place in time: that of the first encounter."""
        return min(e.order for e in self.encounters)


def link(scene: Scene, found: tuple[Finding, ...], params: ClusterParams) -> Detection:
    """Join the STS transfers of a run into clusters."""
    possible = (f for f in found if f.kind == MEMBER_KIND and _may_be_transfer(f, params))
    encounters = sorted((_encounter(scene, f) for f in possible), key=lambda e: e.order)
    clusters = [c for c in _joined(encounters, params) if len(c.encounters) >= params.encounters_min]
    findings = tuple(_finding(scene, sorted(c.encounters, key=lambda e: e.order)) for c in clusters)
    linked = sum(len(f.members) for f in findings)
    return Detection(
        findings=tuple(sorted(findings, key=lambda f: (f.start_s, f.end_s or 0.0, f.vessels, f.anchors))),
        examined={"encounters": len(encounters), "linked": linked, "reported": len(findings)},
    )


def _may_be_transfer(finding: Finding, params: ClusterParams) -> bool:
    """Return whether clearance, a third vessel, in-line offset, swing and buoys do not rule it out."""
    clearances_m = (
        number_in(finding.measures, name) for name in ("hull_clearance_m", "hull_clearance_by_antennas_m")
    )
    has_clearance = any(
        clearance_m is not None and clearance_m > params.clearance_max_m for clearance_m in clearances_m
    )
    share = number_in(finding.measures, "third_vessel_between_share")
    has_third = share is not None and share > params.third_vessel_max_share
    is_separate = any(
        finding.measures[name] is not None for name in ("in_line_offset_m", "independent_swing_m")
    )
    is_gear = finding.measures.get("fishing_gear") is True or is_string(finding)
    return not (has_clearance or has_third or is_separate or is_gear)


def is_string(finding: Finding) -> bool:
    """Return whether the two drift on a string of buoys; two alone may be ships that were seen for hours."""
    members = finding.measures.get("drifting_string")
    return isinstance(members, int) and members >= STRING_MIN


def _encounter(scene: Scene, finding: Finding) -> Encounter:
    first, second = sorted(scene.tracks.segment_of(row) for row in finding.anchors)
    return Encounter(finding, (first, second), finding.start_s if finding.end_s is None else finding.end_s)


def _joined(encounters: list[Encounter], params: ClusterParams) -> list[Cluster]:
    """Join encounters, given in order, by the rules 3 and 4 of the definition; near-linear in encounters."""
    latest: dict[int, Encounter] = {}
    cluster_of: dict[Encounter, Cluster] = {}
    for encounter in encounters:
        if encounter.end_s - encounter.finding.start_s > params.span_max_h * HOUR_S:
            continue
        neighbours = [
            latest[h] for h in encounter.segments if h in latest and _follows(latest[h], encounter, params)
        ]
        cluster = _grown(
            list(dict.fromkeys(cluster_of[m] for m in neighbours)), encounter, params, cluster_of
        )
        for segment in encounter.segments:
            before = latest.get(segment)
            if before is None or cluster_of[before] is not cluster or before.end_s <= encounter.end_s:
                latest[segment] = encounter
    return sorted(dict.fromkeys(cluster_of.values()), key=lambda c: c.order)


def _follows(before: Encounter, encounter: Encounter, params: ClusterParams) -> bool:
    pause_s = encounter.finding.start_s - before.end_s
    return (
        pause_s <= params.pause_max_h * HOUR_S
        and _distance_m(before, encounter) <= params.distance_max_km * KM_M
    )


def _distance_m(one: Encounter, other: Encounter) -> float:
    return sphere_m(*one.finding.path[0], *other.finding.path[0])


def _grown(
    neighbours: list[Cluster],
    encounter: Encounter,
    params: ClusterParams,
    cluster_of: dict[Encounter, Cluster],
) -> Cluster:
    """Add an encounter to all clusters near it, to the first of them that it fits into, or to a new one."""
    alone = Cluster([encounter], encounter.finding.start_s, encounter.end_s)
    cluster_of[encounter] = alone
    first_to_last = sorted(neighbours, key=lambda c: (c.start_s, c.order))
    for parts in (first_to_last, *([c] for c in first_to_last)):
        whole = [*parts, alone]
        span_s = max(c.end_s for c in whole) - min(c.start_s for c in whole)
        if span_s <= params.span_max_h * HOUR_S:
            return _merged(whole, cluster_of)
    return alone


def _merged(parts: list[Cluster], cluster_of: dict[Encounter, Cluster]) -> Cluster:
    """Move the smaller clusters into the largest: no encounter moves more often than the logarithm of all."""
    largest = max(parts, key=lambda c: len(c.encounters))
    for part in parts:
        if part is not largest:
            largest.encounters.extend(part.encounters)
            cluster_of.update(dict.fromkeys(part.encounters, largest))
            largest.start_s = min(largest.start_s, part.start_s)
            largest.end_s = max(largest.end_s, part.end_s)
    return largest


def _finding(scene: Scene, encounters: list[Encounter]) -> Finding:
    first = encounters[0].finding
    members = tuple(m.finding for m in encounters)
    rows = {row for f in members for row in f.rows}
    end_s = max(m.end_s for m in encounters)
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
        measures=_measures(scene, encounters, end_s),
    )


def _measures(scene: Scene, encounters: list[Encounter], end_s: float) -> Values:
    hub = _hub(encounters)
    of_hub = [m for m in encounters if hub in m.segments]
    measures = [m.finding.measures for m in encounters]
    return {
        "hub": scene.tracks.key(int(scene.tracks.segments.vessel_index[hub])),
        "hub_encounters": len(of_hub),
        "partners": len({h for m in of_hub for h in m.segments} - {hub}),
        "segments": len({h for m in encounters for h in m.segments}),
        "encounters": len(encounters),
        "at_once": _at_once(of_hub),
        "contact_h": sum(m.contact_h for m in encounters),
        "span_h": (end_s - encounters[0].finding.start_s) / HOUR_S,
        "longest_pause_h": _longest_pause_h(of_hub),
        "extent_km": max(_distance_m(encounters[0], m) for m in encounters) / KM_M,
        "tier": min((str(m["tier"]) for m in measures), key=INNERMOST.index),
        "slow_vessels_within_2nm": max(int(known_in(m, "slow_vessels_within_2nm")) for m in measures),
        "reports_least": min(int(known_in(m, "reports_least")) for m in measures),
    }


def _hub(encounters: list[Encounter]) -> int:
    """Return the segment with most encounters, of several that with the longest contact, then the first."""
    totals: dict[int, tuple[int, float]] = {}
    for encounter in encounters:
        for segment in encounter.segments:
            count, contact_h = totals.get(segment, (0, 0.0))
            totals[segment] = (count + 1, contact_h + encounter.contact_h)
    return min(totals, key=lambda segment: (-totals[segment][0], -totals[segment][1], segment))


def _at_once(encounters: list[Encounter]) -> int:
    """Return how many encounters of a segment overlap in time at most; those that only touch do not."""
    changes = [(m.finding.start_s, 1) for m in encounters] + [(m.end_s, -1) for m in encounters]
    count = most = 0
    for _, change in sorted(changes):
        count += change
        most = max(most, count)
    return most


def _longest_pause_h(encounters: list[Encounter]) -> float:
    longest_s, until_s = 0.0, encounters[0].end_s
    for encounter in encounters:
        longest_s = max(longest_s, encounter.finding.start_s - until_s)
        until_s = max(until_s, encounter.end_s)
    return longest_s / HOUR_S
