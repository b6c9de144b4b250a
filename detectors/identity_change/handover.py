"""Handovers: where one MMSI ends and another begins by what must be the same vessel."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from detectors.core.units import HOUR_S, KNOT_MPS, MINUTE_S
from detectors.kernels.geometry.geodesy import plane_m

if TYPE_CHECKING:
    from detectors.identity_change.params import IdentityParams
    from detectors.scene import Scene
    from detectors.tracks.reports import Bool, Float64, Int64

COMPARED_MAX = 2000
"""MMSIs that begin in the time in which one ends: more is a fault of the feed, and is not compared."""


@dataclass(frozen=True, eq=False)
class Ends:
    """Last (or first) reports of MMSIs: row of the segments' columns, time, position, velocity in m/s."""

    vessel: Int64
    row: Int64
    time_s: Float64
    lon_deg: Float64
    lat_deg: Float64
    east_mps: Float64
    north_mps: Float64

    def __len__(self) -> int:
        return len(self.row)

    def take(self, rows: Int64 | Bool) -> Ends:
        """Return some rows."""
        return Ends(**{name: column[rows] for name, column in vars(self).items()})


@dataclass(frozen=True)
class Join:
    """An ending and a beginning that fit: their numbers in `Ends`, and how well."""

    ending: int
    beginning: int
    gap_s: float
    distance_m: float
    error_m: float
    """Distance of the new MMSI from the projected position, by the better of the two velocities."""
    speed_mps: float
    """The slower of the two."""


def ends_of(scene: Scene, params: IdentityParams) -> tuple[Ends, Ends]:
    """Return the MMSIs that end well before the data do, and those that begin well after, by time."""
    segments = scene.tracks.segments
    if not len(segments):
        nothing = ends_at(scene, np.empty(0, np.int64), params, is_last=True)
        return nothing, nothing
    lasting = np.flatnonzero(np.diff(segments.offsets) >= params.reports_min)
    first, last = segments.offsets[lasting], segments.offsets[lasting + 1] - 1
    vessel = segments.vessel_index[lasting].astype(np.int64)
    ending = last[_best(vessel, -segments.time_s[last])]
    beginning = first[_best(vessel, segments.time_s[first])]
    known_s = params.known_h * HOUR_S
    ending = ending[scene.heard_until_s - segments.time_s[ending] >= known_s]
    beginning = beginning[segments.time_s[beginning] - scene.tracks.start_s >= known_s]
    return ends_at(scene, ending, params, is_last=True), ends_at(scene, beginning, params, is_last=False)


def _best(vessel: Int64, value: Float64) -> Int64:
    """Return for each vessel the index of its least value."""
    order = np.lexsort((value, vessel))
    new = np.ones(len(order), dtype=np.bool_)
    new[1:] = vessel[order][1:] != vessel[order][:-1]
    return order[new]


def ends_at(scene: Scene, rows: Int64, params: IdentityParams, *, is_last: bool) -> Ends:
    """Return ends with the velocity over the window before (or after) them."""
    segments = scene.tracks.segments
    rows = rows[np.lexsort((rows, segments.time_s[rows]))]
    window_s = params.motion_window_min * MINUTE_S
    others = np.array(
        [_other_end(scene, int(row), window_s, is_last=is_last) for row in rows], dtype=np.int64
    )
    a, b = (others, rows) if is_last else (rows, others)
    east_m, north_m = plane_m(
        segments.lon_deg[a], segments.lat_deg[a], segments.lon_deg[b], segments.lat_deg[b]
    )
    span_s = np.maximum(segments.time_s[b] - segments.time_s[a], 1.0)
    segment = np.searchsorted(segments.offsets, rows, side="right") - 1
    return Ends(
        vessel=segments.vessel_index[segment].astype(np.int64),
        row=rows,
        time_s=segments.time_s[rows],
        lon_deg=segments.lon_deg[rows],
        lat_deg=segments.lat_deg[rows],
        east_mps=east_m / span_s,
        north_mps=north_m / span_s,
    )


def _other_end(scene: Scene, row: int, window_s: float, *, is_last: bool) -> int:
    """Return the farthest report of the segment within the window before (or after) an end.

    The next report where there is none.
    """
    segments = scene.tracks.segments
    segment = int(np.searchsorted(segments.offsets, row, side="right")) - 1
    begin, end = int(segments.offsets[segment]), int(segments.offsets[segment + 1])
    if is_last:
        return min(
            begin + int(np.searchsorted(segments.time_s[begin:end], segments.time_s[row] - window_s)), row - 1
        )
    until = segments.time_s[row] + window_s
    return max(begin + int(np.searchsorted(segments.time_s[begin:end], until, side="right")) - 1, row + 1)


def joins(endings: Ends, beginnings: Ends, params: IdentityParams) -> tuple[list[Join], int]:
    """Return the pairs that fit where neither fits another, and how many endings lay in a crowd.

    Both are in the order of time, so that each ending is compared only with the beginnings of its hour.
    """
    found, in_crowds = possible_joins(endings, beginnings, params)
    for side in ("ending", "beginning"):
        counts: dict[int, int] = {}
        for join in found:
            counts[getattr(join, side)] = counts.get(getattr(join, side), 0) + 1
        found = [join for join in found if counts[getattr(join, side)] == 1]
    return found, in_crowds


def possible_joins(endings: Ends, beginnings: Ends, params: IdentityParams) -> tuple[list[Join], int]:
    """Return all pairs that fit, and how many endings lay in a crowd."""
    found: list[Join] = []
    in_crowds = 0
    before_s, after_s = params.overlap_max_min * MINUTE_S, params.handover_max_h * HOUR_S
    from_row = np.searchsorted(beginnings.time_s, endings.time_s - before_s, side="left")
    to_row = np.searchsorted(beginnings.time_s, endings.time_s + after_s, side="right")
    for n in range(len(endings)):
        near = np.arange(from_row[n], to_row[n])
        if len(near) > COMPARED_MAX:
            in_crowds += 1
        elif len(near):
            found.extend(
                _joins_of_ending(endings.take(np.full(len(near), n)), beginnings.take(near), n, near, params)
            )
    return found, in_crowds


def _joins_of_ending(a: Ends, b: Ends, ending: int, numbers: Int64, params: IdentityParams) -> list[Join]:
    """Return which beginnings `b` the ending `a` (repeated) can have become."""
    gap_s = b.time_s - a.time_s
    east_m, north_m = plane_m(a.lon_deg, a.lat_deg, b.lon_deg, b.lat_deg)
    sailing_on_m = np.hypot(east_m - a.east_mps * gap_s, north_m - a.north_mps * gap_s)
    sailing_back_m = np.hypot(east_m - b.east_mps * gap_s, north_m - b.north_mps * gap_s)
    error_m = np.minimum(sailing_on_m, sailing_back_m)
    speeds = np.hypot(a.east_mps, a.north_mps), np.hypot(b.east_mps, b.north_mps)
    fastest = np.maximum(*speeds)
    turn = np.hypot(a.east_mps - b.east_mps, a.north_mps - b.north_mps)
    fit = error_m <= params.place_slack_m + params.drift_share * fastest * np.abs(gap_s)
    fit &= turn <= np.maximum(params.join_kn * KNOT_MPS, params.join_share * fastest)
    fit &= a.vessel != b.vessel
    slowest = np.minimum(*speeds)
    distance_m = np.hypot(east_m, north_m)
    return [
        Join(ending, int(numbers[k]), *(float(column[k]) for column in (gap_s, distance_m, error_m, slowest)))
        for k in np.flatnonzero(fit)
    ]
