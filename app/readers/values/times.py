"""Times as files write them -> epoch seconds in UTC. The form is inferred from the whole column."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from app.readers.values.calendar import (
    MONTHS,
    ORDINAL,
    YEAR_FIRST,
    YEAR_LAST,
    DateOrder,
    in_plain_form,
    named_month_s,
    parts_of,
    seconds_of,
)
from app.readers.values.epochs import FEW_DIGITS, epoch_s, has_lost_digits
from app.readers.values.numbers import floats, stripped
from app.readers.values.rules import EARLIEST_TIME_S, LATEST_TIME_S

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from detectors.tracks.reports import Bool, Float64

SAMPLE_ROWS = 1000
YEAR_1000_S = -30_610_224_000.0
NUMBER = r"^[+-]?[0-9]+(?:[.,][0-9]+)?(?:[eE]\+?[0-9]+)?$"

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


@dataclass(frozen=True)
class Times:
    """Epoch seconds (NaN where missing or unreadable), where they were unreadable, and warnings.

    `decided` is what was inferred from all rows together: the order of dates. `cure` says how to mend what
    was unreadable, where that is known.
    """

    time_s: Float64
    malformed: Bool
    warnings: tuple[str, ...] = ()
    decided: Mapping[str, float | str] = field(default_factory=dict)
    cure: str | None = None


def epoch_seconds(column: pl.Series, *, order: DateOrder | None = None, is_utc: bool = False) -> Times:
    """Read a column of times. `order` and `is_utc` are what the file's layout already defines.

    >>> epoch_seconds(pl.Series(["2024-01-01T00:00:00Z", "1704067200"])).time_s.tolist()
    [1704067200.0, 1704067200.0]
    """
    if column.dtype.is_temporal():
        return _from_stamps(column, is_utc=is_utc)
    if column.dtype.is_numeric():
        return _by(epoch_s(floats(column)))
    return _from_texts(column, order, is_utc=is_utc)


def stamp_form(texts: Sequence[str], order: DateOrder | None = None) -> str | None:
    """Return the quick form that all of some texts have, None where there is none or no text.

    `order` is that of day and month, where it is known.

    >>> stamp_form(["2024-01-02T03:04:05Z", "2024-01-02T03:05:05Z"]), stamp_form(["3 May"])
    ('%Y-%m-%dT%H:%M:%SZ', None)
    """
    sample = pl.Series(texts, dtype=pl.String)
    forms = (*QUICK_FORMS, *(ORDERED_FORMS[order.value] if order else ()))
    return next((form for form in forms if len(sample) and _is_form_of_all(sample, form)), None)


def _is_form_of_all(sample: pl.Series, form: str) -> bool:
    read = _strptime(sample, form)
    return not read.has_nulls() and bool((read.to_physical() > YEAR_1000_S * 1e6).all())


def stamps(texts: pl.Expr, form: str) -> pl.Expr:
    """Return the times of texts in one quick form, null where they do not have that form."""
    zone = None if is_zoneless(form) else "UTC"
    return texts.str.to_datetime(form, time_unit="us", strict=False, cache=False).dt.replace_time_zone(zone)


def is_zoneless(form: str) -> bool:
    """Return whether times of a quick form name no zone."""
    return form.endswith(("S", "f"))


CLOCK_ONLY = re.compile(r"\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?\s*(?:[AaPp]\.?[Mm]\.?)?\s*(?:Z|UTC|GMT)?")
WITH_CLOCK = re.compile(r"\d:\d|\d[T_ ]\d{4}|\d{9}|^\d{5,}[.,]\d*[1-9]")
"""What shows that a date has a time of day: a colon, digits after a gap, or a number of seconds."""
JUDGED_VALUES = 50
MOSTLY = 0.5


def form_of_times(values: Sequence[str]) -> str | None:
    """Return what some texts are: moments, dates without a time of day, times of day, or None of these.

    >>> form_of_times(["2024-03-04 04:02"]), form_of_times(["04.03.2024"]), form_of_times(["04:02"])
    ('moment', 'date', 'clock')
    >>> form_of_times(["59", "0"])
    """
    some = list(values[:JUDGED_VALUES])
    if not some:
        return None
    if sum(bool(CLOCK_ONLY.fullmatch(v)) for v in some) > MOSTLY * len(some):
        return "clock"
    seconds = epoch_seconds(pl.Series(some)).time_s
    good = (seconds >= EARLIEST_TIME_S) & (seconds < LATEST_TIME_S)
    if good.sum() < MOSTLY * len(some):
        return None
    return "moment" if any(WITH_CLOCK.search(v) for v in some) else "date"


MIDNIGHT = re.compile(r"[T ]+0?0:00(?::00(?:\.0+)?)?(?:Z|\+00:00)?$")
FEWEST_MIDNIGHTS = 2


def all_at_midnight(values: Sequence[str]) -> bool:
    """Return whether some times are midnights without exception, as dates that became moments.

    >>> all_at_midnight(["2024-03-04 00:00:00"] * 2), all_at_midnight(["2024-03-04 00:02"] * 2)
    (True, False)
    """
    return len(values) >= FEWEST_MIDNIGHTS and all(MIDNIGHT.search(v) for v in values)


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
    return Times(seconds, malformed, kept, slow.decided, slow.cure)


def _quick(column: pl.Series) -> tuple[Float64, tuple[str, ...]]:
    """Read with the one form that fits the head of the column; NaN where it does not."""
    sample = column.head(SAMPLE_ROWS).drop_nulls()
    for form in QUICK_FORMS:
        if len(sample) and not _strptime(sample.head(1), form).has_nulls():
            read = _strptime(sample, form)
            if read.null_count() * 2 < len(read):
                warnings = (NO_ZONE,) if is_zoneless(form) else ()
                return _with_four_digits(floats(_strptime(column, form).to_physical()) * 1e-6), warnings
    return np.full(len(column), np.nan), ()


def _with_four_digits(seconds: Float64) -> Float64:
    """Return times without those whose year had two digits, which polars takes for the first century."""
    early = seconds < YEAR_1000_S
    return np.where(early, np.nan, seconds) if early.any() else seconds


def _strptime(column: pl.Series, form: str) -> pl.Series:
    return column.str.to_datetime(form, time_unit="us", strict=False, cache=False)


def _slow(texts: pl.Series, order: DateOrder | None) -> Times:
    """Read every form by pattern: numbers, year first, year last, a month by its name."""
    numeric = texts.str.contains(NUMBER).fill_null(value=False)
    texts = in_plain_form(texts)
    rest = texts.set(numeric | texts.str.contains(ORDINAL).fill_null(value=False), None)
    readings = [_numbers(texts.set(~numeric, None)), _year_first(rest), _year_last(rest, order)]
    if (rest.str.contains("[A-Za-z]{3}") & rest.str.contains(r"^[A-Za-z0-9]+[ ,./-]*[A-Za-z0-9]")).any():
        readings.append(_month_named(rest))
    seconds = np.full(len(texts), np.nan)
    for reading in readings:
        seconds = np.where(np.isnan(seconds), reading.time_s, seconds)
    malformed = np.isnan(seconds) & texts.is_not_null().to_numpy()
    warnings = tuple(warning for reading in readings for warning in reading.warnings)
    decided = {k: v for reading in readings for k, v in reading.decided.items()}
    return Times(seconds, malformed, warnings, decided, readings[0].cure)


def _by(
    seconds: Float64, warnings: tuple[str, ...] = (), decided: Mapping[str, float | str] = NOTHING
) -> Times:
    """Return times that one form gave; another may read what it left NaN."""
    return Times(seconds, np.zeros(len(seconds), bool), warnings, decided)


def _numbers(texts: pl.Series) -> Times:
    """Read numbers; what a spreadsheet rounded to hours is no time."""
    seconds = epoch_s(floats(texts.str.replace(",", ".", literal=True).cast(pl.Float64, strict=False)))
    lost = has_lost_digits(texts, seconds)
    if not lost.any():
        return _by(seconds)
    example = texts.filter(pl.Series(lost))[0]
    return replace(_by(np.where(lost, np.nan, seconds)), cure=FEW_DIGITS.format(example=example))


def _year_first(texts: pl.Series) -> Times:
    part = parts_of(texts, YEAR_FIRST)
    seconds = seconds_of(part, ("1", "2", "3"))
    return _by(seconds, _zone_warning(seconds, part["9"]))


def _year_last(texts: pl.Series, order: DateOrder | None) -> Times:
    part = parts_of(texts, YEAR_LAST)
    if part["1"].null_count() == len(part):
        return _by(np.full(len(part), np.nan))
    warnings: tuple[str, ...] = ()
    if order is None:
        order, warnings = _date_order(part, texts)
    date = ("3", "2", "1") if order is DateOrder.DAY_FIRST else ("3", "1", "2")
    seconds = seconds_of(part, ("1", "2", "3") if _is_short_year_first(part) else date)
    return _by(seconds, warnings + _zone_warning(seconds, part["9"]), {"date_order": order.value})


def _is_short_year_first(part: pl.DataFrame) -> bool:
    """Return whether 24-03-04 is of 2024: the year changes least; where nothing changes it is the later."""
    short = part.filter(part["3"].str.len_chars() == 2).select(pl.col("1", "3").cast(pl.Int64))  # noqa: PLR2004
    if not len(short):
        return False
    first, last = (short[name].n_unique() for name in ("1", "3"))
    return first < last if first != last else bool(short["1"][0] > short["3"][0])


def _month_named(texts: pl.Series) -> Times:
    seconds, zone = named_month_s(texts)
    return _by(seconds, _zone_warning(seconds, zone))


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
