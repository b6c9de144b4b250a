"""The files of a run: read one by one, and gathered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.identity.own_names import with_own_names
from app.merge import merge
from app.readers import read_file
from app.readers.base.reader import ReadError, ReadOptions
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
    batches: list[Batch] = []
    faults: list[str] = []
    for file in sorted(files, key=lambda file: file.name):
        progress(f"reading {file.name}")
        wanted = ReadOptions(
            time_base_s=options.time_base_s,
            first_row=sum(b.rows for b in batches),
            columns=options.columns,
            is_day_first=options.is_day_first,
        )
        try:
            batches.extend(read_file(file.path, file.name, limits, wanted))
        except ReadError as error:
            faults.append(str(error))
    return batches, faults


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
    return f"no position in {read.rows} rows: {reasons}"
