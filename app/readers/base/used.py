"""How much of each column could be read: the account that a user gets of every file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from app.readers.values.static_data import DIMENSIONS, STATIC_COLUMNS, cleaned

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import polars as pl

    from detectors.tracks.reports import Reports

EXACT_ROWS = 10_000
"""Static data of a longer piece count as read where they are not empty: to read each would take too long."""
MOTION = {"sog": "sog_kn", "cog": "cog_deg", "heading": "heading_deg"}
NAMES = {
    **MOTION,
    **dict.fromkeys(("clock", "hour", "minute", "second", "month", "day", "zone", "time_ms"), "time"),
    "own_id": "vessel_id",
    "place": "position",
    "lat_side": "lat",
    "lon_side": "lon",
}
"""What an account calls our columns, where that is not our own name of them."""


@dataclass(frozen=True)
class ColumnRead:
    """One column of a file: its name there, what it was read as, in which unit, and how much of it.

    `read_as` is None for a column that was not used. `used_share` is the share of rows of which the value
    could be read: of the positions, for what only a position has; in a long file static data count where
    they are not empty.
    """

    name: str
    read_as: str | None = None
    unit: str | None = None
    used_share: float | None = None
    example: str | None = None
    note: str | None = None


@dataclass(frozen=True)
class Used:
    """How many values of a column were read, of how many rows."""

    values: int
    rows: int

    def __add__(self, other: Used) -> Used:
        return Used(self.values + other.values, self.rows + other.rows)

    @property
    def share(self) -> float:
        """From 0 to 1."""
        return self.values / self.rows if self.rows else 0.0


def used_of(frame: pl.DataFrame, reports: Reports, known: Mapping[str, int]) -> dict[str, Used]:
    """Return how much was read of each of our columns; `known` counts the rows that have a value."""
    used = {name: Used(count, len(frame)) for name, count in known.items()}
    for ours, theirs in MOTION.items():
        if ours in frame.columns:
            values = getattr(reports, theirs)
            used[ours] = Used(len(values) - int(np.count_nonzero(np.isnan(values))), len(values))
    rest = [name for name in frame.columns if name not in used]
    static = [name for name in rest if name in STATIC_COLUMNS and name not in DIMENSIONS]
    is_short = len(frame) <= EXACT_ROWS
    clean = cleaned(frame.select(static)) if static and is_short else frame
    for name in rest:
        column = clean[name] if name in static else frame[name]
        used[name] = Used(len(column) - column.null_count(), len(column))
    return used


def total(parts: Iterable[Mapping[str, Used]]) -> dict[str, Used]:
    """Add up what was read of the pieces of a file."""
    together: dict[str, Used] = {}
    for part in parts:
        for name, used in part.items():
            together[name] = together[name] + used if name in together else used
    return together
