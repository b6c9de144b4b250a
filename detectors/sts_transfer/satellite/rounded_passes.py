"""Passes with rounded positions, such as type 27: one shows little, several of drifting vessels show enough.

Rounding shifts a position by up to half a step, at random, and anew wherever the vessel has moved farther
than a step. The mean square of the separations over several passes is then that of the vessels and a
constant.
"""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from detectors.kernels.satellite import moments as k
from detectors.sts_transfer.satellite.pass_encounter import PassEncounter, chains
from geodata.geodesy import chord_m

if TYPE_CHECKING:
    from detectors.scene import Scene
    from detectors.sts_transfer.params import StsParams
    from detectors.sts_transfer.satellite.joint_passes import JointPasses
    from detectors.tracks.reports import Int64
    from detectors.tracks.tracks import Segments


def rounded_encounters(scene: Scene, joint: JointPasses, params: StsParams) -> list[PassEncounter]:
    """Return the encounters that passes with rounded positions show: near on average, each at a new place."""
    found = []
    for chain in chains(scene, joint, joint.rounded_together, joint.rounded_compared, params):
        distinct = _at_new_places(scene.tracks.segments, joint, chain, params.satellite.rounded_moved_min_m)
        within_m = math.sqrt(float(joint.rounded_compared[distinct, k.SQUARE_M2].mean()))
        encounter = replace(
            PassEncounter.at(joint, chain, joint.rounded_compared, within_m), passes=len(distinct)
        )
        is_long = encounter.is_long(params.satellite.rounded_passes_min, params.encounter)
        if within_m <= params.satellite.rounded_within_m and is_long:
            found.append(encounter)
    return found


def _at_new_places(segments: Segments, joint: JointPasses, chain: Int64, moved_min_m: float) -> Int64:
    """Return the passes before which both vessels had moved `moved_min_m` since the last one returned."""
    first = joint.moments[joint.pairs[chain], k.FIRST].astype(np.int64)
    lon, lat = segments.lon_deg[first], segments.lat_deg[first]
    kept = [0]
    for n in range(1, len(chain)):
        moved_m = chord_m(lon[kept[-1]], lat[kept[-1]], lon[n], lat[n])
        if (moved_m > moved_min_m).all():
            kept.append(n)
    return chain[kept]
