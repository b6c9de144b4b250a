"""Calendar dates and clock times of texts -> epoch seconds."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from app.readers.values.numbers import floats

if TYPE_CHECKING:
    from detectors.tracks.reports import Bool, Float64

MONTHS, HOURS, MINUTES, SECONDS = 12, 24, 60, 61
"""A clock shows less than each; a minute may have a leap second."""
CENTURY, FIRST_YEAR_OF_TWO_DIGITS = 100, 70
"""Of years with two digits, 70 to 99 are of the last century."""
MONTH_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

ZONE = r"\s*(Z|z|UTC|GMT|[+-][0-9]{2}(?::?[0-9]{2})?)?(?:\s*(?:UTC|GMT|Z))?$"
CLOCK = r"([0-9]{1,2}):?([0-9]{2})(?::?([0-9]{2})(?:[.,]([0-9]{1,12}))?)?"
DOTTED_CLOCK = r"([0-9]{1,2})[:.]([0-9]{2})(?:[:.]([0-9]{2})(?:[.,]([0-9]{1,12}))?)?"
"""As Oracle writes it: 04.02.00.000000 AM."""
ORDINAL = r"^[0-9]{4}-[0-9]{3}(?:[T ]|$)"
"""A year and the day in it (ISO 8601): it must not pass for year, month and day."""
HALF_DAY = r"\s*([AaPp])?\.?(?:[Mm])?\.?"
YEAR_FIRST = rf"^([0-9]{{4}})[-/.]?([0-9]{{1,2}})[-/.]?([0-9]{{1,2}})(?:[T _,]*{CLOCK})?{HALF_DAY}{ZONE}"
YEAR_LAST = (
    rf"^([0-9]{{1,2}})[-/.]([0-9]{{1,2}})[-/.]([0-9]{{4}}|[0-9]{{2}})(?:[T ,_]+{CLOCK})?{HALF_DAY}{ZONE}"
)
MONTH_NAMED = (
    rf"^(?:[A-Za-z]{{3,9}},? +)?([0-9]{{1,2}})[-/. ]*([A-Za-z]{{3,9}})\.?[-/., ]*([0-9]{{4}}|[0-9]{{2}})"
    rf"(?:[T ,:_]+{DOTTED_CLOCK})?{HALF_DAY}{ZONE}"
)
MONTH_BEFORE_DAY = (
    rf"^(?:[A-Za-z]{{3,9}},? +)?([A-Za-z]{{3,9}})\.? +([0-9]{{1,2}}),? +([0-9]{{4}})"
    rf"(?:[T ,_]+{CLOCK})?{HALF_DAY}{ZONE}"
)
YEAR_AT_END = rf"^[A-Za-z]{{3}} +([A-Za-z]{{3}}) +([0-9]{{1,2}}) +{CLOCK} +(?:UTC |GMT )?([0-9]{{4}})$"
"""As `date` and C's ctime write it."""


REGIONAL: tuple[tuple[str, str], ...] = (
    (r"\s*[년年월月]\s*", "-"),
    (r"\s*[일日]", ""),
    (r"(?:오전|上午|午前)\s*([0-9:.]+)", "${1} AM"),
    (r"(?:오후|下午|午後)\s*([0-9:.]+)", "${1} PM"),
    (r"\s*(?:KST|JST)$", "+09:00"),
)
"""Dates and halves of the day as Korea, China and Japan write them; zones with one meaning."""
IS_REGIONAL = r"[년年오上下午]|(?:KST|JST)$"


def in_plain_form(texts: pl.Series) -> pl.Series:
    """Return times without the signs of a region.

    >>> in_plain_form(pl.Series(["2024년 3월 4일 오후 4:02:00", "2024-03-04 13:02 KST"])).to_list()
    ['2024-3-4 4:02:00 PM', '2024-03-04 13:02+09:00']
    """
    if not texts.str.contains(IS_REGIONAL).any():
        return texts
    for pattern, plain in REGIONAL:
        texts = texts.str.replace_all(pattern, plain)
    return texts


class DateOrder(Enum):
    """Which comes first where the year comes last."""

    DAY_FIRST = "day/month/year"
    MONTH_FIRST = "month/day/year"


def parts_of(texts: pl.Series, pattern: str) -> pl.DataFrame:
    """Return the groups of a pattern in columns "1", "2", ..., null where a text does not have it."""
    part: pl.DataFrame = texts.str.extract_groups(pattern).struct.unnest()
    return part


