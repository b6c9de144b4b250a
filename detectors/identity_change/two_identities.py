"""Two numbers on one track: under way for hours at one place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from detectors.core.angles import unwrapped_deg, wrapped_deg
from detectors.core.units import HOUR_S, KNOT_MPS, MINUTE_S
from detectors.kernels.encounters import grid_runs as k
from detectors.kernels.encounters.candidate_pairs import Nearness, near_pairs
from detectors.kernels.encounters.neighbours import SLOW_PAIR
from detectors.kernels.geometry.geodesy import plane_m
from detectors.kernels.tracks.motion import speed_under_way

if TYPE_CHECKING:
    from detectors.identity_change.params import IdentityParams
    from detectors.scene import Scene
    from detectors.tracks.reports import Bool, Float32, Float64
    from detectors.tracks.tracks import Segments

BRIDGE_S = 4.0 * HOUR_S
"""The windows of speeds stop at longer silences: the same as for calls, so that speeds are measured once."""

STEPS_IN_TIME = 4
"""Candidates are looked for at so many times in the shortest time that counts: three always fall in it."""

FASTEST_MPS = 200.0 * KNOT_MPS


@dataclass(frozen=True)
class Pair:
    """Two segments on one track: rows of the segments' columns that bound it, and how they lay."""

    segments: tuple[int, int]
    first: tuple[int, int]
    last: tuple[int, int]
    together_s: float
    median_m: float
    ahead_m: float
    beam_side_offset_m: float
    spread_m: float
    """Root mean square of the distance from the mean offset: the noise of both positions."""
    apart_s: float = 0.0
    """Time under way in which they were seen apart: one segment never is."""


def pairs_of(scene: Scene, params: IdentityParams) -> tuple[list[Pair], int]:
    """Return the pairs that were under way at one place for long enough, and how many were looked at."""
    segments = scene.tracks.segments
    speed = segments.speed_mps(params.motion_window_min * MINUTE_S, BRIDGE_S)
    least_mps, longest_s = params.moving_kn * KNOT_MPS, params.observed_max_min * MINUTE_S
    moving = speed_under_way(segments.time_s, speed, least_mps, longest_s)
    step_s = params.together_min_h * HOUR_S / STEPS_IN_TIME
    radius_m = 2.0 * params.same_place_m
    most = int(params.neighbours_max)
    nearness = Nearness(step_s, radius_m, FASTEST_MPS, radius_m, FASTEST_MPS, most, join_s=np.inf)
    near, *_ = near_pairs(segments.offsets, segments.fixes, moving, nearness)
    near = near[
        (near[:, k.KIND] == SLOW_PAIR) & np.diff(segments.vessel_index[near[:, [k.A, k.B]]]).any(axis=1)
    ]
    near = near[np.lexsort((near[:, k.B], near[:, k.A]))]
    often = near[near[:, k.TIMES] >= STEPS_IN_TIME - 1][:, [k.A, k.B]].tolist()
    solved = (_pair(segments, moving, (one, other), params) for one, other in often)
    return once(segments, [pair for pair in solved if pair]), len(near)


def once(segments: Segments, pairs: list[Pair]) -> list[Pair]:
    """Return pairs without those that tell two numbers' time together again.

    Parted segments share a track.
    """
    kept: dict[tuple[int, ...], list[Pair]] = {}
    for pair in sorted(pairs, key=lambda pair: -pair.together_s):
        same = kept.setdefault(
            tuple(sorted(int(segments.vessel_index[segment]) for segment in pair.segments)), []
        )
        begin_s, end_s = _span_s(segments, pair)
        if all(
            begin_s >= _span_s(segments, other)[1] or end_s <= _span_s(segments, other)[0] for other in same
        ):
            same.append(pair)
    return [pair for same in kept.values() for pair in same]


