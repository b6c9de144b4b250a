"""Text of a file -> numbers, with missing values distinguished from unreadable ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from app.readers.values.units import plain_unit, unit_of

if TYPE_CHECKING:
    from detectors.tracks.reports import Bool, Float64

MISSING_TEXTS = (
    *("", "-", "--", "---", ".", "?", "*"),
    *("none", "(none)", "null", "(null)", "<null>", "nil", r"\n", "nan", "nat", "na", "n/a", "n.a.", "<na>"),
    *("#n/a", "#na", "#null!", "#value!", "#ref!", "#div/0!", "#num!", "#name?"),
    *(
        "unknown",
        "unknown value",
        "undefined",
        "not available",
        "not defined",
        "no data",
        "(blank)",
        "(empty)",
    ),
)
"""How exporters write "no value" (exactEarth, DMA, pandas, PostgreSQL, spreadsheets), in lower case."""

NO_SCALAR = "(not a single value)"
"""Stands for a list, object or truth value where one number or text belongs: never a value."""
FORMULA = '="'
"""Before a text that a spreadsheet must not take for a number: ="441000101"."""
WITH_UNIT = r"^([+-]?[0-9]+(?:[.,' ][0-9]{3})*(?:[.,][0-9]+)?)\s*([^0-9\s].*)?$"
"""A number, perhaps with signs between thousands, and what stands behind it."""


def stripped(column: pl.Series) -> pl.Series:
    """Return texts without blanks around them, null where they mean that there is no value.

    >>> stripped(pl.Series([' a ', '="441000101"', "#N/A", chr(92) + "N"])).to_list()
    ['a', '441000101', None, None]
    """
    texts = column.cast(pl.String).str.strip_chars()
    if texts.str.starts_with(FORMULA).any():
        texts = texts.str.replace(r'^="(.*)"$', "${1}").str.strip_chars()
    return texts.set(texts.str.to_lowercase().is_in(MISSING_TEXTS), None)


def numbers(column: pl.Series) -> tuple[Float64, Bool]:
    """Return values (NaN where missing) and a mask of what was there but is not a number.

    >>> values, malformed = numbers(pl.Series(["38.5", "38,5", "None", "north"]))
    >>> values.tolist(), malformed.tolist()
    ([38.5, 38.5, nan, nan], [False, False, False, True])
    """
    return measured(column, "")


def measured(column: pl.Series, ours: str, factor: float = 1.0) -> tuple[Float64, Bool]:
    """Return the values of one of our columns in our units, as `numbers` does.

    `factor` is what one step of the column is where a cell names no unit of its own.

    >>> measured(pl.Series(["10.0 kn", "18.52 km/h", "7", "fast"]), "sog")[0].round(1).tolist()
    [10.0, 10.0, 7.0, nan]
    """
    if column.dtype == pl.Null:
        return np.full(len(column), np.nan), np.zeros(len(column), bool)
    if column.dtype.is_numeric():
        return _times(floats(column), factor), np.zeros(len(column), bool)
    texts = stripped(column)
    values = texts.str.replace(",", ".", literal=True).cast(pl.Float64, strict=False)
    read = _times(floats(values), factor)
    odd = (values.is_null() & texts.is_not_null()).to_numpy()
    if not odd.any():
        return read, odd
    read = read.copy()
    read[odd] = _with_units(texts.filter(pl.Series(odd)), ours, factor)
    return read, odd & np.isnan(read)


def _times(values: Float64, factor: float) -> Float64:
    return values if factor == 1.0 else values * factor


def _with_units(texts: pl.Series, ours: str, factor: float) -> Float64:
    """Return what numbers with a unit behind them are in our units, NaN where the unit is not known."""
    part = texts.str.extract_groups(WITH_UNIT).struct.unnest()
    named = part["2"].unique().drop_nulls().to_list()
    units = {text: unit for text in named if (unit := unit_of(plain_unit(text), ours))}
    factors = part["2"].replace_strict(
        {text: unit.factor for text, unit in units.items()}, default=None, return_dtype=pl.Float64
    )
    factors = factors.set(part["2"].is_null(), factor)
    bare = part["1"].str.replace_all(r"[ ']", "").str.replace_all(r"[.,]([0-9]{3})([.,])", "${1}${2}")
    values = bare.str.replace(",", ".", literal=True).cast(pl.Float64, strict=False)
    return floats(values) * floats(factors)


def floats(column: pl.Series) -> Float64:
    """Return a numeric column as float64 with NaN for null.

    >>> floats(pl.Series([1, None])).tolist()
    [1.0, nan]
    """
    whole = column.cast(pl.Float64)
    return (whole.fill_null(np.nan) if whole.has_nulls() else whole).to_numpy()
