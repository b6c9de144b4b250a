"""Meetings told by passes: two vessels whom a satellite saw together for moments, once well or several times.

Contact counts what was observed, and between passes nothing is. That two lay together each time anyone
listened is evidence of its own; so is one pass that shows them alongside, moving alike, in hours of silence.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from detectors.core.units import MINUTE_S
from detectors.kernels.encounters.solving import NEAREST_M, observed
from detectors.kernels.satellite import moments as k
from detectors.kernels.satellite.joint_times import times_together
from detectors.sts_transfer.satellite.joint_passes import joint_passes
from detectors.sts_transfer.satellite.pass_encounter import PassMeeting, chains
from detectors.sts_transfer.satellite.rounded_passes import rough_meetings
from detectors.sts_transfer.search import cadence, tiers_of

if TYPE_CHECKING:
    from detectors.scene import Scene
    from detectors.sts_transfer.params import StsParams
    from detectors.tracks.reports import Float32, Float64, Int64


def pass_meetings(scene: Scene, params: StsParams) -> list[PassMeeting]:
    """Return the meetings that passes tell, whatever else tells them too."""
    if not params.satellite.reported:
        return []
    joint, told = joint_passes(scene, params), []
    for chain in chains(scene, joint, joint.together, joint.seen, params):
        met = PassMeeting.at(joint, chain, joint.seen, float(joint.seen[chain, k.NEAREST_M].min()))
        if met.is_long(params.satellite.passes_min, params) or joint.well[chain].any():
            told.append(met)
    return told + [met for met in rough_meetings(scene, joint, params) if not any(map(met.is_part_of, told))]


def passes_of(
    scene: Scene, spans: Float64, params: StsParams, met: list[PassMeeting]
) -> tuple[Int64, Float64]:
    """Return for slow encounters (two segments, start, end) at how many times reports show two together.

    And how near, in metres, at the nearest of them. She whose report it is not was on her straight line
    between reports at most `contact_floor_min` apart. 0 where a report places them beyond `near_leave_m`.
    Reports of a ship that says she is fast do not count. Where these are `passes_min` and passes by
    themselves (`met`) tell more of the same meeting, that holds.
    """
    segments, tracks = scene.tracks.segments, scene.tracks
    counts, nearest_m = times_together(
        spans,
        segments.offsets,
        segments.fixes,
        tracks.by_segment(tracks.sog_kn),
        segments.uncertainty_m,
        params.satellite.gap_max_min * MINUTE_S,
        params.satellite.enter_m,
        params.encounter.near_leave_m,
        params.encounter.speed_max_kn + params.satellite.carry_error_kn,
    )
    by_pair: dict[frozenset[int], list[PassMeeting]] = {}
    for each in met:
        by_pair.setdefault(frozenset(each.segments), []).append(each)
    for n in np.flatnonzero(counts >= params.satellite.passes_min):
        one, other, start_s, end_s = spans[n].tolist()
        for each in by_pair.get(frozenset((int(one), int(other))), ()):
            if each.start_s <= end_s and each.end_s >= start_s:
                counts[n] = max(counts[n], each.passes)
                nearest_m[n] = min(nearest_m[n], each.nearest_m)
    return counts, nearest_m


def pass_rows(scene: Scene, params: StsParams, met: list[PassMeeting], speed_mps: Float32) -> Float64:
    """Return meetings told by passes as rows of `kernels.meetings`: what was observed of them, no more."""
    segments = scene.tracks.segments
    spans = np.array([(*each.segments, each.start_s, each.end_s) for each in met]).reshape(len(met), 4)
    rows = observed(
        spans,
        segments.offsets,
        segments.fixes,
        speed_mps,
        segments.uncertainty_m,
        cadence(params),
        tiers_of(params, params.encounter.tiers),
    )
    rows[:, NEAREST_M] = np.minimum(rows[:, NEAREST_M], [each.nearest_m for each in met])
    return rows
