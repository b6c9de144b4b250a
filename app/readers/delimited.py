"""Delimited text (CSV and its kin): columns found by name, read by polars, judged by the core."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from app.readers.aliases import NEEDED, resolve
from app.readers.base import Batch, ReadError
from app.readers.columns import Table, batch_of
from app.readers.csv_lines import careful_records, count_lines, field_counts, lines_at
from app.readers.dialect import Dialect, dialect_of, is_header
from app.readers.faults import mark, no_faults
from app.readers.layouts import Layout, layout_of
from app.readers.rejects import Reject
from app.readers.statics import TEXTS

if TYPE_CHECKING:
    from pathlib import Path

    from app.readers.base import ReadOptions, Source
    from detectors.tracks.reports import Bool, Int64

SHOWN_NAMES = 40
JUDGED = ("mmsi", "time", "lat", "lon")
"""Columns in which a value that cannot be read is told from one that is missing."""
NOTHING_AFTER_HEADER = "{name}: a header and no line after it"


@dataclass(frozen=True)
class _Plan:
    """What to read of one file, and how."""

    path: Path
    dialect: Dialect
    columns: dict[str, int]
    layout: Layout

    @property
    def decimal_comma(self) -> bool:
        return self.dialect.has_decimal_comma([self.columns["lat"], self.columns["lon"]])

    def type_of(self, ours: str) -> type[pl.DataType]:
        if ours in TEXTS or ours == "own_id":
            return pl.String
        if self.decimal_comma and ours in ("lat", "lon", "sog", "cog", "heading"):
            return pl.Float64
        return self.dialect.type_of(self.columns[ours])


class Delimited:
    """CSV with any delimiter, providers' layouts among it (`layouts.LAYOUTS`)."""

    name = "csv"

    def recognises(self, head: bytes) -> bool:
        """Take any text whose first line has at least three columns."""
        return dialect_of(head) is not None

    def read(self, source: Source, options: ReadOptions) -> Batch:
        """Read the whole file. Raises ReadError where header or columns are missing."""
        plan = _plan(source, options)
        frame, line, whole = _frame(plan)
        if not len(line):
            raise ReadError(NOTHING_AFTER_HEADER.format(name=source.name))
        faults = no_faults(len(line))
        mark(faults, ~whole, Reject.NOT_A_RECORD)

        def texts(rows: Int64) -> list[str]:
            wanted = line[rows].tolist()
            found = lines_at(source.path, wanted)
            return [found.get(number, "") for number in wanted]

        return batch_of(Table(frame, line, faults, texts), plan.layout, source.name, options)


def _plan(source: Source, options: ReadOptions) -> _Plan:
    dialect = dialect_of(source.head)
    if dialect is None:
        raise ReadError(f"{source.name}: no delimited text")
    layout = layout_of(dialect.header, Delimited.name)
    columns = resolve(dialect.header, {**layout.pinned, **options.columns})
    missing = [name for name in NEEDED if name not in columns]
    if missing:
        raise ReadError(_what_is_missing(source.name, dialect, missing))
    return _Plan(source.path, dialect, columns, layout)


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


def _frame(plan: _Plan) -> tuple[pl.DataFrame, Int64, Bool]:
    """Return our columns, the line of each record, and which records have their full width."""
    raw, even = _read_quickly(plan)
    if raw is None:
        return _careful(plan)
    lines_after_header = count_lines(plan.path) - plan.dialect.first_line + 1
    if len(raw) != lines_after_header:
        return _careful(plan)
    line = np.arange(len(raw), dtype=np.int64) + plan.dialect.first_line
    whole = np.ones(len(raw), dtype=bool)
    frame = raw.select(*plan.columns)
    if not even or raw["last"].has_nulls():
        counts, blank = field_counts(plan.path, plan.dialect.delimiter, plan.dialect.first_line - 1)
        frame = frame.filter(~blank)
        line, whole = line[~blank], (counts == len(plan.dialect.header))[~blank]
        return _with_texts(plan, frame, ~blank), line, whole
    return _with_texts(plan, frame, None), line, whole


def _read_quickly(plan: _Plan) -> tuple[pl.DataFrame | None, bool]:
    """Read with polars, and tell whether no line is too long; None if the first is too short."""
    try:
        return _read(plan, truncate=False), True
    except pl.exceptions.ComputeError:
        pass
    except pl.exceptions.PolarsError:
        return None, False
    try:
        return _read(plan, truncate=True), False
    except pl.exceptions.PolarsError:
        return None, False


def _read(plan: _Plan, *, truncate: bool, texts_only: bool = False) -> pl.DataFrame:
    """Read our columns, and the last column of the file: it alone shows that a line is short."""
    dialect = plan.dialect
    schema: dict[str, type[pl.DataType]] = {f"#{i}": pl.String for i in range(len(dialect.header))}
    if not texts_only:
        schema |= {f"#{place}": plan.type_of(ours) for ours, place in plan.columns.items()}
    last = f"#{len(dialect.header) - 1}"
    return (
        pl.scan_csv(
            plan.path,
            has_header=False,
            separator=dialect.delimiter,
            skip_lines=dialect.first_line - 1,
            schema=schema,
            truncate_ragged_lines=truncate,
            ignore_errors=True,
            encoding="utf8-lossy",
            decimal_comma=plan.decimal_comma and not texts_only,
        )
        .select(
            *(pl.col(f"#{place}").alias(ours) for ours, place in plan.columns.items()),
            pl.col(last).alias("last"),
        )
        .collect()
    )


def _with_texts(plan: _Plan, frame: pl.DataFrame, kept: Bool | None) -> pl.DataFrame:
    """Take the texts of a judged column in which some value did not fit the column's type."""
    doubtful = [
        name
        for name in JUDGED
        if name in frame.columns and frame[name].dtype != pl.String and frame[name].has_nulls()
    ]
    if not doubtful:
        return frame
    texts = _read(plan, truncate=True, texts_only=True).select(doubtful)
    return frame.with_columns(texts if kept is None else texts.filter(kept))


def _careful(plan: _Plan) -> tuple[pl.DataFrame, Int64, Bool]:
    """Read line by line: slower, but a stray quote costs one line and not the rest of the file."""
    width = len(plan.dialect.header)
    skip = plan.dialect.first_line - 1
    records = list(careful_records(plan.path, plan.dialect.delimiter, skip, width))
    whole = np.array([len(record.fields) == width for record in records], dtype=bool)
    line = np.array([record.line for record in records], dtype=np.int64)
    columns = {
        ours: pl.Series(
            [r.fields[place] if place < len(r.fields) else None for r in records], dtype=pl.String
        )
        for ours, place in plan.columns.items()
    }
    return pl.DataFrame(columns), line, whole
