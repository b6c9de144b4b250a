"""Paths: where a vessel truly is, straight between knots in time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from detectors.kernels.geometry.geodesy import metres_per_degree, plane_m

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from detectors.tracks.reports import Float64, UInt8

UNDER_WAY, AT_ANCHOR, MOORED, FISHING = 0, 1, 5, 7
"""Navigational status (ITU-R M.1371)."""

KNOT_MPS = 1852.0 / 3600.0


@dataclass(frozen=True, eq=False)
class Path:
    """Knots in the order of time: epoch seconds (or hours of a plan in seconds), degrees.

    `status` is the navigational status from each knot to the next.
    """

    time_s: Float64
    lon_deg: Float64
    lat_deg: Float64
    status: UInt8

    def at(self, time_s: npt.ArrayLike) -> tuple[Float64, Float64]:
        """Return positions at some times; before and after, the ends."""
        when = np.asarray(time_s, dtype=np.float64)
        return np.interp(when, self.time_s, self.lon_deg), np.interp(when, self.time_s, self.lat_deg)

    def status_at(self, time_s: Float64) -> UInt8:
        """Return the navigational status at some times."""
        last = np.searchsorted(self.time_s, time_s, side="right") - 1
        return self.status[np.clip(last, 0, len(self.status) - 1)]

    def motion_at(self, time_s: Float64) -> tuple[Float64, Float64]:
        """Return speed (knots) and course (degrees) over the minute round each time."""
        before, after = self.at(time_s - 30.0), self.at(time_s + 30.0)
        east_m, north_m = plane_m(*before, *after)
        speed_kn = np.hypot(east_m, north_m) / 60.0 / KNOT_MPS
        return speed_kn, np.degrees(np.arctan2(east_m, north_m)) % 360.0

    def shifted(self, by_s: float) -> Path:
        """Return the same path later."""
        return Path(self.time_s + by_s, self.lon_deg, self.lat_deg, self.status)

    def backwards(self, end_s: float) -> Path:
        """Return the path sailed the other way, so that it ends at a time."""
        time_s = end_s - (self.time_s[::-1] - self.time_s[0])
        status = np.append(self.status[:-1][::-1], self.status[-1:])
        return Path(time_s, self.lon_deg[::-1], self.lat_deg[::-1], status)

    def between(self, start_s: float, end_s: float) -> Path:
        """Return the part between two times, with knots at both."""
        inside = (self.time_s > start_s) & (self.time_s < end_s)
        time_s = np.concatenate(([start_s], self.time_s[inside], [end_s]))
        return Path(time_s, *self.at(time_s), self.status_at(time_s))


def path_of(time_s: npt.ArrayLike, lon: npt.ArrayLike, lat: npt.ArrayLike, status: int) -> Path:
    """Return a path of one status."""
    time = np.asarray(time_s, dtype=np.float64)
    lon_deg, lat_deg = (np.broadcast_to(np.asarray(x, np.float64), time.shape).copy() for x in (lon, lat))
    return Path(time, lon_deg, lat_deg, np.full(len(time), status, dtype=np.uint8))


def joined(parts: Sequence[Path]) -> Path:
    """Return parts one after another; a part that begins where the last one ended gives that knot once."""
    kept = [parts[0]]
    for part in parts[1:]:
        fresh = part.time_s > kept[-1].time_s[-1] + 1e-6
        ends_s, first = kept[-1].time_s[-1], part.time_s[0]
        if first <= ends_s + 1e-6:  # the status after the common knot is the later part's
            kept[-1] = _with_last_status(kept[-1], int(part.status[0]))
        kept.append(Path(*(c[fresh] for c in (part.time_s, part.lon_deg, part.lat_deg, part.status))))
    columns = zip(*((p.time_s, p.lon_deg, p.lat_deg, p.status) for p in kept if len(p.time_s)), strict=True)
    return Path(*(np.concatenate(c) for c in columns))


def _with_last_status(path: Path, status: int) -> Path:
    changed = path.status.copy()
    changed[-1] = status
    return Path(path.time_s, path.lon_deg, path.lat_deg, changed)


def sailed(lon: Float64, lat: Float64, speed_kn: float, start_s: float, status: int = UNDER_WAY) -> Path:
    """Return the path along a line of places at one speed."""
    legs_m = np.hypot(*plane_m(lon[:-1], lat[:-1], lon[1:], lat[1:]))
    time_s = start_s + np.concatenate(([0.0], np.cumsum(np.maximum(legs_m, 1.0)) / (speed_kn * KNOT_MPS)))
    return path_of(time_s, lon, lat, status)


def moved(
    lon: npt.ArrayLike, lat: npt.ArrayLike, east_m: npt.ArrayLike, north_m: npt.ArrayLike
) -> tuple[Float64, Float64]:
    """Return places moved by metres east and north."""
    lon_deg, lat_deg, east, north = (np.asarray(x, dtype=np.float64) for x in (lon, lat, east_m, north_m))
    per_lon, per_lat = metres_per_degree(lat_deg)
    return lon_deg + east / per_lon, lat_deg + north / per_lat
