"""Delimited text (CSV and its kin): columns found by name, read by polars, judged by the core."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import polars as pl

from app.readers.aliases import NEEDED, resolve
from app.readers.base import Batch, ReadError, UnsettledError
from app.readers.columns import Table, date_order, part_of
from app.readers.csv_lines import (
    LONGEST_LINE_BYTES,
    Piece,
    field_counts,
    lines_at,
    mend,
    pieces_of,
    texts_in,
)
from app.readers.dialect import Dialect, dialect_of, is_header, split
from app.readers.faults import mark, no_faults
from app.readers.layouts import Layout, layout_of
from app.readers.memory import by_lines
from app.readers.parts import Part, joined
from app.readers.plain import SHORTEST_BYTES, PlainTable, plain_table
from app.readers.rejects import Reject
from app.readers.statics import DIMENSIONS, LENGTHS, TEXTS
from app.readers.times import stamp_form, stamps

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from app.readers.base import ReadOptions, Source
    from detectors.tracks.reports import Bool, Int64

SHOWN_NAMES = 40
_Records: TypeAlias = "tuple[pl.DataFrame, Int64, Bool]"
"""Our columns, the line of each record, and which records have their full width."""

MEASURES = ("lat", "lon", "sog", "cog", "heading", *LENGTHS, *DIMENSIONS)
"""Columns whose values may have fractions, even if the first ones have none."""

JUDGED = ("mmsi", "time", "lat", "lon")
"""Columns in which a value that cannot be read is told from one that is missing."""
NOTHING_AFTER_HEADER = "{name}: a header and no line after it"

TAKEN_PER_LINE_BYTES = 120.0
"""At the peak (benchmarks/readers.py)."""


@dataclass(frozen=True)
class _Plan:
    """What to read of one file."""

    source: Source
    dialect: Dialect
    columns: dict[str, int]
    layout: Layout
    time_form: str | None = None

    @cached_property
    def decimal_comma(self) -> bool:
        return self.dialect.has_decimal_comma([self.columns["lat"], self.columns["lon"]])

    @cached_property
    def types(self) -> dict[str, type[pl.DataType]]:
        return {ours: self._type_of(ours) for ours in self.columns}

    @cached_property
    def plain(self) -> PlainTable | None:
        """How to read it in one loop, where all it has are bare numbers and times."""
        if self.decimal_comma:
            return None
        columns = {ours: (place, self.types[ours]) for ours, place in self.columns.items()}
        return plain_table(self.dialect.delimiter, len(self.dialect.header), columns, self.time_form)

    def _type_of(self, ours: str) -> type[pl.DataType]:
        if ours in TEXTS or ours == "own_id":
            return pl.String
        if self.decimal_comma and ours in MEASURES:
            return pl.Float64
        told = self.dialect.type_of(self.columns[ours])
        return pl.Float64 if told == pl.Int64 and ours in MEASURES else told


@dataclass(frozen=True)
class _Lines:
    """Where the records stand, in a file or a piece of one, and the line of the user's file of each."""

    content: Path | bytes
    line: Int64
    skip_lines: int = 0
    pieces: Sequence[Piece] = ()
    has_quotes: bool = True

    def counts(self, delimiter: str) -> tuple[Int64, Bool]:
        """Return the number of fields of each line, and which lines are blank."""
        if isinstance(self.content, Path):
            return field_counts(pieces_of(self.content, self.skip_lines), delimiter)
        return field_counts(self.pieces, delimiter)


class Delimited:
    """CSV with any delimiter, providers' layouts among it (`layouts.LAYOUTS`)."""

    name = "csv"

    def recognises(self, head: bytes) -> bool:
        """Take any text whose first line has at least three columns."""
        return dialect_of(head) is not None

    def takes_bytes(self, source: Source) -> float:
        """Return the memory it takes (`Reader.takes_bytes`)."""
        return by_lines(source, TAKEN_PER_LINE_BYTES)

    def read(self, source: Source, options: ReadOptions) -> Batch:
        """Read a file in pieces, or as a whole where only that tells what its columns mean.

        Raises ReadError where header or columns are missing, or nothing follows the header.
        """
        plan = _plan(source, options)
        try:
            return _in_pieces(plan, options)
        except (UnsettledError, pl.exceptions.PolarsError):  # quotes where none belong, among others
            return joined([_whole(plan, options)], options.max_vessels)


