"""One byte per row that says why it is not used: 0 where nothing is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from app.readers.base.rejects import EXAMPLES_PER_REASON, Reject, RejectLog

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from detectors.tracks.reports import Bool, Int64, UInt8

CODES: tuple[Reject, ...] = tuple(Reject)


def no_faults(size: int) -> UInt8:
    """Return an empty column of faults, one per row."""
    return np.zeros(size, dtype=np.uint8)


def mark(faults: UInt8, where: Bool, reason: Reject) -> None:
    """Note a reason on the rows that have none yet: the first fault found is the one reported."""
    if where.any():
        faults[where & (faults == 0)] = CODES.index(reason) + 1


def mark_rows(faults: UInt8, rows: Int64, found: Iterable[tuple[Reject, Bool]]) -> None:
    """Note several reasons in their order; their masks have one element for each of the given rows."""
    some = faults[rows]
    for reason, where in found:
        mark(some, where, reason)
    faults[rows] = some


def log_faults(log: RejectLog, faults: UInt8, line: Int64, texts: Callable[[Int64], list[str]]) -> None:
    """Count the faults, and fetch the text of the first rows of each."""
    if not faults.any():
        return
    counts = np.bincount(faults, minlength=len(CODES) + 1)
    for code in np.flatnonzero(counts[1:]) + 1:
        firsts = np.flatnonzero(faults == code)[:EXAMPLES_PER_REASON]
        shown = zip(line[firsts].tolist(), texts(firsts), strict=True)
        log.add_many(CODES[code - 1], int(counts[code]), shown)
