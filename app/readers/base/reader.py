"""What a reader is: bytes of one file in, reports and rejects out."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Mapping
    from pathlib import Path

    from app.readers.base.rejects import RejectLog
    from app.readers.base.used import ColumnRead, Used
    from detectors.tracks.reports import Reports, StaticReport

HEAD_BYTES = 1 << 16
"""How much of a file a reader may look at to recognise it."""


MOST_VESSELS = 2_000_000
"""More than all fleets together: beyond it a column numbers rows, or the file is noise."""


@dataclass(frozen=True)
class Source:
    """One uncompressed track file on disk.

    `name` is what the user called it (a path, an upload's file name, `-`), for messages only: a
    reader recognises content, never names. `head` is its first `HEAD_BYTES` bytes. `encoding` is what a text
    was written in before it was brought to UTF-8, None for what is no text.
    """

    name: str
    path: Path
    head: bytes
    encoding: str | None = None


@dataclass(frozen=True)
class ReadOptions:
    """What the user stated about the files.

    `time_base_s` is the receive time (epoch seconds, UTC) for sources that carry seconds only.
    `first_row` is the number of rows in the files of this run before this one. `columns` maps our
    names (`aliases.ALIASES`) to the file's own where the user knows better than the alias table;
    `is_day_first` says how 03/04/2024 is meant where no row shows it. `max_vessels` is the limit of
    `Limits`, for readers to judge before they make anything per vessel. `free_bytes` is the memory that
    may still be taken.
    """

    time_base_s: float | None = None
    first_row: int = 0
    columns: Mapping[str, str] = field(default_factory=dict)
    is_day_first: bool | None = None
    max_vessels: int = MOST_VESSELS
    free_bytes: float = math.inf


@dataclass(frozen=True)
class Batch:
    """What one file held.

    `rows` counts records (lines without header and blanks; messages for NMEA). Each of them gave a
    position report, or static data only (`static_rows` counts these, repeated ones
    included), or is counted in `rejects`: `rows == len(reports) + static_rows + rejects.total`.
    `statics` holds the changes only. `own_ids` names the vessels that have no MMSI. `columns` is the
    account of how each column of the file was understood; `used` counts what was read under our names, and
    `decided` is what the values themselves decided, such as the order of day and month. `header` are the
    names of a table's columns.
    """

    format: str
    rows: int
    reports: Reports
    rejects: RejectLog
    statics: tuple[StaticReport, ...] = ()
    static_rows: int = 0
    warnings: tuple[str, ...] = ()
    own_ids: dict[int, str] = field(default_factory=dict)
    used: Mapping[str, Used] = field(default_factory=dict)
    decided: Mapping[str, float | str] = field(default_factory=dict)
    columns: tuple[ColumnRead, ...] = ()
    encoding: str | None = None
    delimiter: str | None = None
    header: tuple[str, ...] = ()
    not_understood: Mapping[str, Counter[str]] = field(default_factory=dict)
    """Words without a meaning here, by our name of their column, each with its rows."""


class ReadError(Exception):
    """A file of which nothing could be used; says what was wrong and what would be right."""


class UnsettledError(Exception):
    """Pieces of a file do not show what its columns mean: it must be read as a whole."""


class Reader(Protocol):
    """One track format: one file in this folder, one line in `READERS`."""

    name: str
    """What the report calls the format, for instance ``csv``."""

    def recognises(self, head: bytes) -> bool:
        """Return whether the first bytes are of this format. Never raises."""
        ...

    def takes_bytes(self, source: Source) -> float:
        """Return about how much memory it takes at the peak to read the file and examine what it holds.

        Measured with benchmarks/readers.py and speed.py. 0 where `read` judges by the rows itself.
        """
        ...

    def read(self, source: Source, options: ReadOptions) -> Batch:
        """Read the whole file. Raises ReadError where nothing can be used."""
        ...
