"""Buffers for the reports of a file that is read in pieces: allocated once, and filled."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from detectors.tracks.reports import COLUMNS, Reports

if TYPE_CHECKING:
    import numpy.typing as npt

    Column = npt.NDArray[Any]

SPARE = 1.05
"""Rows differ in length: capacity is the expected rows times this. Unused memory costs nothing."""
GROWTH = 1.5


class ReportBuffer:
    """Collects reports part by part. A column of one value throughout is held once.

    The system allocates memory when it is first written to, so capacity that is never filled is not held, and
    pieces leave no gaps in memory: joining a list of them would hold everything twice.
    """

    def __init__(self, expected: int) -> None:
        self._expected = expected
        self._columns: dict[str, Column] = {}
        self._size = 0

    def add(self, part: Reports) -> None:
        """Add reports after those that are here."""
        if not len(part):
            return
        end = self._size + len(part)
        for name in COLUMNS:
            self._put(name, getattr(part, name), end)
        self._size = end

    def reports(self) -> Reports:
        """Return all that was added, in its order."""
        if not self._columns:
            return Reports.empty()
        return Reports(**{name: column[: self._size] for name, column in self._columns.items()})

    def _put(self, name: str, column: Column, end: int) -> None:
        held = self._columns.get(name)
        if held is None:
            self._columns[name] = column
        elif _are_one_value(held, column):
            self._columns[name] = np.broadcast_to(held[0], end)
        else:
            self._columns[name] = self._with_capacity(held, end)
            self._columns[name][self._size : end] = column

    def _with_capacity(self, held: Column, end: int) -> Column:
        """Return the column with a capacity of at least `end`."""
        if len(held) >= end:
            return held
        larger = np.empty(max(int(self._expected * SPARE), int(end * GROWTH)), held.dtype)
        larger[: self._size] = held[: self._size]
        return larger


def _are_one_value(held: Column, column: Column) -> bool:
    """Return whether both columns hold one and the same value, judged by how they are stored."""
    if held.strides != (0,) or column.strides != (0,) or not len(column):
        return False
    return bool(held[0] == column[0] or (held[0] != held[0] and column[0] != column[0]))
