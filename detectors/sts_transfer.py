"""Ship-to-ship transfers: two slow vessels close together for long enough.

The definition, in words and with its limits, is docs/definitions/sts_transfer.md.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from detectors.base import CROWD, Detection, Detector, Finding, NearMiss, Scene, nearest
from detectors.kernels.meetings import (
    CONTACT_S,
    END_OF_S,
    FIRST_TIER,
    HULL_A,
    HULL_B,
    MEDIAN_M,
    NEAREST_M,
    START_S,
    meetings,
)
from detectors.kernels.motion import speed_made_good
from detectors.kernels.pairs import near_pairs
from detectors.meeting import measure_meeting
from detectors.places import middle_of
from detectors.sts_params import StsParams
from detectors.units import HOUR_S, KM_M, KNOT_MPS, MINUTE_S

if TYPE_CHECKING:
    from detectors.base import Measure
    from detectors.tracks.reports import Float64, Int32, Int64

KIND = "sts_transfer"
LADDER_M = (50.0, 200.0, 500.0)
"""Separations for which the contact time is told, whatever the tiers (evidence, not a threshold)."""


def detect(scene: Scene, params: StsParams) -> Detection:
    """Find the meetings of two vessels that are consistent with a transfer."""
    solved, pairs, crowded, stays = _solve(scene, params)
    tier = _tier(solved, params)
    told = solved[tier >= 0]
    findings = [_finding(scene, params, row, t) for row, t in zip(told, tier[tier >= 0], strict=True)]
    kept = [f for f in findings if _far_from_port(scene, f, params)]
    examined = {"pairs_near": pairs, "meetings": len(solved), "told": len(kept), "in_crowds": crowded}
    return Detection(
        findings=tuple(sorted(kept, key=lambda f: (f.start_s, f.vessels))),
        examined=examined,
        near_misses=_near_misses(scene, params, solved[tier < 0]),
        warnings=_crowd_warning(crowded, params),
        leads=tuple(_stay(scene, *row) for row in stays.tolist()),
    )


DETECTOR = Detector(KIND, "Ship-to-ship transfer", StsParams, detect)


def _solve(scene: Scene, params: StsParams) -> tuple[Float64, int, int, Int64]:
    """Return meetings (see `kernels.meetings`), the numbers of pairs and crowded positions, and stays."""
    hulls = scene.tracks.hulls
    place = (hulls.offsets, hulls.time_s, hulls.lon_deg, hulls.lat_deg)
    max_mps = params.speed_max_kn * KNOT_MPS
    speed = speed_made_good(*place, params.speed_window_min * MINUTE_S, params.bridge_max_h * HOUR_S)
    step_s = params.unbroken_min * MINUTE_S
    a, b, slot, crowded, stays = near_pairs(
        *place, speed, step_s, params.near_leave_m, max_mps, int(params.neighbours_max)
    )
    distinct = hulls.vessel_index[a] != hulls.vessel_index[b]
    pairs, first_s, last_s = _runs(a[distinct], b[distinct], slot[distinct], step_s)
    solved = meetings(
        pairs,
        first_s,
        last_s,
        *place,
        speed,
        hulls.uncertainty_m,
        _cadence(params),
        np.array([params.enter_m(t) for t in params.tiers]),
        np.array([params.leave_m(t) for t in params.tiers]),
        np.array(LADDER_M),
        max_mps,
        params.excursion_max_min * MINUTE_S,
        step_s,
        HOUR_S,
    )
    return solved, len(np.unique(pairs, axis=0)), crowded, stays


def _runs(a: Int32, b: Int32, slot: Int64, step_s: float) -> tuple[Int32, Float64, Float64]:
    """Join neighbouring grid times of a pair into candidates: pairs, first and last time."""
    order = np.lexsort((slot, b, a))
    a, b, slot = a[order], b[order], slot[order]
    new = np.ones(len(a), dtype=np.bool_)
    new[1:] = (a[1:] != a[:-1]) | (b[1:] != b[:-1]) | (slot[1:] - slot[:-1] > 1)
    starts = np.flatnonzero(new)
    ends = np.append(starts[1:], len(a)) - 1 if len(a) else starts
    pairs = np.stack([a[starts], b[starts]], axis=1).astype(np.int32)
    first_s, last_s = (slot[n].astype(np.float64) * step_s for n in (starts, ends))
    return pairs, first_s, last_s


def _cadence(params: StsParams) -> Float64:
    """Return the rule of contact as `kernels.meetings.contact_limit_s` takes it."""
    floor_s = params.contact_floor_min * MINUTE_S
    ceiling_s = max(floor_s, params.contact_ceiling_h * HOUR_S)
    return np.array([params.contact_intervals, floor_s, ceiling_s, params.contact_window_h * HOUR_S])


def _tier(solved: Float64, params: StsParams) -> Int64:
    """Return the innermost tier that each meeting satisfies, -1 for none."""
    need_s = np.array([params.min_s(t) for t in params.tiers])
    met = solved[:, FIRST_TIER : FIRST_TIER + len(need_s)] >= need_s
    return np.where(met.any(axis=1), met.argmax(axis=1), -1)


def _finding(scene: Scene, params: StsParams, row: Float64, tier: int) -> Finding:
    hulls = (int(row[HULL_A]), int(row[HULL_B]))
    contact_s = row[FIRST_TIER:]
    names = [f"{t}_contact_h" for t in params.tiers] + [f"contact_within_{m:g}m_h" for m in LADDER_M]
    measures: dict[str, Measure] = {
        "tier": params.tiers[tier],
        "contact_h": float(row[CONTACT_S]) / HOUR_S,
        "min_separation_m": float(row[NEAREST_M]),
        "median_separation_m": float(row[MEDIAN_M]),
        **{name: float(s) / HOUR_S for name, s in zip(names, contact_s, strict=True)},
    }
    return measure_meeting(scene, KIND, hulls, (float(row[START_S]), float(row[END_OF_S])), measures)


def _stay(scene: Scene, hull: int, first: int, last: int) -> Finding:
    """Return the lead of a hull that lay in a crowd, from the first to the last report of her slow time."""
    hulls = scene.tracks.hulls
    part = slice(first, last + 1)
    end_s = float(hulls.time_s[last])
    rows = (int(hulls.row[first]),)
    return Finding(
        kind=CROWD,
        start_s=float(hulls.time_s[first]),
        end_s=end_s,
        vessels=(int(hulls.vessel_index[hull]),),
        rows=rows,
        anchors=rows,
        path=(middle_of(np.stack([hulls.lon_deg[part], hulls.lat_deg[part]], axis=1)),),
        measures={},
        behaved_until_s=end_s,
    )


def _far_from_port(scene: Scene, finding: Finding, params: StsParams) -> bool:
    if params.port_min_km == 0:
        return True
    lon, lat = (np.array([degrees]) for degrees in finding.path[0])
    distance_m = scene.world.nearest_ports(lon, lat).distance_m[0]
    return bool(distance_m >= params.port_min_km * KM_M)


def _near_misses(scene: Scene, params: StsParams, missed: Float64) -> tuple[NearMiss, ...]:
    index = scene.tracks.hulls.vessel_index
    misses = []
    for row in missed:
        vessels = tuple(sorted((int(index[int(row[HULL_A])]), int(index[int(row[HULL_B])]))))
        tier = int(np.argmax([row[FIRST_TIER + n] / params.min_s(t) for n, t in enumerate(params.tiers)]))
        name = params.tiers[tier]
        if row[FIRST_TIER + tier] > 0:
            what = (
                f"{name}_contact_min",
                row[FIRST_TIER + tier] / MINUTE_S,
                params.min_s(name) / MINUTE_S,
                "min",
            )
        elif np.isfinite(row[NEAREST_M]):
            what = ("near_enter_m", float(row[NEAREST_M]), params.near_enter_m, "m")
        else:
            continue
        misses.append(NearMiss(KIND, vessels, float(row[START_S]), *what))
    return nearest(misses)


def _crowd_warning(crowded: int, params: StsParams) -> tuple[str, ...]:
    if not crowded:
        return ()
    crowd = f"more than {params.neighbours_max:g} vessels within {params.near_leave_m:g} m"
    told = "pairs inside one were not solved; see the events of kind raft"
    text = f"{crowded} positions of the search lay in crowds ({crowd}): {told}"
    return (text,)
