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
    from detectors.tracks.tracks import Hulls

BRIDGE_S = 4.0 * HOUR_S
"""The windows of speeds stop at longer silences: the same as for calls, so that speeds are measured once."""

STEPS_IN_TIME = 4
"""Candidates are looked for at so many times in the shortest time that counts: three always fall in it."""

FASTEST_MPS = 200.0 * KNOT_MPS


@dataclass(frozen=True)
class Pair:
    """Two hulls on one track: rows of the hulls' columns that bound it, and how they lay."""

    hulls: tuple[int, int]
    first: tuple[int, int]
    last: tuple[int, int]
    together_s: float
    median_m: float
    ahead_m: float
    abeam_m: float
    spread_m: float
    """Root mean square of the distance from the mean offset: the noise of both positions."""
    apart_s: float = 0.0
    """Time under way in which they were seen apart: one hull never is."""


def pairs_of(scene: Scene, params: IdentityParams) -> tuple[list[Pair], int]:
    """Return the pairs that were under way at one place for long enough, and how many were looked at."""
    hulls = scene.tracks.hulls
    speed = hulls.speed_mps(params.motion_window_min * MINUTE_S, BRIDGE_S)
    least_mps, longest_s = params.moving_kn * KNOT_MPS, params.observed_max_min * MINUTE_S
    moving = speed_under_way(hulls.time_s, speed, least_mps, longest_s)
    step_s = params.together_min_h * HOUR_S / STEPS_IN_TIME
    radius_m = 2.0 * params.same_place_m
    most = int(params.neighbours_max)
    nearness = Nearness(step_s, radius_m, FASTEST_MPS, radius_m, FASTEST_MPS, most, join_s=np.inf)
    near, *_ = near_pairs(hulls.offsets, hulls.fixes, moving, nearness)
    near = near[(near[:, k.KIND] == SLOW_PAIR) & np.diff(hulls.vessel_index[near[:, [k.A, k.B]]]).any(axis=1)]
    near = near[np.lexsort((near[:, k.B], near[:, k.A]))]
    often = near[near[:, k.TIMES] >= STEPS_IN_TIME - 1][:, [k.A, k.B]].tolist()
    solved = (_pair(hulls, moving, (one, other), params) for one, other in often)
    return once(hulls, [pair for pair in solved if pair]), len(near)


def once(hulls: Hulls, pairs: list[Pair]) -> list[Pair]:
    """Return pairs without those that tell two numbers' time together again: parted hulls share a track."""
    kept: dict[tuple[int, ...], list[Pair]] = {}
    for pair in sorted(pairs, key=lambda pair: -pair.together_s):
        same = kept.setdefault(tuple(sorted(int(hulls.vessel_index[hull]) for hull in pair.hulls)), [])
        begin_s, end_s = _span_s(hulls, pair)
        if all(begin_s >= _span_s(hulls, other)[1] or end_s <= _span_s(hulls, other)[0] for other in same):
            same.append(pair)
    return [pair for same in kept.values() for pair in same]


def _span_s(hulls: Hulls, pair: Pair) -> tuple[float, float]:
    return (
        float(min(hulls.time_s[row] for row in pair.first)),
        float(max(hulls.time_s[row] for row in pair.last)),
    )


def _pair(hulls: Hulls, moving: Float32, which: tuple[int, int], params: IdentityParams) -> Pair | None:
    """Solve one pair at the reports of both, the other interpolated between reports near enough in time."""
    one, other = (_reports(hulls, hull) for hull in which)
    sides = (_seen_from(hulls, moving, one, other, params), _seen_from(hulls, moving, other, one, params))
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
    rows = [_bounds(hulls, part, seen_s) for part in (one, other)]
    middle = float(ahead.mean()), float(abeam.mean())
    return Pair(
        hulls=which,
        first=(rows[0][0], rows[1][0]),
        last=(rows[0][1], rows[1][1]),
        together_s=together_s,
        median_m=float(np.median(apart_m[near])),
        ahead_m=middle[0],
        abeam_m=middle[1],
        spread_m=float(np.sqrt(((ahead - middle[0]) ** 2 + (abeam - middle[1]) ** 2).mean())),
        apart_s=apart_s,
    )


def _reports(hulls: Hulls, hull: int) -> slice:
    return slice(int(hulls.offsets[hull]), int(hulls.offsets[hull + 1]))


def _seen_from(
    hulls: Hulls, moving: Float32, mine: slice, hers: slice, params: IdentityParams
) -> tuple[Float64, Float64, Float64]:
    """Return times of my reports under way, and how far ahead and abeam of me she is then, by her course."""
    time_s, her_s = hulls.time_s[mine], hulls.time_s[hers]
    after = np.clip(np.searchsorted(her_s, time_s, side="right"), 1, len(her_s) - 1)
    heard = (time_s >= her_s[0]) & (time_s <= her_s[-1]) & ~np.isnan(moving[mine])
    heard &= her_s[after] - her_s[after - 1] <= params.observed_max_min * MINUTE_S
    lon, lat = unwrapped_deg(hulls.lon_deg[hers]), hulls.lat_deg[hers]
    her_lon, her_lat = wrapped_deg(np.interp(time_s, her_s, lon)), np.interp(time_s, her_s, lat)
    east_m, north_m = plane_m(hulls.lon_deg[mine], hulls.lat_deg[mine], her_lon, her_lat)
    way_e, way_n = plane_m(wrapped_deg(lon[after - 1]), lat[after - 1], wrapped_deg(lon[after]), lat[after])
    length = np.maximum(np.hypot(way_e, way_n), 1e-9)
    ahead_m = (east_m * way_e + north_m * way_n) / length
    abeam_m = (east_m * way_n - north_m * way_e) / length
    return time_s[heard], ahead_m[heard], abeam_m[heard]


def _bounds(hulls: Hulls, part: slice, seen_s: Float64) -> tuple[int, int]:
    """Return the last report at or before the first time seen together, and at or before the last one."""
    times = hulls.time_s[part]
    first, last = (max(0, int(np.searchsorted(times, t, side="right")) - 1) for t in (seen_s[0], seen_s[-1]))
    return part.start + first, part.start + last
