"""How two hulls lay beside one another during encounters (rule 7): boxes, stretch by stretch.

Each hull is a box of its declared length and beam, placed by the antenna and the heading where both are
known.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from detectors.core.angles import wrapped_deg
from detectors.kernels.arrays.weighted_quantiles import stayed_m, weighted_quantile
from detectors.kernels.encounters.relative_motion import last_at_or_before
from detectors.kernels.encounters.solving import contact_limit_s
from detectors.kernels.geometry.antennas import Boxes, between_middles_m
from detectors.kernels.geometry.geodesy import RAD, scale_at, wrap_one_deg
from detectors.kernels.tracks.motion import place_at
from geodata.jit import helper, kernel

if TYPE_CHECKING:
    from detectors.kernels.encounters.rules import Cadence, HullsRule, Tiers
    from detectors.kernels.tracks.fixes import Fixes

Int64 = npt.NDArray[np.int64]
Bool = npt.NDArray[np.bool_]
Float64 = npt.NDArray[np.float64]
Float32 = npt.NDArray[np.float32]

MEDIAN_M, WATER_M, GAP_M, ABREAST_S, FIRST_CONTACT_S = range(5)
"""Columns of the answer; then follow the contact seconds of each tier.

Median distance of the hulls; the distance within which they stayed abreast (`hull_water_m`), and that whether
abreast or not (`hull_gap_m`); the contact abreast. This one is of the first tier, and counts only where both
headings are known.
"""

HULL_M, IS_BESIDE, IS_PARALLEL, STEP_S, DOUBT_M = range(5)
"""Columns of an instant.

