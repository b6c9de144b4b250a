"""Longitudes and latitudes as people write them -> decimal degrees."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from app.readers.values.numbers import floats, measured

if TYPE_CHECKING:
    from detectors.tracks.reports import Bool, Float64

NUMBER = r"[0-9]+(?:[.,][0-9]+)?"
GAP = r"(?:°|º|deg|[dD:\s-])"
MINUTE_MARK = r"(?:'|\x{2032}|\x{2019}|min|[mM:\s-])"
SECOND_MARK = r"(?:''|\"|\x{2033}|\x{201d}|sec|[sS](?:$|\s))"
DEGREES = (
    r"^([NSEWnsew])?\s*([+-])?\s*([0-9]{1,3}(?:[.,][0-9]+)?)\s*"
    rf"(?:{GAP}\s*(?:({NUMBER})\s*(?:{MINUTE_MARK}\s*(?:({NUMBER})\s*{SECOND_MARK}?)?)?)?)?\s*([NSEWnsew])?$"
)
"""Side, sign, degrees, minutes, seconds, side: 38.5N, N38°30.5', 38-30-15 S, 38 30.5."""
PACKED = r"^([NSEWnsew])?\s*([+-])?\s*([0-9]{1,3})([0-9]{2}(?:[.,][0-9]+)?)\s*([NSEWnsew])?$"
"""As NMEA 0183 writes them: degrees and minutes without a gap, 3830.5N."""
SIXTY = 60.0


def degrees(column: pl.Series, ours: str, factor: float = 1.0) -> tuple[Float64, Bool]:
    """Return decimal degrees (NaN where missing), and a mask of what was there but is no angle.

    >>> texts = pl.Series(["38.5", "38°30.0'N", "N38 30 00", "3830.0S", "-38:30", "north"])
    >>> degrees(texts, "lat")[0].tolist()
    [38.5, 38.5, 38.5, -38.5, -38.5, nan]
    """
    values, odd = measured(column, ours, factor)
    if not odd.any():
        return values, odd
    values = values.copy()
    values[odd] = _with_minutes(column.filter(pl.Series(odd)).str.strip_chars())
    return values, odd & np.isnan(values)


def _with_minutes(texts: pl.Series) -> Float64:
    part = texts.str.extract_groups(DEGREES).struct.unnest()
    whole = _angle(part["3"], part["4"], part["5"]) * _sign(part["1"], part["2"], part["6"])
    packed = texts.str.extract_groups(PACKED).struct.unnest()
    has_side = (packed["1"].is_not_null() | packed["5"].is_not_null()).to_numpy()
    tight = _angle(packed["3"], packed["4"], None) * _sign(packed["1"], packed["2"], packed["5"])
    return np.where(has_side & ~np.isnan(tight) & np.isnan(whole), tight, whole)


def _angle(degree: pl.Series, minute: pl.Series, second: pl.Series | None) -> Float64:
    """Return degrees of their parts, NaN where there are sixty minutes or seconds and more."""
    none = pl.repeat(None, len(degree), dtype=pl.String, eager=True)
    d, m, s = (_number(part) for part in (degree, minute, none if second is None else second))
    m, s = np.nan_to_num(m), np.nan_to_num(s)
    return np.where((m < SIXTY) & (s < SIXTY), d + m / SIXTY + s / SIXTY**2, np.nan)


def _number(texts: pl.Series) -> Float64:
    return floats(texts.str.replace(",", ".", literal=True).cast(pl.Float64, strict=False))


def _sign(side: pl.Series, sign: pl.Series, other: pl.Series) -> Float64:
    """Return -1 south, west and below zero, NaN where a side stands on both ends."""
    letter = side.fill_null(other).str.to_uppercase()
    negative = (letter.is_in(["S", "W"]) | (sign == "-")).fill_null(value=False).to_numpy()
    both = (side.is_not_null() & other.is_not_null()).to_numpy()
    return np.where(both, np.nan, np.where(negative, -1.0, 1.0))


def signs_of_sides(column: pl.Series) -> Float64:
    """Return -1 where a column names south or west, else 1.

    >>> signs_of_sides(pl.Series(["N", "south", "W", None])).tolist()
    [1.0, -1.0, -1.0, 1.0]
    """
    first = column.cast(pl.String).str.strip_chars().str.to_uppercase().str.head(1)
    return np.where(first.is_in(["S", "W"]).fill_null(value=False).to_numpy(), -1.0, 1.0)
