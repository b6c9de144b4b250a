"""Batches of one file, joined into one."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from app.readers.base.rejects import RejectLog
from app.readers.base.used import total
from app.readers.values.words import together
from detectors.tracks.reports import Reports

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.readers.base.reader import Batch


def added(log: RejectLog, other: RejectLog) -> None:
    """Add the counts and examples of another log to one."""
    for reason, count in other.counts.items():
        log.add_many(reason, count, [(e.line, e.text) for e in other.examples[reason]])
    log.cures |= other.cures


def joined(parts: Sequence[Batch]) -> Batch:
    """Join the batches of one file; rows keep counting from part to part."""
    if len(parts) == 1:
        return parts[0]
    log = RejectLog(parts[0].rejects.file)
    reports, before = [], 0
    for part in parts:
        added(log, part.rejects)
        moved = dataclasses.replace(part.reports, source_row=part.reports.source_row + before)
        reports.append(moved)
        before += part.rows
    return dataclasses.replace(
        parts[0],
        rows=before,
        reports=Reports.concat(reports),
        rejects=log,
        statics=tuple(s for part in parts for s in part.statics),
        static_rows=sum(part.static_rows for part in parts),
        warnings=tuple(dict.fromkeys(w for part in parts for w in part.warnings)),
        own_ids={key: name for part in parts for key, name in part.own_ids.items()},
        used=total(part.used for part in parts),
        columns=tuple(dict.fromkeys(column for part in parts for column in part.columns)),
        not_understood=together(part.not_understood for part in parts),
    )
