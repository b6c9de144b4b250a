"""The search behind STS transfers: from tracks to solved encounters, slow and under way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from detectors.core.units import HOUR_S, KM_M, KNOT_MPS, MINUTE_S
from detectors.kernels.encounters import grid_runs as k
from detectors.kernels.encounters.candidate_pairs import Nearness, near_pairs
from detectors.kernels.encounters.neighbours import SLOW_PAIR, WAY_PAIR
from detectors.kernels.encounters.rules import Cadence, Joining, Tiers
from detectors.kernels.encounters.solving import (
    CONTACT_S,
    END_OF_S,
    FIRST_TIER,
    REPORTS,
    SEGMENT_A,
    SEGMENT_B,
    START_S,
    encounters,
)

if TYPE_CHECKING:
    from detectors.scene import Scene
    from detectors.sts_transfer.params import StsParams
    from detectors.sts_transfer.params.contact import ContactParams
    from detectors.sts_transfer.params.encounter import EncounterParams
    from detectors.tracks.reports import Bool, Float32, Float64, Int64
    from detectors.tracks.tracks import Segments, Tracks

CONTACT_WITHIN_M = (50.0, 200.0, 500.0)
"""Contact is measured within these separations, whatever the tiers.

Not parameters: the names of the measures contain them.
"""


PAD_S = HOUR_S
"""The solver looks this far beyond a candidate first, and farther where an encounter reaches its edge.

