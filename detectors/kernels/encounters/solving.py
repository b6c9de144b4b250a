"""From stretches of relative motion to encounters: which segments were how near, from when to when."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from detectors.kernels.arrays.growing_rows import with_room
from detectors.kernels.encounters.joining import inside, window
from detectors.kernels.encounters.relative_motion import BEGIN_S, DOUBT_M, END_S, last_at_or_before, stretches
from detectors.kernels.encounters.separations import is_observed, separations
from geodata.jit import helper, kernel

if TYPE_CHECKING:
    from detectors.kernels.encounters.rules import Cadence, Joining, Tiers
    from detectors.kernels.tracks.fixes import Fixes

Int64 = npt.NDArray[np.int64]
Int32 = npt.NDArray[np.int32]
Float64 = npt.NDArray[np.float64]
Float32 = npt.NDArray[np.float32]

SEGMENT_A, SEGMENT_B, START_S, END_OF_S, SPELL_S, REPORTS, FIRST_SEPARATION = range(7)
"""Columns of an encounter; `REPORTS` counts those of the segment that sent fewer during it.

Then follow the measures of `separations`, the contact seconds of each tier, and of each step of the ladder.
"""

CONTACT_S, NEAREST_M, STAYED_M, MEDIAN_M, P95_M, SPREAD_M, FIRST_TIER = range(
    FIRST_SEPARATION, FIRST_SEPARATION + 7
)


@helper
def contact_limit_s(
    rows: tuple[int, int], start_s: float, end_s: float, time_s: Float64, cadence: Cadence
) -> float:
    """Return how far apart reports of a segment may be to count as contact in an encounter (rule 5).

    `rows` are its first and end row. The median interval is that of the encounter and of `window_s` before
    and after it: what a vessel does days later, elsewhere, shows nothing of it.
    """
    first = last_at_or_before(time_s, rows[0], rows[1], start_s - cadence.window_s)
    last = last_at_or_before(time_s, rows[0], rows[1], end_s + cadence.window_s)
    # Without an interval there is no median: the strictest bound.
    if last <= first:
        return float(cadence.floor_s)
    usual_s = float(np.median(np.diff(time_s[first : last + 1])))
    # Rule 5: at least the floor and at most the ceiling, whatever the median is.
    return float(min(max(cadence.intervals * usual_s, cadence.floor_s), cadence.ceiling_s))


@helper
def tier_contact_s(
    parts: Float64,
    start_s: float,
    end_s: float,
    limits_s: tuple[float, float],
    enter_m: float,
    leave_m: float,
) -> float:
    """Return the observed seconds of one tier (rule 6) in an encounter.

    Of spells within `leave_m` that come within `enter_m`. Stretches whose positions are in doubt by more than
    `enter_m` show nothing, so they end a spell.
    """
    total_s = 0.0
    spell_s = 0.0
    came_near = False
    spell_end_s = -math.inf
    for k in range(parts.shape[0]):
        lo_s, hi_s = inside(parts[k], leave_m)
        # Stretches are in the order of time: none that follows touches the encounter.
        if parts[k, BEGIN_S] > end_s:
            break
        # Rule 6: no time counts while the doubt about both positions exceeds the entering separation.
        if hi_s < start_s or lo_s > hi_s or parts[k, DOUBT_M] > enter_m:
            continue
        # Any break of the time within `leave_m` ends the spell. It counts only if it came within `enter_m`.
        if lo_s > spell_end_s:
            total_s += spell_s if came_near else 0.0
            spell_s = 0.0
            came_near = False
        spell_end_s = hi_s
        # Rule 5: a gap goes on with the spell and adds no contact. Coming near is not observed in a gap
        # either.
        if is_observed(parts[k], limits_s):
            spell_s += hi_s - lo_s
            near_lo_s, near_hi_s = inside(parts[k], enter_m)
            came_near = came_near or near_lo_s <= near_hi_s
    # The last spell has no break after it.
    return total_s + (spell_s if came_near else 0.0)


@helper
def time_within_s(
    parts: Float64, start_s: float, end_s: float, limits_s: tuple[float, float], radius_m: float
) -> float:
    """Return the observed seconds within the radius during one encounter."""
    total_s = 0.0
    for k in range(parts.shape[0]):
        if parts[k, BEGIN_S] > end_s:
            break
        lo_s, hi_s = inside(parts[k], radius_m)
        if lo_s <= hi_s and hi_s >= start_s and lo_s <= end_s and is_observed(parts[k], limits_s):
            total_s += hi_s - lo_s
    return total_s


@helper
def _during(parts: Float64, start_s: float, end_s: float) -> Float64:
    """Return the stretches that touch an encounter: a window may hold hundreds, each looked at once."""
    # Stretches do not overlap, so their ends ascend as their begins do: two binary searches.
    first = np.searchsorted(parts[:, END_S], start_s)
    return parts[first : np.searchsorted(parts[:, BEGIN_S], end_s, side="right")]


@helper
def _reports(rows: tuple[int, int], start_s: float, end_s: float, time_s: Float64) -> int:
    report_s = time_s[rows[0] : rows[1]]
    return int(np.searchsorted(report_s, end_s, side="right") - np.searchsorted(report_s, start_s))


@helper
def _describe(
    out: Float64,
    parts: Float64,
    rows_a: tuple[int, int],
    rows_b: tuple[int, int],
    time_s: Float64,
    cadence: Cadence,
    tiers: Tiers,
) -> None:
    """Fill the contact columns of one encounter; its start and end are set."""
    start_s, end_s = out[START_S], out[END_OF_S]
    # Rule 5: each vessel has a bound of its own, by its own median interval.
    limits_s = (
        contact_limit_s(rows_a, start_s, end_s, time_s, cadence),
        contact_limit_s(rows_b, start_s, end_s, time_s, cadence),
    )
    # Rule 6 asks for a report of each of the two, so the one that sent fewer decides.
    out[REPORTS] = min(_reports(rows_a, start_s, end_s, time_s), _reports(rows_b, start_s, end_s, time_s))
    out[FIRST_SEPARATION:FIRST_TIER] = separations(
        parts, start_s, end_s, limits_s, tiers.leave_m[-1], cadence.stay_s
    )
    for n in range(tiers.enter_m.size):
        seconds = tier_contact_s(parts, start_s, end_s, limits_s, tiers.enter_m[n], tiers.leave_m[n])
        out[FIRST_TIER + n] = seconds
    for step in range(tiers.ladder_m.size):
        seconds = time_within_s(parts, start_s, end_s, limits_s, tiers.ladder_m[step])
        out[FIRST_TIER + tiers.enter_m.size + step] = seconds


@kernel
def encounters(
    pairs: Int64,
    first_s: Float64,
    last_s: Float64,
    offsets: Int64,
    fixes: Fixes,
    speed_mps: Float32,
    uncertainty_m: Float32,
    sog_kn: Float32,
    cadence: Cadence,
    tiers: Tiers,
    rule: Joining,
) -> Float64:
    """Solve each candidate exactly, and return a row per encounter (see the columns above).

    A candidate is a pair of segments near one another from `first_s` to `last_s`; those of one pair come in
    the order of time. The outermost leaving separation bounds the encounter (rule 4). Only encounters with a
    spell of `spell_min_s` are returned. `sog_kn` is the reported speed of each row.
    """
    time_s = fixes.time_s
    out = np.empty((64, FIRST_TIER + tiers.enter_m.size + tiers.ladder_m.size))
    n = 0
    solved_until_s = -math.inf
    for c in range(pairs.shape[0]):
        a, b = pairs[c]
        # Candidates of one pair stand together: with another pair the time that is solved begins anew.
        if c == 0 or a != pairs[c - 1, 0] or b != pairs[c - 1, 1]:
            solved_until_s = -math.inf
        # The window of the candidate before may have grown over this one: the encounter is known.
        if last_s[c] <= solved_until_s:
            continue
        rows_a, rows_b = (offsets[a], offsets[a + 1]), (offsets[b], offsets[b + 1])
        parts, found = window(
            rows_a,
            rows_b,
            first_s[c],
            last_s[c],
            fixes,
            speed_mps,
            uncertainty_m,
            sog_kn,
            tiers.leave_m[-1],
            rule,
        )
        for m in range(found.shape[0]):
            start_s, end_s, spell_s = found[m, 0], found[m, 1], found[m, 2]
            # The window may reach back to an encounter that the candidate before has given.
            if start_s <= solved_until_s:
                continue
            # Noted before the test of the spell, so that a rejected encounter is not solved again.
            solved_until_s = end_s
            # Rule 4: an unbroken spell of at least `unbroken_min`.
            if spell_s < rule.spell_min_s:
                continue
            out = with_room(out, n + 1)
            out[n, SEGMENT_A], out[n, SEGMENT_B] = a, b
            out[n, START_S], out[n, END_OF_S], out[n, SPELL_S] = start_s, end_s, spell_s
            parts_during = _during(parts, start_s, end_s)
            _describe(out[n], parts_during, rows_a, rows_b, time_s, cadence, tiers)
            n += 1
    return out[:n]


@kernel
def observed(
    spans: Float64,
    offsets: Int64,
    fixes: Fixes,
    speed_mps: Float32,
    uncertainty_m: Float32,
    cadence: Cadence,
    tiers: Tiers,
) -> Float64:
    """Return a row, as `meetings` does, of what was observed in each span.

    Rows of `spans`: segment, segment, start, end. At any speed, and without asking for a spell.
    """
    time_s = fixes.time_s
    out = np.zeros((spans.shape[0], FIRST_TIER + tiers.enter_m.size + tiers.ladder_m.size))
    for n in range(spans.shape[0]):
        a, b, start_s, end_s = int(spans[n, 0]), int(spans[n, 1]), spans[n, 2], spans[n, 3]
        rows_a, rows_b = (offsets[a], offsets[a + 1]), (offsets[b], offsets[b + 1])
        # No limit of speed: the span is given, and was found by other rules.
        parts = stretches(rows_a, rows_b, start_s, end_s, fixes, speed_mps, uncertainty_m, math.inf)
        out[n, SEGMENT_A], out[n, SEGMENT_B], out[n, START_S], out[n, END_OF_S] = a, b, start_s, end_s
        _describe(out[n], parts, rows_a, rows_b, time_s, cadence, tiers)
    return out
