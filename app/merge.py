"""Join what several files held, and set aside times that contradict the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from app.readers.base.rejects import EXAMPLES_PER_REASON, Example, Reject
from app.report import RejectCount, SourceRows, files_of
from detectors.core.units import DAY_S
from detectors.events.wording import time_text
from detectors.tracks.reports import Bool, Reports

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.readers.base.reader import Batch

FAR_DAYS = 180.0
"""A time is isolated when half a year separates it from the others, and its vessel sent nothing near it."""

MAIN_SHARE = 0.9
"""Only where the other times are this share of all is it clear which clock is wrong."""


def merge(batches: Sequence[Batch], now_s: float | None) -> tuple[Reports, tuple[RejectCount, ...]]:
    """Return the reports of all files in one, and what was set aside.

    One clock that runs decades ahead would open a gap for every other vessel; a report later than `now_s`
    was not known then.
    """
    reports = Reports.concat([b.reports for b in batches])
    reasons = [(Reject.TIME_FAR_FROM_REST, _far_from_rest(reports))]
    if now_s is not None:
        reasons.append((Reject.AFTER_NOW, reports.time_s > now_s))
    rejected = np.zeros(len(reports), dtype=np.bool_)
    counts = []
    for reason, mask in reasons:
        first_rejected = mask & ~rejected
        if first_rejected.any():
            counts.append(
                RejectCount(reason, int(first_rejected.sum()), _examples(batches, reports, first_rejected))
            )
        rejected |= mask
    return (reports.take(~rejected) if rejected.any() else reports), tuple(counts)


def _far_from_rest(reports: Reports) -> Bool:
    """Mark single reports of a vessel half a year and more from the times of nearly all.

    A clock that is wrong gives one report now and then; a vessel that comes back after a year gives several.
    """
    far = np.zeros(len(reports), dtype=np.bool_)
    if not len(reports) or np.ptp(reports.time_s) <= FAR_DAYS * DAY_S:
        return far
    order = np.argsort(reports.time_s, kind="stable")
    era = np.empty(len(reports), dtype=np.int64)
    era[order] = np.concatenate(([0], np.cumsum(np.diff(reports.time_s[order]) > FAR_DAYS * DAY_S)))
    counts = np.bincount(era)
    main = int(counts.argmax())
    if counts[main] < MAIN_SHARE * len(reports):
        return far
    rows = np.flatnonzero(era != main)
    together = np.stack([reports.vessel[rows], era[rows]], axis=1)
    _, group, group_size = np.unique(together, axis=0, return_inverse=True, return_counts=True)
    far[rows] = group_size[group.ravel()] == 1
    return far


def _examples(batches: Sequence[Batch], reports: Reports, mask: Bool) -> tuple[Example, ...]:
    """Return the first rows set aside; rows count from 1 in their file."""
    sources = SourceRows(files_of(batches))
    found = []
    for index in np.flatnonzero(mask)[:EXAMPLES_PER_REASON]:
        file, row = sources.place(int(reports.source_row[index]))
        found.append(Example(file, row, f"row {row} of the data: {time_text(float(reports.time_s[index]))}"))
    return tuple(found)
