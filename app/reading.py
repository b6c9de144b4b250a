"""The files of a run: read one by one, and gathered."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from app.identity.own_names import with_own_names
from app.merge import merge
from app.readers import read_file
from app.readers.base.reader import ReadError, ReadOptions
from app.readers.values.calendar import DateOrder
from app.readers.values.times import DAY_AND_MONTH, DAY_OR_MONTH
from app.readers.values.words import said_of, together
from app.report import Report, files_of, rejects_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from app.options import RunOptions
    from app.readers.base.reader import Batch
    from app.readers.containers.unpack import Limits
    from detectors.tracks.reports import Reports, StaticReport


@dataclass(frozen=True)
class TrackFile:
    """A file to read: its path, and the name that the user gave it."""

    name: str
    path: Path


def read_files(
    files: Iterable[TrackFile], options: RunOptions, limits: Limits, progress: Callable[[str], None]
) -> tuple[list[Batch], list[str]]:
    """Read each file; one that cannot be read is reported as a fault, and the others are still used.

    Files are read in the order of their names, so the order in which they are given changes nothing: not even
    which of two equal reports is the evidence.
    """
    faults: list[str] = []
    in_order = sorted(files, key=lambda file: file.name)
    wanted = ReadOptions(
        time_base_s=options.time_base_s, columns=options.columns, is_day_first=options.is_day_first
    )

    def read(file: TrackFile, first_row: int, asked: ReadOptions) -> list[Batch]:
        try:
            return read_file(file.path, file.name, limits, replace(asked, first_row=first_row))
        except ReadError as error:
            faults.append(str(error))
            return []

    by_file: list[list[Batch]] = []
    for file in in_order:
        progress(f"reading {file.name}")
        rows = sum(b.rows for found in by_file for b in found)
        by_file.append(read(file, rows, wanted))

    def again(number: int, order: DateOrder) -> list[Batch]:
        rows = sum(b.rows for found in by_file[:number] for b in found)
        return read(in_order[number], rows, replace(wanted, is_day_first=order is DateOrder.DAY_FIRST))

    return [b for found in _again_where_others_prove(by_file, again) for b in found], faults


def _again_where_others_prove(
    read: Sequence[list[Batch]], again: Callable[[int, DateOrder], list[Batch]]
) -> list[list[Batch]]:
    """Read anew what does not show the order of day and month, where a file with the same header does."""
    proven = {b.header: b.decided["date_order"] for batches in read for b in batches if _proves_order(b)}
    return [
        again(number, DateOrder(proven[batches[0].header]))
        if len(batches) == 1 and DAY_OR_MONTH in batches[0].warnings and batches[0].header in proven
        else batches
        for number, batches in enumerate(read)
    ]


def _proves_order(batch: Batch) -> bool:
    is_open = {DAY_OR_MONTH, DAY_AND_MONTH} & set(batch.warnings)
    return "date_order" in batch.decided and not is_open


@dataclass(frozen=True)
class Rest:
    """What all files of a run hold besides positions, and the report so far."""

    statics: list[StaticReport]
    own_ids: dict[int, str]
    read: Report


def gathered(batches: Sequence[Batch], options: RunOptions, faults: Sequence[str]) -> tuple[Reports, Rest]:
    """Return the position reports of all files, and what they hold besides."""
    batches, told_apart = with_own_names(batches)
    merged = merge(batches, options.now_s)
    words = together(batch.not_understood for batch in batches)
    strange = [said_of(name, words[name]) for name in sorted(words)]
    of_files = [warning for batch in batches for warning in batch.warnings]
    warnings = dict.fromkeys([*faults, *of_files, *told_apart, *merged.warnings, *strange])
    rest = Rest(
        statics=[static for b in batches for static in b.statics],
        own_ids={vessel: own_id for b in batches for vessel, own_id in b.own_ids.items()},
        read=Report(
            files=files_of(batches),
            rejects=(*rejects_of(batches), *merged.set_aside),
            warnings=tuple(warnings),
        ),
    )
    return merged.reports, rest


def no_positions(read: Report, faults: Sequence[str]) -> str:
    """Return why there is no position at all."""
    if faults:
        return "; ".join(faults)
    reasons = ", ".join(f"{r.count} {r.reason}" for r in read.rejects) or "there were no rows"
    cures = "".join(f"; {r.cure}" for r in read.rejects if r.cure)
    return f"no position in {read.rows} rows: {reasons}{cures}"
