"""Join what several files held, and set aside times that contradict the others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from app.identity.clocks import far_from_traffic
from app.readers.base.rejects import EXAMPLES_PER_REASON, Example, Reject
from app.report import RejectCount, SourceRows, files_of
from detectors.core.units import DAY_S, HOUR_S
from detectors.events.wording import time_text
from detectors.tracks.reports import Bool, Reports

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.identity.clocks import Far
    from app.readers.base.reader import Batch

FAR_DAYS = 180.0
"""A time is isolated when half a year separates it from the others, and its vessel sent nothing near it."""

MAIN_SHARE = 0.9
"""Only where the other times are this share of all is it clear which clock is wrong."""


UNITS = (("years", 365.25 * DAY_S, ".1f", 1.0), ("days", DAY_S, ".0f", 3.0), ("h", HOUR_S, ".0f", 0.0))
"""Units of an offset, and from how many of them on each is used."""

CLOCK = (
    "{vessel}: {count:,} reports lie {offset} the traffic, where no other vessel of their file was heard: a "
    "wrong clock, set aside. A vessel that was heard alone is read from a file of its own"
)


@dataclass(frozen=True)
class Merged:
    """The reports of all files in one, what was set aside, and what a user is told of it."""

    reports: Reports
    set_aside: tuple[RejectCount, ...]
    warnings: tuple[str, ...] = ()


def merge(batches: Sequence[Batch], now_s: float | None) -> Merged:
    """Return the reports of all files in one.

    One clock that runs decades ahead would open a gap for every other vessel; a report later than `now_s`
    was not known then.
    """
    reports = Reports.concat([b.reports for b in batches])
    far, vessels = _far_from_traffic(batches, reports)
    reasons = [(Reject.TIME_FAR_FROM_REST, far | _far_from_rest(reports))]
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
    kept = reports.take(~rejected) if rejected.any() else reports
    return Merged(kept, tuple(counts), _clock_warnings(batches, reports, vessels))


def _far_from_traffic(batches: Sequence[Batch], reports: Reports) -> tuple[Bool, list[Far]]:
    file = np.repeat(np.arange(len(batches)), [len(b.reports) for b in batches])
    return far_from_traffic(reports.vessels[1], reports.time_s, file)


def _clock_warnings(batches: Sequence[Batch], reports: Reports, found: Sequence[Far]) -> tuple[str, ...]:
    names = {key: name for batch in batches for key, name in batch.own_ids.items()}
    keys = [int(reports.vessels[0][each.vessel]) for each in found]
    return tuple(
        CLOCK.format(vessel=names.get(key, key), count=each.reports, offset=_offset_text(each.offset_s))
        for key, each in zip(keys, found, strict=True)
    )


def _offset_text(offset_s: float) -> str:
    """Return how far a time lies from others: hours, days or years.

    >>> _offset_text(172800.0), _offset_text(-1024 * 7 * 86400.0)
    ('48 h after', '19.6 years before')
    """
    amount = next(
        f"{abs(offset_s) / unit_s:{form}} {name}"
        for name, unit_s, form, least in UNITS
        if abs(offset_s) >= least * unit_s
    )
    return f"{amount} {'after' if offset_s > 0 else 'before'}"


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
