"""The traffic field of a water, learnt: in each cell how many vessels came, how fast and on which line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from detectors.behaviour.motion import STOPPED_KN

if TYPE_CHECKING:
    import numpy.typing as npt

    from detectors.behaviour.motion import Motion
    from detectors.tracks.reports import Float32, Float64, Int32, Int64

    Bools = npt.NDArray[np.bool_]

CELL_DEG = 0.2
"""Size of a cell: some 12 by 9 nm off Korea, wide enough for half a dozen ships of a small history."""

CELLS_EAST, CELLS_NORTH = round(360 / CELL_DEG), round(180 / CELL_DEG)
SHIPS_MIN = 4
"""A cell where fewer ships came is no known water: a mean of three is chance."""


LONGEST = 1.001
"""No mean of cosines is greater than 1, but for its rounding."""


class FieldError(ValueError):
    """Arrays that are not a field."""


@dataclass(frozen=True, eq=False)
class WaterField:
    """Cells in ascending order, with columns of equal length.

    `ships` is the number of windows' segments, `speed_kn` the mean speed. `along` and `across` are the
    mean of the doubled course's cosine and sine, so that a lane's two directions are one line; their
    length, 0 to 1, is how much of the traffic keeps to it. NaN where all lay still.
    """

    cell: Int64
    ships: Int32
    speed_kn: Float32
    along: Float32
    across: Float32

    def __post_init__(self) -> None:
        columns = (self.ships, self.speed_kn, self.along, self.across)
        if self.cell.ndim != 1 or any(c.shape != self.cell.shape for c in columns):
            raise FieldError("columns of the field differ in length")
        if not len(self.cell):
            raise FieldError("the field has no cell")
        if (np.diff(self.cell) <= 0).any() or (self.cell < 0).any():
            raise FieldError("cells are not in order")
        if (self.cell >= CELLS_EAST * CELLS_NORTH).any() or (self.ships < 1).any():
            raise FieldError("a cell does not exist, or nobody came there")
        if not np.isfinite(self.speed_kn).all() or np.isinf([self.along, self.across]).any():
            raise FieldError("a value of the field is not finite")
        if (np.abs([self.along, self.across]) > LONGEST).any():
            raise FieldError("a mean direction is longer than its parts")

    def features(self, motion: Motion) -> dict[str, Float64]:
        """Return how each window departs from the traffic that uses its water.

        `rare_water_share` is the share of time where too few came to say. `off_speed_kn` is the mean
        difference from the cells' speed, and `off_lane_share` how far courses lie across the line of the
        traffic, where it has one: 0 along it, up to 1 across. NaN where no cell is known.
        """
        present = np.isfinite(motion.east_m)
        at, known = self._at(motion)
        known &= present
        speed_kn = motion.speed_kn
        off_kn = np.abs(speed_kn - self.speed_kn[at])
        double = 2.0 * np.radians(motion.course_deg)
        along, across = self.along[at], self.across[at]
        off_lane = 0.5 * (np.hypot(along, across) - along * np.cos(double) - across * np.sin(double))
        moving = known & (speed_kn > STOPPED_KN) & np.isfinite(along)
        return {
            "rare_water_share": 1.0 - known.sum(axis=1) / np.maximum(present.sum(axis=1), 1),
            "off_speed_kn": _mean(off_kn, known),
            "off_lane_share": _mean(off_lane, moving),
        }

    def _at(self, motion: Motion) -> tuple[Int64, Bools]:
        """Return the place in the columns of each step's cell, and whether enough ships came there."""
        cell = cells_of(motion)
        at = np.minimum(np.searchsorted(self.cell, cell), len(self.cell) - 1)
        return at, (self.cell[at] == cell) & (self.ships[at] >= SHIPS_MIN)


def cells_of(motion: Motion) -> Int64:
    """Return the cell of each step; -1 where there is none."""
    east = np.floor((motion.lon_deg + 180.0) / CELL_DEG) % CELLS_EAST
    north = np.clip(np.floor((motion.lat_deg + 90.0) / CELL_DEG), 0, CELLS_NORTH - 1)
    return np.where(np.isfinite(motion.east_m), north * CELLS_EAST + east, -1.0).astype(np.int64)


def learn_field(motion: Motion, segment: Int64) -> WaterField:
    """Return the field of the traffic in windows; `segment` is the segment of each window."""
    cell = cells_of(motion)
    here = cell >= 0
    each, segment_of = cell[here], np.broadcast_to(segment[:, None], cell.shape)[here]
    cells, number = np.unique(each, return_inverse=True)
    pairs = np.unique(np.stack((number, segment_of)), axis=1)[0]
    speed_kn, double = motion.speed_kn[here], 2.0 * np.radians(motion.course_deg[here])
    moving = speed_kn > STOPPED_KN
    steps, under_way = np.bincount(number), np.bincount(number, moving)

    def mean(values: Float64, counts: Float64 | Int64) -> Float32:
        total = np.bincount(number, values, minlength=len(cells))
        shared = np.where(counts > 0, total / np.maximum(counts, 1), np.nan)
        return shared.astype(np.float32)

    return WaterField(
        cell=cells,
        ships=np.bincount(pairs, minlength=len(cells)).astype(np.int32),
        speed_kn=mean(speed_kn, steps),
        along=mean(np.cos(double) * moving, under_way),
        across=mean(np.sin(double) * moving, under_way),
    )


def _mean(values: Float64 | Float32, which: Bools) -> Float64:
    counts = which.sum(axis=1)
    total = np.where(which, values, 0.0).sum(axis=1)
    return np.where(counts > 0, total / np.maximum(counts, 1), np.nan)
