"""Which tables are plain: bare numbers, and times of one quick form. `plain_rows` reads them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from app.readers.csv.plain_rows import ANY_DIGIT, DECIMAL, PASSED_OVER, TIME, WHOLE, read_rows
from app.readers.values.times import is_zoneless

if TYPE_CHECKING:
    from collections.abc import Mapping

    from detectors.tracks.reports import Int64, UInt8

PARTS = {"%Y": 4, "%m": 2, "%d": 2, "%H": 2, "%M": 2, "%S": 2}
"""Parts of a time, and how many digits each has."""
SHORTEST_BYTES = 1 << 20
"""A smaller table gains nothing, and on a new machine would wait for the loop to be compiled."""
ROLES: Mapping[type[pl.DataType], int] = {pl.Int64: WHOLE, pl.Float64: DECIMAL}


@dataclass(frozen=True)
class Clock:
    """A form of time as bytes: what stands before a fraction of a second, and what ends it."""

    form: UInt8
    parts: Int64
    has_fraction: bool
    ending: UInt8

    @classmethod
    def of(cls, form: str) -> Clock:
        """Return the clock of one of `times.QUICK_FORMS`.

        >>> Clock.of("%Y-%m-%dT%H:%M:%S%.fZ").parts.tolist()
        [0, 5, 8, 11, 14, 17]
        """
        front, seconds, ending = form.partition("%S")
        written, places = "", {}
        for word in re.split("(%.)", front + seconds):
            if word in PARTS:
                places[word] = len(written)
            written += chr(ANY_DIGIT) * PARTS[word] if word in PARTS else word
        parts = np.array([places.get(part, 0) for part in PARTS], dtype=np.int64)
        return cls(_bytes(written), parts, "%.f" in ending, _bytes(ending.removeprefix("%.f")))


@dataclass(frozen=True)
class PlainTable:
    """How to read a plain table: what each field of a row holds, our columns in their order, the times."""

    delimiter: str
    roles: UInt8
    columns: tuple[str, ...]
    clock: Clock
    zone: str | None

    def frame(self, text: UInt8, lines: int) -> pl.DataFrame | None:
        """Return the columns of whole lines, None where any of them is odd."""
        held = self.roles[self.roles != PASSED_OVER].tolist()
        clock = self.clock
        how = (ord(self.delimiter), self.roles, clock.form, clock.parts, clock.has_fraction, clock.ending)
        rows, wholes, decimals = read_rows(text, *how, lines)
        if rows < lines:
            return None
        rest = {WHOLE: iter(wholes), DECIMAL: iter(decimals)}
        rest[TIME] = rest[WHOLE]
        filled = {name: next(rest[role]) for name, role in zip(self.columns, held, strict=True)}
        frame = pl.DataFrame(filled)
        return (
            frame.with_columns(pl.col("time").cast(pl.Datetime("us", self.zone))) if TIME in held else frame
        )


def plain_table(
    delimiter: str,
    width: int,
    columns: Mapping[str, tuple[int, type[pl.DataType]]],
    time_form: str | None,
) -> PlainTable | None:
    """Return how to read a table of `width` columns, None for one that is not plain.

    `columns` give the place and type of each of ours, `time_form` the quick form of its times, if any.
    """
    roles = np.full(width, PASSED_OVER, dtype=np.uint8)
    for name, (place, dtype) in columns.items():
        role = TIME if name == "time" and time_form else ROLES.get(dtype)
        if role is None or (name == "mmsi" and role != WHOLE) or roles[place] != PASSED_OVER:
            return None
        roles[place] = role
    in_order = sorted(columns, key=lambda name: columns[name][0])
    zone = None if is_zoneless(time_form or "") else "UTC"
    return PlainTable(delimiter, roles, tuple(in_order), Clock.of(time_form or ""), zone)


def _bytes(text: str) -> UInt8:
    return np.frombuffer(text.encode("ascii"), dtype=np.uint8)
