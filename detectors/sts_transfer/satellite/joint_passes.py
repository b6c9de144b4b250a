"""Joint passes: the reports of two segments in one satellite pass, and whether they place them together.

Each segment is carried at its reported speed and course for some minutes beyond its reports, so that two
whose reports never fall into the same minute can be compared, sailing or not.
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
    from detectors.sts_transfer.params.satellite import SatelliteParams
    from detectors.tracks.reports import Bool, Float32, Float64, Int64
    from detectors.tracks.tracks import Segments

    Paths: TypeAlias = tuple[Int64, Fixes, Float32]


@dataclass(frozen=True, eq=False)
class JointPasses:
    """Passes at which two segments were near one another: a row each, in the order of segments and time.

    `moments` are those of slow segments (`kernels.satellite.moments`), `paths` their carried paths,
    `pairs` two moments in each row, `compared` how they compare. `together` marks passes at which the two
    lay together, `well_observed` those observed well enough that the one pass suffices, `under_way` those
    at which one of them sailed. `rounded_compared` is `compared` with reports too rounded for a single
    pass to show anything; `rounded_together` marks passes of two with rounded positions that may have
    lain together.
    """

    moments: Float64
    paths: Paths
    pairs: Int64
    compared: Float64
    together: Bool
    well_observed: Bool
    under_way: Bool
    rounded_compared: Float64
    rounded_together: Bool

    @cached_property
    def segments(self) -> Int64:
        """The two segments of each row."""
        return np.asarray(self.moments[self.pairs, k.SEGMENT], dtype=np.int64)


def find_joint_passes(scene: Scene, params: StsParams) -> JointPasses:
    """Return the passes at which two segments came near one another."""
    segments = scene.tracks.segments
    spans = k.stretches(segments.offsets, segments.time_s, params.satellite.gap_max_min * MINUTE_S)
    lasts_s = segments.time_s[spans[:, k.END] - 1] - segments.time_s[spans[:, k.FIRST]]
    is_long = lasts_s > params.satellite.longest_min * MINUTE_S
    moments = _moments_of(scene, spans[~is_long], params.satellite)
    moments = moments[_speed_kn(moments) <= params.encounter.search_speed_max_kn]
    paths = _paths_of(segments, moments, params.satellite)
    pairs = _near_pairs(paths, params)
    extra, extra_pairs = _extra_moments(scene, moments, paths, spans[is_long], params)
    if len(extra):
        moments, pairs = np.concatenate((moments, extra)), np.concatenate((pairs, extra_pairs))
        paths = _paths_of(segments, moments, params.satellite)
    vessel = segments.vessel_index[moments[:, k.SEGMENT].astype(np.int64)]
    pairs = pairs[vessel[pairs[:, 0]] != vessel[pairs[:, 1]]]
    pairs = pairs[np.lexsort((*pairs.T[::-1], *moments[pairs, k.SEGMENT].T[::-1]))]
    carry_mps = params.satellite.carry_error_kn * KNOT_MPS
    compared = k.compared(pairs, *paths, carry_mps, params.satellite.enter_m)
    rounded, rounded_compared = _are_rounded(paths)[pairs].all(axis=1), compared.copy()
    rounded_compared[rounded] = k.compared(
        pairs[rounded], *paths, carry_mps, params.satellite.rounded_doubt_max_m
    )
    is_under_way = (_speed_kn(moments)[pairs] > params.encounter.speed_max_kn).any(axis=1)
    together = _are_together(moments, pairs, compared, is_under_way, params)
    well_observed = together & _are_well_observed(scene, moments, pairs, compared, params)
    rounded_together = rounded & ~is_under_way & _are_moving_alike(moments, pairs, rounded_compared, params)
    return JointPasses(
        moments,
        paths,
        pairs,
        compared,
        together,
        well_observed,
        is_under_way,
        rounded_compared,
        rounded_together,
    )


def _moments_of(scene: Scene, spans: Int64, params: SatelliteParams) -> Float64:
    segments, tracks = scene.tracks.segments, scene.tracks
    return k.moments(
        spans,
        segments.fixes,
        segments.row,
        tracks.sog_kn,
        tracks.cog_deg,
        segments.uncertainty_m,
        params.still_max_kn * KNOT_MPS,
        params.unreported_motion_min * MINUTE_S,
    )


def _paths_of(segments: Segments, moments: Float64, params: SatelliteParams) -> Paths:
    return k.carried(moments, segments.fixes, segments.uncertainty_m, params.carried_max_min * MINUTE_S)


def _are_rounded(paths: Paths) -> Bool:
    """Return which moments have a rounded position."""
    offsets, _, doubt_m = paths
    return np.asarray(np.maximum.reduceat(doubt_m, offsets[:-1]) > 0.0)


def _near_pairs(paths: Paths, params: StsParams) -> Int64:
    """Return the pairs of moments whose carried paths come near one another, in the order of segments."""
    offsets, fixes, _ = paths
    still, most = np.zeros(len(fixes.time_s), np.float32), int(params.encounter.neighbours_max)
    step_s, radius_m = params.satellite.carried_max_min * MINUTE_S, params.encounter.near_leave_m
    any_speed = {"max_mps": 1.0, "way_m": 0.0, "way_mps": 1.0}  # the carried paths are compared as if at rest
    nearness = Nearness(step_s, radius_m, **any_speed, neighbours_max=most, join_s=np.inf)
    is_near, *_ = near_pairs(offsets, fixes, still, nearness)
    return np.asarray(is_near[is_near[:, runs.KIND] == SLOW_PAIR][:, [runs.A, runs.B]])


def _extra_moments(
    scene: Scene, moments: Float64, paths: Paths, long_runs: Int64, params: StsParams
) -> tuple[Float64, Int64]:
    """Return moments of segments with long runs, beside those that sail, and the pairs of both.

    In pairs, the new moments are numbered after the given ones, and the segment with the lower number
    comes first.
    """
    segments = scene.tracks.segments
    sails = (
        _speed_kn(moments) > params.encounter.speed_max_kn - params.encounter.under_way_relative_speed_max_kn
    )
    rows = cuts(
        np.flatnonzero(sails),
        *paths[:-1],
        long_runs,
        segments.fixes,
        params.satellite.carried_max_min * MINUTE_S,
        params.encounter.near_leave_m,
        int(params.encounter.neighbours_max),
    )
    extra = _moments_of(scene, rows[:, :ASIDE], params.satellite)
    kept = _speed_kn(extra) <= params.encounter.search_speed_max_kn
    extra, aside = extra[kept], rows[kept, ASIDE]
    pairs = np.stack([aside, len(moments) + np.arange(len(extra))], axis=1)
    swapped = moments[aside, k.SEGMENT] > extra[:, k.SEGMENT]
    return extra, np.where(swapped[:, None], pairs[:, ::-1], pairs)


def _speed_kn(moments: Float64) -> Float64:
    return np.hypot(moments[:, k.EAST_MPS], moments[:, k.NORTH_MPS]) / KNOT_MPS


def _are_together(
    moments: Float64, pairs: Int64, compared: Float64, is_under_way: Bool, params: StsParams
) -> Bool:
    """Return at which passes two lay together: near at each report, and moving alike."""
    enter_m = np.where(is_under_way, params.encounter.under_way_enter_m, params.satellite.enter_m)
    return _are_moving_alike(moments, pairs, compared, params) & (compared[:, k.EXCESS_M] <= enter_m)


def _are_moving_alike(moments: Float64, pairs: Int64, compared: Float64, params: StsParams) -> Bool:
    """Return at which passes two both reported, moved alike and stayed within the near tier."""
    a, b = moments[pairs[:, 0]], moments[pairs[:, 1]]
    relative_mps = np.hypot(a[:, k.EAST_MPS] - b[:, k.EAST_MPS], a[:, k.NORTH_MPS] - b[:, k.NORTH_MPS])
    rounding_kn = params.satellite.speed_rounding_kn * (a[:, k.ROUNDED] + b[:, k.ROUNDED])
    is_alike = relative_mps <= (params.encounter.under_way_relative_speed_max_kn + rounding_kn) * KNOT_MPS
    is_observed = (compared[:, k.REPORTS_A] > 0) & (compared[:, k.REPORTS_B] > 0)
    return np.asarray(is_observed & is_alike & (compared[:, k.WIDEST_M] <= params.encounter.near_leave_m))


def _are_well_observed(
    scene: Scene, moments: Float64, pairs: Int64, compared: Float64, params: StsParams
) -> Bool:
    """Return which passes show two alongside so well that one suffices, in a gap with room for a transfer."""
    segments = scene.tracks.segments
    of = moments[:, k.SEGMENT].astype(np.int64)
    first, end = (moments[:, column].astype(np.int64) for column in (k.FIRST, k.END))
    before_s = segments.time_s[np.maximum(first - 1, segments.offsets[of])]
    after_s = segments.time_s[np.minimum(end, segments.offsets[of + 1] - 1)]
    is_in_gap = after_s - before_s >= params.encounter.min_s("near")
    reports = np.minimum(compared[:, k.REPORTS_A], compared[:, k.REPORTS_B])
    is_watched = (
        compared[:, k.END_S] - compared[:, k.BEGIN_S] >= params.satellite.single_watched_min * MINUTE_S
    )
    is_near = compared[:, k.EXCESS_M] <= params.satellite.single_enter_m
    return np.asarray(
        is_in_gap[pairs].all(axis=1) & (reports >= params.satellite.single_reports_min) & is_watched & is_near
    )
