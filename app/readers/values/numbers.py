"""Text of a file -> numbers, with missing values distinguished from unreadable ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

if TYPE_CHECKING:
    from detectors.tracks.reports import Bool, Float64

MISSING_TEXTS = (
    "",
    "-",
    "none",
    "null",
    "nil",
    "nan",
    "na",
    "n/a",
    "unknown",
    "unknown value",
    "undefined",
    "not available",
    "not defined",
)
"""How exporters write "no value" (exactEarth, DMA and pandas among them), in lower case."""


NO_SCALAR = "(not a single value)"
"""Stands for a list, object or truth value where one number or text belongs: never a value."""


def stripped(column: pl.Series) -> pl.Series:
    """Return texts without blanks around them, null where they mean that there is no value."""
    texts = column.cast(pl.String).str.strip_chars()
    return texts.set(texts.str.to_lowercase().is_in(MISSING_TEXTS), None)


def numbers(column: pl.Series) -> tuple[Float64, Bool]:
    """Return values (NaN where missing) and a mask of what was there but is not a number.

    >>> values, malformed = numbers(pl.Series(["38.5", "38,5", "None", "north"]))
    >>> values.tolist(), malformed.tolist()
    ([38.5, 38.5, nan, nan], [False, False, False, True])
    """
    if column.dtype == pl.Null:
        return np.full(len(column), np.nan), np.zeros(len(column), bool)
    if column.dtype.is_numeric():
        return floats(column), np.zeros(len(column), bool)
    texts = stripped(column)
    values = texts.str.replace(",", ".", literal=True).cast(pl.Float64, strict=False)
    malformed = values.is_null() & texts.is_not_null()
    return floats(values), malformed.to_numpy()


def floats(column: pl.Series) -> Float64:
    """Return a numeric column as float64 with NaN for null.

    >>> floats(pl.Series([1, None])).tolist()
    [1.0, nan]
    """
    whole = column.cast(pl.Float64)
    return (whole.fill_null(np.nan) if whole.has_nulls() else whole).to_numpy()
