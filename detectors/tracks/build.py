"""From reports in any order to tracks: sort, merge duplicates, split shared MMSIs."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from detectors.core.units import HOUR_S, KNOT_MPS
from detectors.kernels.arrays.order import first_hearings, late_rows, places_by_group, scattered
from detectors.kernels.tracks.fixes import Fixes
from detectors.kernels.tracks.segments import SegmentRule, split_segments
from detectors.tracks.codes import AisClass
from detectors.tracks.params import TrackParams
from detectors.tracks.reports import held_once, taken_out
from detectors.tracks.rounding import with_rounding
from detectors.tracks.tracks import Tracks

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from detectors.tracks.reports import Bool, Column, Float64, Int32, Int64, Reports, StaticReport, UInt8

Statics: TypeAlias = "Mapping[int, tuple[StaticReport, ...]]"

A_BIT, B_BIT = np.uint8(1), np.uint8(2)
CLASS_BITS = np.zeros(256, dtype=np.uint8)
"""The transponder class that a message type shows (ITU-R M.1371), by the type's number."""

CLASS_BITS[[1, 2, 3, 5]] = A_BIT
CLASS_BITS[[18, 19, 24]] = B_BIT


def make_tracks(
    reports: Reports,
    statics: Iterable[StaticReport] = (),
    own_ids: Mapping[int, str] | None = None,
    params: TrackParams | None = None,
) -> tuple[Tracks, int]:
    """Return tracks, and the number of reports merged because they were received twice.

    The result does not depend on the order of the reports. Vessels come in the order of their keys.
    """
    return tracks_of(reports.columns(), reports.vessels, statics, own_ids, params)


def tracks_of(
    columns: dict[str, Column],
    vessels: tuple[Int64, Int32],
    statics: Iterable[StaticReport] = (),
    own_ids: Mapping[int, str] | None = None,
    params: TrackParams | None = None,
) -> tuple[Tracks, int]:
    """Return the tracks of the columns of reports, as `make_tracks` does. Empties `columns`.

    `vessels` are those of the same reports (`Reports.vessels`). A caller that keeps no reference to the
    columns has a large file in memory once, not twice.
    """
    params = params or TrackParams()
    columns["lon_deg"] = _on_one_side_of_180(columns["lon_deg"])
    vessel, code = vessels
    del columns["vessel"]
    offsets, ordered = _in_order(columns, code, len(vessel))
    keep = _first_receptions(offsets, ordered, params.duplicate_within_s)
    duplicates = len(keep) - int(np.count_nonzero(keep))
    if duplicates:
        offsets = np.concatenate(([0], np.cumsum(keep)))[offsets]
        ordered = taken_out(ordered, keep)
    ordered["uncertainty_m"] = with_rounding(offsets, ordered, params)
    by_vessel = _statics_by_vessel(statics)
    tracks = Tracks(
        vessel=vessel,
        ais_class=_classes(vessel, offsets, ordered["msg_type"], by_vessel),
        offsets=offsets,
        segment=_segments(offsets, ordered, params),
        statics=by_vessel,
        own_ids=dict(own_ids or {}),
        **ordered,
    )
    return tracks, duplicates


def _first_receptions(offsets: Int64, ordered: Mapping[str, Column], within_s: float) -> Bool:
    return first_hearings(offsets, _fixes(ordered), ordered["sog_kn"], ordered["cog_deg"], within_s)


def _fixes(ordered: Mapping[str, Column]) -> Fixes:
    return Fixes(ordered["time_s"], ordered["lon_deg"], ordered["lat_deg"])


def _on_one_side_of_180(lon_deg: Float64) -> Float64:
    """Return longitudes in [-180, 180): 180 degrees east and west are one meridian."""
    edge = lon_deg == 180.0  # noqa: PLR2004 - half a turn
    return np.where(edge, -180.0, lon_deg) if edge.any() else lon_deg


