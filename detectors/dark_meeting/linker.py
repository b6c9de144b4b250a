"""Dark meetings: which vessels may have met one in a dark period; candidates, not findings of fact.

Either a vessel that loiters in sight, inside the reach of one in a dark period meanwhile; or two in dark
periods at once that could have been together in open water. The definition is
docs/definitions/dark_meeting.md.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

import numpy as np

from detectors.core.findings import Detection, Finding
from detectors.core.units import HOUR_S, KM_M, KNOT_MPS
from detectors.dark_meeting.candidate_partners import CandidatePartners
from detectors.dark_meeting.feasible_encounters import (
    FeasibleEncounters,
    Gap,
    gap_encounters,
    gap_of,
    loiterer_encounters,
)
from detectors.events.history import History
from detectors.events.relations import unexplained_loitering

if TYPE_CHECKING:
    from collections.abc import Sequence

    from detectors.core.measures import Value
    from detectors.dark_meeting.params import DarkMeetingParams
    from detectors.scene import Scene
    from detectors.tracks.reports import Int64

NAME = "dark_meeting"
LOITERING, DARK_PERIOD = "loitering", "dark_period"


def link(scene: Scene, found: tuple[Finding, ...], params: DarkMeetingParams) -> Detection:
    """Find which vessels may have met; one candidate for each pair of vessels and place."""
    loitering = unexplained_loitering(History.of(found))
    gaps, left_out = _gaps(scene, found, len(loitering), params)
    findings = [*loitering, *(gap.finding for gap in gaps)]
    partners = CandidatePartners(_vessel_numbers(findings), int(params.candidate_partners_max))
    one_dark = loiterer_encounters(scene, loitering, gaps, params.together_min_h * HOUR_S, partners.matters)
    both_dark, unpaired = _both_dark(scene, gaps, params)
    encounters, partner_counts, count = partners.selected(chain(one_dark, [both_dark]))
    candidates = [
        _finding(scene, findings, encounters, n, partner_count)
        for n, partner_count in enumerate(partner_counts.tolist())
    ]
    return Detection(
        findings=tuple(sorted(candidates, key=lambda f: (f.start_s, f.vessels, f.anchors))),
        examined={
            "gaps": len(gaps),
            "gaps_left_out": left_out,
            "gaps_not_paired": unpaired,
            "loitering": len(loitering),
            "candidate_partners": count,
            "reported": len(candidates),
        },
    )


def _gaps(
    scene: Scene, found: tuple[Finding, ...], first: int, params: DarkMeetingParams
) -> tuple[list[Gap], int]:
    """Return the dark periods that may hide an encounter: not too long, and not in poor reception.

    Their findings are numbered from `first`. Also how many were left out.
    """
    every = [f for f in found if f.kind == DARK_PERIOD]
    kept = [
        f
        for f in every
        if f.lasted_h(scene.now_s) <= params.gap_max_h and f.measures.get("reception") != "poor"
    ]
    gaps = [gap_of(f, number, scene.now_s) for number, f in enumerate(kept, start=first)]
    return gaps, len(every) - len(kept)


def _both_dark(scene: Scene, gaps: list[Gap], params: DarkMeetingParams) -> tuple[FeasibleEncounters, int]:
    """Return pairs of dark periods in good reception that could have met; the shortest ones of very many."""
    good = [gap for gap in gaps if gap.finding.measures.get("reception") == "good"]
    good.sort(key=lambda gap: (gap.until_s - gap.start_s, gap.start_s, gap.finding.vessels))
    encounters = gap_encounters(good[: int(params.gaps_max)], params.both_dark_min_h * HOUR_S)
    if len(encounters):
        lon, lat = encounters.position.T.copy()
        far_m = params.open_water_km * KM_M
        open_water = scene.world.shore_distance_m(lon, lat) >= far_m
        open_water &= scene.world.nearest_ports(lon, lat).distance_m >= far_m
        encounters = encounters.take(open_water & ~scene.world.on_land(lon, lat))
    return encounters, max(0, len(good) - int(params.gaps_max))


def _vessel_numbers(findings: Sequence[Finding]) -> Int64:
    """Return a number for the vessels of each finding, the same for the same ones."""
    numbers: dict[tuple[int, ...], int] = {}
    return np.array([numbers.setdefault(f.vessels, len(numbers)) for f in findings], dtype=np.int64)


def _finding(
    scene: Scene, findings: Sequence[Finding], encounters: FeasibleEncounters, n: int, partner_count: int
) -> Finding:
    paired = [findings[number] for number in encounters.members[n]]
    members = (min(paired, key=_member_order), max(paired, key=_member_order))
    start_s, end_s, distance_m = (
        float(column[n]) for column in (encounters.start_s, encounters.end_s, encounters.distance_m)
    )
    rows = tuple(sorted({r for f in members for r in f.rows}, key=lambda r: (scene.tracks.time_s[r], r)))
    measures: dict[str, Value] = {
        "feasible_encounter_h": (end_s - start_s) / HOUR_S,
        "candidate_partners": partner_count,
        "sides_observed": sum(f.kind == LOITERING for f in members),
        "reception_good": all(f.measures.get("reception", "good") == "good" for f in members),
        "sailing_distance_km": distance_m / KM_M,
        "speed_needed_kn": distance_m / max(float(encounters.gap_s[n]) - (end_s - start_s), 1.0) / KNOT_MPS,
    }
    return Finding(
        kind=NAME,
        start_s=start_s,
        end_s=end_s,
        vessels=tuple(sorted({v for f in members for v in f.vessels})),
        rows=rows,
        anchors=tuple(f.anchors[0] for f in members),
        path=((float(encounters.position[n, 0]), float(encounters.position[n, 1])),),
        measures=measures,
        behaved_until_s=start_s,
        members=members,
    )


def _member_order(finding: Finding) -> tuple[tuple[int, ...], str]:
    return finding.vessels, finding.kind
