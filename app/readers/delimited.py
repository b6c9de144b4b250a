"""Delimited text (CSV and its kin): columns found by name, read by polars, judged by the core."""

from __future__ import annotations

import tempfile
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from app.readers.aliases import NEEDED, resolve
from app.readers.base import Batch, ReadError
from app.readers.columns import Table, batch_of
from app.readers.csv_lines import field_counts, lines_at, mend, survey_of
from app.readers.dialect import Dialect, dialect_of, is_header
from app.readers.faults import mark, no_faults
from app.readers.layouts import Layout, layout_of
from app.readers.rejects import Reject
from app.readers.statics import TEXTS
from app.readers.times import stamp_form, stamps

if TYPE_CHECKING:
    from app.readers.base import ReadOptions, Source
    from detectors.tracks.reports import Bool, Int64

SHOWN_NAMES = 40
JUDGED = ("mmsi", "time", "lat", "lon")
"""Columns in which a value that cannot be read is told from one that is missing."""
NOTHING_AFTER_HEADER = "{name}: a header and no line after it"


@dataclass(frozen=True)
class _Plan:
    """What to read of one file, and how."""

    name: str
    path: Path
    dialect: Dialect
    columns: dict[str, int]
    layout: Layout
    skip_lines: int
    time_form: str | None = None
    has_quotes: bool = True

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
    time_form = stamp_form(dialect.values(columns["time"]))
    return _Plan(source.name, source.path, dialect, columns, layout, dialect.first_line - 1, time_form)


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
    survey = survey_of(plan.path)
    first = plan.dialect.first_line
    if plan.dialect.is_first_whole and not survey.has_open_quotes:
        line = np.arange(first, survey.lines + 1, dtype=np.int64)
        with suppress(pl.exceptions.PolarsError, ReadError):  # quotes in places where none belong
            return _records(replace(plan, has_quotes=survey.has_quotes), line)
    with tempfile.TemporaryDirectory(prefix="darkwake-") as folder:
        plain = Path(folder) / "mended"
        line = mend(plan.path, plain, plan.dialect)
        frame, line, whole = _records(replace(plan, path=plain, skip_lines=0), line)
        return frame[1:], line[1:], whole[1:]


def _records(plan: _Plan, line: Int64) -> tuple[pl.DataFrame, Int64, Bool]:
    """Read the records; `line` numbers the lines of the file from which they come."""
    raw, is_even = _read_quickly(plan)
    if len(raw) != len(line):
        raise ReadError(f"{plan.name}: {len(line)} lines, of which {len(raw)} could be told apart")
    frame = raw.select(*plan.columns)
    if is_even and not raw["is_short"].any():
        return _with_texts(plan, frame, None), line, np.ones(len(line), dtype=bool)
    counts, blank = field_counts(plan.path, plan.dialect.delimiter, plan.skip_lines)
    whole = counts == len(plan.dialect.header)
    return _with_texts(plan, frame.filter(~blank), ~blank), line[~blank], whole[~blank]


def _read_quickly(plan: _Plan) -> tuple[pl.DataFrame, bool]:
    """Read with polars, and tell whether no line is too long."""
    try:
        return _read(plan, truncate=False), True
    except pl.exceptions.ComputeError:
        return _read(plan, truncate=True), False


def _read(plan: _Plan, *, truncate: bool, texts_only: bool = False) -> pl.DataFrame:
    """Read our columns, and the last column of the file: it alone shows that a line is short."""
    dialect = plan.dialect
    schema: dict[str, type[pl.DataType]] = {f"#{i}": pl.String for i in range(len(dialect.header))}
    if not texts_only:
        schema |= {f"#{place}": plan.type_of(ours) for ours, place in plan.columns.items()}
    wanted = {ours: pl.col(f"#{place}") for ours, place in plan.columns.items()}
    if plan.time_form and not texts_only:
        wanted["time"] = stamps(wanted["time"], plan.time_form)
    last = f"#{len(dialect.header) - 1}"
    return (
        pl.scan_csv(
            plan.path,
            has_header=False,
            separator=dialect.delimiter,
            skip_lines=plan.skip_lines,
            schema=schema,
            quote_char='"' if plan.has_quotes else None,
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
