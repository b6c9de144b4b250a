"""Meetings told by passes: two vessels whom a satellite saw together for moments, once well or several times.

Contact counts what was observed, and between passes nothing is. That two lay together each time anyone
listened is evidence of its own; so is one pass that shows them alongside, moving alike, in hours of silence.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from detectors.joint_passes import joint_passes
from detectors.kernels import moments as k
from detectors.kernels.fixes import Fixes
from detectors.kernels.meetings import NEAREST_M, observed
from detectors.kernels.partings import are_parted
from detectors.kernels.together import times_together
from detectors.sts_search import cadence, tiers_of
from detectors.units import HOUR_S, MINUTE_S

if TYPE_CHECKING:
    from detectors.base import Scene
    from detectors.joint_passes import Joint, Paths
    from detectors.sts_params import StsParams
    from detectors.tracks.reports import Float32, Float64, Int64


@dataclass(frozen=True, eq=False)
class PassMeeting:
    """Two hulls, the first and the last of their reports that place them together, and at how many passes.

    `moments` are those of either at the joint passes, on whose `paths` she is carried on at both ends.
    """

    hulls: tuple[int, int]
    start_s: float
    end_s: float
    passes: int
    nearest_m: float
    is_under_way: bool
    moments: tuple[Int64, Int64]
    paths: Paths

    @property
    def ways(self) -> tuple[Fixes, Fixes]:
        """Where each went: through the joint passes, straight between them."""
        return _way(self.paths, self.moments[0]), _way(self.paths, self.moments[1])


def pass_meetings(scene: Scene, params: StsParams) -> list[PassMeeting]:
    """Return the meetings that passes tell, whatever else tells them too."""
    if not params.passes_told:
        return []
    joint = joint_passes(scene, params)
    told = []
    for chain in _chains(scene, joint, params):
        start_s, end_s = float(joint.seen[chain[0], k.BEGIN_S]), float(joint.seen[chain[-1], k.END_S])
        moments = tuple(
            np.unique(joint.pairs[chain, side]) for side in (0, 1)
        )  # one may meet two of the other's
        passes = min(len(of_hull) for of_hull in moments)
        is_long = passes >= params.passes_min and end_s - start_s >= params.min_s("near")
        if is_long or joint.well[chain].any():
            told.append(
                PassMeeting(
                    hulls=(int(joint.hulls[chain[0], 0]), int(joint.hulls[chain[0], 1])),
                    start_s=start_s,
                    end_s=end_s,
                    passes=passes,
                    nearest_m=float(joint.seen[chain, k.NEAREST_M].min()),
                    is_under_way=bool(joint.under_way[chain].any()),
                    moments=(moments[0], moments[1]),
                    paths=joint.paths,
                )
            )
    return told


def passes_of(
    scene: Scene, spans: Float64, params: StsParams, met: list[PassMeeting]
) -> tuple[Int64, Float64]:
    """Return for slow meetings (hull, hull, start, end) at how many separate times reports show two together.

    And how near, in metres, at the nearest of them. She whose report it is not was on her straight line
    between reports at most `contact_floor_min` apart. 0 where a report places them beyond `near_leave_m`.
    Reports of a ship that says she is fast do not count. Where these are `passes_min` and passes by
    themselves (`met`) tell more of the same meeting, that holds.
    """
    hulls, tracks = scene.tracks.hulls, scene.tracks
    counts, nearest_m = times_together(
        spans,
        hulls.offsets,
        hulls.fixes,
        tracks.of_hulls(tracks.sog_kn),
        hulls.uncertainty_m,
        params.contact_floor_min * MINUTE_S,
        params.passes_enter_m,
        params.near_leave_m,
        params.speed_max_kn + params.passes_carry_kn,
    )
    by_pair: dict[frozenset[int], list[PassMeeting]] = {}
    for each in met:
        by_pair.setdefault(frozenset(each.hulls), []).append(each)
    for n in np.flatnonzero(counts >= params.passes_min):
        one, other, start_s, end_s = spans[n].tolist()
        for each in by_pair.get(frozenset((int(one), int(other))), ()):
            if each.start_s <= end_s and each.end_s >= start_s:
                counts[n] = max(counts[n], each.passes)
                nearest_m[n] = min(nearest_m[n], each.nearest_m)
    return counts, nearest_m


def pass_rows(scene: Scene, params: StsParams, met: list[PassMeeting], speed_mps: Float32) -> Float64:
    """Return meetings told by passes as rows of `kernels.meetings`: what was observed of them, no more."""
    hulls = scene.tracks.hulls
    spans = np.array([(*each.hulls, each.start_s, each.end_s) for each in met]).reshape(len(met), 4)
    rows = observed(
        spans,
        hulls.offsets,
        hulls.fixes,
        speed_mps,
        hulls.uncertainty_m,
        cadence(params),
        tiers_of(params, params.tiers),
    )
    rows[:, NEAREST_M] = np.minimum(rows[:, NEAREST_M], [each.nearest_m for each in met])
    return rows


def _way(paths: Paths, moments: Int64) -> Fixes:
    offsets, (time_s, lon, lat), _ = paths
    knots = np.concatenate([np.arange(offsets[m], offsets[m + 1]) for m in moments.tolist()])
    knots = knots[np.argsort(time_s[knots], kind="stable")]
    return Fixes(time_s[knots], lon[knots], lat[knots])


def _chains(scene: Scene, joint: Joint, params: StsParams) -> list[Int64]:
    """Return the joint passes of each meeting: of one pair, no long silence and no parting between them."""
    rows = np.flatnonzero(joint.together)
    if not len(rows):
        return []
    last, row = rows[:-1], rows[1:]
    goes_on = (joint.hulls[last] == joint.hulls[row]).all(axis=1)
    goes_on &= joint.seen[row, k.BEGIN_S] - joint.seen[last, k.END_S] <= params.bridge_max_h * HOUR_S
    goes_on[goes_on] = ~are_parted(
        last[goes_on],
        row[goes_on],
        joint.pairs,
        joint.seen,
        joint.moments,
        scene.tracks.hulls.time_s,
        params.near_leave_m,
        params.passes_pair_min * MINUTE_S,
    )
    return np.split(rows, np.flatnonzero(~goes_on) + 1)
