"""A loop over the reports of pairs: at how many separate times do they place two hulls together."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from detectors.kernels.encounters.relative_motion import NOT_KNOWN, known_row
from detectors.kernels.geometry.geodesy import scale_at, wrap_one_deg
from detectors.kernels.tracks.motion import place_at
from geodata.jit import helper, kernel

if TYPE_CHECKING:
    from detectors.kernels.tracks.fixes import Fixes

Int64 = npt.NDArray[np.int64]
Float64 = npt.NDArray[np.float64]
Float32 = npt.NDArray[np.float32]

NO_DOUBT = -1.0
"""Instead of a doubt: where the other hull was is not known."""


@helper
def _apart(
    k: int,
    other: tuple[int, int],
    fixes: Fixes,
    uncertainty_m: Float32,
    known_s: float,
) -> tuple[float, float]:
    """Return how far another hull was from a report, in metres, and the doubt about both places.

    She was on her straight line between reports at most `known_s` apart.
    """
    time_s, lon, lat = fixes
    t = time_s[k]
    at = known_row(other, t, time_s, known_s)
    if at == NOT_KNOWN:
        return 0.0, NO_DOUBT
    her_lon, her_lat = place_at(at, t, fixes)
    per_lon, per_lat = scale_at(0.5 * (lat[k] + her_lat))
    apart_m = math.hypot(wrap_one_deg(her_lon - lon[k]) * per_lon, (her_lat - lat[k]) * per_lat)
    if time_s[at] == t:
        return apart_m, float(uncertainty_m[k] + uncertainty_m[at])
    if time_s[at + 1] == t:
        return apart_m, float(uncertainty_m[k] + uncertainty_m[at + 1])
    return apart_m, float(uncertainty_m[k] + max(uncertainty_m[at], uncertainty_m[at + 1]))


@kernel
def times_together(
    spans: Float64,
    offsets: Int64,
    fixes: Fixes,
    says_kn: Float32,
    uncertainty_m: Float32,
    known_s: float,
    enter_m: float,
    leave_m: float,
    fast_kn: float,
) -> tuple[Int64, Float64]:
    """Count for each span (hull, hull, start, end) the times, over `known_s` apart, that show two together.

    A report of either does that if, beyond the doubt about both places, the other was within `enter_m`, and
    the doubt is no more than that. 0 where a report has the other beyond `leave_m`. Reports of a hull that
    says she is faster than `fast_kn` do not count. Also how near the two were at the nearest of these
    reports, in metres; infinity where there is none.
    """
    time_s = fixes.time_s
    counts = np.zeros(spans.shape[0], np.int64)
    nearest_m = np.full(spans.shape[0], math.inf)
    for n in range(spans.shape[0]):
        a, b = int(spans[n, 0]), int(spans[n, 1])
        rows = (offsets[a], offsets[a + 1]), (offsets[b], offsets[b + 1])
        firsts = [r[0] + np.searchsorted(time_s[r[0] : r[1]], spans[n, 2]) for r in rows]
        ends = [r[0] + np.searchsorted(time_s[r[0] : r[1]], spans[n, 3], side="right") for r in rows]
        together = np.empty(ends[0] - firsts[0] + ends[1] - firsts[1])
        found, is_undone, least_m = 0, False, math.inf
        for side in range(2):
            for k in range(firsts[side], ends[side]):
                if says_kn[k] > fast_kn:
                    continue
                apart_m, doubt_m = _apart(k, rows[1 - side], fixes, uncertainty_m, known_s)
                if doubt_m == NO_DOUBT:
                    continue
                is_undone = is_undone or apart_m - doubt_m > leave_m
                if apart_m - doubt_m <= enter_m and doubt_m <= enter_m:
                    together[found] = time_s[k]
                    found += 1
                    least_m = min(least_m, apart_m)
        if is_undone or found == 0:
            continue
        times = np.sort(together[:found])
        counts[n] = 1 + (np.diff(times) > known_s).sum()
        nearest_m[n] = least_m
    return counts, nearest_m
