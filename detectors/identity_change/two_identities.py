"""Two MMSIs on one track: under way for hours at one place."""

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
"""The windows of speeds stop at longer gaps: the same as for calls, so that speeds are measured once."""

STEPS_IN_TIME = 4
"""Candidates are sampled so many times in the shortest time that counts: three always fall in it."""

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
    separated_s: float = 0.0
    """Time under way in which they were observed separated: one vessel never is."""


def pairs_of(scene: Scene, params: IdentityParams) -> tuple[list[Pair], int]:
    """Return the pairs under way at one place for long enough, and the number of pairs examined."""
    segments = scene.tracks.segments
    speed = segments.speed_mps(params.motion_window_min * MINUTE_S, BRIDGE_S)
    least_mps, longest_s = params.moving_kn * KNOT_MPS, params.observed_max_min * MINUTE_S
    moving = speed_under_way(segments.time_s, speed, least_mps, longest_s)
    step_s = params.together_min_h * HOUR_S / STEPS_IN_TIME
    radius_m = 2.0 * params.same_place_m
    neighbours_max = int(params.neighbours_max)
    nearness = Nearness(step_s, radius_m, FASTEST_MPS, radius_m, FASTEST_MPS, neighbours_max, join_s=np.inf)
    near, *_ = near_pairs(segments.offsets, segments.fixes, moving, nearness)
    near = near[
        (near[:, k.KIND] == SLOW_PAIR) & np.diff(segments.vessel_index[near[:, [k.A, k.B]]]).any(axis=1)
    ]
    near = near[np.lexsort((near[:, k.B], near[:, k.A]))]
    candidates = near[near[:, k.TIMES] >= STEPS_IN_TIME - 1][:, [k.A, k.B]].tolist()
    solved = (_pair(segments, moving, (one, other), params) for one, other in candidates)
    return without_repeats(segments, [pair for pair in solved if pair]), len(near)


def without_repeats(segments: Segments, pairs: list[Pair]) -> list[Pair]:
    """Return pairs without those that repeat the time together of two MMSIs: split segments share a track."""
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


def _pair(
    segments: Segments, moving: Float32, segments_of_pair: tuple[int, int], params: IdentityParams
) -> Pair | None:
    """Solve one pair at the reports of both, the other interpolated between reports near enough in time."""
    one, other = (_reports(segments, segment) for segment in segments_of_pair)
    sides = (
        _offsets_from(segments, moving, one, other, params),
        _offsets_from(segments, moving, other, one, params),
    )
    time_s = np.concatenate([side[0] for side in sides])
    order = np.argsort(time_s, kind="stable")
    time_s = time_s[order]
    ahead, to_side = (np.concatenate([sides[0][k], -sides[1][k]])[order] for k in (1, 2))
    separation_m = np.hypot(ahead, to_side)
    near = separation_m <= params.same_place_m
    step_s = np.diff(time_s)
    is_observed: Bool = step_s <= params.observed_max_min * MINUTE_S
    together_s = float(step_s[is_observed & near[1:] & near[:-1]].sum())
    if together_s < params.together_min_h * HOUR_S:
        return None
    far = separation_m > params.place_slack_m
    separated_s = float(step_s[is_observed & far[1:] & far[:-1]].sum())
    ahead, to_side, together_times_s = ahead[near], to_side[near], time_s[near]
    rows = [_bounds(segments, part, together_times_s) for part in (one, other)]
    middle = float(ahead.mean()), float(to_side.mean())
    return Pair(
        segments=segments_of_pair,
        first=(rows[0][0], rows[1][0]),
        last=(rows[0][1], rows[1][1]),
        together_s=together_s,
        median_m=float(np.median(separation_m[near])),
        ahead_m=middle[0],
        beam_side_offset_m=middle[1],
        spread_m=float(np.sqrt(((ahead - middle[0]) ** 2 + (to_side - middle[1]) ** 2).mean())),
        separated_s=separated_s,
    )


def _reports(segments: Segments, segment: int) -> slice:
    return slice(int(segments.offsets[segment]), int(segments.offsets[segment + 1]))


def _offsets_from(
    segments: Segments, moving: Float32, own: slice, other: slice, params: IdentityParams
) -> tuple[Float64, Float64, Float64]:
    """Return times of one's reports under way, and how far ahead and to the side of it the other is then.

    Ahead and to the side are by the course of the other.
    """
    time_s, other_s = segments.time_s[own], segments.time_s[other]
    after = np.clip(np.searchsorted(other_s, time_s, side="right"), 1, len(other_s) - 1)
    is_known = (time_s >= other_s[0]) & (time_s <= other_s[-1]) & ~np.isnan(moving[own])
    is_known &= other_s[after] - other_s[after - 1] <= params.observed_max_min * MINUTE_S
    lon, lat = unwrapped_deg(segments.lon_deg[other]), segments.lat_deg[other]
    other_lon, other_lat = wrapped_deg(np.interp(time_s, other_s, lon)), np.interp(time_s, other_s, lat)
    east_m, north_m = plane_m(segments.lon_deg[own], segments.lat_deg[own], other_lon, other_lat)
    east_along_m, north_along_m = plane_m(
        wrapped_deg(lon[after - 1]), lat[after - 1], wrapped_deg(lon[after]), lat[after]
    )
    length = np.maximum(np.hypot(east_along_m, north_along_m), 1e-9)
    ahead_m = (east_m * east_along_m + north_m * north_along_m) / length
    beam_side_offset_m = (east_m * north_along_m - north_m * east_along_m) / length
    return time_s[is_known], ahead_m[is_known], beam_side_offset_m[is_known]


def _bounds(segments: Segments, part: slice, together_times_s: Float64) -> tuple[int, int]:
    """Return the last report at or before the first time together, and at or before the last one."""
    times = segments.time_s[part]
    first, last = (
        max(0, int(np.searchsorted(times, t, side="right")) - 1)
        for t in (together_times_s[0], together_times_s[-1])
    )
    return part.start + first, part.start + last
