"""Times within a radius, joined over interruptions into encounters (rule 4)."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from detectors.core.units import KNOT_MPS
from detectors.kernels.encounters.relative_motion import (
    AX_M,
    AY_M,
    BEGIN_S,
    BX_M,
    BY_M,
    END_S,
    ROW_A,
    ROW_B,
    stretches,
    within,
)
from detectors.kernels.tracks.motion import slow_enough
from geodata.jit import helper

if TYPE_CHECKING:
    from detectors.kernels.encounters.rules import Joining
    from detectors.kernels.tracks.fixes import Fixes

Float64 = npt.NDArray[np.float64]
Float32 = npt.NDArray[np.float32]


@helper
def inside(row: Float64, radius_m: float) -> tuple[float, float]:
    """Return the times between which a stretch is within the radius; (inf, -inf) where it never is."""
    lo, hi = within(row[AX_M], row[AY_M], row[BX_M], row[BY_M], radius_m)
    if lo > hi:
        return math.inf, -math.inf
    length_s = row[END_S] - row[BEGIN_S]
    return row[BEGIN_S] + lo * length_s, row[BEGIN_S] + hi * length_s


@helper
def _is_unseen(parts: Float64, first: int, last: int, unseen_m: float) -> bool:
    """Return whether an interruption was not observed (rule 4).

    One of the two sent nothing from stretch `first` to stretch `last`. Both were slow throughout, and on
    their paths never farther apart than `unseen_m`.
    """
    # Stretches exist only where both are slow, so a hole between two of them is a fast time or a gap.
    # Separation is greatest at the end of a stretch (it is convex), so the begins of all of them are
    # enough.
    for k in range(first + 1, last + 1):
        if parts[k, BEGIN_S] != parts[k - 1, END_S] or math.hypot(parts[k, AX_M], parts[k, AY_M]) > unseen_m:
            return False
    # Rule 4: the same last report at both ends means that this vessel reported nothing between, and its
    # straight path is a guess.
    return bool(parts[first, ROW_A] == parts[last, ROW_A] or parts[first, ROW_B] == parts[last, ROW_B])


@helper
def _is_wild(
    parts: Float64,
    first: int,
    last: int,
    time_s: Float64,
    speed_mps: Float32,
    says_kn: Float32,
    rule: Joining,
) -> bool:
    """Return whether one segment left and came back by one wild report alone (rule 4).

    It was slow until the report before, and from the report after on. The two are at most `wild_s` apart. By
    all three reports it declares that it was slow, and the other was slow throughout. In a longer time it may
    have sailed there, stayed and come back.
    """
    for own, other in ((ROW_A, ROW_B), (ROW_B, ROW_A)):
        # The stretch ends with the report before the wild one. The next stretch must begin with the report
        # after it, two rows on.
        before = int(parts[first, own]) + 1
        if int(parts[last, own]) != before + 2 or time_s[before + 2] - time_s[before] > rule.wild_s:
            continue
        # All three declare that they are slow. A speed that is not reported does not declare it: a
        # comparison with NaN fails.
        is_still = True
        for k in range(before, before + 3):
            is_still = is_still and says_kn[k] * KNOT_MPS <= rule.max_mps
        # The intervals of the first and the last stretch are slow already.
        for k in range(int(parts[first, other]) + 1, int(parts[last, other])):
            is_still = is_still and slow_enough(speed_mps[k], rule.max_mps)
        if is_still:
            return True
    return False


@helper
def join(
    parts: Float64, radius_m: float, time_s: Float64, speed_mps: Float32, says_kn: Float32, rule: Joining
) -> Float64:
    """Join the times within the radius into encounters (rule 4).

    Rows: start, end, longest unbroken spell (seconds), first and last stretch. Three sorts of interruption do
    not end an encounter: one of at most `excursion_s`, one between two neighbouring reports of one of the
    two, and one wild report. A spell has no interruption at all.
    """
    out = np.empty((parts.shape[0], 5))
    n = 0
    spell_start_s = 0.0
    for k in range(parts.shape[0]):
        lo_s, hi_s = inside(parts[k], radius_m)
        if lo_s > hi_s:
            continue
        # Rule 4: an interruption up to `excursion_max_min` does not end the encounter.
        is_new = n == 0 or lo_s - out[n - 1, 1] > rule.excursion_s
        if is_new and n > 0:
            last = int(out[n - 1, 4])
            # The two exceptions for longer interruptions; they are seldom asked, so they come after the
            # cheap question.
            is_new = not _is_unseen(parts, last, k, rule.unseen_m)
            is_new = is_new and not _is_wild(parts, last, k, time_s, speed_mps, says_kn, rule)
        if is_new:
            out[n] = (lo_s, hi_s, 0.0, float(k), float(k))
            spell_start_s = lo_s
            n += 1
        # The same encounter, but an interruption ends the unbroken spell. Stretches that follow on one
        # another meet at equal times to the last bit.
        elif lo_s > out[n - 1, 1]:
            spell_start_s = lo_s
        out[n - 1, 1], out[n - 1, 4] = hi_s, k
        out[n - 1, 2] = max(out[n - 1, 2], hi_s - spell_start_s)
    return out[:n]


@helper
def _is_cut(
    found: Float64,
    parts: Float64,
    rows: tuple[tuple[int, int], tuple[int, int]],
    time_s: Float64,
    from_s: float,
    until_s: float,
) -> bool:
    """Return whether an encounter may go on beyond the window.

    Also so where two reports before or after it lie outside: beyond a gap or a wild report it may go on, and
    the exceptions of rule 4 look that far.
    """
    if found.shape[0] == 0:
        return False
    first, last = int(found[0, 3]), int(found[-1, 4])
    begins_s, ends_s = found[0, 0], found[-1, 1]
    for column, (begin, end) in ((ROW_A, rows[0]), (ROW_B, rows[1])):
        # Two reports further out on each side: the wild report and the one beyond it. The last stretch
        # names the row before its end, so it is three on from there.
        begins_s = min(begins_s, time_s[max(begin, int(parts[first, column]) - 2)])
        ends_s = max(ends_s, time_s[min(end - 1, int(parts[last, column]) + 3)])
    return bool(begins_s <= from_s or ends_s >= until_s)


@helper
def window(
    rows_a: tuple[int, int],
    rows_b: tuple[int, int],
    first_s: float,
    last_s: float,
    fixes: Fixes,
    speed_mps: Float32,
    uncertainty_m: Float32,
    says_kn: Float32,
    radius_m: float,
    rule: Joining,
) -> tuple[Float64, Float64]:
    """Return the stretches around a candidate and the encounters in them, from a window that cuts none.

    The window grows until no encounter touches its edge, or until it holds all that both segments reported.
    Seconds, metres, metres per second.
    """
    time_s = fixes.time_s
    # Beyond the time in which both have reports no stretch can be found.
    both_from_s = max(time_s[rows_a[0]], time_s[rows_b[0]])
    both_until_s = min(time_s[rows_a[1] - 1], time_s[rows_b[1] - 1])
    # Most encounters end soon after the candidate: a small margin first saves the work of long tracks.
    margin_s = rule.pad_s
    while True:
        from_s, until_s = first_s - margin_s, last_s + margin_s
        parts = stretches(rows_a, rows_b, from_s, until_s, fixes, speed_mps, uncertainty_m, rule.max_mps)
        found = join(parts, radius_m, time_s, speed_mps, says_kn, rule)
        # The result must not depend on where the search began (rule 4): an encounter at the edge asks for a
        # wider window.
        is_whole = from_s <= both_from_s and until_s >= both_until_s
        if is_whole or not _is_cut(
            found, parts, (rows_a, rows_b), time_s, from_s + rule.excursion_s, until_s - rule.excursion_s
        ):
            return parts, found
        # Growing by a factor keeps the total work linear in the widest window.
        margin_s *= 4.0