def _span_s(segments: Segments, pair: Pair) -> tuple[float, float]:
    return (
        float(min(segments.time_s[row] for row in pair.first)),
        float(max(segments.time_s[row] for row in pair.last)),
    )


def _pair(segments: Segments, moving: Float32, which: tuple[int, int], params: IdentityParams) -> Pair | None:
    """Solve one pair at the reports of both, the other interpolated between reports near enough in time."""
    one, other = (_reports(segments, segment) for segment in which)
    sides = (
        _seen_from(segments, moving, one, other, params),
        _seen_from(segments, moving, other, one, params),
    )
    time_s = np.concatenate([side[0] for side in sides])
    order = np.argsort(time_s, kind="stable")
    time_s = time_s[order]
    ahead, abeam = (np.concatenate([sides[0][k], -sides[1][k]])[order] for k in (1, 2))
    apart_m = np.hypot(ahead, abeam)
    near = apart_m <= params.same_place_m
    step_s = np.diff(time_s)
    seen: Bool = step_s <= params.observed_max_min * MINUTE_S
    together_s = float(step_s[seen & near[1:] & near[:-1]].sum())
    if together_s < params.together_min_h * HOUR_S:
        return None
    far = apart_m > params.place_slack_m
    apart_s = float(step_s[seen & far[1:] & far[:-1]].sum())
    ahead, abeam, seen_s = ahead[near], abeam[near], time_s[near]
    rows = [_bounds(segments, part, seen_s) for part in (one, other)]
    middle = float(ahead.mean()), float(abeam.mean())
    return Pair(
        segments=which,
        first=(rows[0][0], rows[1][0]),
        last=(rows[0][1], rows[1][1]),
        together_s=together_s,
        median_m=float(np.median(apart_m[near])),
        ahead_m=middle[0],
        beam_side_offset_m=middle[1],
        spread_m=float(np.sqrt(((ahead - middle[0]) ** 2 + (abeam - middle[1]) ** 2).mean())),
        apart_s=apart_s,
    )


def _reports(segments: Segments, segment: int) -> slice:
    return slice(int(segments.offsets[segment]), int(segments.offsets[segment + 1]))


def _seen_from(
    segments: Segments, moving: Float32, mine: slice, hers: slice, params: IdentityParams
) -> tuple[Float64, Float64, Float64]:
    """Return times of my reports under way, and how far ahead and abeam of me she is then, by her course."""
    time_s, her_s = segments.time_s[mine], segments.time_s[hers]
    after = np.clip(np.searchsorted(her_s, time_s, side="right"), 1, len(her_s) - 1)
    heard = (time_s >= her_s[0]) & (time_s <= her_s[-1]) & ~np.isnan(moving[mine])
    heard &= her_s[after] - her_s[after - 1] <= params.observed_max_min * MINUTE_S
    lon, lat = unwrapped_deg(segments.lon_deg[hers]), segments.lat_deg[hers]
    her_lon, her_lat = wrapped_deg(np.interp(time_s, her_s, lon)), np.interp(time_s, her_s, lat)
    east_m, north_m = plane_m(segments.lon_deg[mine], segments.lat_deg[mine], her_lon, her_lat)
    way_e, way_n = plane_m(wrapped_deg(lon[after - 1]), lat[after - 1], wrapped_deg(lon[after]), lat[after])
    length = np.maximum(np.hypot(way_e, way_n), 1e-9)
    ahead_m = (east_m * way_e + north_m * way_n) / length
    beam_side_offset_m = (east_m * way_n - north_m * way_e) / length
    return time_s[heard], ahead_m[heard], beam_side_offset_m[heard]


def _bounds(segments: Segments, part: slice, seen_s: Float64) -> tuple[int, int]:
    """Return the last report at or before the first time seen together, and at or before the last one."""
    times = segments.time_s[part]
    first, last = (max(0, int(np.searchsorted(times, t, side="right")) - 1) for t in (seen_s[0], seen_s[-1]))
    return part.start + first, part.start + last
