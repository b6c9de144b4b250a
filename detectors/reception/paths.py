"""Where a silent ship may have been: on the line between her two reports, or sailing on as she was.

Nobody knows her way. Two guesses bound what reception can say: the straight line, and a smooth curve that
leaves with the velocity of the last report and arrives with that of the next (Hermite's cubic), or goes
straight on while the silence lasts. A ship that left the covered water on her course is on the second.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from detectors.core.angles import wrapped_deg
from detectors.core.units import HOUR_S, KNOT_MPS, MINUTE_S
from detectors.kernels.geometry.geodesy import metres_per_degree, plane_m

if TYPE_CHECKING:
    from collections.abc import Callable

    from detectors.reception.coverage.features import Places
    from detectors.reception.silences import Silences
    from detectors.tracks.reports import Bool, Float64, Int64
    from detectors.tracks.tracks import Segments

VELOCITY_MIN_S, VELOCITY_MAX_S = 10 * MINUTE_S, 2 * HOUR_S
"""A velocity is made good over at least the first and at most the second time; else it is taken as none."""

SPEED_MAX_MPS = 22.0 * KNOT_MPS
"""A velocity above this is noise of position, and is shortened to it."""


def sailed_on(
    segments: Segments, silences: Silences, bin_s: float, on_land: Callable[[Float64, Float64], Bool]
) -> Places:
    """Return the places of the silences' bins had she sailed on as she was; she stops before land."""
    bins = silences.bins
    row = np.repeat(silences.row, bins)
    off_s = segments.time_s[row]
    until_s = np.repeat(silences.until_s, bins)
    after_s = (silences.places.bin + 0.5) * bin_s - off_s
    span_s = until_s - off_s
    east, north = _velocity(segments, silences.row, back=True)
    away_m = np.stack((np.repeat(east, bins), np.repeat(north, bins))) * after_s
    closed = np.repeat(~silences.is_open, bins)
    if closed.any():
        curve = _curve_m(segments, silences, after_s, span_s)
        away_m = np.where(closed, curve, away_m)
    per_lon, per_lat = metres_per_degree(segments.lat_deg[row])
    lon = wrapped_deg(segments.lon_deg[row] + away_m[0] / per_lon)
    lat = np.clip(segments.lat_deg[row] + away_m[1] / per_lat, -89.9, 89.9)
    lon, lat = _stopped(lon, lat, on_land(lon, lat), silences)
    return replace(silences.places, lon_deg=lon, lat_deg=lat)


def _curve_m(segments: Segments, silences: Silences, after_s: Float64, span_s: Float64) -> Float64:
    """Return metres east and north of the last report on the curve that meets both ends' velocities."""
    bins = silences.bins
    next_row = np.where(silences.is_open, silences.row, silences.row + 1)
    last = (segments.lon_deg[silences.row], segments.lat_deg[silences.row])
    east_m, north_m = plane_m(*last, segments.lon_deg[next_row], segments.lat_deg[next_row])
    way = np.stack((np.repeat(east_m, bins), np.repeat(north_m, bins)))
    leaving = np.stack([np.repeat(v, bins) for v in _velocity(segments, silences.row, back=True)]) * span_s
    arriving = np.stack([np.repeat(v, bins) for v in _velocity(segments, next_row, back=False)]) * span_s
    s = np.clip(after_s / span_s, 0.0, 1.0)
    bend = (leaving - way) * s * (1.0 - s) ** 2 - (arriving - way) * s**2 * (1.0 - s)
    return np.asarray(way * s + bend)


def _velocity(segments: Segments, rows: Int64, *, back: bool) -> tuple[Float64, Float64]:
    """Return metres per second east and north made good before (`back`) or after reports of the segments."""
    segment = np.searchsorted(segments.offsets, rows, side="right") - 1
    other = np.empty(len(rows), dtype=np.int64)
    for n, (row, h) in enumerate(zip(rows.tolist(), segment.tolist(), strict=True)):
        first, end = int(segments.offsets[h]), int(segments.offsets[h + 1])
        if back:
            until_s = segments.time_s[row] - VELOCITY_MIN_S
            found = first + int(np.searchsorted(segments.time_s[first:row], until_s, side="right")) - 1
        else:
            from_s = segments.time_s[row] + VELOCITY_MIN_S
            found = row + int(np.searchsorted(segments.time_s[row:end], from_s, side="left"))
        other[n] = found if first <= found < end else row
    span_s = np.abs(segments.time_s[rows] - segments.time_s[other])
    ends = (rows, other) if not back else (other, rows)
    east_m, north_m = plane_m(*(c[e] for e in ends for c in (segments.lon_deg, segments.lat_deg)))
    known = (span_s > 0.0) & (span_s <= VELOCITY_MAX_S)
    speed = np.where(known, np.hypot(east_m, north_m) / np.maximum(span_s, 1.0), 0.0)
    scale = np.where(known, np.minimum(1.0, SPEED_MAX_MPS / np.maximum(speed, 1e-9)), 0.0)
    scale = scale / np.maximum(span_s, 1.0)
    return east_m * scale, north_m * scale


def _stopped(lon: Float64, lat: Float64, on_land: Bool, silences: Silences) -> tuple[Float64, Float64]:
    """Hold each way at its last place before land; at the last report where the first bin is on land."""
    index = np.arange(len(lon))
    first = np.repeat(silences.starts, silences.bins)
    ashore = np.where(on_land, index, len(lon))
    landfall = np.minimum.reduceat(ashore, silences.starts) if len(lon) else ashore
    stop = np.minimum(index, np.repeat(landfall, silences.bins) - 1)
    at = np.maximum(stop, first)
    held = stop < first
    return (
        np.where(held, silences.places.lon_deg[first], lon[at]),
        np.where(held, silences.places.lat_deg[first], lat[at]),
    )