def _in_pieces(plan: _Plan, options: ReadOptions) -> Batch:
    """Read records piece by piece. Raises UnsettledError where a piece says too little by itself."""
    if not plan.dialect.is_first_whole or "mmsi" not in plan.columns:
        raise UnsettledError
    pieces = pieces_of(plan.source.path, plan.dialect.first_line - 1)
    first = next(pieces, None)
    if first is None:
        raise ReadError(NOTHING_AFTER_HEADER.format(name=plan.source.name))
    size = plan.source.path.stat().st_size
    parts = _parts(plan, options, chain([first], pieces))
    return joined(parts, options.max_vessels, size / len(first.content))


def _parts(plan: _Plan, options: ReadOptions, pieces: Iterable[Piece]) -> Iterator[Part]:
    rows = options.first_row
    for piece in pieces:
        part = _part(plan, piece, replace(options, first_row=rows))
        rows += part.batch.rows
        yield part


def _part(plan: _Plan, piece: Piece, options: ReadOptions) -> Part:
    records = _read_plainly(plan, piece) or _read_generally(plan, piece)
    return _sorted(plan, records, lambda wanted: texts_in(piece, wanted), options)


def _read_plainly(plan: _Plan, piece: Piece) -> _Records | None:
    """Read a piece of a plain table in one loop; None where the table or a row of the piece is not plain."""
    if plan.plain is None or plan.source.path.stat().st_size < SHORTEST_BYTES:
        return None
    frame = plan.plain.frame(piece.content, piece.lines)
    return None if frame is None else (frame, piece.numbers, np.ones(piece.lines, dtype=bool))


def _read_generally(plan: _Plan, piece: Piece) -> _Records:
    """Read a piece with polars. Raises UnsettledError where its quotes or its first line forbid it."""
    start = piece.content[:LONGEST_LINE_BYTES].partition(b"\n")[0].decode("utf-8", "replace")
    is_whole = len(split(start, plan.dialect.delimiter)) == len(plan.dialect.header)
    if not is_whole or piece.has_open_quotes:  # polars goes by the width of the first line
        raise UnsettledError
    lines = _Lines(piece.content, piece.numbers, pieces=[piece], has_quotes=piece.has_quotes)
    return _records(plan, lines)


def _whole(plan: _Plan, options: ReadOptions) -> Part:
    """Read a file as a whole, from a copy with its quotes mended where that must be."""
    try:
        records = _as_it_is(plan)
    except (UnsettledError, pl.exceptions.PolarsError):
        records = _mended(plan)
    if not len(records[1]):
        raise ReadError(NOTHING_AFTER_HEADER.format(name=plan.source.name))

    def texts_of(wanted: list[int]) -> list[str]:
        found = lines_at(plan.source.path, wanted)
        return [found.get(number, "") for number in wanted]

    return _sorted(plan, records, texts_of, options)


def _as_it_is(plan: _Plan) -> _Records:
    path, skip_lines = plan.source.path, plan.dialect.first_line - 1
    lines, has_quotes = 0, False
    for piece in pieces_of(path, skip_lines):
        if piece.has_open_quotes:
            raise UnsettledError
        lines, has_quotes = lines + piece.lines, has_quotes or piece.has_quotes
    if not plan.dialect.is_first_whole:  # polars goes by the width of the first line
        raise UnsettledError
    line = np.arange(skip_lines + 1, skip_lines + 1 + lines, dtype=np.int64)
    return _records(plan, _Lines(path, line, skip_lines, has_quotes=has_quotes))


def _mended(plan: _Plan) -> _Records:
    with tempfile.TemporaryDirectory(prefix="darkwake-") as folder:
        plain = Path(folder) / "mended"
        line = mend(plan.source.path, plain, plan.dialect)
        frame, line, whole = _records(plan, _Lines(plain, line))
    return frame[1:], line[1:], whole[1:]


def _sorted(
    plan: _Plan,
    records: _Records,
    texts_of: Callable[[list[int]], list[str]],
    options: ReadOptions,
) -> Part:
    frame, line, whole = records
    faults = no_faults(len(line))
    mark(faults, ~whole, Reject.NOT_A_RECORD)
    table = Table(frame, line, faults, lambda rows: texts_of(line[rows].tolist()))
    return part_of(table, plan.layout, plan.source.name, options)


