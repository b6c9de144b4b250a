"""Columns of times -> epoch seconds: one column, or a date and a clock beside it, and perhaps a zone."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from app.readers.values.numbers import numbers, stripped
from app.readers.values.times import NO_ZONE, Times, epoch_seconds
from app.readers.values.zones import offsets_s

if TYPE_CHECKING:
    from app.readers.base.layouts import Layout
    from app.readers.values.calendar import DateOrder


HHMM = 4
MIDNIGHT = r"[T ]+0?0:00(?::00(?:\.0+)?)?(?:Z|\+00:00)?$"


def moments_of(frame: pl.DataFrame, layout: Layout, order: DateOrder | None) -> Times:
    """Read the times of a table."""
    times = epoch_seconds(_written(frame), order=order)
    if "time_ms" in frame.columns:
        extra, _ = numbers(frame["time_ms"])
        times = replace(times, time_s=times.time_s + np.nan_to_num(extra) * 1e-3)
    return _in_utc(times, frame, layout)


def _written(frame: pl.DataFrame) -> pl.Series:
    """Return the times as they stand, joined where they stand in several columns."""
    time = frame["time"]
    if "day" in frame.columns:
        time = _joined([time, _two_digits(frame["month"]), _two_digits(frame["day"])], "-")
    if "clock" in frame.columns:
        return _joined([_day_of(time), _clock(frame["clock"])], " ")
    if "hour" not in frame.columns:
        return time
    clock = [_two_digits(frame[name]) for name in ("hour", "minute", "second") if name in frame.columns]
    clock += [pl.repeat("00", len(frame), eager=True)] * (2 - len(clock))
    return _joined([_day_of(time), _joined(clock, ":")], " ")


def _day_of(time: pl.Series) -> pl.Series:
    """Return dates without the midnight that spreadsheets and databases write behind them."""
    return (
        time.cast(pl.String).str.strip_chars().str.replace(r"[T ]+0?0:00(?::00(?:\.0+)?)?(?:Z|\+00:00)?$", "")
    )


def _clock(column: pl.Series) -> pl.Series:
    """Return times of day, digits without colons with the zeros that a spreadsheet took."""
    texts = column.cast(pl.String).str.strip_chars()
    digits = texts.str.extract(r"^(\d{1,6})(?:\.0*)?$")
    longest = digits.str.len_chars().max()
    if longest is None:
        return texts
    return digits.str.zfill(6 if int(longest) > HHMM else HHMM).fill_null(texts)  # type: ignore[arg-type]


def _two_digits(column: pl.Series) -> pl.Series:
    return column.cast(pl.String).str.strip_chars().str.replace(r"\.0*$", "").str.zfill(2)


def _joined(parts: list[pl.Series], sign: str) -> pl.Series:
    """Return texts joined by a sign, null where one is missing."""
    texts = [stripped(part).alias(str(number)) for number, part in enumerate(parts)]
    return pl.select(pl.concat_str(texts, separator=sign)).to_series()


def _in_utc(times: Times, frame: pl.DataFrame, layout: Layout) -> Times:
    """Take the zone of each row, or of the column's name, from times that name none themselves."""
    if NO_ZONE not in times.warnings:
        return times
    others = tuple(warning for warning in times.warnings if warning != NO_ZONE)
    if "zone" in frame.columns:
        offset_s, unknown = offsets_s(frame["zone"])
        warnings = times.warnings if unknown.any() else others
        return replace(times, time_s=times.time_s - offset_s, warnings=warnings)
    warnings = others if layout.is_utc else times.warnings
    return replace(times, time_s=times.time_s - layout.zone_s, warnings=warnings)
