"""Where a vessel may have been in a gap: on the line between its two reports, or sailing on as before.

Its path is not known. Two guesses bound what reception can say: the straight line, and a smooth curve that
leaves with the velocity of the last report and arrives with that of the next (Hermite's cubic), or goes
straight on while the gap lasts. A vessel that left the covered water on its course is on the second.
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
    from detectors.reception.gaps import Gaps
    from detectors.tracks.reports import Bool, Float64, Int64
    from detectors.tracks.tracks import Segments

VELOCITY_MIN_S, VELOCITY_MAX_S = 10 * MINUTE_S, 2 * HOUR_S
"""A velocity is made good over at least the first and at most the second time; else it is taken as none."""

SPEED_MAX_MPS = 22.0 * KNOT_MPS
"""A velocity above this is noise of position, and is shortened to it."""


def sailed_on(
    segments: Segments, gaps: Gaps, bin_s: float, on_land: Callable[[Float64, Float64], Bool]
) -> Places:
    """Return the places of the gaps' bins had the vessel sailed on as before; it stops before land."""
    bins = gaps.bins
    row = np.repeat(gaps.row, bins)
    off_s = segments.time_s[row]
    until_s = np.repeat(gaps.until_s, bins)
    after_s = (gaps.places.bin + 0.5) * bin_s - off_s
    span_s = until_s - off_s
    east, north = _velocity(segments, gaps.row, back=True)
    offset_m = np.stack((np.repeat(east, bins), np.repeat(north, bins))) * after_s
    closed = np.repeat(~gaps.is_open, bins)
    if closed.any():
        curve = _curve_m(segments, gaps, after_s, span_s)
        offset_m = np.where(closed, curve, offset_m)
    per_lon, per_lat = metres_per_degree(segments.lat_deg[row])
    lon = wrapped_deg(segments.lon_deg[row] + offset_m[0] / per_lon)
    lat = np.clip(segments.lat_deg[row] + offset_m[1] / per_lat, -89.9, 89.9)
    lon, lat = _stopped(lon, lat, on_land(lon, lat), gaps)
    return replace(gaps.places, lon_deg=lon, lat_deg=lat)


def _curve_m(segments: Segments, gaps: Gaps, after_s: Float64, span_s: Float64) -> Float64:
    """Return metres east and north of the last report on the curve that meets both ends' velocities."""
    bins = gaps.bins
    next_row = np.where(gaps.is_open, gaps.row, gaps.row + 1)
    last = (segments.lon_deg[gaps.row], segments.lat_deg[gaps.row])
    east_m, north_m = plane_m(*last, segments.lon_deg[next_row], segments.lat_deg[next_row])
    straight_m = np.stack((np.repeat(east_m, bins), np.repeat(north_m, bins)))
    leaving = np.stack([np.repeat(v, bins) for v in _velocity(segments, gaps.row, back=True)]) * span_s
    arriving = np.stack([np.repeat(v, bins) for v in _velocity(segments, next_row, back=False)]) * span_s
    s = np.clip(after_s / span_s, 0.0, 1.0)
    bend = (leaving - straight_m) * s * (1.0 - s) ** 2 - (arriving - straight_m) * s**2 * (1.0 - s)
    return np.asarray(straight_m * s + bend)


def _velocity(segments: Segments, rows: Int64, *, back: bool) -> tuple[Float64, Float64]:
    """Return metres per second east and north made good before (`back`) or after reports of the segments."""
    segment = np.searchsorted(segments.offsets, rows, side="right") - 1
    other = np.empty(len(rows), dtype=np.int64)
    for n, (row, number) in enumerate(zip(rows.tolist(), segment.tolist(), strict=True)):
        first, end = int(segments.offsets[number]), int(segments.offsets[number + 1])
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


def _stopped(lon: Float64, lat: Float64, on_land: Bool, gaps: Gaps) -> tuple[Float64, Float64]:
    """Hold each path at its last place before land; at the last report where the first bin is on land."""
    index = np.arange(len(lon))
    first = np.repeat(gaps.starts, gaps.bins)
    ashore = np.where(on_land, index, len(lon))
    landfall = np.minimum.reduceat(ashore, gaps.starts) if len(lon) else ashore
    stop = np.minimum(index, np.repeat(landfall, gaps.bins) - 1)
    at = np.maximum(stop, first)
    stays = stop < first
    return (
        np.where(stays, gaps.places.lon_deg[first], lon[at]),
        np.where(stays, gaps.places.lat_deg[first], lat[at]),
    )
