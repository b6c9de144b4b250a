"""Sums over cells: what was present and what was heard, by place (usual) and by place and hour (now)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from detectors.kernels.cover import CHANNELS, COLUMNS, LEVELS, ROWS, cell_keys, level_keys

if TYPE_CHECKING:
    from detectors.reception.presence import Presence
    from detectors.tracks.reports import Float64, Int64


@dataclass(frozen=True, eq=False)
class Cells:
    """Sums by key, keys ascending: `present`, and `heard` with a column per channel, in bins."""

    keys: Int64
    present: Float64
    heard: Float64

    @classmethod
    def of(cls, keys: Int64, present: Float64, heard: Float64) -> Cells:
        """Sum rows that share a key."""
        unique, which = np.unique(keys, return_inverse=True)
        columns = [np.bincount(which, heard[:, c], len(unique)).astype(np.float64) for c in range(CHANNELS)]
        total = np.bincount(which, present, len(unique)).astype(np.float64)
        return cls(unique, total, np.stack(columns, axis=1))

    def plus(self, other: Cells) -> Cells:
        """Return the sums of both."""
        return Cells.of(
            np.concatenate((self.keys, other.keys)),
            np.concatenate((self.present, other.present)),
            np.concatenate((self.heard, other.heard)),
        )


def usual_cells(presence: Presence) -> Cells:
    """Return sums over the nested squares of all levels, whenever it was."""
    present, heard = _counts(presence)
    parts = [
        Cells.of(level_keys(presence.lon_deg, presence.lat_deg, n, tenths), present, heard)
        for n, tenths in enumerate(LEVELS)
    ]
    return Cells(
        np.concatenate([p.keys for p in parts]),
        np.concatenate([p.present for p in parts]),
        np.concatenate([p.heard for p in parts]),
    )


def now_cells(presence: Presence) -> Cells:
    """Return sums over squares of 0.1 degree in each bin of time."""
    present, heard = _counts(presence)
    return Cells.of(cell_keys(presence.bin, presence.lon_deg, presence.lat_deg), present, heard)


def widened(cells: Cells, tenths: int) -> Cells:
    """Return the sums of `now_cells` over wider squares of so many tenths of a degree."""
    square, column = np.divmod(cells.keys, COLUMNS)
    bins, row = np.divmod(square, ROWS)
    keys = (bins * (ROWS // tenths) + row // tenths) * (COLUMNS // tenths) + column // tenths
    return Cells.of(keys, cells.present, cells.heard)


def _counts(presence: Presence) -> tuple[Float64, Float64]:
    present = presence.weight.astype(np.float64)
    bits = presence.heard[:, None] >> np.arange(CHANNELS, dtype=np.uint8) & 1
    return present, bits * present[:, None]
