"""Could two vessels have lain together: the meeting of a place and time with the reach of a silence.

A silent vessel can be at a place from her last report plus the way there until her next report less the way
back, at her own cruising speed. Ways are along water where the chart knows that they are longer.
"""

from __future__ import annotations

from dataclasses import dataclass
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

    Way = Callable[[Float64, Float64, Float64, Float64], Float64]

AT_ONCE = 128
"""So many of either side are laid beside one another at once: many calls cost more than distances, and where
a crowd fits, what the first blocks tell spares the ways of most others."""
STEPS = 9
"""Places tried between the middles of two silences: reaches are round, so what they share lies there."""


@dataclass(frozen=True, eq=False)
class Silent:
    """A silence: its finding and its number, ends (the last report twice while it lasts), times and speed."""

    finding: Finding
    number: int
    off: tuple[float, float]
    on: tuple[float, float]
    start_s: float
    until_s: float
    speed_mps: float
    is_open: bool

    @property
    def middle(self) -> tuple[float, float]:
        """The place half way between its ends, in degrees."""
        lon = self.off[0] + 0.5 * float(wrapped_deg(self.on[0] - self.off[0]))
        return float(wrapped_deg(lon)), 0.5 * (self.off[1] + self.on[1])


@dataclass(frozen=True, eq=False)
class Fits:
    """Pairs of findings that could be one meeting each: where, from when until when, the silent one's way.

    `members` are numbers of findings, shape (fits, 2); `place` is longitude and latitude, of the same shape.
    """

    members: Int64
    place: Float64
    start_s: Float64
    end_s: Float64
    way_m: Float64
    silent_s: Float64

    def __len__(self) -> int:
        return len(self.members)

    def take(self, rows: Bool | Int64) -> Fits:
        """Return some of them."""
        return Fits(*(column[rows] for column in vars(self).values()))

    @classmethod
    def joined(cls, parts: Sequence[Fits]) -> Fits:
        """Return the fits of all parts, in their order."""
        return cls(
            *(np.concatenate(columns) for columns in zip(*(vars(p).values() for p in parts), strict=True))
        )


@dataclass(frozen=True, eq=False)
class _Columns:
    """Silences as columns; `number` is that of the finding."""

    number: Float64
    off: Float64
    on: Float64
    start_s: Float64
    until_s: Float64
    speed_mps: Float64
    is_open: Float64

    @classmethod
    def of(cls, silences: Sequence[Silent]) -> _Columns:
        """Return the columns of silences."""
        columns = {
            name: np.array([getattr(s, name) for s in silences], dtype=np.float64)
            for name in ("number", "off", "on", "start_s", "until_s", "speed_mps", "is_open")
        }
        columns |= {name: columns[name].reshape(-1, 2) for name in ("off", "on")}
        return cls(**columns)

    def take(self, rows: Bool | Int64 | slice) -> _Columns:
        """Return some rows."""
        return _Columns(*(column[rows] for column in vars(self).values()))


@dataclass(frozen=True, eq=False)
class _Waiting:
    """Vessels that linger, as columns; `number` is that of the finding."""

    number: Int64
    place: Float64
    start_s: Float64
    end_s: Float64

    @classmethod
    def of(cls, visible: Sequence[Finding]) -> _Waiting:
        """Return the columns of findings, numbered by their place."""
        return cls(
            np.arange(len(visible)),
            np.array([seen.path[0] for seen in visible], dtype=np.float64).reshape(-1, 2),
            np.array([seen.start_s for seen in visible], dtype=np.float64),
            np.array([seen.end_s or seen.start_s for seen in visible], dtype=np.float64),
        )

    def take(self, rows: Bool | Int64 | slice) -> _Waiting:
        """Return some rows."""
        return _Waiting(*(column[rows] for column in vars(self).values()))


def silent_of(finding: Finding, number: int, now_s: float) -> Silent:
    """Return the silence that a dark period tells; `number` is that of the finding among all."""
    speed_kn = finding.measures["cruise_speed_kn"]
    assert isinstance(speed_kn, float)
    until_s = now_s if finding.end_s is None else finding.end_s
    ends = (finding.path[0], finding.path[-1])
    return Silent(
        finding, number, *ends, finding.start_s, until_s, speed_kn * KNOT_MPS, finding.end_s is None
    )


def loiterer_fits(
    scene: Scene,
    visible: Sequence[Finding],
    silences: Sequence[Silent],
    together_s: float,
    decides: Callable[[Int64], Bool],
) -> Iterator[Fits]:
    """Give the visible vessels with the silent ones that could have been beside them for long enough.

    The number of a visible vessel's finding is its place in the sequence. `decides` tells of members, shape
    (pairs, 2), which are worth knowing; it is asked anew for each part.
    """
    waiting, hidden = _Waiting.of(visible), _Columns.of(silences)
    for seen in (waiting.take(rows) for rows in _blocks(len(visible))):
        for silent in (hidden.take(rows) for rows in _blocks(len(silences))):
            yield _fits(scene, seen, silent, together_s, decides)


