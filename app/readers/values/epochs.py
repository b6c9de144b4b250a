"""Times that are written as one number -> epoch seconds: each number's size tells what it counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from app.readers.values.calendar import civil_s
from app.readers.values.numbers import floats
from app.readers.values.rules import EARLIEST_TIME_S, LATEST_TIME_S

if TYPE_CHECKING:
    from detectors.tracks.reports import Bool, Float64

EPOCH_UNITS_S = ((1e11, 1.0), (1e14, 1e-3), (1e17, 1e-6), (np.inf, 1e-9))
"""Epoch numbers below each bound count in this unit: s, ms, us, ns. All hold for 1973 to 5138."""
DAY_S, EXCEL_1970 = 86400.0, 25569.0
"""Spreadsheets count days since 1899-12-30; 1970-01-01 is this day of theirs."""
EXCEL_DAYS = (EARLIEST_TIME_S / DAY_S + EXCEL_1970, LATEST_TIME_S / DAY_S + EXCEL_1970)
DATE_DIGITS = {8: 0, 12: 4, 14: 6, 17: 9}
"""Digits of 20240304, 20240304 0402, 20240304 040233 and with milliseconds; those behind the date."""
EXPONENT = r"^[+-]?([0-9]+(?:[.,][0-9]+)?)[eE]\+?([0-9]+)$"
COARSE_S = 1.0
"""A number that was rounded to more than this is no time of a report."""
FEW_DIGITS = (
    "times written with an exponent and too few digits ({example}): a spreadsheet rounded them. "
    "Format the column as text, or as a number without an exponent, before it is saved"
)


def epoch_s(values: Float64) -> Float64:
    """Return epoch seconds of numbers: s, ms, us or ns since 1970, compact dates, days of a spreadsheet.

    The ranges of these for the years 1990 to 2099 do not meet, so each number is judged by itself. What lies
    in none is taken for an epoch in the unit that is nearest, so that it is reported as out of range.

    >>> epoch_s(np.array([1.7e9, 1.7e12, 20240304040200.0, 45355.5])).tolist()
    [1700000000.0, 1700000000.0, 1709524920.0, 1709553600.0]
    """
    if _inside(values).all():
        return values
    bounds, units = (np.array(part) for part in zip(*EPOCH_UNITS_S, strict=True))
    size = np.searchsorted(bounds, np.abs(np.nan_to_num(values, posinf=0.0, neginf=0.0)), side="right")
    seconds: Float64 = values * units[np.minimum(size, len(units) - 1)]
    rest = np.flatnonzero(~_inside(seconds) & np.isfinite(values))
    seconds[rest] = _odd_s(values[rest], seconds[rest])
    return seconds


def _inside(seconds: Float64) -> Bool:
    return (seconds >= EARLIEST_TIME_S) & (seconds < LATEST_TIME_S)


def _odd_s(values: Float64, otherwise: Float64) -> Float64:
    """Return the times of numbers that count neither seconds nor parts of one."""
    seconds = otherwise.copy()
    days = (values >= EXCEL_DAYS[0]) & (values < EXCEL_DAYS[1])
    seconds[days] = np.round((values[days] - EXCEL_1970) * DAY_S, 3)
    for digits in DATE_DIGITS:
        rows = np.flatnonzero((values >= 1.9 * 10.0 ** (digits - 1)) & (values < 2.1 * 10.0 ** (digits - 1)))
        if len(rows):
            read = _compact_s(values[rows], digits)
            seconds[rows] = np.where(_inside(read), read, seconds[rows])
    return seconds


def _compact_s(values: Float64, digits: int) -> Float64:
    """Return the times of numbers such as 20240304040233, NaN where they are no date."""
    behind = DATE_DIGITS[digits]
    date, clock = np.divmod(values, 10.0**behind)
    clock *= 10.0 ** (9 - behind)  # hhmmss and thousandths
    hms, milli = np.divmod(clock, 1000.0)
    parts = (date // 10000, date // 100 % 100, date % 100, hms // 10000, hms // 100 % 100, hms % 100)
    return civil_s(*parts) + milli * 1e-3


def has_lost_digits(texts: pl.Series, seconds: Float64) -> Bool:
    """Return which numbers with an exponent were rounded to more than a second.

    >>> has_lost_digits(pl.Series(["1.70951E+12", "1.709510400000E+12"]), np.array([1.7e9, 1.7e9])).tolist()
    [True, False]
    """
    part = texts.str.extract_groups(EXPONENT).struct.unnest()
    if part["1"].null_count() == len(part):
        return np.zeros(len(texts), dtype=bool)
    mantissa = part["1"].str.replace(",", ".", literal=True)
    exponent = floats(part["2"].cast(pl.Float64))
    decimals = floats(mantissa.str.len_chars() - mantissa.str.find(".", literal=True) - 1).copy()
    decimals[np.isnan(decimals) & ~np.isnan(exponent)] = 0.0
    with np.errstate(all="ignore"):
        value = floats(mantissa.cast(pl.Float64)) * 10.0**exponent
        step_s = 10.0 ** (exponent - decimals) * np.abs(seconds / value)
    return np.nan_to_num(step_s, nan=0.0) > COARSE_S
