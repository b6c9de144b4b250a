"""Tracks: position reports in order, as read-only columns."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from detectors.kernels.tracks.fixes import Fixes
from detectors.kernels.tracks.speeds import speed_made_good
from detectors.tracks.codes import AisClass

if TYPE_CHECKING:
    from collections.abc import Mapping

    from detectors.tracks.reports import Column, Float32, Float64, Int32, Int64, StaticReport, UInt8


@dataclass(frozen=True, eq=False)
class Segments:
    """The same reports by segment: one run of rows per (vessel, segment), in time order.

    Columns have one element per report, `vessel_index` and `offsets` one per segment (`offsets` one
    more). `row` is the report's row in `Tracks`. Arrays are shared with `Tracks` where no MMSI is shared.
    """

    vessel_index: Int32
    offsets: Int64
    row: Int32
    time_s: Float64
    lon_deg: Float64
    lat_deg: Float64
    uncertainty_m: Float32
    _speeds: dict[tuple[float, float], Float32] = field(default_factory=dict, repr=False)

    def __len__(self) -> int:
        return len(self.vessel_index)

    @property
    def fixes(self) -> Fixes:
        """Time and position of each report, as the kernels take them."""
        return Fixes(self.time_s, self.lon_deg, self.lat_deg)

    def speed_mps(self, window_s: float, bridge_s: float) -> Float32:
        """Return the speed made good from each report to the next (`kernels.tracks.motion`), cached."""
        key = (window_s, bridge_s)
        if key not in self._speeds:
            self._speeds[key] = speed_made_good(self.offsets, self.fixes, window_s, bridge_s)
            self._speeds[key].setflags(write=False)
        return self._speeds[key]


@dataclass(frozen=True, eq=False)
class Tracks:
    """Position reports sorted by vessel and time, with the vessels' static data.

    `vessel` and `ais_class` have one element per vessel (V), `offsets` V+1: the reports of vessel v are
    rows `offsets[v]` to `offsets[v + 1]`. All other columns have one element per report (see `Reports`
    for units and for what "not known" looks like). `segment` numbers the segments that share the vessel's
    MMSI, from 0. `statics` holds each vessel's static reports in time order. `own_ids` names the vessels
    that have no MMSI.
    """

    vessel: Int64
    ais_class: UInt8
    offsets: Int64
    time_s: Float64
    lon_deg: Float64
    lat_deg: Float64
    sog_kn: Float32
    cog_deg: Float32
    heading_deg: Float32
    nav_status: UInt8
    msg_type: UInt8
    receiver: UInt8
    uncertainty_m: Float32
    source_row: Int32
    segment: Int32
    statics: Mapping[int, tuple[StaticReport, ...]] = field(default_factory=dict)
    own_ids: Mapping[int, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for value in vars(self).values():
            if isinstance(value, np.ndarray):
                value.setflags(write=False)

    def __len__(self) -> int:
        return len(self.time_s)

    @property
    def start_s(self) -> float:
        """Time of the earliest report; NaN where there is none."""
        return float(self.time_s.min()) if len(self) else float("nan")

    @property
    def end_s(self) -> float:
        """Time of the latest report; NaN where there is none."""
        return float(self.time_s.max()) if len(self) else float("nan")

    def key(self, vessel_index: int) -> str:
        """Return the vessel's name for people and for identifiers: the MMSI, or the track's own id."""
        number = int(self.vessel[vessel_index])
        return self.own_ids.get(number, str(number))

    def class_of(self, vessel_index: int) -> AisClass:
        """Return the transponder's class."""
        return AisClass(int(self.ais_class[vessel_index]))

    def by_segment(self, column: Column) -> Column:
        """Return a column in the order of `segments`: itself where no MMSI is shared."""
        return column[self.segments.row] if self.segment.any() else column

    def segment_of(self, row: int) -> int:
        """Return the number of the segment that sent a report; segments come by vessel and segment."""
        ends, first_segment = self._bounds
        return first_segment[bisect_right(ends, row)] + int(self.segment[row])

    @cached_property
    def _bounds(self) -> tuple[list[int], list[int]]:
        """Where the reports of each vessel end, and its first segment.

        Lists, which are faster for single elements.
        """
        first_segment = np.searchsorted(self.segments.vessel_index, np.arange(len(self.vessel)))
        return self.offsets[1:].tolist(), first_segment.tolist()

    @cached_property
    def segments(self) -> Segments:
        """The reports by segment, in the order of vessels and segments."""
        vessels = np.arange(len(self.vessel), dtype=np.int32)
        if not self.segment.any():
            return self._segments(vessels, self.offsets, np.arange(len(self), dtype=np.int32))
        vessel_of_row = np.repeat(vessels, np.diff(self.offsets))
        rows = np.lexsort((self.segment, vessel_of_row)).astype(np.int32)
        vessel, segment = vessel_of_row[rows], self.segment[rows]
        new = np.ones(len(rows), dtype=np.bool_)
        new[1:] = (vessel[1:] != vessel[:-1]) | (segment[1:] != segment[:-1])
        starts = np.flatnonzero(new)
        return self._segments(vessel[starts], np.append(starts, len(rows)), rows, gather=True)

    def _segments(self, vessel: Int32, offsets: Int64, rows: Int32, *, gather: bool = False) -> Segments:
        pick = slice(None) if not gather else rows
        return Segments(
            vessel_index=vessel,
            offsets=offsets,
            row=rows,
            time_s=self.time_s[pick],
            lon_deg=self.lon_deg[pick],
            lat_deg=self.lat_deg[pick],
            uncertainty_m=self.uncertainty_m[pick],
        )