def _blocks(count: int) -> Iterator[slice]:
    return (slice(first, first + AT_ONCE) for first in range(0, count, AT_ONCE))


def _fits(
    scene: Scene, seen: _Waiting, silent: _Columns, together_s: float, decides: Callable[[Int64], Bool]
) -> Fits:
    """Return the fits of some visible vessels, in their order and then that of the silences."""
    begin = np.maximum(silent.start_s, seen.start_s[:, None])
    rows, columns = np.nonzero(np.minimum(silent.until_s, seen.end_s[:, None]) - begin >= together_s)
    members = np.stack((seen.number[rows], silent.number[columns].astype(np.int64)), axis=1)
    wanted = decides(members)
    members, seen, silent = members[wanted], seen.take(rows[wanted]), silent.take(columns[wanted])
    begin = end = way_m = np.empty(0)
    for way in (chord_m, geodesic_m, scene.world.sea_distance_at_least_m):  # each longer, and dearer to know
        begin, end, way_m = _stay(way, seen.place, silent)
        begin, end = np.maximum(begin, seen.start_s), np.minimum(end, seen.end_s)
        fits = end - begin >= together_s
        members, seen, silent = members[fits], seen.take(fits), silent.take(fits)
        begin, end, way_m = begin[fits], end[fits], way_m[fits]
    return Fits(members, seen.place, begin, end, way_m, silent.until_s - silent.start_s)


def _stay(way: Way, place: Float64, silent: _Columns) -> tuple[Float64, Float64, Float64]:
    """Return from when until when each silent vessel can be at her place, and her way there and on."""
    (lon, lat), off, on = (ends.T.copy() for ends in (place, silent.off, silent.on))
    there_m = way(off[0], off[1], lon, lat)
    back_m = np.where(silent.is_open > 0.0, 0.0, way(lon, lat, on[0], on[1]))
    begin, end = silent.start_s + there_m / silent.speed_mps, silent.until_s - back_m / silent.speed_mps
    return begin, end, there_m + back_m


def silent_fits(silences: Sequence[Silent], together_s: float) -> Fits:
    """Return the pairs of silences that leave both vessels time at one place, as long as they can."""
    columns = _Columns.of(silences)
    first, second = np.triu_indices(len(silences), k=1)
    overlap_s = np.minimum(columns.until_s[first], columns.until_s[second])
    overlap_s -= np.maximum(columns.start_s[first], columns.start_s[second])
    first, second = first[overlap_s >= together_s], second[overlap_s >= together_s]
    middles = np.array([s.middle for s in silences], dtype=np.float64).reshape(-1, 2)
    begin = end = way_m = lon = lat = np.empty((0, STEPS))
    for way in (chord_m, geodesic_m):
        lon, lat = _between(middles, first, second)
        one, other = (_spans(way, columns.take(rows), lon, lat) for rows in (first, second))
        begin, end = np.maximum(one[0], other[0]), np.minimum(one[1], other[1])
        way_m = np.maximum(one[2], other[2])
        fits = (end - begin).max(axis=1, initial=-np.inf) >= together_s
        first, second, lon, lat = first[fits], second[fits], lon[fits], lat[fits]
        begin, end, way_m = begin[fits], end[fits], way_m[fits]
    at = np.arange(len(first)), np.argmax(end - begin, axis=1)
    lasted_s = columns.until_s - columns.start_s
    return Fits(
        members=columns.number[np.stack((first, second), axis=1)].astype(np.int64),
        place=np.stack((lon[at], lat[at]), axis=1),
        start_s=begin[at],
        end_s=end[at],
        way_m=way_m[at],
        silent_s=np.maximum(lasted_s[first], lasted_s[second]),
    )


def _between(middles: Float64, first: Int64, second: Int64) -> tuple[Float64, Float64]:
    """Return longitudes and latitudes of places between the middles of pairs, shape (pairs, `STEPS`)."""
    share = np.linspace(0.0, 1.0, STEPS)
    a, b = middles[first], middles[second]
    east = wrapped_deg(b[:, 0] - a[:, 0])
    lon = wrapped_deg(a[:, :1] + share * east[:, None])
    return lon, a[:, 1:] + share * (b[:, 1:] - a[:, 1:])


def _spans(way: Way, silent: _Columns, lon: Float64, lat: Float64) -> tuple[Float64, Float64, Float64]:
    """Return from when until when each vessel can be at each place of hers, and her way there and on."""
    off, on = (np.repeat(end.T, lon.shape[1], axis=1) for end in (silent.off, silent.on))
    there_m = way(off[0], off[1], lon.ravel(), lat.ravel()).reshape(lon.shape)
    back_m = way(lon.ravel(), lat.ravel(), on[0], on[1]).reshape(lon.shape)
    back_m[silent.is_open > 0.0] = 0.0
    begin = silent.start_s[:, None] + there_m / silent.speed_mps[:, None]
    end = silent.until_s[:, None] - back_m / silent.speed_mps[:, None]
    return begin, end, there_m + back_m
