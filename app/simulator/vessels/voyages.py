"""Ordinary life: what a vessel does before and after, and what most vessels do all the time."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from app.simulator.vessels.motion import HOUR_S, Current, fishing, swinging
from app.simulator.vessels.path import MOORED, Path, joined, path_of, sailed
from detectors.kernels.geometry.geodesy import plane_m

if TYPE_CHECKING:
    from app.simulator.settings import TrafficSettings
    from app.simulator.vessels.waters import Place, Waters

COASTAL_M, TRADE_M = 300_000.0, 1_000_000.0
HOME_KINDS = {"pilot", "launch", "tug", "barge"}
BEYOND = 0.12
"""Share of voyages of large vessels that lead out of the sea altogether, through its open edge."""


@dataclass(frozen=True, eq=False)
class Stage:
    """What every vessel shares: settings, water, current, and the draw of random numbers."""

    settings: TrafficSettings
    waters: Waters
    current: Current
    rng: np.random.Generator

    @cached_property
    def harbours(self) -> tuple[Place, ...]:
        """Harbours inside the bought box: nearly all voyages begin and end there."""
        west, south, east, north = self.settings.bought_box
        return tuple(h for h in self.waters.harbours if west < h[0] < east and south < h[1] < north)

    def harbour(self, place: Place, within_m: float) -> Place:
        """Return a harbour that is so near at most, or else the nearest one."""
        lon, lat = np.array(self.harbours).T
        away_m = np.hypot(*plane_m(np.full_like(lon, place[0]), np.full_like(lat, place[1]), lon, lat))
        fit = np.flatnonzero((away_m < within_m) & (away_m > 1.0))
        return self.harbours[int(self.rng.choice(fit)) if len(fit) else int(np.argmin(away_m))]

    def way(self, start: Place, end: Place, speed_kn: float, start_s: float) -> Path:
        """Return the path from one place to another by sea."""
        return sailed(*self.waters.route(start, end, self.rng), speed_kn, start_s)


def lived(part: Path, kind: str, cruise_kn: float, stage: Stage) -> Path:
    """Return the whole path of a vessel whose part in a behaviour is given: life before, that, life after."""
    settings = stage.settings
    first, last = _ends(part)
    before_s, after_s = part.time_s[0] - settings.start_s, settings.end_s - part.time_s[-1]
    pieces = [part]
    if before_s > 0:
        pieces.insert(0, life(first, kind, cruise_kn, before_s, stage).backwards(float(part.time_s[0])))
    if after_s > 0:
        pieces.append(life(last, kind, cruise_kn, after_s, stage).shifted(float(part.time_s[-1])))
    return joined(pieces).between(settings.start_s, settings.end_s)


def life(place: Place, kind: str, cruise_kn: float, for_s: float, stage: Stage) -> Path:
    """Return what a vessel of that kind does for a time from a place, seconds from 0."""
    if kind in HOME_KINDS:
        return _at_home(place, cruise_kn, for_s, stage)
    if kind == "fishing":
        return _fishing_life(place, cruise_kn, for_s, stage)
    if kind == "ferry":
        return _ferry_life(place, cruise_kn, for_s, stage)
    return _trade(place, kind, cruise_kn, for_s, stage)


def _ends(path: Path) -> tuple[Place, Place]:
    return (
        (float(path.lon_deg[0]), float(path.lat_deg[0])),
        (float(path.lon_deg[-1]), float(path.lat_deg[-1])),
    )


def _stay(pieces: list[Path], place: Place, hours: float) -> None:
    now_s = float(pieces[-1].time_s[-1]) if pieces else 0.0
    pieces.append(path_of([now_s, now_s + hours * HOUR_S], *place, MOORED))


def _sail(pieces: list[Path], start: Place, end: Place, speed_kn: float, stage: Stage) -> None:
    now_s = float(pieces[-1].time_s[-1]) if pieces else 0.0
    pieces.append(stage.way(start, end, speed_kn, now_s))


def _berth(harbour: Place, stage: Stage) -> Place:
    return stage.waters.near(stage.rng, harbour, 100.0, 2500.0)


def _trade(place: Place, kind: str, cruise_kn: float, for_s: float, stage: Stage) -> Path:
    """Sail from harbour to harbour; wait at anchor before some; leave the sea now and then."""
    rng, pieces, here = stage.rng, list[Path](), place
    while not pieces or pieces[-1].time_s[-1] < for_s:
        if kind == "merchant" and rng.random() < BEYOND:
            edge = stage.waters.open_place(rng, _open_edge(stage), 20_000.0)
            _sail(pieces, here, edge, cruise_kn, stage)
            _stay(pieces, edge, rng.uniform(12.0, 48.0))
            here = edge
            continue
        harbour = stage.harbour(here, COASTAL_M if kind == "coaster" else TRADE_M)
        if rng.random() < 0.25:  # noqa: PLR2004 - share of calls that wait for a berth
            roads = stage.waters.near(rng, harbour, 3000.0, 8000.0)
            _sail(pieces, here, roads, cruise_kn, stage)
            now_s = float(pieces[-1].time_s[-1])
            waits = swinging(roads, now_s, now_s + rng.uniform(4.0, 24.0) * HOUR_S, stage.current, rng)
            pieces.append(waits)
            here = _ends(waits)[1]
        berth = _berth(harbour, stage)
        _sail(pieces, here, berth, cruise_kn, stage)
        _stay(pieces, berth, rng.uniform(6.0, 36.0))
        here = berth
    return _cut(pieces, for_s)


def _open_edge(stage: Stage) -> tuple[float, float, float, float]:
    """Return the strip of the sea that the customer did not buy: its south or its east."""
    _, south, east, north = stage.settings.sea_box
    bought_south, bought_east = stage.settings.bought_box[1], stage.settings.bought_box[2]
    if stage.rng.random() < 0.5 and bought_south > south:  # noqa: PLR2004 - either way
        return 121.5, south, bought_east, bought_south
    return bought_east, max(south, 31.0), east, min(north, 34.5)


def _fishing_life(place: Place, cruise_kn: float, for_s: float, stage: Stage) -> Path:
    """Go home, lie there, go out to the grounds for a day or three, and home again."""
    rng, pieces, here = stage.rng, list[Path](), place
    home = _berth(stage.harbour(place, 150_000.0), stage)
    while not pieces or pieces[-1].time_s[-1] < for_s:
        _sail(pieces, here, home, cruise_kn, stage)
        _stay(pieces, home, rng.uniform(8.0, 30.0))
        ground = grounds(home, stage)
        _sail(pieces, home, ground, cruise_kn, stage)
        now_s = float(pieces[-1].time_s[-1])
        hauls = fishing(ground, now_s, now_s + rng.uniform(14.0, 60.0) * HOUR_S, rng)
        pieces.append(hauls)
        here = _ends(hauls)[1]
    return _cut(pieces, for_s)


def grounds(home: Place, stage: Stage) -> Place:
    """Return a place to fish, within a night's sail of home."""
    lon, lat = home
    box = lon - 1.6, lat - 1.3, lon + 1.6, lat + 1.3
    return stage.waters.open_place(stage.rng, box, 14_000.0)


