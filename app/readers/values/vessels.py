"""Vessel identifiers -> the number that stands for a vessel."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from app.readers.base.reader import ReadError
from app.readers.values.numbers import NO_SCALAR, floats, stripped
from detectors.tracks.reports import vessel_key

if TYPE_CHECKING:
    from detectors.tracks.reports import Bool, Int64

WHOLE_NUMBER = r"^\+?\d{1,15}(?:[.,]0*)?$|^\+?\d(?:[.,]\d+)?[eE]\+?\d{1,2}$"
"""An MMSI as files have it: 9 digits, fewer where zeros were lost, or a float such as 4.41000101e8."""
EXPONENT = r"^\+?(\d)(?:[.,](\d+))?[eE]\+?(\d{1,2})$"
THOUSANDS = r"^(\d{1,3})[ ,.'\x{a0}\x{202f}](\d{3})[ ,.'\x{a0}\x{202f}](\d{3})$"
NAMED_MMSI = r"(?i)^(?:.*\bmmsi)[:= ]*(\d{9})$"
"""MMSI 441000101, and Signal K's urn:mrn:imo:mmsi:441000101."""
SINGLE_HOLDS = 1 << 24
"""Beyond this a 32-bit float no longer holds every whole number."""
FEW_DIGITS = (
    "identifiers with too few digits ({example}): {by} rounded them, and vessels can no longer be told "
    "apart. {cure}"
)
SPREADSHEET = ("a spreadsheet", "Format the column as text before it is saved")
SINGLE_FLOAT = ("32-bit floating point", "Write the column as integers or text")
HIGHEST_NUMBER = 10**15
"""Beyond this a float no longer holds every whole number: such an identifier is a text."""


@dataclass(frozen=True)
class Vessels:
    """One number per row, 0 where the row names no vessel; names of those without an MMSI.

    `is_bad` marks identifiers that cannot name a vessel: such rows must not become one vessel; `cure` says
    how to mend them, where that is known.
    """

    key: Int64
    own_ids: dict[int, str] = field(default_factory=dict)
    is_bad: Bool = field(default_factory=lambda: np.zeros(1, dtype=bool))
    cure: str | None = None

    def of_rows(self, owner: Int64) -> Vessels:
        """Give each row the vessel of its owner, a place among these."""
        return Vessels(self.key[owner], self.own_ids, self.is_bad[owner], self.cure)


def by_mmsi(column: pl.Series) -> Vessels:
    """Read a column of MMSIs. What is not an MMSI becomes the track's own identifier.

    >>> by_mmsi(pl.Series(["4.45000101e8", "002190067", "", "441,000,101", "Wolmi 3"])).key.tolist()[:4]
    [445000101, 2190067, 0, 441000101]
    """
    if column.dtype.is_integer() and not column.has_nulls() and (column.to_numpy() >= 0).all():
        return Vessels(column.cast(pl.Int64, strict=False).fill_null(0).to_numpy())
    texts, is_bad = _names(column)
    numeric = texts.str.contains(WHOLE_NUMBER).fill_null(value=False)
    if not (numeric | texts.is_null()).all():
        texts = _bare(texts)
        numeric = texts.str.contains(WHOLE_NUMBER).fill_null(value=False)
    return _keys(texts, numeric, is_bad, column.dtype)


def _bare(texts: pl.Series) -> pl.Series:
    """Return MMSIs without what spreadsheets and other formats write into or before them."""
    return texts.str.replace(THOUSANDS, "${1}${2}${3}").str.replace(NAMED_MMSI, "${1}")


def by_own_id(column: pl.Series) -> Vessels:
    """Read a column of track identifiers. Only nine digits are taken for an MMSI."""
    texts, is_bad = _names(column)
    return _keys(texts, texts.str.contains(r"^\d{9}$").fill_null(value=False), is_bad, column.dtype)


def _names(column: pl.Series) -> tuple[pl.Series, Bool]:
    """Return identifiers as texts, null where there is none, and which of them cannot name a vessel.

    A truth value, a list, an object or a broken number names no vessel; a text may be any name.
    """
    if column.dtype.is_nested() or column.dtype == pl.Boolean:
        return pl.Series([None], dtype=pl.String).new_from_index(
            0, len(column)
        ), column.is_not_null().to_numpy()
    texts = stripped(column)
    odd = texts == NO_SCALAR
    if column.dtype.is_float():
        odd = column.is_not_nan() & (column != column.floor())
    odd = odd.fill_null(value=False)
    return texts.set(odd, None), odd.to_numpy()


def one_vessel(own_id: str, size: int) -> Vessels:
    """Give all rows to one vessel that is known by its own identifier only."""
    key = vessel_key(own_id)
    return Vessels(np.full(size, key, dtype=np.int64), {key: own_id})


def check_count(column: pl.Series, most: int, name: str) -> None:
    """Raise ReadError for a column that names more vessels than there may be."""
    if len(column) > most and (count := column.n_unique()) > most:
        raise ReadError(too_many(count, most, name))


def too_many(count: int, most: int, name: str) -> str:
    """Return the message for more vessels than the limit, with the remedy."""
    return (
        f"{name}: {count:,} different vessels, more than the limit of {most:,}. If that column numbers rows, "
        "pin the one that names the vessel; else cut the file by area and read the parts"
    )


def _keys(texts: pl.Series, numeric: pl.Series, is_bad: Bool, dtype: pl.DataType) -> Vessels:
    lost = _has_lost_digits(texts, dtype)
    cure = None
    if lost.any():
        by, how = SINGLE_FLOAT if dtype == pl.Float32 else SPREADSHEET
        cure = FEW_DIGITS.format(example=texts.filter(lost)[0], by=by, cure=how)
        texts, numeric, is_bad = texts.set(lost, None), numeric & ~lost, is_bad | lost.to_numpy()
    values = floats(
        texts.set(~numeric, None).str.replace(",", ".", literal=True).cast(pl.Float64, strict=False)
    )
    whole = (values == np.floor(values)) & (values < HIGHEST_NUMBER)
    key = np.where(whole, values, 0).astype(np.int64)
    named = texts.is_not_null().to_numpy() & ~whole
    own_ids = {vessel_key(text): text for text in texts.filter(named).unique(maintain_order=True).to_list()}
    if own_ids:
        numbers = {text: number for number, text in own_ids.items()}
        key[named] = [numbers[text] for text in texts.filter(named).to_list()]
    return Vessels(key, own_ids, is_bad, cure)


def _has_lost_digits(texts: pl.Series, dtype: pl.DataType) -> pl.Series:
    """Return which identifiers were rounded: fewer digits than their exponent needs, or too many for a float.

    >>> _has_lost_digits(pl.Series(["4.41E+08", "4.41000101E+08", "441000101"]), pl.String()).to_list()
    [True, False, False]
    """
    if dtype == pl.Float32:
        return (texts.cast(pl.Float64, strict=False) > SINGLE_HOLDS).fill_null(value=False)
    if dtype != pl.String:
        return pl.repeat(False, len(texts), dtype=pl.Boolean, eager=True)
    part = texts.str.extract_groups(EXPONENT).struct.unnest()
    digits = part["2"].str.len_chars().fill_null(0)
    return (part["3"].cast(pl.Int64, strict=False) > digits).fill_null(value=False)