def seconds_of(part: pl.DataFrame, date: tuple[str, str, str]) -> Float64:
    """Return epoch seconds of groups whose clock is 4 to 7, half of the day 8, zone 9.

    `date` names the groups of year, month and day.
    """
    year, month, day = (floats(part[name].cast(pl.Float64, strict=False)) for name in date)
    year = _four_digits(year)
    hour, minute, second = (floats(part[name].cast(pl.Float64).fill_null(0.0)) for name in "456")
    fraction = floats(("0." + part["7"].fill_null("0")).cast(pl.Float64))
    hour = _hour_of_24(hour, part["8"])
    return civil_s(year, month, day, hour, minute, second) + fraction - offset_s(part["9"])


def with_month_numbers(part: pl.DataFrame, group: str) -> pl.DataFrame:
    """Return groups with the English name of a month, or its first three letters, as a number."""
    short = part[group].str.to_lowercase().str.head(3)
    numbers = {name: str(number) for number, name in enumerate(MONTH_NAMES, start=1)}
    return part.with_columns(short.replace_strict(numbers, default=None, return_dtype=pl.String).alias(group))


def named_month_s(texts: pl.Series) -> tuple[Float64, pl.Series]:
    """Return epoch seconds of dates with the name of a month, and the zones that they name.

    >>> texts = pl.Series(["04-MAR-2024 04:02", "March 4, 2024", "Mon Mar  4 04:02:00 2024"])
    >>> named_month_s(texts)[0].tolist()
    [1709524920.0, 1709510400.0, 1709524920.0]
    """
    day_first = with_month_numbers(parts_of(texts, MONTH_NAMED), "2")
    month_first = with_month_numbers(parts_of(texts, MONTH_BEFORE_DAY), "1")
    seconds = seconds_of(day_first, ("3", "2", "1"))
    seconds = np.where(np.isnan(seconds), seconds_of(month_first, ("3", "1", "2")), seconds)
    ctime = with_month_numbers(parts_of(texts, YEAR_AT_END), "1")
    names = {"1": "month", "2": "day", "3": "4", "4": "5", "5": "6", "6": "7", "7": "year"}
    blank = pl.repeat(None, len(texts), dtype=pl.String, eager=True)
    ctime = ctime.rename(names).with_columns(blank.alias("8"), blank.alias("9"))
    seconds = np.where(np.isnan(seconds), seconds_of(ctime, ("year", "month", "day")), seconds)
    return seconds, day_first["9"].fill_null(month_first["9"])


def civil_s(
    year: Float64, month: Float64, day: Float64, hour: Float64, minute: Float64, second: Float64
) -> Float64:
    """Return epoch seconds of calendar parts, NaN where they are no date or no clock time."""
    good = (month >= 1) & (month <= MONTHS) & (day >= 1) & (hour < HOURS) & (hour >= 0)
    good &= (minute < MINUTES) & (second < SECONDS)
    return _civil_days(year, month, day, good) * 86400 + hour * 3600 + minute * 60 + second


def offset_s(zone: pl.Series) -> Float64:
    """Return seconds east of UTC of a zone such as ``+09:00``; 0 for Z, UTC or none."""
    part = zone.str.extract_groups(r"^([+-])([0-9]{2}):?([0-9]{2})?$").struct.unnest()
    hours, minutes = (floats(part[name].cast(pl.Float64, strict=False).fill_null(0.0)) for name in "23")
    sign = np.where((part["1"] == "-").fill_null(value=False).to_numpy(), -1.0, 1.0)
    return sign * (hours * 3600 + minutes * 60)


def _four_digits(year: Float64) -> Float64:
    old = np.where(year < FIRST_YEAR_OF_TWO_DIGITS, 2000, 1900)
    return np.where(year < CENTURY, year + old, year)


def _hour_of_24(hour: Float64, half_day: pl.Series) -> Float64:
    has_half_day = half_day.is_not_null().to_numpy()
    after_noon = (half_day.str.to_lowercase() == "p").fill_null(value=False).to_numpy()
    return np.where(has_half_day, hour % 12 + 12 * after_noon, hour)


def _civil_days(year: Float64, month: Float64, day: Float64, good: Bool) -> Float64:
    """Return days since 1970-01-01, NaN where the month has no such day."""
    safe_year = np.where(good, year, 1970).astype(np.int64)
    safe_month = np.where(good, month, 1).astype(np.int64)
    months = (safe_year - 1970) * 12 + safe_month - 1
    start = months.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    after = (months + 1).astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    fits = good & (day <= after - start)
    return np.where(fits, start + day - 1, np.nan)
