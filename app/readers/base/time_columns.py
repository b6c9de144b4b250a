"""Which columns give the time: one, or a date and what completes it, and perhaps a zone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from app.readers.values.times import all_at_midnight, form_of_times
from app.readers.values.zones import is_zone, zone_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.readers.base.choosing import Chooser

CLOCK_NAME = re.compile(r"time|clock|utc|gmt|hhmm|tod|시각|시간|时间|時間|時刻")
DATE_NAME = re.compile(r"date|day|일자|날짜|日期|日付")
OF_VOYAGE = re.compile(r"eta|etd|atd|arriv|depart")
"""Times of a voyage are no times of a report."""
BARE_CLOCK = re.compile(r"(?:[01]?\d|2[0-3])[0-5]\d(?:[0-5]\d)?(?:\.0*)?")
"""0402 and 040200, also where a spreadsheet took the first zero."""
COUNTERS = {
    "hour": ("hour", "hours", "hr", "hh", "utchour", "hourutc"),
    "minute": ("minute", "minutes", "min", "mi", "utcminute"),
    "second": ("second", "seconds", "sec", "ss", "utcsecond"),
    "month": ("month", "mon", "mo"),
    "day": ("day", "dayofmonth", "dd"),
}
YEAR = ("year", "yyyy", "yr")


def best_time(chooser: Chooser, candidates: Sequence[int]) -> int | None:
    """Return the first column whose values are times; a date or a clock alone is the second best."""
    forms = {place: form_of_times(chooser.sample(place)) for place in candidates}
    for form in ("moment", "date", "clock"):
        found = [place for place in candidates if forms[place] == form]
        if found:
            return found[0]
    return next(iter(candidates), None)


def complete_time(chooser: Chooser) -> None:
    """Join a date with the clock, and a time with the zone, that stand in columns of their own."""
    if "time" not in chooser.columns:
        chooser.take("time", next(chooser.header.among(YEAR), None))
        for ours in ("month", "day") if "time" in chooser.columns else ():
            chooser.take(ours, _counter(chooser, ours))
    if "time" in chooser.columns:
        _join(chooser, chooser.columns["time"])
        _take_zone(chooser)


def _join(chooser: Chooser, place: int) -> None:
    values = chooser.sample(place)
    form = form_of_times(values)
    if form == "clock":
        dates = [_companion(chooser, name, "date") for name in (DATE_NAME, None)]
        date = next((place for place in dates if place is not None), None)
        if date is not None:
            chooser.columns["time"], chooser.columns["clock"] = date, place
    elif form == "date" or "day" in chooser.columns:
        chooser.take("clock", _companion(chooser, CLOCK_NAME, "clock"))
        for ours in () if "clock" in chooser.columns else ("hour", "minute", "second"):
            chooser.take(ours, _counter(chooser, ours))
        chooser.has_dates_only = chooser.columns.keys().isdisjoint(("clock", "hour"))
    elif all_at_midnight(values):  # what databases and spreadsheets make of a date
        chooser.take("clock", _companion(chooser, CLOCK_NAME, "clock"))


def _companion(chooser: Chooser, name: re.Pattern[str] | None, form: str) -> int | None:
    """Return the first free column of a name that holds dates, or times of day."""
    plain = chooser.header.plain
    named = [i for i in chooser.free if not OF_VOYAGE.search(plain[i])]
    named = [i for i in named if name is None or name.search(plain[i])]
    found = next((i for i in named if form_of_times(chooser.sample(i)) == form), None)
    if found is None and form == "clock":
        found = next((i for i in named if chooser.holds(i, BARE_CLOCK.fullmatch)), None)
    return found


def _counter(chooser: Chooser, ours: str) -> int | None:
    return next((i for i in chooser.header.among(COUNTERS[ours]) if chooser.holds(i, str.isdigit)), None)


def _take_zone(chooser: Chooser) -> None:
    for place in chooser.header.candidates("zone"):
        if chooser.holds(place, is_zone):
            chooser.take("zone", place)
    zone_s = zone_in(chooser.header.names[chooser.columns["time"]])
    chooser.zone_s, chooser.has_zone = zone_s or 0.0, zone_s is not None


def may_be_part_of_time(plain: str) -> bool:
    """Return whether a plain name may be that of a date, a clock, or a part of one."""
    is_counter = any(plain in names for names in (*COUNTERS.values(), YEAR))
    return is_counter or bool(CLOCK_NAME.search(plain) or DATE_NAME.search(plain))
