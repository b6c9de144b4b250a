"""Small builders that tests share: tracks in metres round a place, and scenes of them."""

from dataclasses import dataclass

import numpy as np

from detectors import KIND_BY_NAME
from detectors.core.angles import wrapped_deg
from detectors.kernels.geometry.geodesy import metres_per_degree
from detectors.scene import Scene
from detectors.tracks.build import make_tracks
from detectors.tracks.reports import Reports
from geodata.world import World

T0 = 1_709_280_000.0  # 2024-03-01T08:00:00Z
HOUR = 3600.0
KNOT = 1852.0 / 3600.0


@dataclass(frozen=True)
class Spot:
    """A place round which a test lays out its tracks in metres."""

    lon: float = 124.0
    lat: float = 38.0

    def deg(self, east_m, north_m):
        per_lon, per_lat = metres_per_degree(self.lat)
        east, north = np.asarray(east_m, float), np.asarray(north_m, float)
        return wrapped_deg(self.lon + east / per_lon), self.lat + north / per_lat

    def turned(self, east_deg):
        return Spot(float(wrapped_deg(self.lon + east_deg)), self.lat)


def path(mmsi, hours, east_m, north_m, spot=None, t0=T0, **columns):
    """Reports of one vessel at given hours and places."""
    lon, lat = (spot or Spot()).deg(east_m, north_m)
    hours = np.asarray(hours, float)
    return Reports.of(np.full(len(hours), mmsi), t0 + hours * HOUR, lon, lat, **columns)


def still(mmsi, hours, east_m=0.0, north_m=0.0, spot=None, t0=T0, **columns):
    """Reports of a vessel that does not move."""
    ones = np.ones(len(hours))
    return path(mmsi, hours, east_m * ones, north_m * ones, spot, t0, **columns)


def sails(mmsi, hours, east_m=0.0, kmh=15.0, spot=None, t0=T0, **columns):
    """Reports of a vessel that sails to and fro at a steady speed, eight hours each way."""
    hours = np.asarray(hours, float)
    leg = np.mod(hours, 16.0)
    north_m = 1000.0 * kmh * np.where(leg <= 8.0, leg, 16.0 - leg)
    return path(mmsi, hours, east_m + 0 * hours, north_m, spot, t0, **columns)


def every(minutes, start_h, end_h):
    """Report times in hours, both ends included."""
    return np.arange(start_h, end_h + 1e-9, minutes / 60.0)


def scene_of(*parts, world=None, now_s=None, statics=(), own_ids=None):
    tracks, _ = make_tracks(Reports.concat(list(parts)), statics, own_ids)
    return Scene(tracks, world or World.empty(), tracks.end_s if now_s is None else now_s)


def meeting_pair(
    separation_m=100.0,
    contact_h=3.0,
    minutes=5.0,
    spot=None,
    t0=T0,
    mmsis=(412000001, 412000002),
    away_m=20_000.0,
):
    """Two vessels: one comes from the north and lies still, the other comes at 10 kn, stays, and goes."""
    run_h = away_m / (10 * KNOT) / HOUR
    hours = every(minutes, -run_h - 0.5, contact_h + run_h + 0.5)
    corners = np.array([-run_h, 0.0, contact_h, contact_h + run_h])
    east = np.interp(
        hours, corners, [separation_m + away_m, separation_m, separation_m, separation_m + away_m]
    )
    first = np.array([-run_h, -0.25, contact_h + 0.25, contact_h + run_h])
    north = np.interp(hours, first, [away_m, 0.0, 0.0, away_m]) if run_h > 0.5 else 0 * hours
    return path(mmsis[0], hours, 0 * hours, north, spot, t0), path(mmsis[1], hours, east, 0 * hours, spot, t0)


def related(finding, history):
    """What the other findings of a run say of one, by its own kind."""
    return KIND_BY_NAME[finding.kind].related(finding, history)
