"""One sign of a false position, before signs of one MMSI and time are joined to an event."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from detectors.kernels.geometry.geodesy import RAD, WGS84_A_M, plane_m
from geodata.geodesy import geodesic_m, to_ecef

if TYPE_CHECKING:
    from detectors.core.measures import Values
    from detectors.scene import Scene
    from detectors.tracks.reports import Bool, Float64, Int64
    from detectors.tracks.tracks import Tracks

JUMP, INTERLEAVED, FROZEN, CIRCLING = "jump", "interleaved", "frozen", "circling"
TOO_SMOOTH, ON_LAND, CONTRADICTS, AREA = "too_smooth", "on_land", "contradicts", "area"

SORTS = (AREA, JUMP, INTERLEAVED, CIRCLING, FROZEN, ON_LAND, CONTRADICTS, TOO_SMOOTH)
"""The plainer sign first: where several fall into one time, it names the event."""

SAMPLE = 2000
"""Reports of a candidate that are examined one by one; longer runs are evenly thinned to it."""


@dataclass(frozen=True)
class Sign:
    """What one MMSI showed: rows of the tracks, the earliest first, time, position, and measures.

    `at` is where the position may be false. A sign that `is_weak` is too little to be reported, but
    counts towards an area where many show it at once.
    """

    sort: str
    vessel: int
    rows: tuple[int, ...]
    start_s: float
    end_s: float
    path: tuple[tuple[float, float], ...]
    at: tuple[float, float]
    measures: Values
    is_weak: bool = False


def point(tracks: Tracks, row: int) -> tuple[float, float]:
    """Return the position of a report, (lon, lat) in degrees."""
    return float(tracks.lon_deg[row]), float(tracks.lat_deg[row])


def run_sign(scene: Scene, sort: str, first: int, last: int, measures: Values) -> Sign:
    """Return the sign of a run of one segment's reports, first and last counted in the segments' columns."""
    tracks, segments = scene.tracks, scene.tracks.segments
    segment = int(np.searchsorted(segments.offsets, first, side="right")) - 1
    a, b = int(segments.row[first]), int(segments.row[last])
    places = tuple(dict.fromkeys((point(tracks, a), point(tracks, b))))
    return Sign(
        sort=sort,
        vessel=int(segments.vessel_index[segment]),
        rows=(a, b),
        start_s=float(tracks.time_s[a]),
        end_s=float(tracks.time_s[b]),
        path=places,
        at=places[0],
        measures=measures,
    )


def runs_of(mask: Bool) -> tuple[Int64, Int64]:
    """Return first and last element of each run of truth."""
    padded = np.zeros(len(mask) + 2, dtype=np.int8)
    padded[1:-1] = mask
    steps = np.diff(padded)
    return np.flatnonzero(steps == 1), np.flatnonzero(steps == -1) - 1


def thinned(rows: Int64, most: int = SAMPLE) -> Int64:
    """Return rows, evenly thinned where they are many; the last one stays."""
    if len(rows) <= most:
        return rows
    return rows[np.linspace(0, len(rows) - 1, most).astype(np.int64)]


def step_lengths_m(lon_deg: Float64, lat_deg: Float64) -> Float64:
    """Return metres from each position to the next."""
    return geodesic_m(lon_deg[:-1], lat_deg[:-1], lon_deg[1:], lat_deg[1:])


def line_error_m(lon_deg: Float64, lat_deg: Float64) -> Float64:
    """Return the distance of each position from the great circle through the first and the last."""
    at_m = to_ecef(lon_deg, lat_deg)
    across = np.cross(at_m[0], at_m[-1])
    length = float(np.linalg.norm(across))
    if length == 0.0:
        return np.zeros(len(at_m))
    error: Float64 = np.abs(at_m @ across) / length
    return error


def on_plane_m(lon_deg: Float64, lat_deg: Float64) -> tuple[Float64, Float64]:
    """Return east and north metres from the first position, for places within some tens of kilometres."""
    zero = np.zeros(len(lon_deg))
    return plane_m(lon_deg[0] + zero, lat_deg[0] + zero, lon_deg, lat_deg)


def is_near_zero(lon_deg: float, lat_deg: float) -> bool:
    """Return whether a position is that of a transponder without one: latitude and longitude 0."""
    return math.hypot(lon_deg, lat_deg) * RAD * WGS84_A_M < NEAR_ZERO_M


NEAR_ZERO_M = 20_000.0
"""Distance from 0 N 0 E within which no vessel is meant."""