Candidates of a pair whose windows would overlap are one: no stretch is solved twice. Not a parameter: it
affects speed only, not what is found.
"""


@dataclass(frozen=True, eq=False)
class Solved:
    """What the search found.

    `slow` and `under_way` hold a row per encounter as in `kernels.encounters.solving`: those of two slow
    vessels, with the tiers of the parameters, and those under way, with the tiers alongside and under
    way. `pairs` is the number of pairs examined, `crowded` that of positions in crowds; `stays` holds the
    stays in crowds; `speed_mps` is the speed made good of each row of the segments.
    """

    slow: Float64
    under_way: Float64
    pairs: int
    crowded: int
    stays: Int64
    speed_mps: Float32


def solve(scene: Scene, params: StsParams) -> Solved:
    """Find and solve every encounter in a scene."""
    segments = scene.tracks.segments
    speed = segments.speed_mps(
        params.contact.speed_window_min * MINUTE_S, params.contact.bridge_max_h * HOUR_S
    )
    step_s = params.contact.unbroken_min * MINUTE_S
    slow_mps, fast_mps = (
        params.encounter.speed_max_kn * KNOT_MPS,
        params.encounter.search_speed_max_kn * KNOT_MPS,
    )
    nearness = Nearness(
        step_s=step_s,
        radius_m=params.encounter.near_leave_m,
        max_mps=slow_mps,
        way_m=params.encounter.search_under_way_m,
        way_mps=fast_mps,
        neighbours_max=int(params.encounter.neighbours_max),
        join_s=2.0 * PAD_S,
    )
    runs, crowded, stays = near_pairs(segments.offsets, segments.fixes, speed, nearness)
    runs = runs[segments.vessel_index[runs[:, k.A]] != segments.vessel_index[runs[:, k.B]]]
    runs = runs[np.lexsort((runs[:, k.FIRST_SLOT], runs[:, k.B], runs[:, k.A]))]
    slow_runs = runs[runs[:, k.KIND] == SLOW_PAIR]
    under_way_runs = runs[(runs[:, k.KIND] == WAY_PAIR) & (runs[:, k.SWIFT_TIMES] > 0)]
    slow = _encounters(scene.tracks, speed, params, slow_runs, params.encounter.tiers, slow_mps)
    under_way = _encounters(
        scene.tracks, speed, params, under_way_runs, params.encounter.under_way_tiers, fast_mps
    )
    return Solved(
        slow=slow,
        under_way=under_way[_is_under_way(segments, speed, under_way, slow_mps, step_s)],
        pairs=len(np.unique(np.concatenate((slow_runs, under_way_runs))[:, [k.A, k.B]], axis=0)),
        crowded=crowded,
        stays=stays,
        speed_mps=speed,
    )


def cadence(params: ContactParams) -> Cadence:
    """Return the rule of contact as the kernels take it."""
    floor_s = params.floor_min * MINUTE_S
    ceiling_s = max(floor_s, params.ceiling_h * HOUR_S)
    window_s, stay_s = params.window_h * HOUR_S, params.stayed_min * MINUTE_S
    return Cadence(params.intervals_max, floor_s, ceiling_s, window_s, stay_s)


def tiers_of(params: EncounterParams, names: tuple[str, ...]) -> Tiers:
    """Return the separations of some tiers, and those of `CONTACT_WITHIN_M`, as the kernels take them."""
    enter_m, leave_m = ([float(of(name)) for name in names] for of in (params.enter_m, params.leave_m))
    return Tiers(np.array(enter_m), np.array(leave_m), np.array(CONTACT_WITHIN_M))


def innermost_tier(rows: Float64, need_s: list[float], reports_min: float) -> Int64:
    """Return the index of the innermost tier whose contact time each encounter reaches; -1 for none.

    Also -1 where one of the two sent fewer than `reports_min` reports meanwhile: straight lines between
    the reports before and after are not observations.
    """
    if not need_s:
        return np.full(len(rows), -1)
    reached = rows[:, FIRST_TIER : FIRST_TIER + len(need_s)] >= np.array(need_s)
    reached &= rows[:, [REPORTS]] >= reports_min
    return np.where(reached.any(axis=1), reached.argmax(axis=1), -1)


def without_overlaps(slow: Float64, under_way: Float64, contact_times: float) -> tuple[Bool, Bool]:
    """Return which encounters to keep, slow and under way, where both describe the same pair and time.

    An encounter under way is compared with the slow ones of its pair that overlap it in time. It replaces
    one where its contact is at least `contact_times` as long, and several where it is at least as long as
    theirs together: two vessels that are now faster, now slower than 3 kn are one encounter, not pieces
    of one. Otherwise the slow ones replace it.
    """
    keep_slow, keep_under_way = np.ones(len(slow), np.bool_), np.ones(len(under_way), np.bool_)
    by_pair: dict[tuple[float, float], list[int]] = {}
    for n, row in enumerate(slow):
        by_pair.setdefault((row[SEGMENT_A], row[SEGMENT_B]), []).append(n)
    for n, row in enumerate(under_way):
        of_pair = by_pair.get((row[SEGMENT_A], row[SEGMENT_B]), [])
        inside = [
            m for m in of_pair if slow[m, START_S] <= row[END_OF_S] and slow[m, END_OF_S] >= row[START_S]
        ]
        times = contact_times if len(inside) == 1 else 1.0
        keep_under_way[n] = row[CONTACT_S] >= times * sum(slow[m, CONTACT_S] for m in inside)
        keep_slow[inside] &= not keep_under_way[n]
    return keep_slow, keep_under_way


def _encounters(
    tracks: Tracks,
    speed: Float32,
    params: StsParams,
    runs: Int64,
    tiers: tuple[str, ...],
    max_mps: float,
) -> Float64:
    step_s, segments = params.contact.unbroken_min * MINUTE_S, tracks.segments
    if not tiers:
        return np.empty((0, FIRST_TIER + len(CONTACT_WITHIN_M)))
    return encounters(
        runs[:, [k.A, k.B]],
        step_s * runs[:, k.FIRST_SLOT].astype(np.float64),
        step_s * runs[:, k.LAST_SLOT].astype(np.float64),
        segments.offsets,
        segments.fixes,
        speed,
        segments.uncertainty_m,
        tracks.by_segment(tracks.sog_kn),
        cadence(params.contact),
        tiers_of(params.encounter, tiers),
        Joining(
            max_mps=max_mps,
            excursion_s=params.contact.excursion_max_min * MINUTE_S,
            unseen_m=params.contact.unseen_max_km * KM_M,
            wild_s=params.contact.wild_report_max_h * HOUR_S,
            spell_min_s=step_s,
            pad_s=PAD_S,
        ),
    )


def _is_under_way(
    segments: Segments, speed: Float32, rows: Float64, slow_mps: float, spell_min_s: float
) -> Bool:
    """Return which encounters were under way: one vessel faster than slow for a spell of `spell_min_s`.

    The search cannot have missed such a spell, wherever its grid lies.
    """
    is_under_way = np.zeros(len(rows), np.bool_)
    for n, row in enumerate(rows):
        spells = [
            spell
            for segment in (int(row[SEGMENT_A]), int(row[SEGMENT_B]))
            for spell in _fast_spells(segments, speed, segment, (row[START_S], row[END_OF_S]), slow_mps)
        ]
        is_under_way[n] = _longest_s(spells) >= spell_min_s
    return is_under_way


def _fast_spells(
    segments: Segments, speed: Float32, segment: int, span: tuple[float, float], slow_mps: float
) -> list[tuple[float, float]]:
    """Return the times between reports, inside a span, in which a segment is faster than slow."""
    first, end = int(segments.offsets[segment]), int(segments.offsets[segment + 1])
    lo = first + max(0, int(np.searchsorted(segments.time_s[first:end], span[0], side="right")) - 1)
    hi = first + min(end - first - 1, int(np.searchsorted(segments.time_s[first:end], span[1], side="left")))
    rows = lo + np.flatnonzero(speed[lo:hi] > slow_mps)
    return [(max(span[0], segments.time_s[k]), min(span[1], segments.time_s[k + 1])) for k in rows]


def _longest_s(spells: list[tuple[float, float]]) -> float:
    """Return how long the longest stretch of time lasts that overlapping or touching spells make."""
    longest_s, begun_s, until_s = 0.0, 0.0, -np.inf
    for start_s, end_s in sorted(spells):
        begun_s = start_s if start_s > until_s else begun_s
        until_s = max(until_s, end_s)
        longest_s = max(longest_s, until_s - begun_s)
    return longest_s