def _in_order(columns: dict[str, Column], code: Int32, vessels: int) -> tuple[Int64, dict[str, Column]]:
    """Return the bounds of each vessel's reports, and the columns by vessel and time. Empties `columns`."""
    offsets, place = places_by_group(code, vessels)
    ordered = {name: _placed(columns.pop(name), place) for name in list(columns)}
    _move(ordered, *late_rows(offsets, ordered["time_s"]))
    time_s = ordered["time_s"]
    tie = np.zeros(len(time_s) + 1, dtype=np.bool_)
    tie[1:-1] = time_s[1:] == time_s[:-1]
    tie[offsets] = False
    places = np.flatnonzero(tie[:-1] | tie[1:])
    if len(places):
        _move(ordered, places, _settled(ordered, offsets, places))
    return offsets, ordered


def _placed(column: Column, place: Int32) -> Column:
    held = held_once(column, len(place))
    return scattered(column, place) if held is None else held


def _move(ordered: dict[str, Column], places: Int64, rows: Int64) -> None:
    """Copy the values of some rows to the given places."""
    for column in ordered.values():
        if len(places) and column.strides != (0,):
            column[places] = column[rows]


def _settled(ordered: Mapping[str, Column], offsets: Int64, rows: Int64) -> Int64:
    """Return reports of one vessel at one instant ordered by their content, not by their arrival."""
    tie_breakers = ("lon_deg", "lat_deg", "sog_kn", "cog_deg", "heading_deg", "nav_status", "msg_type")
    last_first = ("source_row", "uncertainty_m", "receiver", *reversed(tie_breakers), "time_s")
    vessel = np.searchsorted(offsets, rows, side="right")
    return rows[np.lexsort([*(ordered[name][rows] for name in last_first), vessel])]


def _segments(offsets: Int64, ordered: Mapping[str, Column], params: TrackParams) -> Int32:
    rule = SegmentRule(
        max_speed_mps=params.segment_speed_max_kn * KNOT_MPS,
        slack_m=params.segment_slack_m,
        segments_max=int(params.segments_max),
        young=int(params.segment_young_reports),
        young_factor=params.segment_young_factor,
        lead_s=params.segment_lead_h * HOUR_S,
        wander_mps=params.segment_wander_kn * KNOT_MPS,
        pad_s=params.segment_pad_h * HOUR_S,
        return_s=params.segment_return_h * HOUR_S,
    )
    segment: Int32 = split_segments(offsets, _fixes(ordered), rule)
    held = held_once(segment, len(segment))
    return segment if held is None else held


def _classes(vessel: Int64, offsets: Int64, msg_type: UInt8, statics: Statics) -> UInt8:
    """Return the transponder class by the messages sent, else by the static reports."""
    class_bits = np.bitwise_or.reduceat(CLASS_BITS[msg_type], offsets[:-1]) if len(msg_type) else msg_type
    from_messages = np.where(
        class_bits & A_BIT, AisClass.A, np.where(class_bits & B_BIT, AisClass.B, AisClass.UNKNOWN)
    )
    for index in np.flatnonzero(from_messages == AisClass.UNKNOWN):
        declared = [s.ais_class for s in statics.get(int(vessel[index]), ()) if s.ais_class]
        if declared:
            from_messages[index] = declared[-1]
    return from_messages.astype(np.uint8)


def _statics_by_vessel(statics: Iterable[StaticReport]) -> dict[int, tuple[StaticReport, ...]]:
    by_vessel: dict[int, list[StaticReport]] = {}
    for each in statics:
        by_vessel.setdefault(each.vessel, []).append(each)
    return {v: tuple(sorted(found, key=_static_order)) for v, found in sorted(by_vessel.items())}


def _static_order(static: StaticReport) -> tuple[float, str]:
    """Return the order of static reports: undated ones first, which hold throughout; ties by content."""
    time_s = -np.inf if np.isnan(static.time_s) else static.time_s
    return time_s, repr(static)
