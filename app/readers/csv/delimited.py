"""Delimited text (CSV and its kin): columns found by name, read piece by piece, judged by the core."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from app.readers.base.account import PARTS_OF_TIME, understood
from app.readers.base.choosing import Choice, choose
from app.readers.base.columns import Table, date_order, part_of
from app.readers.base.faults import mark, no_faults
from app.readers.base.layouts import layout_of
from app.readers.base.memory import by_lines
from app.readers.base.parts import Part, joined
from app.readers.base.reader import Batch, ReadError, UnsettledError
from app.readers.base.rejects import Reject
from app.readers.csv.dialect import Dialect, dialect_of, is_header
from app.readers.csv.lines import Piece, lines_at, pieces_of, texts_in
from app.readers.csv.plain import SHORTEST_BYTES, PlainTable, plain_table
from app.readers.csv.records import Form, records_of_file, records_of_piece
from app.readers.csv.sections import NewLayoutError, by_section, check_layout
from app.readers.values.times import stamp_form

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from app.readers.base.layouts import Layout
    from app.readers.base.reader import ReadOptions, Source
    from app.readers.csv.records import Records

SHOWN_NAMES = 40
NOTHING_AFTER_HEADER = "{name}: a header and no line after it"

TAKEN_PER_LINE_BYTES = 120.0
"""At the peak (benchmarks/readers.py)."""


@dataclass(frozen=True)
class _Plan:
    """What to read of one file."""

    source: Source
    choice: Choice
    form: Form

    @property
    def layout(self) -> Layout:
        """The layout, with what the file shows of its units."""
        return self.choice.layout

    @cached_property
    def plain(self) -> PlainTable | None:
        """How to read it in one loop, where all it has are bare numbers and times."""
        form = self.form
        if form.decimal_comma or len(set(form.columns.values())) < len(form.columns):
            return None
        columns = {ours: (place, form.types[ours]) for ours, place in form.columns.items()}
        return plain_table(form.dialect.delimiter, len(form.dialect.header), columns, form.time_form)


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
        """Read a file in pieces, or as a whole where only that shows what its columns mean.

        Raises ReadError where header or columns are missing, or nothing follows the header.
        """
        plan = _plan(source, options)
        try:
            return _with_account(_one_table(plan, options), plan)
        except NewLayoutError:
            return by_section(source, plan.form.dialect, lambda part: self.read(part, options))


def _one_table(plan: _Plan, options: ReadOptions) -> Batch:
    try:
        return _in_pieces(plan, options)
    except (UnsettledError, pl.exceptions.PolarsError):  # quotes where none belong, among others
        return joined([_whole(plan, options)], options.max_vessels)


def _with_account(batch: Batch, plan: _Plan) -> Batch:
    dialect = plan.form.dialect
    known = understood(batch, plan.choice, dialect.header, dialect.values)
    return replace(known, delimiter=dialect.delimiter, header=dialect.header)


def _in_pieces(plan: _Plan, options: ReadOptions) -> Batch:
    """Read records piece by piece. Raises UnsettledError where a piece alone is ambiguous."""
    if not plan.form.dialect.is_first_whole or "mmsi" not in plan.form.columns:
        raise UnsettledError
    pieces = pieces_of(plan.source.path, plan.form.dialect.first_line - 1)
    first = next(pieces, None)
    if first is None:
        raise ReadError(NOTHING_AFTER_HEADER.format(name=plan.source.name))
    size = plan.source.path.stat().st_size
    parts = _parts(plan, options, chain([first], pieces))
    return joined(parts, options.max_vessels, size / len(first.text))


def _parts(plan: _Plan, options: ReadOptions, pieces: Iterable[Piece]) -> Iterator[Part]:
    rows = options.first_row
    for piece in pieces:
        part = _part(plan, piece, replace(options, first_row=rows))
        rows += part.batch.rows
        yield part


def _part(plan: _Plan, piece: Piece, options: ReadOptions) -> Part:
    records = _read_plainly(plan, piece) or records_of_piece(plan.form, piece)
    return _sorted(plan, records, lambda wanted: texts_in(piece, wanted), options)


def _read_plainly(plan: _Plan, piece: Piece) -> Records | None:
    """Read a piece of a plain table in one loop; None where the table or a row of the piece is not plain."""
    if plan.plain is None or plan.source.path.stat().st_size < SHORTEST_BYTES:
        return None
    frame = plan.plain.frame(piece.text, piece.lines)
    return None if frame is None else (frame, piece.numbers, np.ones(piece.lines, dtype=bool))


def _whole(plan: _Plan, options: ReadOptions) -> Part:
    """Read a file as a whole."""
    records = records_of_file(plan.form, plan.source.path)
    if not len(records[1]):
        raise ReadError(NOTHING_AFTER_HEADER.format(name=plan.source.name))

    def texts_of(wanted: list[int]) -> list[str]:
        found = lines_at(plan.source.path, wanted)
        return [found.get(number, "") for number in wanted]

    return _sorted(plan, records, texts_of, options)


def _sorted(
    plan: _Plan,
    records: Records,
    texts_of: Callable[[list[int]], list[str]],
    options: ReadOptions,
) -> Part:
    frame, line, whole = records
    check_layout(plan.form.dialect, frame["time"], lambda rows: texts_of(line[rows].tolist()))
    faults = no_faults(len(line))
    mark(faults, ~whole, Reject.NOT_A_RECORD)
    table = Table(frame, line, faults, lambda rows: texts_of(line[rows].tolist()))
    return part_of(table, plan.layout, plan.source.name, options)


def _plan(source: Source, options: ReadOptions) -> _Plan:
    dialect = dialect_of(source.head)
    if dialect is None:
        raise ReadError(f"{source.name}: no delimited text")
    layout = layout_of(dialect.header, Delimited.name)
    choice = choose(dialect.header, dialect.values, layout, options.columns)
    if choice.missing:
        raise ReadError(_what_is_missing(source.name, dialect, choice.missing))
    columns, time_form = dict(choice.columns), None
    if columns.keys().isdisjoint(PARTS_OF_TIME):
        time_form = stamp_form(dialect.values(columns["time"]), date_order(choice.layout, options))
    return _Plan(source, choice, Form(dialect, columns, time_form))


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
