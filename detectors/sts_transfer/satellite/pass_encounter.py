"""A meeting that passes tell: which joint passes of a pair belong to it, and where each went through them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from detectors.core.units import HOUR_S, MINUTE_S
from detectors.kernels.satellite import moments as k
from detectors.kernels.satellite.splits import are_parted
from detectors.kernels.tracks.fixes import Fixes

if TYPE_CHECKING:
    from detectors.scene import Scene
    from detectors.sts_transfer.params import StsParams
    from detectors.sts_transfer.satellite.joint_passes import Joint, Paths
    from detectors.tracks.reports import Bool, Float64, Int64


@dataclass(frozen=True, eq=False)
class PassMeeting:
    """Two segments, the first and the last of their reports that place them together, and at how many passes.

    `moments` are those of either at the joint passes, on whose `paths` she is carried on at both ends.
    """

    segments: tuple[int, int]
    start_s: float
    end_s: float
    passes: int
    nearest_m: float
    is_under_way: bool
    moments: tuple[Int64, Int64]
    paths: Paths

    @classmethod
    def at(cls, joint: Joint, chain: Int64, seen: Float64, nearest_m: float) -> PassMeeting:
        """Return the meeting of a chain of joint passes, from the first to the last report `seen` at them."""
        moments = (np.unique(joint.pairs[chain, 0]), np.unique(joint.pairs[chain, 1]))
        one, other = joint.segments[chain[0]].tolist()
        return cls(
            segments=(one, other),
            start_s=float(seen[chain[0], k.BEGIN_S]),
            end_s=float(seen[chain[-1], k.END_S]),
            passes=min(map(len, moments)),  # one moment may meet two of the other's
            nearest_m=nearest_m,
            is_under_way=bool(joint.under_way[chain].any()),
            moments=moments,
            paths=joint.paths,
        )

    def is_part_of(self, other: PassMeeting) -> bool:
        """Tell whether another meeting tells the same pair at the same time."""
        return self.segments == other.segments and self.start_s <= other.end_s and self.end_s >= other.start_s

    def is_long(self, passes_min: float, params: StsParams) -> bool:
        """Tell whether so many passes tell it, over so long a time that something can be handed over."""
        return self.passes >= passes_min and self.end_s - self.start_s >= params.encounter.min_s("near")

    @property
    def ways(self) -> tuple[Fixes, Fixes]:
        """Where each went: through the joint passes, straight between them."""
        return _way(self.paths, self.moments[0]), _way(self.paths, self.moments[1])


def chains(scene: Scene, joint: Joint, which: Bool, seen: Float64, params: StsParams) -> list[Int64]:
    """Return the joint passes of each meeting: of one pair, no long silence and no parting between them.

    `which` tells the passes that place two together, by what was `seen` at them.
    """
    rows = np.flatnonzero(which)
    if not len(rows):
        return []
    last, row = rows[:-1], rows[1:]
    goes_on = (joint.segments[last] == joint.segments[row]).all(axis=1)
    goes_on &= seen[row, k.BEGIN_S] - seen[last, k.END_S] <= params.contact.bridge_max_h * HOUR_S
    goes_on[goes_on] = ~are_parted(
        last[goes_on],
        row[goes_on],
        joint.pairs,
        seen,
        joint.moments,
        scene.tracks.segments.time_s,
        params.encounter.near_leave_m,
        params.satellite.carried_max_min * MINUTE_S,
    )
    return np.split(rows, np.flatnonzero(~goes_on) + 1)


def _way(paths: Paths, moments: Int64) -> Fixes:
    offsets, (time_s, lon, lat), _ = paths
    knots = np.concatenate([np.arange(offsets[m], offsets[m + 1]) for m in moments.tolist()])
    knots = knots[np.argsort(time_s[knots], kind="stable")]
    return Fixes(time_s[knots], lon[knots], lat[knots])
