"""One sheet of a workbook -> CSV, with dates as people would write them."""

from __future__ import annotations

import csv
import datetime as dt
from itertools import islice
from typing import TYPE_CHECKING

from app.readers.base.naming import name_tracks, place_of
from app.readers.csv.dialect import FEWEST_COLUMNS, is_header

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from python_calamine import CalamineSheet

HEADER_WITHIN_ROWS = 50
EPOCH_1900, EPOCH_1904 = 25_569.0, 24_107.0
"""1970-01-01 in the days of workbooks, which count from 1899-12-30 or from 1904-01-01."""
FIRST_DAY, LAST_DAY = 7_305.0, 47_482.0
"""1990-01-01 and 2100-01-01 in days from 1970: a number between them in a column of times is a date."""
DAY_S = 86_400
MIDNIGHT = dt.time()


def written(path: Path, sheet: CalamineSheet, epoch: float) -> None:
    """Write a sheet as CSV; rows above its header become blank lines, so that lines keep their numbers.

    `epoch` is 1970-01-01 in the days of the workbook.
    """
    header = _header_row(sheet)
    above = (sheet.start or (0, 0))[0] + header
    form = _Columns(sheet, header, epoch)
    with path.open("w", encoding="utf-8", newline="") as out:
        out.write("\n" * above)
        write = csv.writer(out, lineterminator="\n").writerow
        for row in islice(sheet.iter_rows(), header, None):
            cells = form.texts(row)
            write(cells if any(cells) else [])


def _header_row(sheet: CalamineSheet) -> int:
    """Return the row that names the columns: one that names all we need, else the first row of names."""
    rows = [[_text(cell) for cell in row] for row in islice(sheet.iter_rows(), HEADER_WITHIN_ROWS)]
    whole = (number for number, names in enumerate(rows) if name_tracks(names))
    some = (number for number, names in enumerate(rows) if _are_names(names))
    return next(whole, next(some, 0))


def _are_names(names: Sequence[str]) -> bool:
    filled = [name for name in names if name]
    return len(filled) >= FEWEST_COLUMNS and is_header(filled)


class _Columns:
    """How the columns of a sheet are written: which hold dates without a clock, which is the time."""

    def __init__(self, sheet: CalamineSheet, header: int, epoch: float) -> None:
        rows = islice(sheet.iter_rows(), header, None)
        names = [_text(cell) for cell in next(rows, [])]
        self._time = place_of("time", names)
        self._epoch = epoch
        self._has_clock = {place for row in rows for place in _clocks(row)}

    def texts(self, row: Sequence[object]) -> list[str]:
        """Return the cells of a row as texts."""
        return [self._cell(place, value) for place, value in enumerate(row)]

    def _cell(self, place: int, value: object) -> str:
        if type(value) is dt.date and place in self._has_clock:
            value = dt.datetime.combine(value, MIDNIGHT)  # a full day has lost its clock on the way
        if place == self._time and isinstance(value, float):
            value = self._date_of(value)
        return _text(value)

    def _date_of(self, number: float) -> object:
        """Return the date that a bare number in the column of times is; an epoch stays as it is."""
        days = number - self._epoch
        if not FIRST_DAY <= days < LAST_DAY:
            return number
        return dt.datetime(1970, 1, 1) + dt.timedelta(days=days)  # noqa: DTZ001 - a cell has no zone


def _clocks(row: Sequence[object]) -> Iterator[int]:
    for place, value in enumerate(row):
        if isinstance(value, dt.datetime):
            yield place


def _text(value: object) -> str:
    r"""Return a cell as text: whole numbers without a fraction, moments to the millisecond.

    >>> _text(441000101.0), _text(dt.datetime(2024, 3, 4, 4, 1, 59, 999_900)), _text("a\nb")
    ('441000101', '2024-03-04 04:02:00', 'a b')
    """
    if isinstance(value, dt.datetime):
        rounded = value + dt.timedelta(microseconds=500)
        part = f".{rounded.microsecond // 1000:03}" if rounded.microsecond >= 1000 else ""  # noqa: PLR2004
        return f"{rounded:%Y-%m-%d %H:%M:%S}{part}"
    if isinstance(value, dt.timedelta):
        seconds = round(value.total_seconds())
        return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, str):
        return " ".join(value.split())
    return str(value)
