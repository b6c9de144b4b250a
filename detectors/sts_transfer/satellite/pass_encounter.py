"""An encounter observed at passes: the joint passes of a pair, and the paths of the two through them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from detectors.core.units import HOUR_S, MINUTE_S
from detectors.kernels.satellite import moments as k
from detectors.kernels.satellite.splits import are_split
from detectors.kernels.tracks.fixes import Fixes

if TYPE_CHECKING:
    from detectors.scene import Scene
    from detectors.sts_transfer.params import StsParams
    from detectors.sts_transfer.params.encounter import EncounterParams
    from detectors.sts_transfer.satellite.joint_passes import JointPasses, Paths
    from detectors.tracks.reports import Bool, Float64, Int64


@dataclass(frozen=True, eq=False)
class PassEncounter:
    """Two segments, the first and last report that place them together, and the number of joint passes.

    `moments` are those of either at the joint passes; its `carried_paths` extend beyond them at both
    ends.
    """

    segments: tuple[int, int]
    start_s: float
    end_s: float
    passes: int
    nearest_m: float
    is_under_way: bool
    moments: tuple[Int64, Int64]
    carried_paths: Paths

    @classmethod
    def at(cls, joint: JointPasses, chain: Int64, compared: Float64, nearest_m: float) -> PassEncounter:
        """Return the encounter of a chain of joint passes, from the first to the last report at them."""
        moments = (np.unique(joint.pairs[chain, 0]), np.unique(joint.pairs[chain, 1]))
        one, other = joint.segments[chain[0]].tolist()
        return cls(
            segments=(one, other),
            start_s=float(compared[chain[0], k.BEGIN_S]),
            end_s=float(compared[chain[-1], k.END_S]),
            passes=min(map(len, moments)),  # one moment may be joined to two of the other
            nearest_m=nearest_m,
            is_under_way=bool(joint.under_way[chain].any()),
            moments=moments,
            carried_paths=joint.paths,
        )

    def overlaps(self, other: PassEncounter) -> bool:
        """Return whether another encounter is of the same pair and overlaps in time."""
        return self.segments == other.segments and self.start_s <= other.end_s and self.end_s >= other.start_s

    def is_long(self, passes_min: float, params: EncounterParams) -> bool:
        """Return whether it has so many passes, over a time long enough for a transfer."""
        return self.passes >= passes_min and self.end_s - self.start_s >= params.min_s("near")

    @property
    def paths(self) -> tuple[Fixes, Fixes]:
        """The path of each vessel: through the joint passes, straight between them."""
        return _path_through(self.carried_paths, self.moments[0]), _path_through(
            self.carried_paths, self.moments[1]
        )


def chains(
    scene: Scene, joint: JointPasses, selected: Bool, compared: Float64, params: StsParams
) -> list[Int64]:
    """Return the joint passes of each encounter: of one pair, without a long gap or a split between them.

    `selected` marks passes that place two together, by how they `compared`.
    """
    rows = np.flatnonzero(selected)
    if not len(rows):
        return []
    previous, row = rows[:-1], rows[1:]
    goes_on = (joint.segments[previous] == joint.segments[row]).all(axis=1)
    goes_on &= compared[row, k.BEGIN_S] - compared[previous, k.END_S] <= params.contact.bridge_max_h * HOUR_S
    goes_on[goes_on] = ~are_split(
        previous[goes_on],
        row[goes_on],
        joint.pairs,
        compared,
        joint.moments,
        scene.tracks.segments.time_s,
        params.encounter.near_leave_m,
        params.satellite.carried_max_min * MINUTE_S,
    )
    return np.split(rows, np.flatnonzero(~goes_on) + 1)


def _path_through(paths: Paths, moments: Int64) -> Fixes:
    offsets, (time_s, lon, lat), _ = paths
    rows = np.concatenate([np.arange(offsets[m], offsets[m + 1]) for m in moments.tolist()])
    rows = rows[np.argsort(time_s[rows], kind="stable")]
    return Fixes(time_s[rows], lon[rows], lat[rows])
