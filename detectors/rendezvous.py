"""Could two vessels have lain together: the meeting of a place and time with the reach of a silence.

A silent vessel can be at a place from her last report plus the way there until her next report less the way
back, at her own cruising speed. Ways are along water where the chart knows that they are longer.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from detectors.angles import wrapped_deg
from detectors.units import KNOT_MPS
from geodata.geodesy import geodesic_m

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from detectors.base import Finding, Scene
    from detectors.tracks.reports import Float64, Int64

PAIRS_AT_ONCE = 100_000
"""Looked at together: a call for each pair costs fifty times what its distances do."""
STEPS = 9
"""Places tried between the middles of two silences: reaches are round, so what they share lies there."""


@dataclass(frozen=True, eq=False)
class Silent:
    """A silence: its ends (the last report twice while it lasts), its times, and her speed."""

    finding: Finding
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
class Fit:
    """Two findings that could be one meeting: where, from when until when, and the silent one's way."""

    members: tuple[Finding, Finding]
    place: tuple[float, float]
    start_s: float
    end_s: float
    way_m: float
    silent_s: float


@dataclass(frozen=True, eq=False)
class _Columns:
    """Silences as columns."""

    off: Float64
    on: Float64
    start_s: Float64
    until_s: Float64
    speed_mps: Float64
    is_open: Float64

    @classmethod
    def of(cls, silences: Sequence[Silent]) -> _Columns:
        """Return the columns of silences."""
        names = ("off", "on", "start_s", "until_s", "speed_mps", "is_open")
        return cls(*(np.array([getattr(s, name) for s in silences], dtype=np.float64) for name in names))

    def take(self, rows: np.ndarray) -> _Columns:
        """Return some rows."""
        return _Columns(*(getattr(self, name)[rows] for name in vars(self)))


def silent_of(finding: Finding, now_s: float) -> Silent:
    """Return the silence that a dark period tells."""
    speed_kn = finding.measures["cruise_speed_kn"]
    assert isinstance(speed_kn, float)
    until_s = now_s if finding.end_s is None else finding.end_s
    ends = (finding.path[0], finding.path[-1])
    return Silent(finding, *ends, finding.start_s, until_s, speed_kn * KNOT_MPS, finding.end_s is None)