def _plan(source: Source, options: ReadOptions) -> _Plan:
    dialect = dialect_of(source.head)
    if dialect is None:
        raise ReadError(f"{source.name}: no delimited text")
    layout = layout_of(dialect.header, Delimited.name)
    columns = resolve(dialect.header, {**layout.pinned, **options.columns})
    missing = [name for name in NEEDED if name not in columns]
    if missing:
        raise ReadError(_what_is_missing(source.name, dialect, missing))
    time_form = stamp_form(dialect.values(columns["time"]), date_order(layout, options))
    return _Plan(source, dialect, columns, layout, time_form)


def _what_is_missing(name: str, dialect: Dialect, missing: list[str]) -> str:
    shown = ", ".join(dialect.header[:SHOWN_NAMES])
    line = dialect.header_line + 1
    if not is_header(dialect.header):
        return (
            f"{name}: line {line} should name the columns but holds values: {shown[:200]}. "
            "Put a header above it, for instance mmsi,timestamp,lat,lon"
        )
    return (
        f"{name}: no column for {' or '.join(missing)} in the header at line {line}, "
        f"which names: {shown}. Needed are a time, lat and lon, and best an mmsi"
    )


def _records(plan: _Plan, lines: _Lines) -> _Records:
    """Return our columns, the line of each record, and which records have their full width.

    Raises UnsettledError where quotes join lines.
    """
    raw, is_even = _read_quickly(plan, lines)
    line = lines.line
    if len(raw) != len(line):
        raise UnsettledError
    frame = raw.select(*plan.columns)
    if is_even and not raw["is_short"].any():
        return _with_texts(plan, lines, frame, None), line, np.ones(len(line), dtype=bool)
    counts, blank = lines.counts(plan.dialect.delimiter)
    whole = counts == len(plan.dialect.header)
    return _with_texts(plan, lines, frame.filter(~blank), ~blank), line[~blank], whole[~blank]


def _read_quickly(plan: _Plan, lines: _Lines) -> tuple[pl.DataFrame, bool]:
    """Read with polars, and tell whether no line is too long."""
    try:
        return _read(plan, lines, truncate=False), True
    except pl.exceptions.ComputeError:
        return _read(plan, lines, truncate=True), False


def _read(plan: _Plan, lines: _Lines, *, truncate: bool, texts_only: bool = False) -> pl.DataFrame:
    """Read our columns, and the last column of the file: it alone shows that a line is short."""
    dialect = plan.dialect
    schema: dict[str, type[pl.DataType]] = {f"#{i}": pl.String for i in range(len(dialect.header))}
    if not texts_only:
        schema |= {f"#{place}": plan.types[ours] for ours, place in plan.columns.items()}
    wanted = {ours: pl.col(f"#{place}") for ours, place in plan.columns.items()}
    if plan.time_form and not texts_only:
        wanted["time"] = stamps(wanted["time"], plan.time_form)
    last = f"#{len(dialect.header) - 1}"
    return (
        pl.scan_csv(
            lines.content,
            has_header=False,
            separator=dialect.delimiter,
            skip_lines=lines.skip_lines,
            schema=schema,
            quote_char='"' if lines.has_quotes else None,
            truncate_ragged_lines=truncate,
            ignore_errors=True,
            encoding="utf8-lossy",
            decimal_comma=plan.decimal_comma and not texts_only,
        )
        .select(
            *(column.alias(ours) for ours, column in wanted.items()),
            pl.col(last).is_null().alias("is_short"),
        )
        .collect()
    )


def _with_texts(plan: _Plan, lines: _Lines, frame: pl.DataFrame, kept: Bool | None) -> pl.DataFrame:
    """Take the texts of a judged column in which some value did not fit the column's type."""
    doubtful = [
        name
        for name in JUDGED
        if name in frame.columns and frame[name].dtype != pl.String and frame[name].has_nulls()
    ]
    if not doubtful:
        return frame
    texts = _read(plan, lines, truncate=True, texts_only=True).select(doubtful)
    return frame.with_columns(texts if kept is None else texts.filter(kept))
