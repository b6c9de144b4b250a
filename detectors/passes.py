"""Meetings told by passes: two vessels whom a satellite saw together for moments, once well or several times.

Contact counts what was observed, and between passes nothing is. That two lay together each time anyone
listened is evidence of its own; so is one pass that shows them alongside, moving alike, in hours of silence.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from detectors.joint_passes import Joint, joint_passes
from detectors.kernels import moments as k
from detectors.kernels.meetings import NEAREST_M, observed
from detectors.kernels.together import times_together
from detectors.meeting_ways import Way
from detectors.sts_search import LADDER_M, cadence
from detectors.units import HOUR_S, MINUTE_S

if TYPE_CHECKING:
    from collections.abc import Iterator

    from detectors.base import Scene
    from detectors.sts_params import StsParams
    from detectors.tracks.reports import Float32, Float64, Int64


@dataclass(frozen=True, eq=False)
class PassMeeting:
    """Two hulls, the first and the last of their reports that place them together, and at how many passes.

    `ways` are where each went: through the joint passes, carried on at both ends of each, straight between.
    """

    hulls: tuple[int, int]
    start_s: float
    end_s: float
    passes: int
    nearest_m: float
    is_under_way: bool
    ways: tuple[Way, Way]


def pass_meetings(scene: Scene, params: StsParams) -> list[PassMeeting]:
    """Return the meetings that passes tell, whatever else tells them too."""
    if not params.passes_told:
        return []
    joint = joint_passes(scene, params)
    told = []
    for chain in _chains(scene, joint, params):
        start_s, end_s = float(joint.seen[chain[0], k.BEGIN_S]), float(joint.seen[chain[-1], k.END_S])
        passes = min(len(np.unique(joint.pairs[chain, side])) for side in (0, 1))
        is_long = passes >= params.passes_min and end_s - start_s >= params.min_s("near")
        if is_long or joint.well[chain].any():
            told.append(
                PassMeeting(
                    hulls=joint.hulls(chain[0]),
                    start_s=start_s,
                    end_s=end_s,
                    passes=passes,
                    nearest_m=float(joint.seen[chain, k.NEAREST_M].min()),
                    is_under_way=bool(joint.under_way[chain].any()),
                    ways=(_way(joint, chain, 0), _way(joint, chain, 1)),
                )
            )
    return told


def passes_of(
    scene: Scene, spans: Float64, params: StsParams, met: list[PassMeeting]
) -> tuple[Int64, Float64]:
    """Return for slow meetings (hull, hull, start, end) at how many separate times reports show two together.

    And how near, in metres, at the nearest of them. She whose report it is not was on her straight line
    between reports at most `contact_floor_min` apart. 0 where a report places them beyond `near_leave_m`.
    Reports of a ship that says she is fast do not count. Where these are `passes_min` and passes by
    themselves (`met`) tell more of the same meeting, that holds.
    """
    hulls, tracks = scene.tracks.hulls, scene.tracks
    counts, nearest_m = times_together(
        spans,
        hulls.offsets,
        hulls.time_s,
        hulls.lon_deg,
        hulls.lat_deg,
        tracks.of_hulls(tracks.sog_kn),
        hulls.uncertainty_m,
        params.contact_floor_min * MINUTE_S,
        params.passes_enter_m,
        params.near_leave_m,
        params.speed_max_kn + params.passes_carry_kn,
    )
    by_pair: dict[frozenset[int], list[PassMeeting]] = {}
    for each in met:
        by_pair.setdefault(frozenset(each.hulls), []).append(each)
    for n in np.flatnonzero(counts >= params.passes_min):
        one, other, start_s, end_s = spans[n].tolist()
        for each in by_pair.get(frozenset((int(one), int(other))), ()):
            if each.start_s <= end_s and each.end_s >= start_s:
                counts[n] = max(counts[n], each.passes)
                nearest_m[n] = min(nearest_m[n], each.nearest_m)
    return counts, nearest_m


def pass_rows(scene: Scene, params: StsParams, met: list[PassMeeting], speed_mps: Float32) -> Float64:
    """Return meetings told by passes as rows of `kernels.meetings`: what was observed of them, no more."""
    hulls, tiers = scene.tracks.hulls, params.tiers
    spans = np.array([(*each.hulls, each.start_s, each.end_s) for each in met]).reshape(len(met), 4)
    rows = observed(
        spans,
        hulls.offsets,
        hulls.time_s,
        hulls.lon_deg,
        hulls.lat_deg,
        speed_mps,
        hulls.uncertainty_m,
        cadence(params),
        np.array([params.enter_m(t) for t in tiers]),
        np.array([params.leave_m(t) for t in tiers]),
        np.array(LADDER_M),
    )
    rows[:, NEAREST_M] = np.minimum(rows[:, NEAREST_M], [each.nearest_m for each in met])
    return rows


def _way(joint: Joint, chain: list[int], side: int) -> Way:
    offsets, time_s, lon, lat, _ = joint.paths
    mine = np.unique(joint.pairs[chain, side]).tolist()  # one moment may meet two of the other's
    knots = np.concatenate([np.arange(offsets[m], offsets[m + 1]) for m in mine])
    knots = knots[np.argsort(time_s[knots], kind="stable")]
    return Way(time_s[knots], lon[knots], lat[knots])


def _chains(scene: Scene, joint: Joint, params: StsParams) -> Iterator[list[int]]:
    """Give the joint passes of each meeting: of one pair, no long silence and no pass apart between them."""
    chain: list[int] = []
    for row in np.flatnonzero(joint.together).tolist():
        if chain and not _goes_on(scene, joint, chain[-1], row, params):
            yield chain
            chain = []
        chain.append(row)
    if chain:
        yield chain


def _goes_on(scene: Scene, joint: Joint, last: int, row: int, params: StsParams) -> bool:
    """Tell whether a joint pass belongs to the meeting of the one before it."""
    if joint.hulls(last) != joint.hulls(row):
        return False
    if joint.seen[row, k.BEGIN_S] - joint.seen[last, k.END_S] > params.bridge_max_h * HOUR_S:
        return False
    time_s = scene.tracks.hulls.time_s
    ends = [
        (int(joint.moments[m, k.END]), int(joint.moments[n, k.FIRST]))
        for m, n in zip(joint.pairs[last], joint.pairs[row], strict=True)
    ]
    between = [np.arange(*each) for each in ends]
    near = joint.pairs[last + 1 : row][joint.seen[last + 1 : row, k.WIDEST_M] <= params.near_leave_m]
    for side, of_other in ((0, between[1]), (1, between[0])):
        left = between[side]  # of either: a report that no near pass explains, while the other is heard
        for m in near[:, side].tolist():
            left = left[(left < joint.moments[m, k.FIRST]) | (left >= joint.moments[m, k.END])]
        if _heard_together(time_s[left], time_s[of_other], params.passes_pair_min * MINUTE_S):
            return False
    return True


def _heard_together(one_s: Float64, other_s: Float64, pair_s: float) -> bool:
    """Tell whether any of two hulls' reports are at most `pair_s` apart in time."""
    if not len(one_s) or not len(other_s):
        return False
    at = np.searchsorted(other_s, one_s)
    before, after = other_s[np.maximum(at - 1, 0)], other_s[np.minimum(at, len(other_s) - 1)]
    return bool((np.minimum(np.abs(one_s - before), np.abs(after - one_s)) <= pair_s).any())
