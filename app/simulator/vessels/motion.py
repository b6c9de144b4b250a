"""How vessels move when they do not simply sail: with the tide, at anchor, beside another, fishing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from app.simulator.vessels.path import AT_ANCHOR, FISHING, KNOT_MPS, UNDER_WAY, Path, moved, path_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.simulator.vessels.waters import Place
    from detectors.tracks.reports import Float64

HOUR_S = 3600.0
TIDE_H = 12.42  # the principal lunar tide
STEP_S = 300.0
HAULING = -0.6
"""Sine of the phase above which the net is towed: about seven tenths of the time."""


@dataclass(frozen=True)
class Current:
    """A tidal stream that turns over the region, and a slow drift: shared by everything adrift."""

    tide_kn: float
    set_kn: float
    set_deg: float
    phase: float
    roundness: float

    @classmethod
    def drawn(cls, rng: np.random.Generator, tide_kn: tuple[float, float]) -> Current:
        """Return the current of one simulation."""
        return cls(
            rng.uniform(*tide_kn),
            rng.uniform(0.05, 0.4),
            rng.uniform(0, 360),
            rng.uniform(0, 6.28),
            rng.uniform(0.1, 0.6),
        )

    def mps(self, place: Place, time_s: Float64) -> tuple[Float64, Float64]:
        """Return the eastward and northward speed at a place, metres per second."""
        angle = 2 * np.pi * time_s / (TIDE_H * HOUR_S) + self.phase + 0.4 * place[0] + 0.7 * place[1]
        set_rad = np.radians(self.set_deg)
        east_kn = self.tide_kn * self.roundness * np.sin(angle) + self.set_kn * np.sin(set_rad)
        north_kn = self.tide_kn * np.cos(angle) + self.set_kn * np.cos(set_rad)
        return east_kn * KNOT_MPS, north_kn * KNOT_MPS


def steps(start_s: float, end_s: float, step_s: float = STEP_S) -> Float64:
    """Return times from start to end, both included, about a step apart."""
    return np.linspace(start_s, end_s, max(2, round((end_s - start_s) / step_s) + 1))


def adrift(place: Place, start_s: float, end_s: float, current: Current, rng: np.random.Generator) -> Path:
    """Return the path of a stopped vessel: the current, and a leeway of its own."""
    time_s = steps(start_s, end_s)
    own_mps = rng.normal(0.0, 0.04, 2)
    speeds = current.mps(place, time_s)
    metres = [
        np.concatenate(([0.0], np.cumsum(s[:-1] * np.diff(time_s))))
        for s in (speeds[0] + own_mps[0], speeds[1] + own_mps[1])
    ]
    return path_of(time_s, *moved(*place, *metres), UNDER_WAY)


def swinging(
    place: Place,
    start_s: float,
    end_s: float,
    current: Current,
    rng: np.random.Generator,
    status: int = AT_ANCHOR,
) -> Path:
    """Return the path of a vessel at anchor: on an arc down-stream of it, with its own yaw."""
    time_s = steps(start_s, end_s, 2 * STEP_S)
    east, north = current.mps(place, time_s)
    chain_m = rng.uniform(60.0, 180.0)
    yaw = np.arctan2(east, north) + 0.2 * np.sin(time_s / 900.0 + rng.uniform(0, 6.28))
    return path_of(time_s, *moved(*place, chain_m * np.sin(yaw), chain_m * np.cos(yaw)), status)


def beside(host: Path, offsets: Sequence[tuple[float, float, float]], status: int = UNDER_WAY) -> Path:
    """Return the path of a vessel that keeps an offset from another: rows of time, east and north metres."""
    at_s, east_m, north_m = (np.array(column) for column in zip(*offsets, strict=True))
    time_s = np.union1d(steps(at_s[0], at_s[-1]), at_s)
    metres = np.interp(time_s, at_s, east_m), np.interp(time_s, at_s, north_m)
    return path_of(time_s, *moved(*host.at(time_s), *metres), status)


def visit(
    host: Path,
    spell_s: tuple[float, float],
    gap_m: float,
    rng: np.random.Generator,
    reach_m: float = 5000.0,
    status: int = UNDER_WAY,
) -> Path:
    """Return the path of a vessel that comes alongside, lies there for a spell, and goes.

    `gap_m` lies between the antennas; it varies with the fenders. The vessel closes from `reach_m` over as
    many minutes as it needs at 2 to 5 kn, slowing all the way, and leaves in the same manner.
    """
    bearing, away = rng.uniform(0, 2 * np.pi, 2)
    start_s, end_s = spell_s
    inner_s = steps(start_s, end_s, 1800.0)
    angles = bearing + np.cumsum(rng.normal(0.0, 0.05, len(inner_s)))
    gaps = gap_m * rng.uniform(0.85, 1.15, len(inner_s))
    lying = list(zip(inner_s, gaps * np.sin(angles), gaps * np.cos(angles), strict=True))
    care, haste = rng.uniform(0.6, 1.8, 2)
    far = [(s * reach_m, max(gap_m, r * reach_m)) for s, r in ((0.6, 1.0), (0.27, 0.3), (0.09, 0.04))]
    coming = [(start_s - s * care, r * np.sin(bearing), r * np.cos(bearing)) for s, r in far]
    going = [(end_s + s * haste, r * np.sin(away), r * np.cos(away)) for s, r in far[::-1]]
    return beside(host, [*coming, *lying, *going], status)


def fishing(place: Place, start_s: float, end_s: float, rng: np.random.Generator) -> Path:
    """Return slow loops: hauls of 2 to 4 kn that turn every hour or two, round a place."""
    time_s = steps(start_s, end_s, 2 * STEP_S)
    turn = np.cumsum(rng.normal(0.0, 0.25, len(time_s)))
    speed_mps = rng.uniform(2.0, 4.0) * KNOT_MPS * np.where(np.sin(time_s / 2500.0) > HAULING, 1.0, 0.2)
    radius_m = rng.uniform(2000.0, 5000.0)
    phase = np.cumsum(np.append(0.0, speed_mps[:-1] * np.diff(time_s))) / radius_m
    reach = radius_m * (1.0 + 0.15 * np.sin(turn))
    return path_of(time_s, *moved(*place, reach * np.sin(phase), reach * np.cos(phase)), FISHING)
