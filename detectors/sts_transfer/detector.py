"""Ship-to-ship transfers: two vessels close together for long enough, slow or sailing side by side.

The definition, in words and with its limits, is docs/definitions/sts_transfer.md.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from detectors.core.encounter_tiers import TIERS, UNDER_WAY
from detectors.core.findings import Detection, Finding
from detectors.core.units import KM_M
from detectors.kernels.encounters.solving import (
    END_OF_S,
    NEAREST_M,
    REPORTS,
    SEGMENT_A,
    SEGMENT_B,
    START_S,
)
from detectors.sts_transfer.contact import encounter_of
from detectors.sts_transfer.crowds import crowd_warning, stay_in_crowd
from detectors.sts_transfer.evidence.encounter import measured
from detectors.sts_transfer.evidence.hull_distance import NOT_MEASURED, HullDistances, hull_distances_of
from detectors.sts_transfer.evidence.surroundings import with_surroundings
from detectors.sts_transfer.evidence.third_vessel import with_third_vessels
from detectors.sts_transfer.near_misses import near_misses
from detectors.sts_transfer.satellite.passes import find_pass_encounters, pass_rows, passes_of
from detectors.sts_transfer.search import innermost_tier, solve, without_overlaps

if TYPE_CHECKING:
    from detectors.core.measures import Values
    from detectors.scene import Scene
    from detectors.sts_transfer.params import StsParams
    from detectors.sts_transfer.params.encounter import EncounterParams
    from detectors.sts_transfer.satellite.pass_encounter import PassEncounter
    from detectors.tracks.reports import Bool, Float32, Float64, Int64

NAME = "sts_transfer"


def detect(scene: Scene, params: StsParams) -> Detection:
    """Find the encounters of two vessels that are consistent with an STS transfer."""
    solved = solve(scene, params)
    at_passes = find_pass_encounters(scene, params)
    slow, missed = _slow_findings(scene, params, solved.slow, at_passes)
    under_way = _under_way_findings(scene, params, solved.under_way)
    keep_slow, keep_under_way = without_overlaps(
        _rows(slow, solved.slow), _rows(under_way, solved.under_way), params.encounter.under_way_contact_times
    )
    both = [
        f
        for found, kept in ((slow, keep_slow), (under_way, keep_under_way))
        for (f, _), k in zip(found, kept, strict=True)
        if k
    ]
    both += _findings_at_passes(scene, params, solved.speed_mps, at_passes, both)
    kept = [f for f in both if _far_from_port(scene, f, params.encounter)]
    kept = with_third_vessels(scene, sorted(kept, key=lambda f: (f.start_s, f.vessels)), params)
    findings = with_surroundings(scene, kept, params, solved.speed_mps)
    return Detection(
        findings=findings,
        examined={
            "pairs_near": solved.pairs,
            "encounters": len(solved.slow) + len(solved.under_way),
            "reported": len(kept),
            "in_crowds": solved.crowded,
        },
        near_misses=near_misses(scene, NAME, params.encounter, missed),
        warnings=crowd_warning(solved.crowded, params.encounter),
        candidates=tuple(stay_in_crowd(scene, *row) for row in solved.stays.tolist()),
    )


FindingRows = list[tuple[Finding, "Float64"]]


def _rows(found: FindingRows, like: Float64) -> Float64:
    return np.array([row for _, row in found]).reshape(len(found), like.shape[1])


def _slow_findings(
    scene: Scene, params: StsParams, rows: Float64, at_passes: list[PassEncounter]
) -> tuple[FindingRows, Float64]:
    """Return the findings of slow encounters with their rows, and the rows that reach no tier."""
    hulls = hull_distances_of(scene, rows, params)
    by_antennas = innermost_tier(
        rows, [params.encounter.min_s(t) for t in params.encounter.tiers], params.encounter.reports_min
    )
    by_hulls = np.where(rows[:, REPORTS] >= params.encounter.reports_min, hulls.tier(params.encounter), -1)
    is_reported = (by_antennas >= 0) | (by_hulls >= 0)
    passes, rows = _passes(scene, params, rows, ~is_reported, at_passes)
    is_reported |= passes >= params.satellite.passes_min
    encounters = []
    for n in np.flatnonzero(is_reported).tolist():
        by_tier = _tier_measures(params.encounter, hulls, n, int(by_antennas[n]), int(by_hulls[n]))
        extra = by_tier or _pass_measures(int(passes[n]))
        encounters.append(encounter_of(params.encounter, rows[n], extra, is_under_way=False))
    return list(zip(measured(scene, NAME, encounters, params), rows[is_reported], strict=True)), rows[
        ~is_reported
    ]


def _tier_measures(
    params: EncounterParams, hulls: HullDistances, number: int, by_antennas: int, by_hulls: int
) -> Values:
    """Return the tier that a slow encounter reaches, and what decided it; empty where it reaches none."""
    if max(by_antennas, by_hulls) < 0:
        return {}
    by = "hulls" if by_antennas < 0 or 0 <= by_hulls < by_antennas else "antennas"
    tier = by_hulls if by == "hulls" else by_antennas
    return {"tier": params.tiers[tier], "tier_by": by, **hulls.measures(number)}


def _passes(
    scene: Scene, params: StsParams, rows: Float64, wanted: Bool, at_passes: list[PassEncounter]
) -> tuple[Int64, Float64]:
    """Return the number of joint passes of the wanted slow encounters, and all rows with the nearest pass.

    The number is 0 for encounters that are not long enough.
    """
    passes, rows = np.zeros(len(rows), dtype=np.int64), rows.copy()
    if params.satellite.reported:
        wanted = wanted & (rows[:, END_OF_S] - rows[:, START_S] >= params.encounter.min_s(TIERS[-1]))
        spans = rows[wanted][:, [SEGMENT_A, SEGMENT_B, START_S, END_OF_S]]
        passes[wanted], nearest_m = passes_of(scene, spans, params, at_passes)
        rows[wanted, NEAREST_M] = np.minimum(rows[wanted, NEAREST_M], nearest_m)
    return passes, rows


def _pass_measures(count: int) -> Values:
    return {"tier": "passes", "tier_by": "passes", "joint_passes": count, **NOT_MEASURED}


def _findings_at_passes(
    scene: Scene,
    params: StsParams,
    speed_mps: Float32,
    at_passes: list[PassEncounter],
    reported: list[Finding],
) -> list[Finding]:
    """Return the encounters observed only at passes, of pairs without another finding meanwhile."""
    index = scene.tracks.segments.vessel_index
    spans: dict[tuple[int, ...], list[tuple[float, float]]] = {}
    for finding in reported:
        spans.setdefault(finding.vessels, []).append((finding.start_s, finding.end_s or finding.start_s))
    alone = []
    for each in at_passes:
        pair = tuple(sorted(int(index[segment]) for segment in each.segments))
        if not any(start_s <= each.end_s and end_s >= each.start_s for start_s, end_s in spans.get(pair, ())):
            alone.append(each)
    encounters = [
        encounter_of(
            params.encounter,
            row,
            _pass_measures(each.passes),
            is_under_way=each.is_under_way,
            paths=each.paths,
        )
        for each, row in zip(alone, pass_rows(scene, params, alone, speed_mps), strict=True)
    ]
    return measured(scene, NAME, encounters, params)


def _under_way_findings(scene: Scene, params: StsParams, rows: Float64) -> FindingRows:
    """Return the findings of encounters under way with their rows."""
    tier = innermost_tier(
        rows,
        [params.encounter.min_s(UNDER_WAY)] * len(params.encounter.under_way_tiers),
        params.encounter.reports_min,
    )
    rows, is_close = rows[tier >= 0], tier[tier >= 0] == len(params.encounter.under_way_tiers) - 1
    hulls = hull_distances_of(scene, rows, params)
    by_hulls = is_close & hulls.are_alongside(params.encounter)
    encounters = []
    for n, row in enumerate(rows):
        name = "close" if is_close[n] and not by_hulls[n] else TIERS[0]
        extra = {"tier": name, "tier_by": "hulls" if by_hulls[n] else "antennas", **hulls.measures(n)}
        encounters.append(encounter_of(params.encounter, row, extra, is_under_way=True))
    found = zip(measured(scene, NAME, encounters, params), rows, strict=True)
    return [(finding, row) for finding, row in found if _moved_alike(finding, params.encounter)]


def _moved_alike(finding: Finding, params: EncounterParams) -> bool:
    relative_kn = finding.measures["relative_speed_kn"]
    return isinstance(relative_kn, float) and relative_kn <= params.under_way_relative_speed_max_kn


def _far_from_port(scene: Scene, finding: Finding, params: EncounterParams) -> bool:
    if params.port_min_km == 0:
        return True
    lon, lat = (np.array([degrees]) for degrees in finding.path[0])
    distance_m = scene.world.nearest_ports(lon, lat).distance_m[0]
    return bool(distance_m >= params.port_min_km * KM_M)
