"""Objects that drift as one: net buoys on a string, which send as vessels do.

Ships that drift during a transfer have come under their own power and leave again. What is never under way
in all the time that it is seen, keeps its place beside others while all drift for kilometres, and neither
tells a heading nor declares itself a ship, is a buoy of a net.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from detectors.core.units import HOUR_S, KM_M, KNOT_MPS
from detectors.kernels.geometry.geodesy import plane_m
from detectors.vessels.names import imo_is_valid

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from detectors.core.findings import Finding
    from detectors.scene import Scene
    from detectors.tracks.reports import Float64
    from detectors.tracks.tracks import Tracks

DRIFT_MAX_KN = 3.0
"""Tidal streams of the Yellow Sea carry a net at most so fast; as fast as the two of an encounter may be."""

DRIFT_SHARE = 0.98
"""This share of its reports must be so slow: one in fifty may be wild, as in `TrackParams.rounded_share`."""

DRIFT_MIN_M = 2.0 * KM_M
"""An anchored ship swings through less."""

SEEN_MIN_H = 3.0
"""In less time a ship may only drift."""

KEPT_SHARE = 0.1
"""What hangs on one string moves by at most this share of the drift relative to each other."""

POSITION_ERROR_M = 50.0
"""By so much positions may err beside that."""

STRING_M = 5.0 * KM_M
"""A string of gill nets is a few kilometres long; sampled at `SAMPLES` moments."""

SAMPLES = 13
SHIP_FROM_M = 25.0
"""Whoever declares this length is no buoy."""

MEMBERS_MAX = 50
"""So many are examined for an encounter: bounds the cost of large fields of nets."""


def drift_strings(scene: Scene, findings: Sequence[Finding]) -> list[int]:
    """Return for each encounter how many objects drift as one with the two, these included; 0 for ships."""
    tracks = scene.tracks
    drifts = cache(lambda vessel: _is_drifter(tracks, vessel))
    return [_string_of(tracks, finding.vessels, drifts) for finding in findings]


def _string_of(tracks: Tracks, pair: tuple[int, ...], drifts: Callable[[int], bool]) -> int:
    first, *others = pair
    if not all(drifts(vessel) for vessel in pair) or not all(_drift_as_one(tracks, first, v) for v in others):
        return 0
    near = [v for v in _near(tracks, first)[:MEMBERS_MAX] if v not in pair and drifts(v)]
    return len(pair) + sum(_drift_as_one(tracks, first, vessel) for vessel in near)


def _rows(tracks: Tracks, vessel: int) -> slice:
    return slice(int(tracks.offsets[vessel]), int(tracks.offsets[vessel + 1]))


def _is_drifter(tracks: Tracks, vessel: int) -> bool:
    """Return whether it was never under way while it was seen, drifted far, and shows no sign of a ship."""
    rows = _rows(tracks, vessel)
    time_s = tracks.time_s[rows]
    if time_s[-1] - time_s[0] < SEEN_MIN_H * HOUR_S or _is_ship(tracks, vessel):
        return False
    east_m, north_m = _offsets(tracks, rows)
    step_s = np.diff(time_s)
    made_good_mps = np.hypot(np.diff(east_m), np.diff(north_m)) / np.maximum(step_s, 1.0)
    sog_kn = tracks.sog_kn[rows]
    is_slow = made_good_mps[step_s > 0] <= DRIFT_MAX_KN * KNOT_MPS
    says_slow = sog_kn[np.isfinite(sog_kn)] <= DRIFT_MAX_KN
    shares = [each.mean() for each in (is_slow, says_slow) if len(each)]
    drifted_m = np.hypot(east_m - east_m[0], north_m - north_m[0]).max()
    return bool(min(shares, default=0.0) >= DRIFT_SHARE and drifted_m >= DRIFT_MIN_M)


def _is_ship(tracks: Tracks, vessel: int) -> bool:
    """Return whether it tells a heading, a valid IMO number or the length of a ship."""
    statics = tracks.statics.get(int(tracks.vessel[vessel]), ())
    declares = any(imo_is_valid(s.imo) or (s.length_m or 0.0) >= SHIP_FROM_M for s in statics)
    return declares or bool(np.isfinite(tracks.heading_deg[_rows(tracks, vessel)]).any())


def _offsets(tracks: Tracks, rows: slice) -> tuple[Float64, Float64]:
    """Return metres east and north of the first report."""
    lon, lat = tracks.lon_deg[rows], tracks.lat_deg[rows]
    return plane_m(np.full_like(lon, lon[0]), np.full_like(lat, lat[0]), lon, lat)


def _near(tracks: Tracks, vessel: int) -> list[int]:
    """Return the vessels of which the middle report lies near some report of this one."""
    middle = (tracks.offsets[:-1] + tracks.offsets[1:]) // 2
    rows = _rows(tracks, vessel)
    at = np.clip(np.searchsorted(tracks.time_s[rows], tracks.time_s[middle]), 0, rows.stop - rows.start - 1)
    row = rows.start + at
    places = (tracks.lon_deg[row], tracks.lat_deg[row], tracks.lon_deg[middle], tracks.lat_deg[middle])
    distance_m = np.hypot(*plane_m(*places))
    near = np.flatnonzero(distance_m <= STRING_M)
    return [int(v) for v in near[np.argsort(distance_m[near], kind="stable")] if v != vessel]


def _drift_as_one(tracks: Tracks, one: int, other: int) -> bool:
    """Return whether two keep their places relative to one another while both drift."""
    rows = [_rows(tracks, vessel) for vessel in (one, other)]
    start_s = max(tracks.time_s[r.start] for r in rows)
    end_s = min(tracks.time_s[r.stop - 1] for r in rows)
    if end_s - start_s < SEEN_MIN_H * HOUR_S:
        return False
    at_s = np.linspace(start_s, end_s, SAMPLES)
    lon, lat = zip(*(_places(tracks, r, at_s) for r in rows), strict=True)
    east_m, north_m = plane_m(lon[0], lat[0], lon[1], lat[1])
    drift = plane_m(np.full(SAMPLES, lon[0][0]), np.full(SAMPLES, lat[0][0]), lon[0], lat[0])
    drift_m = float(np.hypot(*drift).max())
    moved_m = np.hypot(east_m - east_m.mean(), north_m - north_m.mean()).max()
    is_near = float(np.hypot(east_m, north_m).max()) <= STRING_M
    return bool(is_near and drift_m >= DRIFT_MIN_M and moved_m <= KEPT_SHARE * drift_m + POSITION_ERROR_M)


def _places(tracks: Tracks, rows: slice, at_s: Float64) -> tuple[Float64, Float64]:
    time_s, lon = tracks.time_s[rows], np.unwrap(tracks.lon_deg[rows], period=360.0)
    lon_deg = (np.interp(at_s, time_s, lon) + 180.0) % 360.0 - 180.0
    return lon_deg, np.interp(at_s, time_s, tracks.lat_deg[rows])
