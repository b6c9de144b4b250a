"""The common core: a table of raw columns -> position reports, rejects, changes of static data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from app.readers.base.faults import log_faults, mark, mark_rows
from app.readers.base.lengths import lengths_of
from app.readers.base.moments import moments_of
from app.readers.base.parts import Part, joined
from app.readers.base.positions import Motion, Positions, positions_of
from app.readers.base.reader import Batch
from app.readers.base.rejects import Reject, RejectLog
from app.readers.base.sailing_aids import SailingAids, kept, sailing_aids
from app.readers.base.speeds import Speeds, courses_of, headings_of, speeds_of
from app.readers.base.used import used_of
from app.readers.values import rules
from app.readers.values.calendar import DateOrder
from app.readers.values.numbers import numbers
from app.readers.values.static_data import declared_by, declares_something
from app.readers.values.vessels import Vessels, by_mmsi, by_own_id, check_count, one_vessel
from app.readers.values.vocabulary import (
    CLASS_OF_MSG_TYPE,
    NAV_STATUSES,
    STATIONS,
    classes,
    coded,
    receivers,
    words_not_understood,
)
from detectors.tracks.codes import AisClass
from detectors.tracks.reports import Reports

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.readers.base.layouts import Layout
    from app.readers.base.reader import ReadOptions
    from app.readers.values.times import Times
    from detectors.tracks.reports import Bool, Float64, Int64, UInt8

NO_ID_COLUMN = "no column names the vessel: the whole file is taken for one track named {name!r}"
ONE_ROW_EACH = "column {column!r} names another vessel in every row: it may number rows, not vessels"
SWAPPED = "most latitudes lie beyond 90 degrees: longitude and latitude look swapped"
FEW_ROWS = 10
MOST = 0.5
HIGHEST_MSG_TYPE = 27


@dataclass(frozen=True)
class Table:
    """Records of a file under our column names (`ALIASES`), as texts or numbers.

    `vessels` are given where records do not name them in a column. `line` is where each record
    stands in the file, from 1; `faults` is what its reader already found wrong (`faults.CODES`, 0
    for nothing); `texts` gives the records of some row numbers as a user sees them in the file.
    """

    frame: pl.DataFrame
    line: Int64
    faults: UInt8
    texts: Callable[[Int64], list[str]]
    vessels: Vessels | None = None


@dataclass(frozen=True)
class _Fix:
    vessels: Vessels
    times: Times
    place: Positions
    speeds: Speeds
    aids: SailingAids

    @property
    def warnings(self) -> tuple[str, ...]:
        return (
            *self.times.warnings,
            *self.place.warnings,
            *self.speeds.warnings,
            *self.aids.warnings,
        )

    @property
    def decided(self) -> dict[str, float | str]:
        """What all pieces of a file must decide alike."""
        return {**self.times.decided, **self.place.decided, **self.speeds.decided, **self.aids.decided}

    @property
    def known(self) -> dict[str, int]:
        """How many rows have a vessel, a time and a position that could be read."""
        rows = len(self.times.time_s)
        columns = (self.place.lon_deg, self.place.lat_deg, self.times.time_s)
        lon, lat, time = (rows - int(np.count_nonzero(np.isnan(values))) for values in columns)
        named = rows - int(np.count_nonzero(self.vessels.key == 0))
        return {"mmsi": named, "own_id": named, "time": time, "lat": lat, "lon": lon, "place": min(lon, lat)}


def batch_of(table: Table, layout: Layout, name: str, options: ReadOptions) -> Batch:
    """Sort the records of a file into reports, static reports and rejects."""
    return joined([part_of(table, layout, name, options)], options.max_vessels)


def part_of(table: Table, layout: Layout, name: str, options: ReadOptions) -> Part:
    """Sort the records of a piece of a file into reports, declared static data, and rejects.

    Raises ReadError where positions can be read in two ways.
    """
    fix = _fix(table, layout, name, options)
    usable, static_only = _judge(table, fix)
    kept = (table.faults == 0) & ~static_only
    reports = _reports(table.frame, fix, kept, layout, options)
    lengths = lengths_of(table.frame, layout)
    log = RejectLog(name)
    log_faults(log, table.faults, table.line, table.texts)
    log.cures |= _cures(fix)
    declared = declared_by(
        lengths.frame,
        fix.vessels.key,
        fix.times.time_s,
        _classes(table.frame),
        usable,
    )
    batch = Batch(
        format=layout.format,
        rows=len(table.line),
        reports=reports,
        rejects=log,
        static_rows=int(static_only.sum()),
        warnings=(*_doubts(table, fix, name), *fix.warnings, *lengths.warnings),
        own_ids=fix.vessels.own_ids,
        not_understood=words_not_understood(table.frame),
    )
    used = used_of(lengths.frame, reports, fix.known)
    decided = {**fix.decided, **lengths.decided}
    return Part(batch, declared, decided, fix.speeds.is_settled, used)


def _cures(fix: _Fix) -> dict[Reject, str]:
    """Return how to mend what a whole column suffers from."""
    found = {Reject.BAD_VESSEL: fix.vessels.cure, Reject.BAD_TIME: fix.times.cure}
    return {reason: cure for reason, cure in found.items() if cure}


def _fix(table: Table, layout: Layout, name: str, options: ReadOptions) -> _Fix:
    frame = table.frame
    times = moments_of(frame, layout, date_order(layout, options))
    vessels = table.vessels or _vessels(frame, name, options.max_vessels)
    speeds = speeds_of(frame, layout)
    motion = Motion(vessels.key, times.time_s, speeds.sog_kn)
    place, aids = positions_of(frame, layout, name, motion), sailing_aids(vessels.key, speeds.sog_kn)
    return _Fix(vessels, times, place, speeds, aids)


def date_order(layout: Layout, options: ReadOptions) -> DateOrder | None:
    """Return whether day or month comes first, where the layout or the user says so."""
    if layout.date_order is not None:
        return layout.date_order
    if options.is_day_first is None:
        return None
    return DateOrder.DAY_FIRST if options.is_day_first else DateOrder.MONTH_FIRST


def _vessels(frame: pl.DataFrame, name: str, most: int) -> Vessels:
    if "mmsi" in frame.columns:
        check_count(frame["mmsi"], most, name)
        return by_mmsi(frame["mmsi"])
    if "own_id" in frame.columns:
        check_count(frame["own_id"], most, name)
        return by_own_id(frame["own_id"])
    return one_vessel(name, len(frame))


def _judge(table: Table, fix: _Fix) -> tuple[Bool, Bool]:
    """Mark the faults; return which rows have usable static data, and which rows hold nothing else."""
    faults, key, time_s = table.faults, fix.vessels.key, fix.times.time_s
    mark(faults, fix.vessels.is_bad, Reject.BAD_VESSEL)
    rows = rules.suspect_mmsis(key)
    mark_rows(faults, rows, [(Reject.NO_VESSEL, key[rows] == 0)])
    rows = rows[~kept(key[rows], fix.aids)]
    mark_rows(faults, rows, rules.stations(key[rows]))
    if "msg_type" in table.frame.columns:
        for reason, where in rules.station_messages(_msg_types(table.frame)):
            mark(faults, where, reason)
    _mark_stations_by_name(table.frame, faults)
    mark(faults, fix.times.malformed, Reject.BAD_TIME)
    rows = rules.suspect_times(time_s)
    mark_rows(faults, rows, rules.times(time_s[rows]))
    usable = faults == 0
    static_only = usable & np.isnan(fix.place.lon_deg) & np.isnan(fix.place.lat_deg) & ~fix.place.is_bad
    unplaced = np.flatnonzero(static_only)
    if len(unplaced):
        static_only[unplaced] = declares_something(table.frame[unplaced])
    mark(faults, fix.place.is_bad & ~static_only, Reject.BAD_POSITION)
    rows = rules.suspect_positions(fix.place.lon_deg, fix.place.lat_deg)
    rows = rows[~static_only[rows]]
    mark_rows(faults, rows, rules.positions(fix.place.lon_deg[rows], fix.place.lat_deg[rows]))
    return usable, static_only


def _mark_stations_by_name(frame: pl.DataFrame, faults: UInt8) -> None:
    if "ais_class" not in frame.columns or frame["ais_class"].dtype != pl.String:
        return
    for word in frame["ais_class"].unique().drop_nulls().to_list():
        reason = STATIONS.get(word.strip().lower())
        if reason:
            mark(faults, (frame["ais_class"] == word).fill_null(value=False).to_numpy(), reason)


def _reports(frame: pl.DataFrame, fix: _Fix, kept: Bool, layout: Layout, options: ReadOptions) -> Reports:
    is_all = bool(kept.all())
    taken: slice | Int64 = slice(None) if is_all else np.flatnonzero(kept)
    source_row = np.arange(options.first_row, options.first_row + len(kept), dtype=np.int32)[taken]
    some = frame if is_all else frame[taken]
    msg_type = None if "msg_type" not in frame.columns else _msg_types(some)
    sog_kn = fix.speeds.sog_kn
    return Reports.of(
        fix.vessels.key[taken],
        fix.times.time_s[taken],
        fix.place.lon_deg[taken],
        fix.place.lat_deg[taken],
        sog_kn=None if sog_kn is None else sog_kn[taken],
        cog_deg=courses_of(some, layout),
        heading_deg=headings_of(some, layout),
        nav_status=_nav_statuses(some),
        msg_type=msg_type,
        receiver=receivers(some["receiver"]) if "receiver" in frame.columns else None,
        uncertainty_m=None if msg_type is None else rules.uncertainties(msg_type),
        source_row=source_row,
    )


def _optional(frame: pl.DataFrame, name: str) -> Float64:
    if name not in frame.columns:
        return np.full(len(frame), np.nan)
    return numbers(frame[name])[0]


def _msg_types(frame: pl.DataFrame) -> UInt8:
    if "msg_type" not in frame.columns:
        return np.zeros(len(frame), dtype=np.uint8)
    return rules.small_codes(_optional(frame, "msg_type"), HIGHEST_MSG_TYPE, 0)


def _nav_statuses(frame: pl.DataFrame) -> UInt8 | None:
    if "nav_status" not in frame.columns:
        return None
    return rules.nav_statuses(coded(frame["nav_status"], NAV_STATUSES))


def _classes(frame: pl.DataFrame) -> UInt8:
    if "ais_class" in frame.columns:
        return classes(frame["ais_class"])
    if "msg_type" in frame.columns:
        return CLASS_OF_MSG_TYPE[_msg_types(frame)]
    return np.full(len(frame), AisClass.UNKNOWN, dtype=np.uint8)


def _looks_swapped(fix: _Fix) -> bool:
    """Return whether most latitudes could only be longitudes, and all longitudes latitudes."""
    lat, lon = (
        fix.place.lat_deg[np.isfinite(fix.place.lat_deg)],
        fix.place.lon_deg[np.isfinite(fix.place.lon_deg)],
    )
    beyond = (np.abs(lat) > rules.HIGHEST_LAT_DEG) & (lat != rules.LAT_NOT_AVAILABLE_DEG)
    return bool(beyond.mean() > MOST and (np.abs(lon) <= rules.HIGHEST_LAT_DEG).all())


def _doubts(table: Table, fix: _Fix, name: str) -> tuple[str, ...]:
    """Return what a user should look at, though nothing is plainly wrong."""
    warnings = []
    beyond = (np.abs(fix.place.lat_deg) > rules.HIGHEST_LAT_DEG) & np.isfinite(fix.place.lat_deg)
    if beyond.sum() > MOST * len(beyond) and _looks_swapped(fix):
        warnings.append(SWAPPED)
    columns = set(table.frame.columns)
    if table.vessels is not None:
        return tuple(warnings)
    if not {"mmsi", "own_id"} & columns:
        warnings.append(NO_ID_COLUMN.format(name=name))
    elif "mmsi" not in columns and FEW_ROWS < len(table.line) == len(fix.vessels.own_ids):
        warnings.append(ONE_ROW_EACH.format(column="own_id"))
    return tuple(warnings)
