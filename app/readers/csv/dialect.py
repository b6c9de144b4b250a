"""How a delimited file is written: its delimiter, its header, its kind of numbers."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from app.readers.base.aliases import plain
from app.readers.base.naming import name_tracks
from app.readers.base.reader import HEAD_BYTES

if TYPE_CHECKING:
    from collections.abc import Sequence

DELIMITERS = (",", ";", "\t", "|", "^")
FEWEST_COLUMNS = 3
"""Time, latitude and longitude: a table with fewer columns holds no tracks."""
SAMPLE_LINES = 200
WHOLE = re.compile(r"\d{1,18}")
DECIMAL = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?")
EXPONENT = re.compile(r"[+-]?[\d.,]+[eE][+-]?\d+")
SEPARATOR_LINE = re.compile(r"sep=(.)\s*", re.IGNORECASE)
"""What spreadsheets write before a table, for themselves."""
MOST_LINES_BEFORE = 100
"""Titles and notes before a header are fewer."""
DECIMAL_COMMA = re.compile(r"[+-]?\d+,\d+")


@dataclass(frozen=True)
class Dialect:
    """The way one file is written.

    `header_line` counts the lines before the header; `sample` are the first records, split.
    `is_first_whole` says whether the line after the header has all its fields.
    """

    delimiter: str
    header: tuple[str, ...]
    header_line: int
    sample: tuple[tuple[str, ...], ...]
    is_first_whole: bool

    @property
    def first_line(self) -> int:
        """Line number, from 1, of the first line after the header."""
        return self.header_line + 2

    def values(self, column: int) -> list[str]:
        """Return what the sample holds in a column, without blanks and empties."""
        cells = (row[column].strip() for row in self.sample if column < len(row))
        return [cell for cell in cells if cell]

    def type_of(self, column: int) -> type[pl.DataType]:
        """Return the narrowest type that holds every sampled value of a column."""
        values = self.values(column)
        if not values:
            return pl.String
        if all(WHOLE.fullmatch(value) for value in values):
            return pl.Int64
        return pl.Float64 if all(DECIMAL.fullmatch(value) for value in values) else pl.String

    def has_exponents(self, column: int) -> bool:
        """Tell whether a column writes numbers as 4.41E+08."""
        return any(EXPONENT.fullmatch(value) for value in self.values(column))

    def has_decimal_comma(self, columns: Sequence[int]) -> bool:
        """Tell whether the given columns write 38,5 for 38.5."""
        cells = [value for column in columns for value in self.values(column)]
        return self.delimiter != "," and any(DECIMAL_COMMA.fullmatch(cell) for cell in cells)


def split(line: str, delimiter: str) -> list[str]:
    """Split one line at its delimiter, honouring quotes that are closed."""
    try:
        return next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return line.split(delimiter)


def dialect_of(head: bytes) -> Dialect | None:
    """Tell how a file is written from its first bytes; None where it is no delimited text."""
    if b"\x00" in head:
        return None
    lines = head.decode("utf-8", errors="replace").removeprefix("\ufeff").split("\n")
    if len(head) >= HEAD_BYTES:
        lines = lines[:-1]
    lines = [line.rstrip("\r") for line in lines]
    number, delimiter = _header_in(lines)
    if number is None:
        return None
    header = split(lines[number], delimiter)
    rows = [line for line in lines[number + 1 :][:SAMPLE_LINES] if line.strip()]
    sample = tuple(tuple(split(line, delimiter)) for line in rows)
    following = lines[number + 1] if number + 1 < len(lines) else ""
    is_first_whole = len(split(following, delimiter)) == len(header)
    names = tuple(name.strip() for name in header)
    return Dialect(delimiter, names, number, sample, is_first_whole)


def _header_in(lines: list[str]) -> tuple[int | None, str]:
    """Return the line of the column names, and the delimiter: the first line that names all that is needed.

    Where none does, it is the first line that is wide enough: what it lacks is reported when it is read.
    """
    first, stated = None, ""
    for number, line in enumerate(lines[:MOST_LINES_BEFORE]):
        separator = SEPARATOR_LINE.fullmatch(line)
        if separator and first is None:
            stated = separator[1]
        elif line.strip():
            delimiter = stated or max(DELIMITERS, key=lambda d: len(split(line, d)))
            header = split(line, delimiter)
            if len(header) >= FEWEST_COLUMNS and first is None:
                first = (number, delimiter)
            if len(header) >= FEWEST_COLUMNS and names_positions(header):
                return number, delimiter
    return first or (None, "")


def names_positions(header: Sequence[str]) -> bool:
    """Return whether some texts are the names of columns with time and position."""
    return is_header(header) and name_tracks(header)


def is_header(names: Sequence[str]) -> bool:
    """Return whether cells are names: no cell of a header is a number, and most start with a letter."""
    lettered = sum(plain(name)[:1].isalpha() for name in names)
    return lettered * 2 > len(names) and not any(DECIMAL.fullmatch(n) for n in names if n)
