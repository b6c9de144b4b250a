"""Where a raw AIS message gets its time and its receiver from: the text around the sentence.

A sentence itself carries a second of the minute at most. Loggers add the rest in five ways: a tag
block (IEC 61162-450, ``c:``), a ``$PGHP`` line before it (Gatehouse), fields behind the checksum
(US Coast Guard), a time in front of it, or nothing. All functions work on columns of text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from app.readers.values.epochs import EPOCH_UNITS_S
from app.readers.values.numbers import floats
from app.readers.values.rules import EARLIEST_TIME_S, HIGHEST_MID, LATEST_TIME_S, LOWEST_MID
from app.readers.values.times import epoch_seconds
from detectors.tracks.codes import Receiver

if TYPE_CHECKING:
    from detectors.tracks.reports import Float64

TAG_TIME = r"(?:^|[\\,])c:(\d{9,19}(?:\.\d+)?)(?:[,*\\]|$)"
TAG_SOURCE = r"(?:^|[\\,])s:([^,*\\]*)"
TAG_GROUP = r"(?:^|[\\,])g:\d{1,2}-(\d{1,2}-[^,*\\]+)"
TRAILING_TIME = r"(?:^|,)(\d{10}|\d{13}|\d{16}|\d{19})(?:\.\d+)?(?:,|$)"
TRAILING_SOURCE = r"(?:^|,)[rb](\d+)(?:,|$)"
YEAR_LAST = r"^\d{1,2}[-/.]\d{1,2}[-/.]\d{4}"
CLOCK_DIGITS = 12
"""Of a date with a clock that is written without colons."""
STATION = r"^(?:00)?(\d{3})\d{4}$"
"""A base station's MMSI, with or without its two leading zeros."""
NUMBER_IN_FRONT = r"^(?:\d{1,13}|\d{15,})(?:[.,]\d+)?$"
EPOCH_IN_FRONT = r"^(?:\d{10,13}|\d{15,19})(\.\d+)?$"
"""Nine digits are an MMSI as well, fourteen are a date and a clock."""
GATEHOUSE = r"^\$PGHP,[^,]*,(\d{4}),(\d+),(\d+),(\d+),(\d+),(\d+),(\d{1,3}),[^,]*,[^,]*,(\d*)"
"""Gatehouse's line: year, month, day, hour, minute, second, millisecond, and the base station."""
MARKER = r"^!DATE-TIME,\s*([01]\d|2[0-3]):([0-5]\d):([0-5]\d)"
"""A line that sets the time of day for all that follow, without a date."""
RECEIVER_WORDS = {
    "terrestrial": Receiver.TERRESTRIAL,
    "satellite": Receiver.SATELLITE,
    "dynamic": Receiver.DYNAMIC,
    "roaming": Receiver.DYNAMIC,
}


def epochs(column: pl.Series) -> Float64:
    """Return epoch seconds of digits in s, ms, us or ns, decided row by row; NaN where they are none.

    >>> epochs(pl.Series(["1599239526500", "123", None])).tolist()
    [1599239526.5, nan, nan]
    """
    values = floats(column.cast(pl.Float64, strict=False))
    bounds, units = (np.array(part) for part in zip(*EPOCH_UNITS_S, strict=True))
    unit = units[np.minimum(np.searchsorted(bounds, values, side="right"), len(units) - 1)]
    seconds = values * unit
    inside = (seconds >= EARLIEST_TIME_S) & (seconds < LATEST_TIME_S)
    return np.where(inside, seconds, np.nan)


def prefix_times(column: pl.Series) -> Float64:
    """Return the times that stand in front of sentences, NaN where none does.

    >>> prefix_times(pl.Series(["2017-02-20T00:00:00;", "123;", "636000202;", "[1487548800] "])).tolist()
    [1487548800.0, nan, nan, 1487548800.0]
    """
    seconds = np.full(len(column), np.nan)
    bare = column.str.strip_chars(" \t,;|\"'[]()<>")
    filled = np.flatnonzero((bare != "").fill_null(value=False).to_numpy())
    if len(filled):
        texts = bare.gather(filled)
        is_number = texts.str.contains(NUMBER_IN_FRONT).to_numpy()
        is_epoch = texts.str.contains(EPOCH_IN_FRONT).to_numpy()
        found = np.where(is_epoch, epochs(texts), _written(texts))
        seconds[filled] = np.where(is_number & ~is_epoch, np.nan, found)
    return seconds


def have_clock(texts: pl.Series) -> pl.Series:
    """Return which texts may hold a time of day: a date alone must not become midnight."""
    return (
        texts.str.contains(":", literal=True) | (texts.str.count_matches(r"\d") >= CLOCK_DIGITS)
    ).fill_null(value=False)


def _written(texts: pl.Series) -> Float64:
    """Return the times of dates in full; a logger writes the same one before many sentences.

    Where the year comes last, the whole file decides whether the day comes first (`around`).
    """
    texts = texts.set(~have_clock(texts) | texts.str.contains(YEAR_LAST).fill_null(value=False), None)
    unique = texts.unique()
    seconds = epoch_seconds(unique).time_s
    return floats(texts.replace_strict(unique, pl.Series(seconds), return_dtype=pl.Float64))


def gatehouse_times(column: pl.Series) -> pl.DataFrame:
    """Return ``time_s`` and ``source`` of ``$PGHP`` lines, null where a text is none."""
    part = column.str.extract_groups(GATEHOUSE).struct.unnest()
    number = {name: part[name].cast(pl.Int32, strict=False) for name in "1234567"}
    frame = pl.DataFrame([series.alias(name) for name, series in number.items()])
    is_date = (
        pl.col("2").is_between(1, 12)
        & pl.col("3").is_between(1, 31)
        & (pl.col("4") < 24)  # noqa: PLR2004 - a clock
        & (pl.col("5") < 60)  # noqa: PLR2004
        & (pl.col("6") < 60)  # noqa: PLR2004
    )
    text = pl.concat_str(
        *(pl.col(name).cast(pl.String).str.zfill(4 if name == "1" else 2) for name in "123456"),
        separator=" ",
    )
    stamp = text.str.to_datetime("%Y %m %d %H %M %S", time_unit="ms", strict=False)
    seconds = stamp.dt.epoch("ms") / 1000 + pl.col("7") / 1000
    return frame.select(pl.when(is_date).then(seconds).alias("time_s"), part["8"].alias("source"))


def clock_times(column: pl.Series) -> pl.Series:
    """Return seconds of the day that marker lines set, null where a text is none.

    >>> clock_times(pl.Series(["!DATE-TIME,00:01:05", "!AIVDM"])).to_list()
    [65.0, None]
    """
    part = column.str.extract_groups(MARKER).struct.unnest()
    hour, minute, second = (part[name].cast(pl.Float64) for name in "123")
    return hour * 3600 + minute * 60 + second


def receivers(source: pl.Series) -> pl.Series:
    """Return the kind of receiver: a word in its name, or the MMSI of a base station.

    >>> receivers(pl.Series(["rORBCOMM-satellite", "002190067", "x", None])).to_list()
    [2, 1, 0, 0]
    """
    known = source.unique()
    lowered = known.str.to_lowercase()
    mid = known.str.extract(STATION).cast(pl.Int32, strict=False)
    kind = mid.is_between(LOWEST_MID, HIGHEST_MID).fill_null(value=False).cast(pl.UInt8)
    for word, receiver in RECEIVER_WORDS.items():
        kind = kind.set(lowered.str.contains(word, literal=True).fill_null(value=False), receiver)
    return source.replace_strict(known, kind, default=0, return_dtype=pl.UInt8).fill_null(0)
