"""Sums over cells: presence and reception, by place (usual) and by place and hour (now)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from detectors.kernels.reception.coverage import (
    CHANNELS,
    COLUMNS,
    LEVELS,
    ROWS,
    cell_keys,
    level_keys,
    run_sums,
)

if TYPE_CHECKING:
    from detectors.reception.coverage.presence import Presence
    from detectors.tracks.reports import Float32, Float64, Int64


@dataclass(frozen=True, eq=False)
class Cells:
    """Sums by key, keys ascending: `present`, and `heard` with a column per channel, in bins."""

    keys: Int64
    present: Float64
    heard: Float64

    @classmethod
    def of(cls, keys: Int64, present: Float64, heard: Float64) -> Cells:
        """Sum rows that share a key."""
        unique, sums = summed(keys, np.column_stack((present, heard)))
        return cls(unique, sums[:, 0].copy(), sums[:, 1:].copy())

    def plus(self, other: Cells) -> Cells:
        """Return the sums of both."""
        return Cells.of(
            np.concatenate((self.keys, other.keys)),
            np.concatenate((self.present, other.present)),
            np.concatenate((self.heard, other.heard)),
        )


def summed(keys: Int64, values: Float64) -> tuple[Int64, Float64]:
    """Return the keys that occur, ascending, and the sums of the rows of `values` that share each."""
    return run_sums(keys, np.argsort(keys, kind="stable"), values)


def usual_cells(presence: Presence) -> Cells:
    """Return sums over the nested squares of all levels, class A and class B separately, over all times."""
    is_b = presence.is_class_b[presence.segment]
    present, heard = presence.weight.astype(np.float64), weighted_bits(presence)
    parts = [
        Cells.of(level_keys(presence.lon_deg, presence.lat_deg, is_b, n, tenths), present, heard)
        for n, tenths in enumerate(LEVELS)
    ]
    every = (np.concatenate([getattr(p, name) for p in parts]) for name in ("keys", "present", "heard"))
    return Cells.of(*every)


@dataclass(frozen=True, eq=False)
class NowCells:
    """Sums by square and bin of time, keys ascending.

    Columns of `values`: present, then received and then expected (`row_values`), a column per channel
    each.
    """

    keys: Int64
    values: Float64

    def widened(self, tenths: int) -> NowCells:
        """Return the sums over wider squares of so many tenths of a degree."""
        square, column = np.divmod(self.keys, COLUMNS)
        bins, row = np.divmod(square, ROWS)
        keys = (bins * (ROWS // tenths) + row // tenths) * (COLUMNS // tenths) + column // tenths
        return NowCells(*summed(keys, self.values))


def now_cells(presence: Presence, values: Float32) -> NowCells:
    """Return sums over squares of 0.1 degree in each bin of time."""
    keys = cell_keys(presence.bin, presence.lon_deg, presence.lat_deg)
    return NowCells(*summed(keys, values.astype(np.float64)))


def row_values(presence: Presence, own_share: Float64) -> Float32:
    """Return for each row its weight, the weight received, and the weight expected by the vessel's own share.

    `own_share` is the share of half-hours in which each segment is received, one column per channel.
    """
    weight = presence.weight[:, None]
    expected = own_share[presence.segment] * weight
    return np.column_stack((weight, weighted_bits(presence), expected)).astype(np.float32)


def weighted_bits(presence: Presence) -> Float64:
    """Return the weight of each row in the columns of the channels that it was received on."""
    bits = presence.heard[:, None] >> np.arange(CHANNELS, dtype=np.uint8) & 1
    return np.asarray(bits * presence.weight[:, None].astype(np.float64))
