"""False data that a vessel of a story sends: outlying, frozen, circling positions, false speed, course."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from detectors.kernels.geometry.geodesy import metres_per_degree

if TYPE_CHECKING:
    from detectors.tracks.reports import Float64, Int64


@dataclass(frozen=True)
class Falsehood:
    """Something false that is sent between two hours of a story.

    `freeze` repeats the first position; `lon` and `lat` alone put it at a place; with `radius_m` it goes
    round it once in `period_h`. `sog` (knots) and `cog` (degrees) are declared instead of the true ones.
    """

    from_h: float
    to_h: float
    freeze: bool = False
    lon: float | None = None
    lat: float | None = None
    radius_m: float = 0.0
    period_h: float = 1.0
    sog: float | None = None
    cog: float | None = None

    def covers(self, hours: Float64) -> Int64:
        """Return the indices of the reports that it covers."""
        return np.flatnonzero((hours >= self.from_h) & (hours <= self.to_h))

    def set_positions(self, hours: Float64, lon: Float64, lat: Float64) -> None:
        """Put false positions in place of true ones, given in degrees."""
        rows = self.covers(hours)
        if self.freeze and len(rows):
            lon[rows], lat[rows] = lon[rows[0]], lat[rows[0]]
        elif self.lon is not None and self.lat is not None:
            angle = 2.0 * np.pi * (hours[rows] - self.from_h) / self.period_h
            per_lon, per_lat = metres_per_degree(self.lat)
            lon[rows] = self.lon + self.radius_m * np.sin(angle) / per_lon
            lat[rows] = self.lat + self.radius_m * np.cos(angle) / per_lat

    def set_motion(self, hours: Float64, sog_kn: Float64, cog_deg: Float64) -> None:
        """Put a false speed and course in place of the true ones."""
        rows = self.covers(hours)
        if self.sog is not None:
            sog_kn[rows] = self.sog
        if self.cog is not None:
            cog_deg[rows] = self.cog
