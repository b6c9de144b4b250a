"""When two hulls met: times within a radius, joined over interruptions that end no meeting."""

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
    """Tell whether one hull sent nothing from the one stretch to the other, and the other did not leave.

    That is: both were slow throughout, and on paper never farther apart than `unseen_m`.
    """
    for k in range(first + 1, last + 1):
        if parts[k, BEGIN_S] != parts[k - 1, END_S] or math.hypot(parts[k, AX_M], parts[k, AY_M]) > unseen_m:
            return False
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
    """Tell whether one hull left and came back by one report alone, and says that she did not sail.

    That is: she was slow until the report before and from the one after, at most `wild_s` apart, all three
    say that she is, and the other was slow throughout. In hours she may have sailed there and lain still.
    """
    for own, others in ((ROW_A, ROW_B), (ROW_B, ROW_A)):
        before = int(parts[first, own]) + 1
        if int(parts[last, own]) != before + 2 or time_s[before + 2] - time_s[before] > rule.wild_s:
            continue
        stays = True
        for k in range(before, before + 3):
            stays = stays and says_kn[k] * KNOT_MPS <= rule.max_mps
        for k in range(int(parts[first, others]) + 1, int(parts[last, others])):
            stays = stays and slow_enough(speed_mps[k], rule.max_mps)
        if stays:
            return True
    return False


@helper
def join(
    parts: Float64, radius_m: float, time_s: Float64, speed_mps: Float32, says_kn: Float32, rule: Joining
) -> Float64:
    """Join the times within the radius into meetings: start, end, longest spell, first and last stretch.

    Interruptions that the rule takes for short part no meeting, and none between two neighbouring reports of
    one of the two does: nobody saw it, for her path is a guess there. Nor does one wild report. A spell has
    no interruption at all.
    """
    out = np.empty((parts.shape[0], 5))
    n = 0
    spell_start_s = 0.0
    for k in range(parts.shape[0]):
        lo_s, hi_s = inside(parts[k], radius_m)
        if lo_s > hi_s:
            continue
        is_new = n == 0 or lo_s - out[n - 1, 1] > rule.excursion_s
        if is_new and n > 0:
            last = int(out[n - 1, 4])
            is_new = not _is_unseen(parts, last, k, rule.unseen_m)
            is_new = is_new and not _is_wild(parts, last, k, time_s, speed_mps, says_kn, rule)
        if is_new:
            out[n] = (lo_s, hi_s, 0.0, float(k), float(k))
            spell_start_s = lo_s
            n += 1
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
    """Tell whether a meeting may go on beyond these times, or two reports before or after it lie there.

    Beyond a silence, or a wild report, it may go on.
    """
    if found.shape[0] == 0:
        return False
    first, last = int(found[0, 3]), int(found[-1, 4])
    begins_s, ends_s = found[0, 0], found[-1, 1]
    for column, (begin, end) in ((ROW_A, rows[0]), (ROW_B, rows[1])):
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
    """Return the stretches round a candidate and the meetings in them, in a window that cuts none.

    The window grows until no meeting touches its edge, or until it holds all that both hulls reported.
    """
    time_s = fixes.time_s
    hulls_first_s = max(time_s[rows_a[0]], time_s[rows_b[0]])
    hulls_last_s = min(time_s[rows_a[1] - 1], time_s[rows_b[1] - 1])
    margin_s = rule.pad_s
    while True:
        from_s, until_s = first_s - margin_s, last_s + margin_s
        parts = stretches(rows_a, rows_b, from_s, until_s, fixes, speed_mps, uncertainty_m, rule.max_mps)
        found = join(parts, radius_m, time_s, speed_mps, says_kn, rule)
        whole = from_s <= hulls_first_s and until_s >= hulls_last_s
        if whole or not _is_cut(
            found, parts, (rows_a, rows_b), time_s, from_s + rule.excursion_s, until_s - rule.excursion_s
        ):
            return parts, found
        margin_s *= 4.0