def _ferry_life(place: Place, cruise_kn: float, for_s: float, stage: Stage) -> Path:
    pieces: list[Path] = []
    ends = [_berth(stage.harbour(place, 450_000.0), stage) for _ in range(2)]
    here, turn = place, 0
    while not pieces or pieces[-1].time_s[-1] < for_s:
        _sail(pieces, here, ends[turn % 2], cruise_kn, stage)
        here, turn = ends[turn % 2], turn + 1
        _stay(pieces, here, stage.rng.uniform(1.5, 9.0))
    return _cut(pieces, for_s)


def _at_home(place: Place, cruise_kn: float, for_s: float, stage: Stage) -> Path:
    """Go to the nearest harbour and lie there, with a short trip now and then."""
    rng, pieces = stage.rng, list[Path]()
    harbour = stage.harbour(place, 0.0)
    berth = _berth(harbour, stage)
    _sail(pieces, place, berth, cruise_kn, stage)
    while pieces[-1].time_s[-1] < for_s:
        _stay(pieces, berth, rng.uniform(3.0, 14.0))
        roads = stage.waters.near(rng, harbour, 3000.0, 9000.0)
        _sail(pieces, berth, roads, cruise_kn, stage)
        _sail(pieces, roads, berth, cruise_kn, stage)
    return _cut(pieces, for_s)


def _cut(pieces: list[Path], for_s: float) -> Path:
    return joined(pieces).between(0.0, for_s)
