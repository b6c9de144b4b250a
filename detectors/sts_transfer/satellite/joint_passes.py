"""Joint passes: what a satellite heard of two segments in one pass, and whether that places them together.

Each segment is carried at its reported speed and course for some minutes beyond what was heard of it, so
that two whose reports never fall into the same minute can be compared, sailing or not.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from detectors.core.units import KNOT_MPS, MINUTE_S
from detectors.kernels.encounters import grid_runs as runs
from detectors.kernels.encounters.candidate_pairs import Nearness, near_pairs
from detectors.kernels.encounters.neighbours import SLOW_PAIR
from detectors.kernels.satellite import moments as k
from detectors.kernels.satellite.cuts import ASIDE, cuts

if TYPE_CHECKING:
    from detectors.kernels.tracks.fixes import Fixes
    from detectors.scene import Scene
    from detectors.sts_transfer.params import StsParams
    from detectors.tracks.reports import Bool, Float32, Float64, Int64
    from detectors.tracks.tracks import Segments

    Paths: TypeAlias = tuple[Int64, Fixes, Float32]


@dataclass(frozen=True, eq=False)
class Joint:
    """Passes at which two segments were near one another: a row each, in the order of segments and time.

    `moments` are those of slow segments (`kernels.moments`), `paths` their carried paths, `pairs` two moments
    in each row, `seen` how they compare. `together` tells at which passes they lay together, `well` at which
    they were watched well enough that the one pass tells it, `under_way` at which one of them sailed. `rough`
    is `seen` with reports that are rounded too much for one pass to say anything, `roughly` tells at which
    passes of two that send rounded positions these show that they may have lain together.
    """

    moments: Float64
    paths: Paths
    pairs: Int64
    seen: Float64
    together: Bool
    well: Bool
    under_way: Bool
    rough: Float64
    roughly: Bool

    @cached_property
    def segments(self) -> Int64:
        """The two segments of each row."""
        return np.asarray(self.moments[self.pairs, k.HULL], dtype=np.int64)


def joint_passes(scene: Scene, params: StsParams) -> Joint:
    """Return the passes at which two segments came near one another."""
    segments = scene.tracks.segments
    spans = k.stretches(segments.offsets, segments.time_s, params.satellite.gap_max_min * MINUTE_S)
    lasts_s = segments.time_s[spans[:, k.END] - 1] - segments.time_s[spans[:, k.FIRST]]
    is_long = lasts_s > params.satellite.longest_min * MINUTE_S
    found = _moments(scene, spans[~is_long], params)
    found = found[_speed_kn(found) <= params.encounter.way_speed_kn]
    paths = _paths(segments, found, params)
    pairs = _near(paths, params)
    cut, beside = _cut(scene, found, paths, spans[is_long], params)
    if len(cut):
        found, pairs = np.concatenate((found, cut)), np.concatenate((pairs, beside))
        paths = _paths(segments, found, params)
    vessel = segments.vessel_index[found[:, k.HULL].astype(np.int64)]
    pairs = pairs[vessel[pairs[:, 0]] != vessel[pairs[:, 1]]]
    pairs = pairs[np.lexsort((*pairs.T[::-1], *found[pairs, k.HULL].T[::-1]))]
    carry_mps = params.satellite.carry_error_kn * KNOT_MPS
    seen = k.compared(pairs, *paths, carry_mps, params.satellite.enter_m)
    rounded, rough = _rounded(paths)[pairs].all(axis=1), seen.copy()
    rough[rounded] = k.compared(pairs[rounded], *paths, carry_mps, params.satellite.rounded_doubt_max_m)
    is_way = (_speed_kn(found)[pairs] > params.encounter.speed_max_kn).any(axis=1)
    together = _together(found, pairs, seen, is_way, params)
    well = together & _well(scene, found, pairs, seen, params)
    roughly = rounded & ~is_way & _moving_alike(found, pairs, rough, params)
    return Joint(found, paths, pairs, seen, together, well, is_way, rough, roughly)


def _moments(scene: Scene, spans: Int64, params: StsParams) -> Float64:
    segments, tracks = scene.tracks.segments, scene.tracks
    return k.moments(
        spans,
        segments.fixes,
        segments.row,
        tracks.sog_kn,
        tracks.cog_deg,
        segments.uncertainty_m,
        params.satellite.still_max_kn * KNOT_MPS,
        params.satellite.unreported_motion_min * MINUTE_S,
    )


def _paths(segments: Segments, found: Float64, params: StsParams) -> Paths:
    return k.carried(
        found, segments.fixes, segments.uncertainty_m, params.satellite.carried_max_min * MINUTE_S
    )


def _rounded(paths: Paths) -> Bool:
    """Tell in which moments a position is rounded."""
    offsets, _, doubt_m = paths
    return np.asarray(np.maximum.reduceat(doubt_m, offsets[:-1]) > 0.0)


def _near(paths: Paths, params: StsParams) -> Int64:
    """Return the pairs of moments whose carried paths come near one another, in the order of segments."""
    offsets, fixes, _ = paths
    still, most = np.zeros(len(fixes.time_s), np.float32), int(params.encounter.neighbours_max)
    step_s, radius_m = params.satellite.carried_max_min * MINUTE_S, params.encounter.near_leave_m
    any_speed = {"max_mps": 1.0, "way_m": 0.0, "way_mps": 1.0}  # of ships that are taken to lie still
    nearness = Nearness(step_s, radius_m, **any_speed, neighbours_max=most, join_s=np.inf)
    near, *_ = near_pairs(offsets, fixes, still, nearness)
    return np.asarray(near[near[:, runs.KIND] == SLOW_PAIR][:, [runs.A, runs.B]])


def _cut(scene: Scene, found: Float64, paths: Paths, long: Int64, params: StsParams) -> tuple[Float64, Int64]:
    """Return moments of segments heard in long runs, beside those found that sail, and the pairs of both.

    In pairs, the new ones are numbered behind those found, and the segment with the lower number comes first.
    """
    segments = scene.tracks.segments
    sails = (
        _speed_kn(found) > params.encounter.speed_max_kn - params.encounter.under_way_relative_speed_max_kn
    )
    rows = cuts(
        np.flatnonzero(sails),
        *paths[:-1],
        long,
        segments.fixes,
        params.satellite.carried_max_min * MINUTE_S,
        params.encounter.near_leave_m,
        int(params.encounter.neighbours_max),
    )
    cut = _moments(scene, rows[:, :ASIDE], params)
    kept = _speed_kn(cut) <= params.encounter.way_speed_kn
    cut, aside = cut[kept], rows[kept, ASIDE]
    pairs = np.stack([aside, len(found) + np.arange(len(cut))], axis=1)
    swapped = found[aside, k.HULL] > cut[:, k.HULL]
    return cut, np.where(swapped[:, None], pairs[:, ::-1], pairs)


def _speed_kn(found: Float64) -> Float64:
    return np.hypot(found[:, k.EAST_MPS], found[:, k.NORTH_MPS]) / KNOT_MPS


def _together(found: Float64, pairs: Int64, seen: Float64, is_way: Bool, params: StsParams) -> Bool:
    """Tell at which passes two lay together: near at each report, and moving alike."""
    enter_m = np.where(is_way, params.encounter.under_way_enter_m, params.satellite.enter_m)
    return _moving_alike(found, pairs, seen, params) & (seen[:, k.EXCESS_M] <= enter_m)


def _moving_alike(found: Float64, pairs: Int64, seen: Float64, params: StsParams) -> Bool:
    """Tell at which passes two were both heard, moved alike and were at no time farther apart than near."""
    a, b = found[pairs[:, 0]], found[pairs[:, 1]]
    relative_mps = np.hypot(a[:, k.EAST_MPS] - b[:, k.EAST_MPS], a[:, k.NORTH_MPS] - b[:, k.NORTH_MPS])
    rounding_kn = params.satellite.speed_rounding_kn * (a[:, k.ROUNDED] + b[:, k.ROUNDED])
    alike = relative_mps <= (params.encounter.under_way_relative_speed_max_kn + rounding_kn) * KNOT_MPS
    heard = (seen[:, k.REPORTS_A] > 0) & (seen[:, k.REPORTS_B] > 0)
    return np.asarray(heard & alike & (seen[:, k.WIDEST_M] <= params.encounter.near_leave_m))


def _well(scene: Scene, found: Float64, pairs: Int64, seen: Float64, params: StsParams) -> Bool:
    """Tell which passes show two alongside so well that one is enough, in a silence that has room."""
    segments = scene.tracks.segments
    of = found[:, k.HULL].astype(np.int64)
    first, end = (found[:, column].astype(np.int64) for column in (k.FIRST, k.END))
    before_s = segments.time_s[np.maximum(first - 1, segments.offsets[of])]
    after_s = segments.time_s[np.minimum(end, segments.offsets[of + 1] - 1)]
    silent = after_s - before_s >= params.encounter.min_s("near")
    reports = np.minimum(seen[:, k.REPORTS_A], seen[:, k.REPORTS_B]) >= params.satellite.single_reports_min
    watched = seen[:, k.END_S] - seen[:, k.BEGIN_S] >= params.satellite.single_watched_min * MINUTE_S
    near = seen[:, k.EXCESS_M] <= params.satellite.single_enter_m
    return np.asarray(silent[pairs].all(axis=1) & reports & watched & near)
