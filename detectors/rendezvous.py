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
    from detectors.tracks.reports import Float64

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
    columns = _Columns.of(silences)
    for seen in visible:
        end_s = seen.end_s or seen.start_s
        overlap_s = np.minimum(columns.until_s, end_s) - np.maximum(columns.start_s, seen.start_s)
        for direct in (True, False):
            rows = np.flatnonzero(overlap_s >= together_s)
            if not len(rows):
                break
            begin, end, way_m = _stay(scene, seen.path[0], columns.take(rows), direct=direct)
            begin, end = np.maximum(begin, seen.start_s), np.minimum(end, end_s)
            overlap_s = np.full(len(columns.start_s), -np.inf)
            overlap_s[rows] = end - begin
        for n, row in enumerate(rows.tolist()):
            silent = silences[row]
            if overlap_s[row] >= together_s and silent.finding.vessels != seen.vessels:
                span_s = silent.until_s - silent.start_s
                members = (seen, silent.finding)
                yield Fit(members, seen.path[0], float(begin[n]), float(end[n]), float(way_m[n]), span_s)


def _stay(
    scene: Scene, place: tuple[float, float], silent: _Columns, *, direct: bool
) -> tuple[Float64, Float64, Float64]:
    """Return from when until when each silent vessel can be at a place, and her way there and on.

    `direct` takes great circles, which are never longer and much quicker to know.
    """
    count = len(silent.start_s)
    here = (np.full(count, place[0]), np.full(count, place[1]))
    off_lon, off_lat = silent.off.T.copy()
    on_lon, on_lat = silent.on.T.copy()
    measure = geodesic_m if direct else scene.world.sea_distance_at_least_m
    there_m = measure(off_lon, off_lat, *here)
    back_m = np.where(silent.is_open > 0.0, 0.0, measure(*here, on_lon, on_lat))
    begin, end = silent.start_s + there_m / silent.speed_mps, silent.until_s - back_m / silent.speed_mps
    return begin, end, there_m + back_m


def silent_fits(silences: Sequence[Silent], together_s: float) -> list[Fit]:
    """Return the pairs of silences that leave both vessels time at one place, as long as they can."""
    fits = []
    columns = _Columns.of(silences)
    for n, one in enumerate(silences[:-1]):
        others = np.arange(n + 1, len(silences))
        overlap_s = np.minimum(columns.until_s[others], one.until_s) - np.maximum(
            columns.start_s[others], one.start_s
        )
        for m in others[overlap_s >= together_s].tolist():
            other = silences[m]
            fit = _best(one, other)
            if fit.end_s - fit.start_s >= together_s and one.finding.vessels != other.finding.vessels:
                fits.append(fit)
    return fits


def _best(one: Silent, other: Silent) -> Fit:
    """Return the best of some places between two silences."""
    (lon_a, lat_a), (lon_b, lat_b) = one.middle, other.middle
    share = np.linspace(0.0, 1.0, STEPS)
    lon = wrapped_deg(lon_a + share * float(wrapped_deg(lon_b - lon_a)))
    lat = lat_a + share * (lat_b - lat_a)
    spans = [_span(each, lon, lat) for each in (one, other)]
    begin = np.maximum(spans[0][0], spans[1][0])
    end = np.minimum(spans[0][1], spans[1][1])
    at = int(np.argmax(end - begin))
    longer = max(one, other, key=lambda s: (s.until_s - s.start_s, s.start_s))
    way_m = float(max(spans[0][2][at], spans[1][2][at]))
    members = (one.finding, other.finding)
    place = (float(lon[at]), float(lat[at]))
    return Fit(members, place, float(begin[at]), float(end[at]), way_m, longer.until_s - longer.start_s)


def _span(silent: Silent, lon: Float64, lat: Float64) -> tuple[Float64, Float64, Float64]:
    off, on = ((np.full(len(lon), end[0]), np.full(len(lat), end[1])) for end in (silent.off, silent.on))
    there_m = geodesic_m(*off, lon, lat)
    back_m = np.zeros(len(lon)) if silent.is_open else geodesic_m(lon, lat, *on)
    begin = silent.start_s + there_m / silent.speed_mps
    return begin, silent.until_s - back_m / silent.speed_mps, there_m + back_m
