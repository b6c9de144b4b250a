"""How two hulls lay beside one another during meetings: boxes, stretch by stretch."""

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
    from detectors.kernels.encounters.rules import Cadence, Lying, Tiers
    from detectors.kernels.tracks.fixes import Fixes

Int64 = npt.NDArray[np.int64]
Bool = npt.NDArray[np.bool_]
Float64 = npt.NDArray[np.float64]
Float32 = npt.NDArray[np.float32]

MEDIAN_M, WATER_M, GAP_M, ABREAST_S, FIRST_CONTACT_S = range(5)
"""Columns of the answer; then follow the contact seconds of each tier.

Those abreast are of the first tier, and counted only where both tell where their bows point.
"""

HULL_M, IS_BESIDE, IS_PARALLEL, STEP_S, DOUBT_M = range(5)
"""Columns of an instant: the estimated distance of the hulls; whether they lay side by side, and parallel;
the observed time to the next instant; by how much both positions together are uncertain."""


@helper
def _bow_deg(row: int, heading_deg: Float32, cog_deg: Float32, sog_kn: Float32, from_kn: float) -> float:
    """Return where the bow points by a report: heading, else course; NaN where neither says."""
    if not math.isnan(heading_deg[row]):
        return float(heading_deg[row])
    return float(cog_deg[row]) if sog_kn[row] >= from_kn else math.nan


@helper
def _lie(
    east_m: float, north_m: float, bow: float, other_bow: float, half_m: Float64, rule: Lying
) -> tuple[float, bool, bool]:
    """Return how far two hulls lie apart, whether side by side, and whether parallel.

    From how far east and north the other is (her middle, where that is known).
    """
    if math.isnan(bow) or math.isnan(other_bow):
        return max(0.0, math.hypot(east_m, north_m) - half_m[1]), True, False
    turned = wrapped_deg(2.0 * (other_bow - bow)) / 2.0  # between their keels, whichever end leads
    if abs(turned) > rule.parallel_max_deg:
        return max(0.0, math.hypot(east_m, north_m) - half_m[1]), False, False
    keel = (bow + 0.5 * turned) * RAD
    across_m = abs(east_m * math.cos(keel) - north_m * math.sin(keel))
    along_m = abs(east_m * math.sin(keel) + north_m * math.cos(keel))
    box_m = math.hypot(max(0.0, across_m - half_m[1]), max(0.0, along_m - half_m[0]))
    return box_m, along_m <= half_m[0] and across_m >= rule.abreast_share * half_m[1], True


@helper
def _place(row: int, rows: tuple[int, int], at_s: float, fixes: Fixes) -> tuple[float, float]:
    """Return where a hull is, `row` her last report until then; outside her track, its nearer end."""
    time_s, lon, lat = fixes
    if row + 1 >= rows[1] or at_s <= time_s[row]:
        return lon[row], lat[row]
    return place_at(row, at_s, fixes)


@helper
def _heard_s(row: int, rows: tuple[int, int], time_s: Float64) -> float:
    """Return the time between the reports on either side, of the last two where none follows."""
    row = min(row, rows[1] - 2)
    return time_s[row + 1] - time_s[row] if row >= rows[0] else math.inf


@helper
def _next_s(row: int, rows: tuple[int, int], time_s: Float64, end_s: float) -> float:
    return min(end_s, time_s[row + 1]) if row + 1 < rows[1] else end_s


@helper
def _doubt_m(row: int, rows: tuple[int, int], uncertainty_m: Float32) -> float:
    """Return the uncertainty of a hull's place: that of the reports on either side of it."""
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
    rule: Lying,
) -> Float64:
    """Return how they lay at each time at which either reported during a span, and at its ends."""
    time_s = fixes.time_s
    limit_a_s = contact_limit_s(rows_a, span_s[0], span_s[1], time_s, cadence)
    limit_b_s = contact_limit_s(rows_b, span_s[0], span_s[1], time_s, cadence)
    i = last_at_or_before(time_s, rows_a[0], rows_a[1], span_s[0])
    j = last_at_or_before(time_s, rows_b[0], rows_b[1], span_s[0])
    out = np.empty((64, 5))
    n = 0
    at_s = span_s[0]
    while True:
        while i + 1 < rows_a[1] and time_s[i + 1] <= at_s:
            i += 1
        while j + 1 < rows_b[1] and time_s[j + 1] <= at_s:
            j += 1
        lon_a, lat_a = _place(i, rows_a, at_s, fixes)
        lon_b, lat_b = _place(j, rows_b, at_s, fixes)
        east, north = scale_at(0.5 * (lat_a + lat_b))
        bow = _bow_deg(i, heading_deg, cog_deg, sog_kn, rule.course_from_kn)
        other_bow = _bow_deg(j, heading_deg, cog_deg, sog_kn, rule.course_from_kn)
        east_m, north_m = wrap_one_deg(lon_b - lon_a) * east, (lat_b - lat_a) * north
        if not math.isnan(bow + other_bow):
            shift_m = between_middles_m(heading_deg[i], heading_deg[j], box.antenna_m)
            east_m, north_m = east_m + shift_m[0], north_m + shift_m[1]
        lies = _lie(east_m, north_m, bow, other_bow, box.half_m, rule)
        if n == out.shape[0]:
            out = np.concatenate((out, np.empty_like(out)))
        is_seen = _heard_s(i, rows_a, time_s) <= limit_a_s and _heard_s(j, rows_b, time_s) <= limit_b_s
        next_s = min(_next_s(i, rows_a, time_s, span_s[1]), _next_s(j, rows_b, time_s, span_s[1]))
        out[n, HULL_M], out[n, IS_BESIDE], out[n, IS_PARALLEL] = lies
        out[n, STEP_S] = next_s - at_s if is_seen else 0.0
        out[n, DOUBT_M] = _doubt_m(i, rows_a, uncertainty_m) + _doubt_m(j, rows_b, uncertainty_m)
        n += 1
        if at_s >= span_s[1]:
            return out[:n]
        at_s = next_s


