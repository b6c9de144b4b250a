"""Where a raw AIS message gets its time and its receiver from: what stands around the sentence.

A sentence itself carries a second of the minute at most. Loggers add the rest in five ways: a tag
block (IEC 61162-450, ``c:``), a ``$PGHP`` line before it (Gatehouse), fields behind the checksum
(US Coast Guard), a time in front of it, or nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from math import isnan, nan

import polars as pl

from app.readers.rules import EARLIEST_TIME_S, HIGHEST_MID, LATEST_TIME_S, LOWEST_MID
from app.readers.times import EPOCH_UNITS_S, epoch_seconds
from detectors.tracks.codes import Receiver

STATION = re.compile(r"(?:00)?(\d{3})\d{4}")
"""A base station's MMSI, with or without its two leading zeros."""
GROUP = re.compile(r"(\d{1,2})-(\d{1,2})-(.+)")
RECEIVER_WORDS = {
    "terrestrial": Receiver.TERRESTRIAL,
    "satellite": Receiver.SATELLITE,
    "dynamic": Receiver.DYNAMIC,
    "roaming": Receiver.DYNAMIC,
}
PGHP_STATION = 11
SHORTEST_EPOCH, LONGEST_EPOCH = 10, 24
"""Characters: seconds since 2001, nanoseconds with a fraction."""


@dataclass(frozen=True, slots=True)
class Context:
    """What is known of a sentence from around it; `group` is a tag block's number, total, id."""

    time_s: float = nan
    receiver: Receiver = Receiver.UNKNOWN
    source: str = ""
    group: tuple[int, int, str] | None = None


NOTHING = Context()


def tag_block(text: str) -> Context:
    """Read the fields of a tag block (between its backslashes, without checksum).

    >>> tag_block("s:terrestrial,c:1767225601").time_s
    1767225601.0
    """
    fields = dict(field.split(":", 1) for field in text.split(",") if ":" in field)
    source = fields.get("s", "")
    return Context(
        time_s=epoch(fields.get("c", "")),
        receiver=receiver_of(source),
        source=source,
        group=_group(fields.get("g", "")),
    )


@lru_cache(maxsize=4096)
def receiver_of(source: str) -> Receiver:
    """Tell the kind of receiver from its name: a word in it, or the MMSI of a base station."""
    lowered = source.lower()
    for word, receiver in RECEIVER_WORDS.items():
        if word in lowered:
            return receiver
    station = STATION.fullmatch(source)
    if station and LOWEST_MID <= int(station[1]) <= HIGHEST_MID:
        return Receiver.TERRESTRIAL
    return Receiver.UNKNOWN


def epoch(text: str) -> float:
    """Return epoch seconds of digits in s, ms, us or ns; NaN where they are no time.

    >>> epoch("1599239526500")
    1599239526.5
    """
    if not text.isascii() or not text.replace(".", "", 1).isdigit() or len(text) > LONGEST_EPOCH:
        return nan
    value = float(text)
    seconds = value * next(unit for bound, unit in EPOCH_UNITS_S if value < bound)
    return seconds if EARLIEST_TIME_S <= seconds < LATEST_TIME_S else nan


@lru_cache(maxsize=4096)
def written_time(text: str) -> float:
    """Return epoch seconds of a time in front of a sentence, in any form that tables have too."""
    return float(epoch_seconds(pl.Series([text])).time_s[0])


def prefix(text: str) -> float:
    """Return the time that stands in front of a sentence, NaN where none does.

    >>> prefix("2017-02-20T00:00:00;")
    1487548800.0
    """
    bare = text.strip(" \t,;|")
    if not bare:
        return nan
    number = epoch(bare)
    if not isnan(number):
        return number
    return nan if bare.isdigit() else written_time(bare)


def trailer(text: str) -> Context:
    """Read the fields behind a checksum: the first that is an epoch time, and the station ``r...``.

    >>> trailer(",d-109,S2105,r003669946,1325394060,1325394001").time_s
    1325394060.0
    """
    time_s, source = nan, ""
    for field in text.split(","):
        if field[:1] in ("r", "b") and field[1:].isdigit():
            source = source or field[1:]
        elif len(field) >= SHORTEST_EPOCH and isnan(time_s):
            time_s = epoch(field)
    return Context(time_s=time_s, receiver=receiver_of(source), source=source)


def gatehouse(text: str) -> Context:
    """Read a ``$PGHP`` line: time in parts down to milliseconds, and the base station.

    >>> gatehouse("$PGHP,1,2013,11,12,12,0,0,11,219,,2190067,1,62").time_s
    1384257600.011
    """
    fields = text.split(",")
    try:
        year, month, day, hour, minute, second, milli = (int(field) for field in fields[2:9])
        time_s = datetime(year, month, day, hour, minute, second, tzinfo=UTC).timestamp()
    except ValueError:
        return NOTHING
    source = fields[PGHP_STATION] if len(fields) > PGHP_STATION else ""
    return Context(time_s + milli / 1000, receiver_of(source), source)


def _group(text: str) -> tuple[int, int, str] | None:
    found = GROUP.fullmatch(text)
    return (int(found[1]), int(found[2]), found[3]) if found else None
