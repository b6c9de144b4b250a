"""Records of a delimited file, read by polars: any quotes, any values, lines too short or too long."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import polars as pl

from app.readers.base.account import PARTS_OF_TIME
from app.readers.base.reader import UnsettledError
from app.readers.csv.dialect import Dialect, split
from app.readers.csv.lines import LONGEST_LINE_BYTES, Fields, Piece, field_counts, mend, pieces_of
from app.readers.values.static_data import DIMENSIONS, LENGTHS, TEXTS
from app.readers.values.times import stamps

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from detectors.tracks.reports import Bool, Int64

Records: TypeAlias = "tuple[pl.DataFrame, Int64, Bool]"
"""Our columns, the line of each record, and which records have their full width."""

MEASURES = ("lat", "lon", "sog", "cog", "heading", *LENGTHS, *DIMENSIONS)
"""Columns whose values may have fractions, even if the first ones have none."""

READ_AS_TEXT = ("own_id", "place", "lat_side", "lon_side", *PARTS_OF_TIME)
"""Columns that are never numbers, or whose leading zeros count."""

VESSEL_TIME_PLACE = ("mmsi", "own_id", "lat", "lon", "place", "lat_side", "lon_side", "time", *PARTS_OF_TIME)
"""A row that is cut off behind these can be used."""


@dataclass(frozen=True)
class Form:
    """How the records of one file are written, and where our columns stand in them."""

    dialect: Dialect
    columns: dict[str, int]
    time_form: str | None = None

    @cached_property
    def decimal_comma(self) -> bool:
        """Whether positions have decimal commas."""
        places = [self.columns[ours] for ours in ("lat", "lon") if ours in self.columns]
        return self.dialect.has_decimal_comma(places)

    def is_usable(self, fields: Fields) -> Bool:
        """Return which lines can be read: no field that matters is missing, none is extra but an empty."""
        width = len(self.dialect.header)
        needed = 1 + max(place for ours, place in self.columns.items() if ours in VESSEL_TIME_PLACE)
        spare = fields.ends_empty & (fields.count == width + 1)
        usable: Bool = spare | ((fields.count <= width) & (fields.count >= needed))
        return usable

    @cached_property
    def types(self) -> dict[str, type[pl.DataType]]:
        """The type to read each of our columns as."""
        return {ours: self._type_of(ours) for ours in self.columns}

    def _type_of(self, ours: str) -> type[pl.DataType]:
        if ours in TEXTS or ours in READ_AS_TEXT:
            return pl.String
        if self.decimal_comma and ours in MEASURES:
            return pl.Float64
        if ours in ("mmsi", "time") and self.dialect.has_exponents(self.columns[ours]):
            return pl.String  # as numbers they would not show how many digits they had
        type_ = self.dialect.type_of(self.columns[ours])
        return pl.Float64 if type_ == pl.Int64 and ours in MEASURES else type_


@dataclass(frozen=True)
class _Lines:
    """Where the records stand, in a file or a piece of one, and the line of the user's file of each."""

    content: Path | bytes
    line: Int64
    skip_lines: int = 0
    pieces: Sequence[Piece] = ()
    has_quotes: bool = True

    def counts(self, delimiter: str) -> Fields:
        """Return what each line has of fields."""
        if isinstance(self.content, Path):
            return field_counts(pieces_of(self.content, self.skip_lines), delimiter)
        return field_counts(self.pieces, delimiter)


def records_of_piece(form: Form, piece: Piece) -> Records:
    """Read a piece of a file. Raises UnsettledError where its quotes or its first line forbid it."""
    start = piece.content[:LONGEST_LINE_BYTES].partition(b"\n")[0].decode("utf-8", "replace")
    is_whole = len(split(start, form.dialect.delimiter)) == len(form.dialect.header)
    if not is_whole or piece.has_open_quotes:  # polars goes by the width of the first line
        raise UnsettledError
    lines = _Lines(piece.content, piece.numbers, pieces=[piece], has_quotes=piece.has_quotes)
    return _records(form, lines)


