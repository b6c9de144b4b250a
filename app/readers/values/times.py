"""Times as files write them -> epoch seconds in UTC. The form is inferred from the whole column."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from app.readers.values.numbers import floats, stripped

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from detectors.tracks.reports import Bool, Float64

SAMPLE_ROWS = 1000
MONTHS, HOURS, MINUTES, SECONDS = 12, 24, 60, 61
"""A clock shows less than each; a minute may have a leap second."""
EPOCH_UNITS_S = ((1e11, 1.0), (1e14, 1e-3), (1e17, 1e-6), (np.inf, 1e-9))
"""Epoch numbers below each bound count in this unit: s, ms, us, ns. All hold for 1973 to 5138."""

ZONE = r"\s*(Z|z|UTC|GMT|[+-][0-9]{2}(?::?[0-9]{2})?)?(?:\s*(?:UTC|GMT|Z))?$"
CLOCK = r"([0-9]{1,2}):?([0-9]{2})(?::?([0-9]{2})(?:[.,]([0-9]{1,12}))?)?"
YEAR_FIRST = rf"^([0-9]{{4}})[-/.]?([0-9]{{1,2}})[-/.]?([0-9]{{1,2}})(?:[T _]*{CLOCK})?{ZONE}"
YEAR_LAST = rf"^([0-9]{{1,2}})[-/.]([0-9]{{1,2}})[-/.]([0-9]{{4}})(?:[T ,]+{CLOCK})?\s*([AaPp][Mm])?{ZONE}"
NUMBER = r"^[+-]?[0-9]+(?:[.,][0-9]+)?(?:[eE]\+?[0-9]+)?$"
COMPACT = r"^(?:19|20)[0-9]{12}$"
"""20210701185151: fourteen digits, which no epoch unit has in the years of AIS."""

QUICK_FORMS = tuple(
    f"%Y-%m-%d{gap}%H:%M:%S{part}{end}"
    for gap in ("T", " ")
    for part in ("", "%.f")
    for end in ("", "Z", " UTC", "+00:00")
)
"""Forms that polars reads by itself, with UTC or no zone."""

ORDERED_FORMS = {
    "day/month/year": tuple(f"%d{s}%m{s}%Y{gap}%H:%M:%S" for s in "/-." for gap in (" ", "T")),
    "month/day/year": tuple(f"%m{s}%d{s}%Y{gap}%H:%M:%S" for s in "/-." for gap in (" ", "T")),
}
"""The same where day and month are known to come in this order (`DateOrder`)."""

NOTHING: Mapping[str, float | str] = MappingProxyType({})
NO_ZONE = "times had no zone: taken as UTC"
DAY_OR_MONTH = (
    "no date shows whether day or month comes first: taken as day/month/year; "
    "write dates as 2024-12-31 to be sure"
)
DAY_AND_MONTH = "some dates fit day/month/year only and others month/day/year only: the fewer are rejected"


class DateOrder(Enum):
    """Which comes first where the year comes last."""

    DAY_FIRST = "day/month/year"
    MONTH_FIRST = "month/day/year"


@dataclass(frozen=True)
class Times:
    """Epoch seconds (NaN where missing or unreadable), where they were unreadable, and warnings.

    `decided` is what was inferred from all rows together: the unit of epoch numbers, the order of dates.
    """

    time_s: Float64
    malformed: Bool
    warnings: tuple[str, ...] = ()
    decided: Mapping[str, float | str] = field(default_factory=dict)


def epoch_seconds(column: pl.Series, *, order: DateOrder | None = None, is_utc: bool = False) -> Times:
    """Read a column of times. `order` and `is_utc` are what the file's layout already defines.

    >>> epoch_seconds(pl.Series(["2024-01-01T00:00:00Z", "1704067200"])).time_s.tolist()
    [1704067200.0, 1704067200.0]
    """
    if column.dtype.is_temporal():
        return _from_stamps(column, is_utc=is_utc)
    if column.dtype.is_numeric():
        return _by_size(floats(column))
    return _from_texts(column, order, is_utc=is_utc)


def epoch_unit_s(values: Float64) -> float:
    """Return how many seconds one unit of an epoch column is, from the size of its numbers."""
    known = np.abs(values[np.isfinite(values) & (values != 0)])
    middle = float(np.median(known)) if len(known) else 0.0
    return next(unit for bound, unit in EPOCH_UNITS_S if middle < bound)


def stamp_form(texts: Sequence[str], order: DateOrder | None = None) -> str | None:
    """Return the quick form that all of some texts have, None where there is none or no text.

    `order` is that of day and month, where it is known.

    >>> stamp_form(["2024-01-02T03:04:05Z", "2024-01-02T03:05:05Z"]), stamp_form(["3 May"])
    ('%Y-%m-%dT%H:%M:%SZ', None)
    """
    sample = pl.Series(texts, dtype=pl.String)
    forms = (*QUICK_FORMS, *(ORDERED_FORMS[order.value] if order else ()))
    fitting = (form for form in forms if len(sample) and not _strptime(sample, form).has_nulls())
    return next(fitting, None)


def stamps(texts: pl.Expr, form: str) -> pl.Expr:
    """Return the times of texts in one quick form, null where they do not have that form."""
    zone = None if is_zoneless(form) else "UTC"
    return texts.str.to_datetime(form, time_unit="us", strict=False, cache=False).dt.replace_time_zone(zone)


def is_zoneless(form: str) -> bool:
    """Return whether times of a quick form name no zone."""
    return form.endswith(("S", "f"))


def _from_stamps(column: pl.Series, *, is_utc: bool) -> Times:
    zone = getattr(column.dtype, "time_zone", None)
    micros = column.cast(pl.Datetime("us", zone), strict=False)
    ticks = micros.to_physical()
    seconds = (floats(ticks) if ticks.has_nulls() else ticks.to_numpy()) * 1e-6
    if micros.null_count() > column.null_count():
        seconds[(micros.is_null() & column.is_not_null()).to_numpy()] = np.inf  # beyond what it can count
    warnings = () if zone is not None or is_utc else (NO_ZONE,)
    return Times(seconds, np.zeros(len(seconds), bool), warnings)


def _from_texts(column: pl.Series, order: DateOrder | None, *, is_utc: bool) -> Times:
    seconds, warnings = _quick(column)
    if not np.isnan(seconds).any():
        return Times(seconds, np.zeros(len(seconds), bool), () if is_utc else warnings)
    rest = np.flatnonzero(np.isnan(seconds))
    texts = stripped(column.gather(rest))
    slow = _slow(texts, order)
    seconds[rest] = slow.time_s
    malformed = np.zeros(len(seconds), bool)
    malformed[rest] = slow.malformed
    joined = dict.fromkeys((*warnings, *slow.warnings))
    kept = tuple(w for w in joined if not (is_utc and w == NO_ZONE))
    return Times(seconds, malformed, kept, slow.decided)


def _quick(column: pl.Series) -> tuple[Float64, tuple[str, ...]]:
    """Read with the one form that fits the head of the column; NaN where it does not."""
    sample = column.head(SAMPLE_ROWS).drop_nulls()
    for form in QUICK_FORMS:
        if len(sample) and not _strptime(sample.head(1), form).has_nulls():
            read = _strptime(sample, form)
            if read.null_count() * 2 < len(read):
                warnings = (NO_ZONE,) if is_zoneless(form) else ()
                return floats(_strptime(column, form).to_physical()) * 1e-6, warnings
    return np.full(len(column), np.nan), ()


def _strptime(column: pl.Series, form: str) -> pl.Series:
    return column.str.to_datetime(form, time_unit="us", strict=False, cache=False)


def _slow(texts: pl.Series, order: DateOrder | None) -> Times:
    """Read every form by pattern: numbers, year first, year last."""
    numeric = texts.str.contains(NUMBER).fill_null(value=False)
    numeric &= ~texts.str.contains(COMPACT).fill_null(value=False)
    readings = [
        _numbers(texts.set(~numeric, None)),
        _year_first(texts.set(numeric, None)),
        _year_last(texts.set(numeric, None), order),
    ]
    seconds = np.full(len(texts), np.nan)
    for reading in readings:
        seconds = np.where(np.isnan(seconds), reading.time_s, seconds)
    malformed = np.isnan(seconds) & texts.is_not_null().to_numpy()
    warnings = tuple(warning for reading in readings for warning in reading.warnings)
    return Times(
        seconds, malformed, warnings, {k: v for reading in readings for k, v in reading.decided.items()}
    )


def _by(
    seconds: Float64, warnings: tuple[str, ...] = (), decided: Mapping[str, float | str] = NOTHING
) -> Times:
    """Return times that one form gave; another may read what it left NaN."""
    return Times(seconds, np.zeros(len(seconds), bool), warnings, decided)


def _numbers(texts: pl.Series) -> Times:
    values = floats(texts.str.replace(",", ".", literal=True).cast(pl.Float64, strict=False))
    return _by_size(values)


def _by_size(values: Float64) -> Times:
    """Read epoch numbers in the unit that follows from their size."""
    unit_s = epoch_unit_s(values)
    is_known = bool((np.isfinite(values) & (values != 0)).any())
    return _by(values * unit_s, (), {"epoch_unit_s": unit_s} if is_known else NOTHING)


def _year_first(texts: pl.Series) -> Times:
    part = texts.str.extract_groups(YEAR_FIRST).struct.unnest()
    seconds = _civil_s(part, ("1", "2", "3"), ("4", "5", "6", "7")) - _offset_s(part["8"])
    return _by(seconds, _zone_warning(seconds, part["8"]))


def _year_last(texts: pl.Series, order: DateOrder | None) -> Times:
    part = texts.str.extract_groups(YEAR_LAST).struct.unnest()
    if part["1"].null_count() == len(part):
        return _by(np.full(len(part), np.nan))
    warnings: tuple[str, ...] = ()
    if order is None:
        order, warnings = _date_order(part, texts)
    date = ("3", "2", "1") if order is DateOrder.DAY_FIRST else ("3", "1", "2")
    seconds = _civil_s(part, date, ("4", "5", "6", "7"), part["8"]) - _offset_s(part["9"])
    return _by(seconds, warnings + _zone_warning(seconds, part["9"]), {"date_order": order.value})


def _date_order(part: pl.DataFrame, texts: pl.Series) -> tuple[DateOrder, tuple[str, ...]]:
    day_first = int((part["1"].cast(pl.Int64) > MONTHS).sum())
    month_first = int((part["2"].cast(pl.Int64) > MONTHS).sum())
    order = DateOrder.MONTH_FIRST if month_first > day_first else DateOrder.DAY_FIRST
    if day_first and month_first:
        return order, (DAY_AND_MONTH,)
    dotted = bool(texts.drop_nulls().str.contains(r"^[0-9]+\.").any())
    if not day_first and not month_first and not dotted:
        return order, (DAY_OR_MONTH,)
    return order, ()


def _zone_warning(seconds: Float64, zone: pl.Series) -> tuple[str, ...]:
    return (NO_ZONE,) if bool((~np.isnan(seconds) & zone.is_null().to_numpy()).any()) else ()


def _civil_s(
    part: pl.DataFrame,
    date: tuple[str, str, str],
    clock: tuple[str, str, str, str],
    half_day: pl.Series | None = None,
) -> Float64:
    """Return epoch seconds of calendar parts, NaN where they are no date or no clock time."""
    year, month, day = (floats(part[name].cast(pl.Float64)) for name in date)
    hour, minute, second = (floats(part[name].cast(pl.Float64).fill_null(0.0)) for name in clock[:3])
    fraction = floats(("0." + part[clock[3]].fill_null("0")).cast(pl.Float64))
    if half_day is not None:
        hour = _hour_of_24(hour, half_day)
    good = (month >= 1) & (month <= MONTHS) & (day >= 1) & (hour < HOURS)
    good &= (minute < MINUTES) & (second < SECONDS)
    days = _civil_days(year, month, day, good)
    return days * 86400 + hour * 3600 + minute * 60 + second + fraction


def _hour_of_24(hour: Float64, half_day: pl.Series) -> Float64:
    has_half_day = half_day.is_not_null().to_numpy()
    after_noon = (half_day.str.to_lowercase() == "pm").fill_null(value=False).to_numpy()
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


def _offset_s(zone: pl.Series) -> Float64:
    """Return seconds east of UTC of a zone such as ``+09:00``; 0 for Z, UTC or none."""
    part = zone.str.extract_groups(r"^([+-])([0-9]{2}):?([0-9]{2})?$").struct.unnest()
    hours, minutes = (floats(part[name].cast(pl.Float64, strict=False).fill_null(0.0)) for name in "23")
    sign = np.where((part["1"] == "-").fill_null(value=False).to_numpy(), -1.0, 1.0)
    return sign * (hours * 3600 + minutes * 60)
