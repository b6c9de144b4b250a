"""Columns of static and voyage data -> a static report for each change."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from app.readers.base.reader import UnsettledError
from app.readers.values.numbers import measured, numbers, stripped
from app.readers.values.ship_types import ship_types
from detectors.tracks.codes import AisClass
from detectors.tracks.reports import StaticReport
from detectors.vessels.static_data import UNTIL

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy.typing as npt

    from detectors.tracks.reports import Bool, Float64, Int64, UInt8

TEXTS = ("name", "callsign", "flag", "destination")
LENGTHS = ("length_m", "beam_m", "draught_m")
DIMENSIONS = ("to_bow_m", "to_stern_m", "to_port_m", "to_starboard_m")
STATIC_COLUMNS = ("imo", *TEXTS, "ship_type", *LENGTHS, *DIMENSIONS)
"""Our names of the columns of static data."""

ANTENNA = ("antenna_ahead_m", "antenna_abeam_m")
FARTHEST_M = (511, 63)
"""The largest distances along and across: each means so far, or farther (ITU-R M.1371-5, message 5)."""
DECLARED = ("imo", *TEXTS, "ship_type", *LENGTHS, *ANTENNA)
HIGHEST_SHIP_TYPE = 99
DEEPEST_M = 25.5
"""The greatest draught that AIS can state (ITU-R M.1371-5, message 5), and more than any ship has."""
HIGHEST_IMO = 999_999_999


def declares_something(frame: pl.DataFrame) -> Bool:
    """Return which rows hold any static value at all."""
    clean = cleaned(frame)
    some = pl.any_horizontal(*(pl.col(name).is_not_null() for name in DECLARED))
    return clean.select(some).to_series().to_numpy()


VESSEL, TIME, CLASS, IS_REPEAT = "#vessel", "#time_s", "#ais_class", "#is_repeat"
"""Columns added to those of the file in the static data that its pieces declare."""


def declared_by(
    frame: pl.DataFrame, vessel: Int64, time_s: Float64, ais_class: UInt8, usable: Bool
) -> pl.DataFrame | None:
    """Return the rows that begin or end a time in which a vessel declares the same; None for none.

    The other rows of a piece cannot change what its neighbours declare.
    """
    names = [name for name in STATIC_COLUMNS if name in frame.columns]
    if not names and not ais_class.any():
        return None
    nothing = pl.repeat(None, len(vessel), dtype=pl.String, eager=True).alias(DECLARED[1])
    some = frame.select(names) if names else pl.DataFrame([nothing])
    among = np.flatnonzero(usable)
    order, is_new = _in_order(_hash(some, len(vessel))[among], vessel[among], time_s[among], ais_class[among])
    kept = is_new | np.append(is_new[1:], True)[: len(is_new)]
    rows = among[order[kept]]
    declared: pl.DataFrame = some[rows].with_columns(
        pl.Series(VESSEL, vessel[rows]),
        pl.Series(TIME, time_s[rows]),
        pl.Series(CLASS, ais_class[rows]),
        pl.Series(IS_REPEAT, ~is_new[kept]),
    )
    return declared


def static_changes(declared: Sequence[pl.DataFrame]) -> tuple[StaticReport, ...]:
    """Return a report for each row that changes its vessel's static data, in order of time.

    A value that a row leaves out is not a change: name and call sign often come in turns. Raises
    UnsettledError where rows of one piece fall between equal rows of another and differ from them.
    """
    if not declared:
        return ()
    frame = pl.concat(declared)
    some = frame.drop(VESSEL, TIME, CLASS, IS_REPEAT)
    vessel, time_s, ais_class = (frame[name].to_numpy() for name in (VESSEL, TIME, CLASS))
    order, is_new = _in_order(_hash(some, len(frame)), vessel, time_s, ais_class)
    if len(declared) > 1 and _is_torn(frame[IS_REPEAT].to_numpy(), order, is_new):
        raise UnsettledError
    clean = cleaned(some[order]).with_columns(
        pl.Series("vessel", vessel[order]),
        pl.Series("time_s", time_s[order]),
        pl.Series("ais_class", ais_class[order]).replace(AisClass.UNKNOWN.value, None),
    )
    clean = clean.with_columns(*(_last_said(name).alias(until) for name, until in UNTIL.items()))
    return tuple(map(_report, _with_news(clean.filter(pl.Series(is_new))).iter_rows(named=True)))


def _last_said(name: str) -> pl.Expr:
    """Return when a vessel last declared the value of each row, before another one; null for no value."""
    value = pl.col(name)
    is_other = value.is_not_null() & value.ne_missing(value.forward_fill().shift(1).over("vessel"))
    time_s = pl.when(value.is_not_null()).then(pl.col("time_s").fill_nan(None))
    return time_s.max().over("vessel", is_other.cum_sum().over("vessel"))


def _is_torn(is_repeat: Bool, order: Int64, is_new: Bool) -> bool:
    """Return whether anything new lies between the row that begins a repetition and the one that ends it."""
    news = np.empty(len(order), dtype=np.int64)
    news[order] = np.cumsum(is_new)
    ends = np.flatnonzero(is_repeat)
    return bool((news[ends] != news[ends - 1]).any())


def _in_order(
    hashes: npt.NDArray[np.uint64], vessel: Int64, time_s: Float64, ais_class: UInt8
) -> tuple[Int64, Bool]:
    """Return the rows by vessel and time, and which of these do not repeat their vessel's last one.

    A class that a vessel was not known to have is no repetition, however often the vessel then changes it.
    """
    since = np.nan_to_num(time_s, nan=-np.inf)  # without a time: true from the start
    order = np.lexsort((since, vessel))
    vessel, hashes, kind = vessel[order], hashes[order], ais_class[order]
    is_new = np.ones(len(order), dtype=bool)
    is_new[1:] = (vessel[1:] != vessel[:-1]) | (hashes[1:] != hashes[:-1])
    for code in (AisClass.A, AisClass.B):
        rows = np.flatnonzero(kind == code)
        is_new[rows[np.diff(vessel[rows], prepend=-1) != 0]] = True
    return order, is_new


def _hash(frame: pl.DataFrame, size: int) -> npt.NDArray[np.uint64]:
    """Return one number per row that differs wherever a value does (but for one in 2**64)."""
    total = np.zeros(size, dtype=np.uint64)
    for seed, name in enumerate(frame.columns):
        total += frame[name].hash(seed).to_numpy()
    return total


def _is_new_class() -> pl.Expr:
    is_known = pl.col("ais_class").is_not_null() & (pl.col("ais_class") != AisClass.UNKNOWN.value)
    return is_known & pl.struct("vessel", "ais_class").is_first_distinct()


def _with_news(clean: pl.DataFrame) -> pl.DataFrame:
    """Keep the rows of which some value differs from the last that the vessel gave."""
    before = [pl.col(name).forward_fill().shift(1).over("vessel") for name in DECLARED]
    news = [
        pl.col(name).is_not_null() & pl.col(name).ne_missing(last)
        for name, last in zip(DECLARED, before, strict=True)
    ]
    return clean.filter(pl.any_horizontal(*news, _is_new_class()))


def _report(row: dict[str, object]) -> StaticReport:
    given = {name: value for name, value in row.items() if value is not None}
    given["ais_class"] = AisClass(int(str(row["ais_class"] or 0)))
    return StaticReport(**given)  # type: ignore[arg-type]


def cleaned(frame: pl.DataFrame) -> pl.DataFrame:
    """Return the columns `DECLARED`, null where a row does not declare them."""
    return pl.DataFrame(_cleaned(name, (frame, _from_dimensions(frame))) for name in DECLARED)


def _cleaned(name: str, frames: tuple[pl.DataFrame, ...]) -> pl.Series:
    """Return a column, each value from the first frame that has it."""
    values = pl.Series(name, [None] * len(frames[0]), dtype=_dtype(name))
    for frame in frames:
        if name in frame.columns:
            values = values.fill_null(_cleaner(name)(frame[name]).cast(_dtype(name)))
    return values


def _cleaner(name: str) -> Callable[[pl.Series], pl.Series]:
    if name in TEXTS:
        return _text
    if name == "draught_m":
        return _draught
    if name in LENGTHS:
        return _length
    if name in ANTENNA:
        return _offset
    return _imo if name == "imo" else _ship_type


def _dtype(name: str) -> type[pl.DataType]:
    if name in TEXTS:
        return pl.String
    return pl.Float64 if name in (*LENGTHS, *ANTENNA) else pl.Int64


def _from_dimensions(frame: pl.DataFrame) -> pl.DataFrame:
    """Return sizes and the antenna's place from the four distances to the hull's sides, where given.

    Zero to the bow and zero to port mean that the place is not known (ITU-R M.1371-5, message 5).
    """
    if not set(DIMENSIONS) <= set(frame.columns):
        return pl.DataFrame()
    bow, stern, port, starboard = (_distance_m(frame[name]) for name in DIMENSIONS)
    is_declared = (bow + port > 0) & (bow + stern > 0) & (port + starboard > 0)
    is_declared &= (np.maximum(bow, stern) < FARTHEST_M[0]) & (np.maximum(port, starboard) < FARTHEST_M[1])
    ahead_m, beam_side_offset_m = (
        np.where(is_declared, 0.5 * d, np.nan) for d in (stern - bow, port - starboard)
    )
    values = (bow + stern, port + starboard, ahead_m, beam_side_offset_m)
    return pl.DataFrame(dict(zip((*LENGTHS[:2], *ANTENNA), values, strict=True)))


def _distance_m(column: pl.Series) -> Float64:
    """Return distances, NaN for what is none."""
    metres = measured(column, DIMENSIONS[0])[0]
    return np.where((metres >= 0) & np.isfinite(metres), metres, np.nan)


def _text(column: pl.Series) -> pl.Series:
    return stripped(column.cast(pl.String).str.strip_chars("@ "))


def _length(column: pl.Series) -> pl.Series:
    values = pl.Series(measured(column, LENGTHS[0])[0])
    return values.set(~(values.is_finite() & (values > 0)), None)


def _draught(column: pl.Series) -> pl.Series:
    metres = _length(column)
    return metres.set(metres > DEEPEST_M, None)


def _offset(column: pl.Series) -> pl.Series:
    return column.set(~column.is_finite(), None)


def _whole(values: pl.Series, highest: int) -> pl.Series:
    whole = values.is_finite() & (values >= 1) & (values <= highest) & (values == values.floor())
    return values.set(~whole, None).cast(pl.Int64, strict=False)


def _imo(column: pl.Series) -> pl.Series:
    if column.dtype == pl.String:
        column = column.str.strip_chars().str.replace(r"(?i)^imo\s*(no\.?)?\s*", "")
    return _whole(pl.Series(numbers(column)[0]), HIGHEST_IMO)


def _ship_type(column: pl.Series) -> pl.Series:
    return _whole(pl.Series(ship_types(column)), HIGHEST_SHIP_TYPE)
