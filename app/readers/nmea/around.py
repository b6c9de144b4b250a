"""Which time the text around a sentence gives: fields of a table, log prefixes, annotations behind.

What stands alone in front, or behind the checksum as receivers write it, is read by `timing`; here is what
must be looked for within other text. All functions work on columns of text.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from app.readers.nmea.timing import epochs, have_clock, prefix_times
from app.readers.values.times import DAY_OR_MONTH, epoch_seconds

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.readers.nmea.table import Header
    from app.readers.values.calendar import DateOrder
    from detectors.tracks.reports import Float64

DATE = r"(?:19|20)\d{2}[-/.]\d{2}[-/.]\d{2}"
CLOCK = r"\d{1,2}:\d{2}(?::\d{2}(?:\.\d{1,9}|,\d{3}\s)?)?"
ZONE = r"\s?(?:Z|UTC|GMT|[+-]\d{2}:?\d{2})?"
STAMP = rf"(?:^|[^\d])({DATE}[T _,;\t\"]+{CLOCK}{ZONE}|(?:19|20)\d{{6}}[T _]?\d{{6}}Z?(?:[^\d]|$))"
"""A date with a clock, in one field or in two; Python's logging writes a comma before milliseconds."""
GAP = r"[T _,;\t\"]+(\d{1,2}:)"
YEAR_LAST_STAMP = rf"(?:^|[^\d])(\d{{1,2}}[-/.]\d{{1,2}}[-/.]\d{{4}}[T ,;\"]+{CLOCK}(?:\s?[AaPp][Mm])?{ZONE})"
EPOCH = r"(?:^|[\s,;|\"\[(:=])(\d{10}(?:\.\d+)?|\d{13}|\d{16}|\d{19})(?:[\s,;|\"\])]|$)"
"""Ten digits at least: nine are an MMSI as well."""
YEARLESS = (
    r"^\W*(?:<\d{1,3}>)?((?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\s+\d{1,2} \d{2}:\d{2}:\d{2})\b"
)
"""The stamp of syslog (RFC 3164), which has no year."""
HALF_YEAR_S = 182.5 * 86_400
FROM_BASE_YEAR = "times of the log had no year: that of the time base was taken"


@dataclass
class Form:
    """How one file writes around its sentences.

    `header` names the columns of a table, `base_s` is the user's time base, `order` that of day and month.
    `doubts` gathers what a user is told, `decided` what some lines show beyond doubt (`times.Times`).
    """

    header: Header | None = None
    base_s: float | None = None
    order: DateOrder | None = None
    doubts: dict[str, None] = field(default_factory=dict)
    decided: dict[str, float | str] = field(default_factory=dict)


def times_around(before: pl.Series, behind: pl.Series, form: Form) -> Float64:
    """Return the times that stand in the text before or behind sentences, NaN where none does."""
    if form.header is not None:
        named = form.header.times(before, behind)
        return _searched(named, form)
    searches: tuple[tuple[Callable[[pl.Series], pl.Series], pl.Series], ...] = (
        (_stamp, before),
        (_epoch, before),
        (_year_last, before),
        (_stamp, behind),
        (_epoch, behind),
        (_year_last, behind),
    )
    seconds = np.full(len(before), np.nan)
    for search, texts in searches:
        _fill(seconds, texts, partial(_found, search, form))
    if form.base_s is not None:
        _fill(seconds, before, lambda some: _of_base_year(some, form))
    return seconds


def _fill(seconds: Float64, texts: pl.Series, read: Callable[[pl.Series], Float64]) -> None:
    """Read the texts of the rows that have no time yet."""
    is_open = np.isnan(seconds) & (texts.fill_null("") != "").to_numpy()
    rows = np.flatnonzero(is_open)
    if len(rows):
        seconds[rows] = read(texts.gather(rows))


def _found(search: Callable[[pl.Series], pl.Series], form: Form, texts: pl.Series) -> Float64:
    return _read(search(texts), form)


def _searched(texts: pl.Series, form: Form) -> Float64:
    """Read whole fields, as they stand."""
    seconds = prefix_times(texts)
    _fill(seconds, texts, lambda some: _read(some, form))
    return seconds


def _stamp(texts: pl.Series) -> pl.Series:
    return texts.str.extract(STAMP).str.strip_chars(" ,;\"'T[]()").str.replace(GAP, " $1")


def _epoch(texts: pl.Series) -> pl.Series:
    return texts.str.extract(EPOCH)


def _year_last(texts: pl.Series) -> pl.Series:
    return texts.str.extract(YEAR_LAST_STAMP).str.replace(GAP, " $1")


def _read(texts: pl.Series, form: Form) -> Float64:
    """Return the times of texts; a logger writes the same one for many sentences."""
    unique = texts.unique()
    numbers = epochs(unique)
    rest = unique.set(pl.Series(~np.isnan(numbers)) | ~have_clock(unique), None)
    written = epoch_seconds(rest, order=form.order)
    if DAY_OR_MONTH in written.warnings:
        form.doubts[DAY_OR_MONTH] = None
    else:
        form.decided |= written.decided
    seconds = np.where(np.isnan(numbers), written.time_s, numbers)
    found: Float64 = texts.replace_strict(unique, pl.Series(seconds), return_dtype=pl.Float64).to_numpy()
    return found


def _of_base_year(texts: pl.Series, form: Form) -> Float64:
    """Set dates without a year within half a year of the time base."""
    assert form.base_s is not None
    year = int(np.datetime64(int(form.base_s), "s").astype("datetime64[Y]").astype(int)) + 1970
    stamp = texts.str.extract(YEARLESS).str.replace_all(r"\s+", " ")
    found = np.full(len(texts), np.nan)
    for number in (year, year - 1, year + 1):
        days = (
            (f"{number} " + stamp)
            .str.to_datetime("%Y %b %e %H:%M:%S", strict=False, time_unit="ms")
            .dt.epoch("ms")
        )
        seconds = days.cast(pl.Float64).fill_null(np.nan).to_numpy() / 1000
        is_near = np.abs(seconds - form.base_s) <= HALF_YEAR_S
        found = np.where(np.isnan(found) & is_near, seconds, found)
    if not np.isnan(found).all():
        form.doubts[FROM_BASE_YEAR] = None
    return found
