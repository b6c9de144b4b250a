"""In what company two met: who else lay near, how often they met before, and the days round the meeting."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from detectors.core.units import KNOT_MPS, NAUTICAL_MILE_M
from detectors.kernels.encounters.neighbour_counts import others_near
from detectors.sts_transfer.evidence.proximity_history import came_and_went

if TYPE_CHECKING:
    from collections.abc import Sequence

    from detectors.core.findings import Finding
    from detectors.scene import Scene
    from detectors.sts_transfer.params import StsParams
    from detectors.tracks.reports import Float32, Float64, Int64

OTHERS_NM = 2.0
"""Others within this distance are counted, as an analyst does. No field: the measure's name says it."""


def in_company(
    scene: Scene, findings: Sequence[Finding], params: StsParams, speed_mps: Float32
) -> tuple[Finding, ...]:
    """Add to meetings, in the order of time, what their surroundings in place and time tell."""
    spans_s = np.array([(f.start_s, f.end_s or f.start_s) for f in findings]).reshape(-1, 2)
    segments = np.array([[scene.tracks.segment_of(row) for row in f.anchors] for f in findings]).reshape(
        -1, 2
    )
    others = _others(scene, findings, spans_s, params, speed_mps)
    days = came_and_went(scene, segments, spans_s, params)
    met: dict[tuple[int, ...], int] = {}
    told = []
    for finding, count, day in zip(findings, others.tolist(), days, strict=True):
        more = {**day, "slow_vessels_within_2nm": count, "earlier_encounters": met.get(finding.vessels, 0)}
        met[finding.vessels] = met.get(finding.vessels, 0) + 1
        told.append(replace(finding, measures={**finding.measures, **more}))
    return tuple(told)


def _others(
    scene: Scene, findings: Sequence[Finding], spans_s: Float64, params: StsParams, speed_mps: Float32
) -> Int64:
    """Count the other slow segments within two miles of each meeting, halfway through it."""
    segments = scene.tracks.segments
    at_s = spans_s.mean(axis=1)
    order = np.argsort(at_s, kind="stable")
    lon, lat = np.array([f.path[0] for f in findings], dtype=np.float64).reshape(-1, 2).T
    but = np.array([f.vessels for f in findings], dtype=np.int32).reshape(-1, 2)
    count = np.empty(len(findings), dtype=np.int64)
    count[order] = others_near(
        at_s[order],
        lon[order],
        lat[order],
        but[order],
        segments.offsets,
        segments.vessel_index,
        segments.fixes,
        speed_mps,
        OTHERS_NM * NAUTICAL_MILE_M,
        params.craft.others_speed_max_kn * KNOT_MPS,
        int(params.craft.others_max),
    )
    return count