The estimated distance of the hulls; whether they lay side by side, and parallel; the observed seconds to the
next instant (0 in a gap); by how much both positions together are uncertain.
"""


@helper
def _heading_at_deg(
    row: int, heading_deg: Float32, cog_deg: Float32, sog_kn: Float32, from_kn: float
) -> float:
    """Return the heading by a report, else its course from `from_kn` on; NaN where neither is known."""
    if not math.isnan(heading_deg[row]):
        return float(heading_deg[row])
    return float(cog_deg[row]) if sog_kn[row] >= from_kn else math.nan


@helper
def _hull_distance(
    east_m: float, north_m: float, heading: float, other_heading: float, half_m: Float64, rule: HullsRule
) -> tuple[float, bool, bool]:
    """Return how far apart two hulls lie (metres), whether side by side, and whether parallel (rule 7).

    `east_m` and `north_m` lead to the other vessel: from middle to middle where the place of the antennas is
    known, else from antenna to antenna. `half_m` is half of both lengths, and of both beams.
    """
    # Without headings: the least space that two hulls can take. It counts as side by side, since nothing
    # shows the opposite.
    if math.isnan(heading) or math.isnan(other_heading):
        return max(0.0, math.hypot(east_m, north_m) - half_m[1]), True, False
    # The angle between the centrelines, whichever end leads: doubling makes opposite headings equal.
    between_deg = wrapped_deg(2.0 * (other_heading - heading)) / 2.0
    # Not parallel: hulls across one another are not side by side, and their boxes have no common axis.
    if abs(between_deg) > rule.parallel_max_deg:
        return max(0.0, math.hypot(east_m, north_m) - half_m[1]), False, False
    # The axis of the boxes is the mean of both centrelines, so that swapping the two changes nothing.
    keel_rad = (heading + 0.5 * between_deg) * RAD
    across_m = abs(east_m * math.cos(keel_rad) - north_m * math.sin(keel_rad))
    along_m = abs(east_m * math.sin(keel_rad) + north_m * math.cos(keel_rad))
    # The distance of two boxes with one axis: half of both beams is subtracted across, half of both lengths
    # along.
    box_m = math.hypot(max(0.0, across_m - half_m[1]), max(0.0, along_m - half_m[0]))
    # Side by side: the boxes overlap lengthwise, and the middles are far enough apart across the centreline.
    # The second excludes vessels in line.
    return box_m, along_m <= half_m[0] and across_m >= rule.abreast_share * half_m[1], True


@helper
def _place(row: int, rows: tuple[int, int], at_s: float, fixes: Fixes) -> tuple[float, float]:
    """Return where a segment is, `row` its last report until then; outside its track, the nearer end."""
    time_s, lon, lat = fixes
    if row + 1 >= rows[1] or at_s <= time_s[row]:
        return lon[row], lat[row]
    return place_at(row, at_s, fixes)


@helper
def _interval_s(row: int, rows: tuple[int, int], time_s: Float64) -> float:
    """Return the seconds between the reports on either side; of the last two where none follows."""
    row = min(row, rows[1] - 2)
    return time_s[row + 1] - time_s[row] if row >= rows[0] else math.inf


@helper
def _next_s(row: int, rows: tuple[int, int], time_s: Float64, end_s: float) -> float:
    return min(end_s, time_s[row + 1]) if row + 1 < rows[1] else end_s


@helper
def _doubt_m(row: int, rows: tuple[int, int], uncertainty_m: Float32) -> float:
    """Return the uncertainty of a position: the greater of the reports on either side of it."""
    return float(max(uncertainty_m[row], uncertainty_m[min(row + 1, rows[1] - 1)]))


@helper
def _instants(
    rows_a: tuple[int, int],
    rows_b: tuple[int, int],
    span_s: tuple[float, float],
    fixes: Fixes,
    heading_deg: Float32,
    cog_deg: Float32,
    sog_kn: Float32,
    uncertainty_m: Float32,
    cadence: Cadence,
    box: Boxes,
    rule: HullsRule,
) -> Float64:
    """Return how two hulls lay at each report of either during a span, and at its ends."""
    time_s = fixes.time_s
    # Rule 5: what is longer than these bounds is a gap, and no contact.
    limit_a_s = contact_limit_s(rows_a, span_s[0], span_s[1], time_s, cadence)
    limit_b_s = contact_limit_s(rows_b, span_s[0], span_s[1], time_s, cadence)
    i = last_at_or_before(time_s, rows_a[0], rows_a[1], span_s[0])
    j = last_at_or_before(time_s, rows_b[0], rows_b[1], span_s[0])
    out = np.empty((64, 5))
    n = 0
    at_s = span_s[0]
    # Both tracks are walked side by side, from report to report of either.
    while True:
        while i + 1 < rows_a[1] and time_s[i + 1] <= at_s:
            i += 1
        while j + 1 < rows_b[1] and time_s[j + 1] <= at_s:
            j += 1
        lon_a, lat_a = _place(i, rows_a, at_s, fixes)
        lon_b, lat_b = _place(j, rows_b, at_s, fixes)
        # Rule 2: the plane that touches halfway between the two.
        east, north = scale_at(0.5 * (lat_a + lat_b))
        heading = _heading_at_deg(i, heading_deg, cog_deg, sog_kn, rule.course_from_kn)
        other_heading = _heading_at_deg(j, heading_deg, cog_deg, sog_kn, rule.course_from_kn)
        east_m, north_m = wrap_one_deg(lon_b - lon_a) * east, (lat_b - lat_a) * north
        # The sum is NaN where either is. Rule 7: without both headings the distance of the antennas is
        # used, so the place of an antenna must not shift it.
        if not math.isnan(heading + other_heading):
            shift_m = between_middles_m(heading_deg[i], heading_deg[j], box.antenna_m)
            east_m, north_m = east_m + shift_m[0], north_m + shift_m[1]
        hulls = _hull_distance(east_m, north_m, heading, other_heading, box.half_m, rule)
        if n == out.shape[0]:
            out = np.concatenate((out, np.empty_like(out)))
        is_observed = (
            _interval_s(i, rows_a, time_s) <= limit_a_s and _interval_s(j, rows_b, time_s) <= limit_b_s
        )
        next_s = min(_next_s(i, rows_a, time_s, span_s[1]), _next_s(j, rows_b, time_s, span_s[1]))
        out[n, HULL_M], out[n, IS_BESIDE], out[n, IS_PARALLEL] = hulls
        # Rule 7: hull to hull counts in whole stretches between reports, and never in a gap.
        out[n, STEP_S] = next_s - at_s if is_observed else 0.0
        out[n, DOUBT_M] = _doubt_m(i, rows_a, uncertainty_m) + _doubt_m(j, rows_b, uncertainty_m)
        n += 1
        # The end of the span is an instant too: it closes the last stretch.
        if at_s >= span_s[1]:
            return out[:n]
        at_s = next_s


@helper
def _contact_s(instants: Float64, enter_m: float, leave_m: float) -> float:
    """Return the observed seconds in spells side by side within `leave_m` that come within `enter_m`.

    Counted in whole stretches between reports. Hulls that are inside the bound at both ends of a stretch are
    inside it throughout, because both move in straight lines. Rule 6: where positions are in doubt by more
    than `enter_m`, no time counts.
    """
    total_s = spell_s = 0.0
    came_near = False
    for n in range(instants.shape[0] - 1):
        is_in = (
            instants[n, IS_BESIDE] > 0.0
            and instants[n, HULL_M] <= leave_m
            and instants[n, DOUBT_M] <= enter_m
        )
        # Both ends of the stretch must hold; a gap has 0 seconds and does not end the spell.
        if is_in and instants[n + 1, IS_BESIDE] > 0.0 and instants[n + 1, HULL_M] <= leave_m:
            spell_s += instants[n, STEP_S]
            # Rule 6: the spell enters at one distance and leaves at a larger one.
            came_near = came_near or min(instants[n, HULL_M], instants[n + 1, HULL_M]) <= enter_m
        else:
            # The spell ends here; it counts only if it came near enough.
            total_s += spell_s if came_near else 0.0
            spell_s, came_near = 0.0, False
    return total_s + (spell_s if came_near else 0.0)


@helper
def _median_m(instants: Float64) -> float:
    """Return the median distance of the hulls over the observed time; NaN where none is observed."""
    if instants.shape[0] < 2:
        return math.nan
    # A stretch counts with the mean of its ends. The copy is needed because the quantile reorders its
    # input.
    return weighted_quantile(
        0.5 * (instants[:-1, HULL_M] + instants[1:, HULL_M]), instants[:-1, STEP_S].copy(), 0.5
    )


@helper
def _stayed_m(instants: Float64, rows: Bool, stay_s: float) -> float:
    """Return the distance of hulls within which two stayed at some instants; NaN where there are none.

    Passing by on arrival is not staying (`stayed_m`).
    """
    if not rows.any():
        return math.nan
    return stayed_m(instants[rows, HULL_M], instants[rows, STEP_S], stay_s, instants[rows, DOUBT_M].max())


@helper
def _stayed_apart_m(instants: Float64, parallel_share: float, stay_s: float) -> tuple[float, float]:
    """Return the distance within which two hulls stayed abreast, and that whether abreast or not.

    Abreast it is the distance across the centrelines, because no two vessels ahead or astern of one
    another lie made fast. NaN where fewer than `parallel_share` of the observed instants were parallel.
    """
    is_observed = instants[:, STEP_S] > 0.0
    is_parallel = is_observed & (instants[:, IS_PARALLEL] > 0.0)
    # The distance of boxes means something only for parallel hulls: with too few of them nothing is
    # claimed.
    if is_parallel.sum() < parallel_share * is_observed.sum():
        return math.nan, math.nan
    is_abreast = is_parallel & (instants[:, IS_BESIDE] > 0.0)
    return _stayed_m(instants, is_abreast, stay_s), _stayed_m(instants, is_parallel, stay_s)


@kernel
def hull_distances(
    spans: Float64,
    boxes: Boxes,
    offsets: Int64,
    fixes: Fixes,
    heading_deg: Float32,
    cog_deg: Float32,
    sog_kn: Float32,
    uncertainty_m: Float32,
    cadence: Cadence,
    tiers: Tiers,
    rule: HullsRule,
) -> Float64:
    """Return for each span (segment, segment, start, end) how the two hulls lay; columns see above.

    Both must have reported by the start. `boxes` has a row per span.
    """
    out = np.empty((spans.shape[0], FIRST_CONTACT_S + tiers.enter_m.size))
    for n in range(spans.shape[0]):
        a, b = int(spans[n, 0]), int(spans[n, 1])
        box = Boxes(boxes.half_m[n], boxes.antenna_m[n])
        instants = _instants(
            (offsets[a], offsets[a + 1]), (offsets[b], offsets[b + 1]), (spans[n, 2], spans[n, 3]),
            fixes, heading_deg, cog_deg, sog_kn, uncertainty_m, cadence, box, rule,
        )  # fmt: skip
        out[n, MEDIAN_M] = _median_m(instants)
        out[n, WATER_M], out[n, GAP_M] = _stayed_apart_m(instants, rule.parallel_share, cadence.stay_s)
        for tier in range(tiers.enter_m.size):
            out[n, FIRST_CONTACT_S + tier] = _contact_s(instants, tiers.enter_m[tier], tiers.leave_m[tier])
        # Abreast needs headings: without them instants count as side by side, but never as parallel.
        instants[:, IS_BESIDE] *= instants[:, IS_PARALLEL]
        out[n, ABREAST_S] = _contact_s(instants, tiers.enter_m[0], tiers.leave_m[0])
    return out
