"""Join what several files held, and set aside times that cannot be true beside the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from app.readers.rejects import EXAMPLES_PER_REASON, Example, Reject
from app.report import RejectCount
from detectors.summary import time_text
from detectors.tracks.reports import Bool, Float64, Reports
from detectors.units import DAY_S

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.readers.base import Batch

FAR_DAYS, FAR_SPREADS = 365.0, 10.0
"""A time is far from the rest beyond a year, and ten times the middle half's spread, from the median."""


def merge(batches: Sequence[Batch], now_s: float | None) -> tuple[Reports, tuple[RejectCount, ...]]:
    """Return the reports of all files in one, and what was set aside.

    One clock that runs decades ahead would make every other vessel look silent since; a report later than
    `now_s` was not known then.
    """
    reports = Reports.concat([b.reports for b in batches])
    reasons = [(Reject.TIME_FAR_FROM_REST, _far_from_rest(reports.time_s))]
    if now_s is not None:
        reasons.append((Reject.AFTER_NOW, reports.time_s > now_s))
    out = np.zeros(len(reports), dtype=np.bool_)
    counts = []
    for reason, mask in reasons:
        mine = mask & ~out
        if mine.any():
            counts.append(RejectCount(reason, int(mine.sum()), _examples(batches, reports, mine)))
        out |= mask
    return (reports.take(~out) if out.any() else reports), tuple(counts)


def _far_from_rest(time_s: Float64) -> Bool:
    if not len(time_s) or np.ptp(time_s) <= FAR_DAYS * DAY_S:
        return np.zeros(len(time_s), dtype=np.bool_)
    lower, middle, upper = np.quantile(time_s, (0.25, 0.5, 0.75))
    far_s = max(FAR_DAYS * DAY_S, FAR_SPREADS * (upper - lower))
    return np.asarray(np.abs(time_s - middle) > far_s)


def _examples(batches: Sequence[Batch], reports: Reports, mask: Bool) -> tuple[Example, ...]:
    """Return the first rows set aside; the number counts the rows of their file from 1."""
    ends = np.cumsum([b.rows for b in batches])
    found = []
    for index in np.flatnonzero(mask)[:EXAMPLES_PER_REASON]:
        row = int(reports.source_row[index])
        number = min(int(np.searchsorted(ends, row, side="right")), len(batches) - 1)
        first = int(ends[number - 1]) if number else 0
        text = f"row {row - first + 1} of the data: {time_text(float(reports.time_s[index]))}"
        found.append(Example(batches[number].rejects.file, row - first + 1, text))
    return tuple(found)