def records_of_file(form: Form, path: Path) -> Records:
    """Read a file as a whole, from a copy with its quotes mended where that must be."""
    try:
        return _as_it_is(form, path)
    except (UnsettledError, pl.exceptions.PolarsError):
        return _mended(form, path)


def _as_it_is(form: Form, path: Path) -> Records:
    skip_lines = form.dialect.first_line - 1
    lines, has_quotes = 0, False
    for piece in pieces_of(path, skip_lines):
        if piece.has_open_quotes:
            raise UnsettledError
        lines, has_quotes = lines + piece.lines, has_quotes or piece.has_quotes
    if not form.dialect.is_first_whole:  # polars goes by the width of the first line
        raise UnsettledError
    line = np.arange(skip_lines + 1, skip_lines + 1 + lines, dtype=np.int64)
    return _records(form, _Lines(path, line, skip_lines, has_quotes=has_quotes))


def _mended(form: Form, path: Path) -> Records:
    with tempfile.TemporaryDirectory(prefix="darkwake-") as folder:
        plain = Path(folder) / "mended"
        line = mend(path, plain, form.dialect)
        frame, line, whole = _records(form, _Lines(plain, line))
    return frame[1:], line[1:], whole[1:]


def _records(form: Form, lines: _Lines) -> Records:
    """Return our columns, the line of each record, and which records have their full width.

    Raises UnsettledError where quotes join lines.
    """
    raw, is_plain = _read_quickly(form, lines)
    line = lines.line
    if len(raw) != len(line):
        raise UnsettledError
    frame = raw.select(*form.columns)
    if is_plain and not raw["is_short"].any():
        return _with_texts(form, lines, frame, ["time"]), line, np.ones(len(line), dtype=bool)
    fields = lines.counts(form.dialect.delimiter)
    kept = ~fields.is_blank
    frame = _with_texts(form, lines, frame, form.columns).filter(kept)
    return frame, line[kept], form.is_usable(fields)[kept]


def _read_quickly(form: Form, lines: _Lines) -> tuple[pl.DataFrame, bool]:
    """Read with polars, and return whether no line is too long and every value is of its column's type."""
    try:
        return _read(form, lines, strict=True), True
    except pl.exceptions.ComputeError:
        return _read(form, lines, strict=False), False


def _read(form: Form, lines: _Lines, *, strict: bool, texts_only: bool = False) -> pl.DataFrame:
    """Read our columns, and the last column of the file: it alone shows that a line is short."""
    dialect = form.dialect
    schema: dict[str, type[pl.DataType]] = {f"#{i}": pl.String for i in range(len(dialect.header))}
    if not texts_only:
        schema |= {f"#{place}": form.types[ours] for ours, place in form.columns.items()}
    wanted = {ours: pl.col(f"#{place}") for ours, place in form.columns.items()}
    if form.time_form and not texts_only:
        wanted["time"] = stamps(wanted["time"], form.time_form)
    last = f"#{len(dialect.header) - 1}"
    return (
        pl.scan_csv(
            lines.content,
            has_header=False,
            separator=dialect.delimiter,
            skip_lines=lines.skip_lines,
            schema=schema,
            quote_char='"' if lines.has_quotes else None,
            truncate_ragged_lines=not strict,
            ignore_errors=not strict,
            encoding="utf8-lossy",
            decimal_comma=form.decimal_comma and not texts_only,
        )
        .select(
            *(column.alias(ours) for ours, column in wanted.items()),
            pl.col(last).is_null().alias("is_short"),
        )
        .collect()
    )


def _with_texts(form: Form, lines: _Lines, frame: pl.DataFrame, names: Iterable[str]) -> pl.DataFrame:
    """Take the texts of those columns in which some value did not fit the column's type."""
    doubtful = [name for name in names if frame[name].dtype != pl.String and frame[name].has_nulls()]
    if not doubtful:
        return frame
    texts = _read(form, lines, strict=False, texts_only=True)
    lost = [name for name in doubtful if (frame[name].is_null() & texts[name].is_not_null()).any()]
    return frame.with_columns(texts.select(lost))
