"""Could two vessels have been together: a place and time against the reach of a vessel in a dark period.

It can be at a place from its last report plus the way there until its next report less the way back, at its
own cruising speed. Distances are along water where the chart knows that they are longer.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

import numpy as np

from detectors.core.angles import wrapped_deg
from detectors.core.units import KNOT_MPS
from geodata.geodesy import chord_m, geodesic_m

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from detectors.core.findings import Finding
    from detectors.scene import Scene
    from detectors.tracks.reports import Bool, Float64, Int64

    DistanceFunction = Callable[[Float64, Float64, Float64, Float64], Float64]

BLOCK = 128
"""Elements of either side that are compared at once.

Many calls cost more than distances, and in a crowd the first blocks spare the distances of most others.
"""
STEPS = 9
"""Places tried between the middles of two gaps: reaches are round, so what they share lies there."""


@dataclass(frozen=True, eq=False)
class Gap:
    """A dark period: finding and its number, positions at both ends, times and cruising speed.

    Both positions are that of the last report while it lasts.
    """

    finding: Finding
    number: int
    last_position: tuple[float, float]
    next_position: tuple[float, float]
    start_s: float
    until_s: float
    speed_mps: float
    is_open: bool

    @property
    def middle(self) -> tuple[float, float]:
        """The place half way between its ends, in degrees."""
        lon = self.last_position[0] + 0.5 * float(wrapped_deg(self.next_position[0] - self.last_position[0]))
        return float(wrapped_deg(lon)), 0.5 * (self.last_position[1] + self.next_position[1])


@dataclass(frozen=True, eq=False)
class FeasibleEncounters:
    """Pairs of findings that could be one encounter each, as columns.

    `members` are numbers of findings, shape (encounters, 2); `position` is longitude and latitude, of the
    same shape; `start_s` and `end_s` bound the feasible time; `distance_m` is what the vessel in the dark
    period sailed, `gap_s` the length of that period.
    """

    members: Int64
    position: Float64
    start_s: Float64
    end_s: Float64
    distance_m: Float64
    gap_s: Float64

    def __len__(self) -> int:
        return len(self.members)

    def take(self, rows: Bool | Int64) -> FeasibleEncounters:
        """Return some rows."""
        return FeasibleEncounters(*(column[rows] for column in vars(self).values()))

    @classmethod
    def joined(cls, parts: Sequence[FeasibleEncounters]) -> FeasibleEncounters:
        """Return the rows of all parts, in their order."""
        return cls(
            *(np.concatenate(columns) for columns in zip(*(vars(p).values() for p in parts), strict=True))
        )


@dataclass(frozen=True, eq=False)
class _GapColumns:
    """Gaps as columns; `number` is that of the finding."""

    number: Float64
    last_position: Float64
    next_position: Float64
    start_s: Float64
    until_s: Float64
    speed_mps: Float64
    is_open: Float64

    @classmethod
    def of(cls, gaps: Sequence[Gap]) -> _GapColumns:
        """Return the columns of gaps."""
        columns = {
            name: np.array([getattr(gap, name) for gap in gaps], dtype=np.float64)
            for name in (f.name for f in fields(cls))
        }
        columns |= {name: columns[name].reshape(-1, 2) for name in ("last_position", "next_position")}
        return cls(**columns)

    def take(self, rows: Bool | Int64 | slice) -> _GapColumns:
        """Return some rows."""
        return _GapColumns(*(column[rows] for column in vars(self).values()))


@dataclass(frozen=True, eq=False)
class _Loiterers:
    """Loitering vessels as columns; `number` is that of the finding."""

    number: Int64
    position: Float64
    start_s: Float64
    end_s: Float64

    @classmethod
    def of(cls, loitering: Sequence[Finding]) -> _Loiterers:
        """Return the columns of findings, numbered by their place."""
        return cls(
            np.arange(len(loitering)),
            np.array([f.path[0] for f in loitering], dtype=np.float64).reshape(-1, 2),
            np.array([f.start_s for f in loitering], dtype=np.float64),
            np.array([f.end_s or f.start_s for f in loitering], dtype=np.float64),
        )

    def take(self, rows: Bool | Int64 | slice) -> _Loiterers:
        """Return some rows."""
        return _Loiterers(*(column[rows] for column in vars(self).values()))


def gap_of(finding: Finding, number: int, now_s: float) -> Gap:
    """Return the gap of a dark period; `number` is that of the finding among all."""
    speed_kn = finding.measures["cruise_speed_kn"]
    assert isinstance(speed_kn, float)
    until_s = now_s if finding.end_s is None else finding.end_s
    ends = (finding.path[0], finding.path[-1])
    return Gap(finding, number, *ends, finding.start_s, until_s, speed_kn * KNOT_MPS, finding.end_s is None)


def loiterer_encounters(
    scene: Scene,
    loitering: Sequence[Finding],
    gaps: Sequence[Gap],
    together_s: float,
    matters: Callable[[Int64], Bool],
) -> Iterator[FeasibleEncounters]:
    """Yield the loitering vessels with the vessels in gaps that could have been beside them long enough.

    The number of a loitering vessel's finding is its place in the sequence. `matters` returns which
    members, shape (pairs, 2), are worth knowing; it is called anew for each part.
    """
    all_loiterers, all_gaps = _Loiterers.of(loitering), _GapColumns.of(gaps)
    for visible in (all_loiterers.take(rows) for rows in _blocks(len(loitering))):
        for dark in (all_gaps.take(rows) for rows in _blocks(len(gaps))):
            yield _block_encounters(scene, visible, dark, together_s, matters)


def _blocks(count: int) -> Iterator[slice]:
    return (slice(first, first + BLOCK) for first in range(0, count, BLOCK))


def _block_encounters(
    scene: Scene,
    visible: _Loiterers,
    dark: _GapColumns,
    together_s: float,
    matters: Callable[[Int64], Bool],
) -> FeasibleEncounters:
    """Return the encounters of some loitering vessels, in their order and then that of the gaps."""
    begin = np.maximum(dark.start_s, visible.start_s[:, None])
    rows, columns = np.nonzero(np.minimum(dark.until_s, visible.end_s[:, None]) - begin >= together_s)
    members = np.stack((visible.number[rows], dark.number[columns].astype(np.int64)), axis=1)
    wanted = matters(members)
    members, visible, dark = members[wanted], visible.take(rows[wanted]), dark.take(columns[wanted])
    begin = end = distance_m = np.empty(0)
    for distance in (chord_m, geodesic_m, scene.world.sea_distance_at_least_m):  # each longer and slower
        begin, end, distance_m = _feasible_stay(distance, visible.position, dark)
        begin, end = np.maximum(begin, visible.start_s), np.minimum(end, visible.end_s)
        feasible = end - begin >= together_s
        members, visible, dark = members[feasible], visible.take(feasible), dark.take(feasible)
        begin, end, distance_m = begin[feasible], end[feasible], distance_m[feasible]
    return FeasibleEncounters(members, visible.position, begin, end, distance_m, dark.until_s - dark.start_s)


def _feasible_stay(
    distance: DistanceFunction, position: Float64, dark: _GapColumns
) -> tuple[Float64, Float64, Float64]:
    """Return from when until when each vessel can be at its place, and the distance there and on."""
    (lon, lat), last_position, next_position = (
        ends.T.copy() for ends in (position, dark.last_position, dark.next_position)
    )
    there_m = distance(last_position[0], last_position[1], lon, lat)
    back_m = np.where(dark.is_open > 0.0, 0.0, distance(lon, lat, next_position[0], next_position[1]))
    begin, end = dark.start_s + there_m / dark.speed_mps, dark.until_s - back_m / dark.speed_mps
    return begin, end, there_m + back_m


def gap_encounters(gaps: Sequence[Gap], together_s: float) -> FeasibleEncounters:
    """Return the pairs of gaps that leave both vessels time at one place, as long as they can."""
    columns = _GapColumns.of(gaps)
    first, second = np.triu_indices(len(gaps), k=1)
    overlap_s = np.minimum(columns.until_s[first], columns.until_s[second])
    overlap_s -= np.maximum(columns.start_s[first], columns.start_s[second])
    first, second = first[overlap_s >= together_s], second[overlap_s >= together_s]
    middles = np.array([gap.middle for gap in gaps], dtype=np.float64).reshape(-1, 2)
    begin = end = distance_m = lon = lat = np.empty((0, STEPS))
    for distance in (chord_m, geodesic_m):
        lon, lat = _between(middles, first, second)
        one, other = (_feasible_spans(distance, columns.take(rows), lon, lat) for rows in (first, second))
        begin, end = np.maximum(one[0], other[0]), np.minimum(one[1], other[1])
        distance_m = np.maximum(one[2], other[2])
        feasible = (end - begin).max(axis=1, initial=-np.inf) >= together_s
        first, second, lon, lat = first[feasible], second[feasible], lon[feasible], lat[feasible]
        begin, end, distance_m = begin[feasible], end[feasible], distance_m[feasible]
    at = np.arange(len(first)), np.argmax(end - begin, axis=1)
    lasted_s = columns.until_s - columns.start_s
    return FeasibleEncounters(
        members=columns.number[np.stack((first, second), axis=1)].astype(np.int64),
        position=np.stack((lon[at], lat[at]), axis=1),
        start_s=begin[at],
        end_s=end[at],
        distance_m=distance_m[at],
        gap_s=np.maximum(lasted_s[first], lasted_s[second]),
    )


def _between(middles: Float64, first: Int64, second: Int64) -> tuple[Float64, Float64]:
    """Return longitudes and latitudes of places between the middles of pairs, shape (pairs, `STEPS`)."""
    share = np.linspace(0.0, 1.0, STEPS)
    a, b = middles[first], middles[second]
    east = wrapped_deg(b[:, 0] - a[:, 0])
    lon = wrapped_deg(a[:, :1] + share * east[:, None])
    return lon, a[:, 1:] + share * (b[:, 1:] - a[:, 1:])


def _feasible_spans(
    distance: DistanceFunction, dark: _GapColumns, lon: Float64, lat: Float64
) -> tuple[Float64, Float64, Float64]:
    """Return from when until when each vessel can be at each of its places, and the distance there and on."""
    last_position, next_position = (
        np.repeat(end.T, lon.shape[1], axis=1) for end in (dark.last_position, dark.next_position)
    )
    there_m = distance(last_position[0], last_position[1], lon.ravel(), lat.ravel()).reshape(lon.shape)
    back_m = distance(lon.ravel(), lat.ravel(), next_position[0], next_position[1]).reshape(lon.shape)
    back_m[dark.is_open > 0.0] = 0.0
    begin = dark.start_s[:, None] + there_m / dark.speed_mps[:, None]
    end = dark.until_s[:, None] - back_m / dark.speed_mps[:, None]
    return begin, end, there_m + back_m
