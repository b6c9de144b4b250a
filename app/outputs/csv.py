"""Events as CSV, for spreadsheets and databases."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

from app.outputs.flat import MORE, NARROW, TIME, narrow_row, wide_row, with_milliseconds

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.outputs.flat import Collection, Row

FORMULA_STARTS = tuple("=+-@|%\t\r\n＝＋－＠")  # noqa: RUF001 - full-width signs begin formulas too
"""A spreadsheet may run a cell that begins with one of these, or pass it to another program."""

LINE_BREAK = re.compile(r"[\r\n]+")


def narrow_csv(collection: Collection) -> bytes:
    """Return one line per event, with the columns that most users need."""
    return _csv(map(narrow_row, collection["features"]), list(NARROW))


def wide_csv(collection: Collection) -> bytes:
    """Return one line per event, with a column for everything that occurs: all vessels, each measure."""
    rows = [wide_row(feature) for feature in collection["features"]]
    return _csv(rows, list(dict.fromkeys([*NARROW, *MORE, *(name for row in rows for name in row)])))


def _csv(rows: Iterable[Row], columns: list[str]) -> bytes:
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows({name: _cell(name, value) for name, value in row.items()} for row in rows)
    return buffer.getvalue().encode()


def _cell(name: str, value: object) -> object:
    """Return a value that a spreadsheet does not run, on one line: names are received as sent.

    Times are all of one length: pandas takes a column with and without milliseconds for text.
    """
    if isinstance(value, bool):
        return str(value).lower()
    if not isinstance(value, str):
        return value
    if NARROW.get(name) == TIME:
        return with_milliseconds(value)
    safe = f"'{value}" if value.startswith(FORMULA_STARTS) else value
    return LINE_BREAK.sub(" ", safe)