def loiterer_fits(
    scene: Scene, visible: Sequence[Finding], silences: Sequence[Silent], together_s: float
) -> Iterator[Fit]:
    """Give each visible vessel with each silent one that could have been beside her for long enough."""
    if not silences:
        return
    columns, most = _Columns.of(silences), max(1, PAIRS_AT_ONCE // len(silences))
    for first in range(0, len(visible), most):
        yield from _fits(scene, visible[first : first + most], silences, columns, together_s)


def _fits(
    scene: Scene,
    visible: Sequence[Finding],
    silences: Sequence[Silent],
    columns: _Columns,
    together_s: float,
) -> Iterator[Fit]:
    """Give the fits of some visible vessels, in their order and then that of the silences."""
    start_s = np.array([seen.start_s for seen in visible])
    end_s = np.array([seen.end_s or seen.start_s for seen in visible])
    place = np.array([seen.path[0] for seen in visible])
    overlap_s = np.minimum(columns.until_s, end_s[:, None]) - np.maximum(columns.start_s, start_s[:, None])
    seen_at, silent_at = np.nonzero(overlap_s >= together_s)
    begin = end = way_m = np.empty(0)
    for direct in (True, False):
        begin, end, way_m = _stay(scene, place[seen_at], columns.take(silent_at), direct=direct)
        begin, end = np.maximum(begin, start_s[seen_at]), np.minimum(end, end_s[seen_at])
        fits = end - begin >= together_s
        seen_at, silent_at = seen_at[fits], silent_at[fits]
        begin, end, way_m = begin[fits], end[fits], way_m[fits]
    for n, (m, row) in enumerate(zip(seen_at.tolist(), silent_at.tolist(), strict=True)):
        seen, silent = visible[m], silences[row]
        if silent.finding.vessels != seen.vessels:
            span_s = silent.until_s - silent.start_s
            members = (seen, silent.finding)
            yield Fit(members, seen.path[0], float(begin[n]), float(end[n]), float(way_m[n]), span_s)


def _stay(
    scene: Scene, place: Float64, silent: _Columns, *, direct: bool
) -> tuple[Float64, Float64, Float64]:
    """Return from when until when each silent vessel can be at her place, and her way there and on.

    `direct` takes great circles, which are never longer and much quicker to know.
    """
    (lon, lat), off, on = (ends.T.copy() for ends in (place, silent.off, silent.on))
    measure = geodesic_m if direct else scene.world.sea_distance_at_least_m
    there_m = measure(off[0], off[1], lon, lat)
    back_m = np.where(silent.is_open > 0.0, 0.0, measure(lon, lat, on[0], on[1]))
    begin, end = silent.start_s + there_m / silent.speed_mps, silent.until_s - back_m / silent.speed_mps
    return begin, end, there_m + back_m


def silent_fits(silences: Sequence[Silent], together_s: float) -> list[Fit]:
    """Return the pairs of silences that leave both vessels time at one place, as long as they can."""
    if not silences:
        return []
    columns = _Columns.of(silences)
    first, second = np.triu_indices(len(silences), k=1)
    overlap_s = np.minimum(columns.until_s[first], columns.until_s[second])
    overlap_s -= np.maximum(columns.start_s[first], columns.start_s[second])
    first, second = first[overlap_s >= together_s], second[overlap_s >= together_s]
    lon, lat = _between(np.array([s.middle for s in silences]), first, second)
    spans = [_spans(columns.take(rows), lon, lat) for rows in (first, second)]
    begin, end = np.maximum(spans[0][0], spans[1][0]), np.minimum(spans[0][1], spans[1][1])
    best = np.argmax(end - begin, axis=1)
    found = []
    for n in np.flatnonzero((end - begin).max(axis=1, initial=-np.inf) >= together_s).tolist():
        one, other, at = silences[first[n]], silences[second[n]], best[n]
        if one.finding.vessels == other.finding.vessels:
            continue
        longer = max(one, other, key=lambda s: (s.until_s - s.start_s, s.start_s))
        found.append(
            Fit(
                members=(one.finding, other.finding),
                place=(float(lon[n, at]), float(lat[n, at])),
                start_s=float(begin[n, at]),
                end_s=float(end[n, at]),
                way_m=float(max(spans[0][2][n, at], spans[1][2][n, at])),
                silent_s=longer.until_s - longer.start_s,
            )
        )
    return found


def _between(middles: Float64, first: Int64, second: Int64) -> tuple[Float64, Float64]:
    """Return longitudes and latitudes of places between the middles of pairs, shape (pairs, `STEPS`)."""
    share = np.linspace(0.0, 1.0, STEPS)
    a, b = middles[first], middles[second]
    east = wrapped_deg(b[:, 0] - a[:, 0])
    lon = wrapped_deg(a[:, :1] + share * east[:, None])
    return lon, a[:, 1:] + share * (b[:, 1:] - a[:, 1:])


def _spans(silent: _Columns, lon: Float64, lat: Float64) -> tuple[Float64, Float64, Float64]:
    """Return from when until when each vessel can be at each place of hers, and her way there and on."""
    off, on = (np.repeat(end.T, lon.shape[1], axis=1) for end in (silent.off, silent.on))
    there_m = geodesic_m(off[0], off[1], lon.ravel(), lat.ravel()).reshape(lon.shape)
    back_m = geodesic_m(lon.ravel(), lat.ravel(), on[0], on[1]).reshape(lon.shape)
    back_m[silent.is_open > 0.0] = 0.0
    begin = silent.start_s[:, None] + there_m / silent.speed_mps[:, None]
    end = silent.until_s[:, None] - back_m / silent.speed_mps[:, None]
    return begin, end, there_m + back_m