@helper
def _contact_s(lay: Float64, enter_m: float, leave_m: float) -> float:
    """Return the observed time in spells side by side within `leave_m` that come within `enter_m`.

    Counted in whole stretches between reports. Hulls that are inside the bound at both ends of one are inside
    it throughout, because both move in straight lines. Where positions are in doubt by more than `enter_m`
    nobody can tell.
    """
    total_s = spell_s = 0.0
    came_near = False
    for n in range(lay.shape[0] - 1):
        is_in = lay[n, IS_BESIDE] > 0.0 and lay[n, HULL_M] <= leave_m and lay[n, DOUBT_M] <= enter_m
        if is_in and lay[n + 1, IS_BESIDE] > 0.0 and lay[n + 1, HULL_M] <= leave_m:
            spell_s += lay[n, STEP_S]
            came_near = came_near or min(lay[n, HULL_M], lay[n + 1, HULL_M]) <= enter_m
        else:
            total_s += spell_s if came_near else 0.0
            spell_s, came_near = 0.0, False
    return total_s + (spell_s if came_near else 0.0)


@helper
def _median_m(lay: Float64) -> float:
    """Return the median distance of the hulls over the observed time; NaN where none is observed."""
    if lay.shape[0] < 2:
        return math.nan
    return weighted_quantile(0.5 * (lay[:-1, HULL_M] + lay[1:, HULL_M]), lay[:-1, STEP_S].copy(), 0.5)


@helper
def _stayed_m(lay: Float64, rows: Bool, stay_s: float) -> float:
    """Return the distance of hulls within which two stayed at some instants; NaN where there are none.

    Who passed by on arrival did not stay (`stayed_m`).
    """
    if not rows.any():
        return math.nan
    return stayed_m(lay[rows, HULL_M], lay[rows, STEP_S], stay_s, lay[rows, DOUBT_M].max())


@helper
def _apart_m(lay: Float64, parallel_share: float, stay_s: float) -> tuple[float, float]:
    """Return the distance of hulls within which they stayed abreast, and that whichever way they lay.

    Abreast it is the distance across the keels: ahead or astern of one another no two lie made fast. NaN
    where too few instants lay parallel.
    """
    seen = lay[:, STEP_S] > 0.0
    parallel = seen & (lay[:, IS_PARALLEL] > 0.0)
    if parallel.sum() < parallel_share * seen.sum():
        return math.nan, math.nan
    abreast = parallel & (lay[:, IS_BESIDE] > 0.0)
    return _stayed_m(lay, abreast, stay_s), _stayed_m(lay, parallel, stay_s)


@kernel
def lay_beside(
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
    rule: Lying,
) -> Float64:
    """Return for each span (hull, hull, start, end) how the two lay, as columns (see above).

    Both must have reported by the start. `boxes` has a row per span.
    """
    out = np.empty((spans.shape[0], FIRST_CONTACT_S + tiers.enter_m.size))
    for n in range(spans.shape[0]):
        a, b = int(spans[n, 0]), int(spans[n, 1])
        box = Boxes(boxes.half_m[n], boxes.antenna_m[n])
        lay = _instants(
            (offsets[a], offsets[a + 1]), (offsets[b], offsets[b + 1]), (spans[n, 2], spans[n, 3]),
            fixes, heading_deg, cog_deg, sog_kn, uncertainty_m, cadence, box, rule,
        )  # fmt: skip
        out[n, MEDIAN_M] = _median_m(lay)
        out[n, WATER_M], out[n, GAP_M] = _apart_m(lay, rule.parallel_share, cadence.stay_s)
        for tier in range(tiers.enter_m.size):
            out[n, FIRST_CONTACT_S + tier] = _contact_s(lay, tiers.enter_m[tier], tiers.leave_m[tier])
        lay[:, IS_BESIDE] *= lay[:, IS_PARALLEL]
        out[n, ABREAST_S] = _contact_s(lay, tiers.enter_m[0], tiers.leave_m[0])
    return out
