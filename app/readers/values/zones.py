"""Zones of time as columns and their names give them -> seconds east of UTC."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo, available_timezones

import numpy as np
import polars as pl

from app.readers.values.numbers import floats, stripped

NAMED_H = {
    "z": 0.0,
    "utc": 0.0,
    "gmt": 0.0,
    "kst": 9.0,
    "jst": 9.0,
    "hkt": 8.0,
    "sgt": 8.0,
    "msk": 3.0,
    "cet": 1.0,
}
"""Abbreviations with one meaning. CST, IST and their like have several: they are not guessed."""
OFFSET = re.compile(r"(?:UTC|GMT)?\s*([+-])\s*(\d{1,2})(?::?(\d{2}))?", re.IGNORECASE)
IN_NAME = re.compile(
    r"(?:UTC|GMT)\s*[+-]\s*\d{1,2}(?::?\d{2})?|\b(?:UTC|GMT|KST|JST|HKT|SGT|MSK)\b", re.IGNORECASE
)
PLAIN_HOURS = re.compile(r"\+?\d{1,2}(?:\.\d+)?")
FARTHEST_H = 14.0


def offset_h(text: str) -> float | None:
    """Return the hours east of UTC of a zone, None for what is none.

    Of a place's zone (Asia/Seoul) this is its offset without summer time: where it has one, None.

    >>> offset_h("+09:00"), offset_h("UTC-3"), offset_h("Asia/Seoul"), offset_h("KST"), offset_h("CST")
    (9.0, -3.0, 9.0, 9.0, None)
    """
    text = text.strip()
    if text.lower() in NAMED_H:
        return NAMED_H[text.lower()]
    found = OFFSET.fullmatch(text)
    if found:
        hours = int(found[2]) + int(found[3] or 0) / 60
        hours = -hours if found[1] == "-" else hours
    elif PLAIN_HOURS.fullmatch(text):
        hours = float(text)
    else:
        return _of_place(text)
    return hours if abs(hours) <= FARTHEST_H else None


def _of_place(name: str) -> float | None:
    if "/" not in name or name not in available_timezones():
        return None
    zone = ZoneInfo(name)
    offsets = {datetime(2024, month, 1, tzinfo=UTC).astimezone(zone).utcoffset() for month in (1, 7)}
    first = offsets.pop()
    return None if offsets or first is None else first.total_seconds() / 3600


def is_zone(text: str) -> bool:
    """Return whether a text is a zone that can be read."""
    return offset_h(text) is not None


def zone_in(name: str) -> float | None:
    """Return the seconds east of UTC that the name of a column gives, None where it names no zone.

    >>> zone_in("Time (UTC+9)"), zone_in("time_utc"), zone_in("timestamp")
    (32400.0, 0.0, None)
    """
    found = IN_NAME.search(name.replace("_", " "))
    hours = offset_h(found[0]) if found else None
    return None if hours is None else hours * 3600


def offsets_s(column: pl.Series) -> tuple[np.ndarray[tuple[int], np.dtype[np.float64]], pl.Series]:
    """Return the seconds east of UTC of each row (0 where none is given), and which rows' zone is no zone."""
    texts = stripped(column)
    known = {text: hours for text in texts.unique().drop_nulls() if (hours := offset_h(text)) is not None}
    east_h = texts.replace_strict(known, default=None, return_dtype=pl.Float64)
    return np.nan_to_num(floats(east_h)) * 3600, east_h.is_null() & texts.is_not_null()
