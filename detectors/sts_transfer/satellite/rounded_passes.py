"""Passes with rounded positions, such as type 27: one says little, several of ships that drift say enough.

Rounding moves a place by up to half a step, at random, and anew wherever the ship has gone farther than a
step. The mean square of the separations over several passes is then that of the ships and a constant.
"""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from detectors.kernels.satellite import moments as k
from detectors.sts_transfer.satellite.pass_encounter import PassMeeting, chains
from geodata.geodesy import chord_m

if TYPE_CHECKING:
    from detectors.scene import Scene
    from detectors.sts_transfer.params import StsParams
    from detectors.sts_transfer.satellite.joint_passes import Joint
    from detectors.tracks.reports import Int64
    from detectors.tracks.tracks import Segments


def rough_meetings(scene: Scene, joint: Joint, params: StsParams) -> list[PassMeeting]:
    """Return the meetings that passes with rounded positions tell: near on the whole, each at a new place."""
    told = []
    for chain in chains(scene, joint, joint.roughly, joint.rough, params):
        apart = _at_new_places(scene.tracks.segments, joint, chain, params.satellite.rounded_moved_min_m)
        within_m = math.sqrt(float(joint.rough[apart, k.SQUARE_M2].mean()))
        met = replace(PassMeeting.at(joint, chain, joint.rough, within_m), passes=len(apart))
        if within_m <= params.satellite.rounded_within_m and met.is_long(
            params.satellite.rounded_passes_min, params
        ):
            told.append(met)
    return told


def _at_new_places(segments: Segments, joint: Joint, chain: Int64, farther_than_m: float) -> Int64:
    """Return the passes before which both ships had gone farther than that since the one returned before."""
    first = joint.moments[joint.pairs[chain], k.FIRST].astype(np.int64)
    lon, lat = segments.lon_deg[first], segments.lat_deg[first]
    kept = [0]
    for n in range(1, len(chain)):
        gone_m = chord_m(lon[kept[-1]], lat[kept[-1]], lon[n], lat[n])
        if (gone_m > farther_than_m).all():
            kept.append(n)
    return chain[kept]
