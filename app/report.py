"""The report of a run: what was read, what was rejected and why, and what came nearest to being flagged."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from app.readers.base.rejects import EXAMPLES_PER_REASON, Example, Reject

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from app.readers.base.reader import Batch
    from app.readers.base.used import ColumnRead


@dataclass(frozen=True)
class FileRead:
    """One file: what it was recognised as, how much of it was used, and how each column was understood."""

    name: str
    format: str
    rows: int
    positions: int
    encoding: str | None = None
    delimiter: str | None = None
    columns: tuple[ColumnRead, ...] = ()


@dataclass(frozen=True)
class SourceRows:
    """The rows of all files of a run, counted from 0 in the order of `files`."""

    files: Sequence[FileRead]

    @cached_property
    def _ends(self) -> list[int]:
        return list(accumulate(f.rows for f in self.files))

    def place(self, source_row: int) -> tuple[str, int]:
        """Return the file of a row, and which of its records the row is, from 1."""
        index = bisect_right(self._ends, source_row)
        first = self._ends[index - 1] if index else 0
        return self.files[index].name, source_row - first + 1


@dataclass(frozen=True)
class RejectCount:
    """Rejected rows of one reason: the first examples, and what would make them readable where known."""

    reason: Reject
    count: int
    examples: tuple[Example, ...]
    cure: str | None = None


@dataclass(frozen=True)
class Report:
    """The account of one run. Times are epoch seconds; None where there is no position report at all."""

    files: tuple[FileRead, ...] = ()
    positions: int = 0
    duplicates: int = 0
    vessels: int = 0
    start_s: float | None = None
    end_s: float | None = None
    now_s: float | None = None
    rejects: tuple[RejectCount, ...] = ()
    warnings: tuple[str, ...] = ()
    layers: tuple[Mapping[str, Any], ...] = ()
    model: Mapping[str, Any] | None = None
    reception: Mapping[str, Any] | None = None
    watch_lists: tuple[Mapping[str, Any], ...] = ()
    examined: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    near_misses: tuple[Mapping[str, Any], ...] = ()
    held_back: Mapping[str, int] = field(default_factory=dict)
    bands: Mapping[str, int] = field(default_factory=dict)

    @property
    def rows(self) -> int:
        """Rows in all files."""
        return sum(f.rows for f in self.files)

    @property
    def format(self) -> str:
        """The formats recognised, joined where they differ."""
        return "+".join(dict.fromkeys(f.format for f in self.files))


def files_of(batches: Iterable[Batch]) -> tuple[FileRead, ...]:
    """Return what was read of each file."""
    return tuple(
        FileRead(b.rejects.file, b.format, b.rows, len(b.reports), b.encoding, b.delimiter, b.columns)
        for b in batches
    )


def rejects_of(batches: Iterable[Batch]) -> tuple[RejectCount, ...]:
    """Return the rejects of all files, the most frequent reason first."""
    counts: Counter[Reject] = Counter()
    examples: dict[Reject, list[Example]] = {}
    cures: dict[Reject, str] = {}
    for batch in batches:
        counts.update(batch.rejects.counts)
        cures = batch.rejects.cures | cures
        for reason, found in batch.rejects.examples.items():
            examples.setdefault(reason, []).extend(found)
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return tuple(
        RejectCount(reason, count, tuple(examples.get(reason, ())[:EXAMPLES_PER_REASON]), cures.get(reason))
        for reason, count in ranked
    )
