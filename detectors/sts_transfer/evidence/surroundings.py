"""The surroundings of an encounter: vessels near, earlier encounters of the pair, the hours around it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from detectors.core.units import KNOT_MPS, NAUTICAL_MILE_M
from detectors.kernels.encounters.neighbour_counts import others_near
from detectors.sts_transfer.evidence.drift_string import drift_strings
from detectors.sts_transfer.evidence.proximity_history import proximity_histories

if TYPE_CHECKING:
    from collections.abc import Sequence

    from detectors.core.findings import Finding
    from detectors.scene import Scene
    from detectors.sts_transfer.params import StsParams
    from detectors.sts_transfer.params.craft import CraftParams
    from detectors.tracks.reports import Float32, Float64, Int64

OTHERS_NM = 2.0
"""Other vessels within this distance are counted, as an analyst does.

Not a parameter: the measure's name contains it.
"""


def with_surroundings(
    scene: Scene, findings: Sequence[Finding], params: StsParams, speed_mps: Float32
) -> tuple[Finding, ...]:
    """Return the findings, ordered by time, with the measures of their surroundings in place and time."""
    spans_s = np.array([(f.start_s, f.end_s or f.start_s) for f in findings]).reshape(-1, 2)
    segments = np.array([[scene.tracks.segment_of(row) for row in f.anchors] for f in findings]).reshape(
        -1, 2
    )
    others = _slow_vessels_near(scene, findings, spans_s, params.craft, speed_mps)
    histories = proximity_histories(scene, segments, spans_s, params)
    strings = drift_strings(scene, findings)
    earlier: dict[tuple[int, ...], int] = {}
    completed = []
    for finding, count, history, string in zip(findings, others.tolist(), histories, strings, strict=True):
        more = {
            **history,
            "drifting_string": string,
            "slow_vessels_within_2nm": count,
            "earlier_encounters": earlier.get(finding.vessels, 0),
        }
        earlier[finding.vessels] = earlier.get(finding.vessels, 0) + 1
        completed.append(replace(finding, measures={**finding.measures, **more}))
    return tuple(completed)


def _slow_vessels_near(
    scene: Scene, findings: Sequence[Finding], spans_s: Float64, params: CraftParams, speed_mps: Float32
) -> Int64:
    """Return the number of other slow segments within two nautical miles, halfway through each encounter."""
    segments = scene.tracks.segments
    at_s = spans_s.mean(axis=1)
    order = np.argsort(at_s, kind="stable")
    lon, lat = np.array([f.path[0] for f in findings], dtype=np.float64).reshape(-1, 2).T
    excluded = np.array([f.vessels for f in findings], dtype=np.int32).reshape(-1, 2)
    count = np.empty(len(findings), dtype=np.int64)
    count[order] = others_near(
        at_s[order],
        lon[order],
        lat[order],
        excluded[order],
        segments.offsets,
        segments.vessel_index,
        segments.fixes,
        speed_mps,
        OTHERS_NM * NAUTICAL_MILE_M,
        params.others_speed_max_kn * KNOT_MPS,
        int(params.others_max),
    )
    return count
