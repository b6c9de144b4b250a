"""Encounters observed at passes: two vessels seen together for moments, once well or several times.

Contact counts what was observed, and between passes nothing is. That two lay together at every pass is
evidence of its own; so is one pass that shows them alongside, moving alike, in a gap of hours.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from detectors.core.units import MINUTE_S
from detectors.kernels.encounters.solving import NEAREST_M, observed
from detectors.kernels.satellite import moments as k
from detectors.kernels.satellite.joint_times import times_together
from detectors.sts_transfer.satellite.joint_passes import find_joint_passes
from detectors.sts_transfer.satellite.pass_encounter import PassEncounter, chains
from detectors.sts_transfer.satellite.rounded_passes import rounded_encounters
from detectors.sts_transfer.search import cadence, tiers_of

if TYPE_CHECKING:
    from detectors.scene import Scene
    from detectors.sts_transfer.params import StsParams
    from detectors.tracks.reports import Float32, Float64, Int64


def find_pass_encounters(scene: Scene, params: StsParams) -> list[PassEncounter]:
    """Return the encounters that passes show, whether or not another rule reports them too."""
    if not params.satellite.reported:
        return []
    joint, found = find_joint_passes(scene, params), []
    for chain in chains(scene, joint, joint.together, joint.compared, params):
        encounter = PassEncounter.at(
            joint, chain, joint.compared, float(joint.compared[chain, k.NEAREST_M].min())
        )
        if (
            encounter.is_long(params.satellite.passes_min, params.encounter)
            or joint.well_observed[chain].any()
        ):
            found.append(encounter)
    rounded = rounded_encounters(scene, joint, params)
    return found + [e for e in rounded if not any(map(e.overlaps, found))]


def passes_of(
    scene: Scene, spans: Float64, params: StsParams, encounters: list[PassEncounter]
) -> tuple[Int64, Float64]:
    """Return the number of joint passes in slow encounters, and the separation in metres at the nearest.

    `spans` holds two segments, start and end per row. A vessel that does not report at that moment is
    placed on the straight line between its reports, which are at most `satellite.gap_max_min` apart. The
    number is 0 where a report places the two beyond `near_leave_m`. Reports with a high speed over ground
    do not count. Where the number is at least `passes_min` and an encounter observed at passes
    (`encounters`) of the same pair and time has more passes, its number and separation hold.
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
    by_pair: dict[frozenset[int], list[PassEncounter]] = {}
    for each in encounters:
        by_pair.setdefault(frozenset(each.segments), []).append(each)
    for n in np.flatnonzero(counts >= params.satellite.passes_min):
        one, other, start_s, end_s = spans[n].tolist()
        for each in by_pair.get(frozenset((int(one), int(other))), ()):
            if each.start_s <= end_s and each.end_s >= start_s:
                counts[n] = max(counts[n], each.passes)
                nearest_m[n] = min(nearest_m[n], each.nearest_m)
    return counts, nearest_m


def pass_rows(
    scene: Scene, params: StsParams, encounters: list[PassEncounter], speed_mps: Float32
) -> Float64:
    """Return encounters observed at passes as rows of `kernels.encounters.solving`."""
    segments = scene.tracks.segments
    spans = np.array([(*each.segments, each.start_s, each.end_s) for each in encounters]).reshape(
        len(encounters), 4
    )
    rows = observed(
        spans,
        segments.offsets,
        segments.fixes,
        speed_mps,
        segments.uncertainty_m,
        cadence(params.contact),
        tiers_of(params.encounter, params.encounter.tiers),
    )
    rows[:, NEAREST_M] = np.minimum(rows[:, NEAREST_M], [each.nearest_m for each in encounters])
    return rows
