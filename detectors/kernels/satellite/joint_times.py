"""Reports of pairs: at how many separate times do they place two segments together."""

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
"""Instead of a doubt: the place of the other segment is not known."""


@helper
def _separation(
    k: int,
    other_rows: tuple[int, int],
    fixes: Fixes,
    uncertainty_m: Float32,
    known_s: float,
) -> tuple[float, float]:
    """Return how far another segment was from a report, and the doubt about both places; metres.

    It was on its straight line between reports at most `known_s` apart.
    """
    time_s, lon, lat = fixes
    t = time_s[k]
    other_row = known_row(other_rows, t, time_s, known_s)
    if other_row == NOT_KNOWN:
        return 0.0, NO_DOUBT
    other_lon, other_lat = place_at(other_row, t, fixes)
    per_lon, per_lat = scale_at(0.5 * (lat[k] + other_lat))
    separation_m = math.hypot(wrap_one_deg(other_lon - lon[k]) * per_lon, (other_lat - lat[k]) * per_lat)
    # At a report of its own the other is as uncertain as that report alone; between two, as the worse of
    # both.
    if time_s[other_row] == t:
        return separation_m, float(uncertainty_m[k] + uncertainty_m[other_row])
    if time_s[other_row + 1] == t:
        return separation_m, float(uncertainty_m[k] + uncertainty_m[other_row + 1])
    return separation_m, float(uncertainty_m[k] + max(uncertainty_m[other_row], uncertainty_m[other_row + 1]))


@kernel
def times_together(
    spans: Float64,
    offsets: Int64,
    fixes: Fixes,
    sog_kn: Float32,
    uncertainty_m: Float32,
    known_s: float,
    enter_m: float,
    leave_m: float,
    fast_kn: float,
) -> tuple[Int64, Float64]:
    """Count for each span (segment, segment, start, end) the separate times that show two together.

    Separate means more than `known_s` apart. A report of either shows it if the other was, beyond the doubt
    about both places, within `enter_m`, and the doubt is no more than that. The count is 0 where a report
    places the other beyond `leave_m`. Reports of a segment that declares more than `fast_kn` do not count.
    Also returns how near the two were at the nearest of these reports, in metres; infinity where there is
    none.
    """
    time_s = fixes.time_s
    counts = np.zeros(spans.shape[0], np.int64)
    nearest_m = np.full(spans.shape[0], math.inf)
    for n in range(spans.shape[0]):
        a, b = int(spans[n, 0]), int(spans[n, 1])
        rows = (offsets[a], offsets[a + 1]), (offsets[b], offsets[b + 1])
        firsts = [r[0] + np.searchsorted(time_s[r[0] : r[1]], spans[n, 2]) for r in rows]
        ends = [r[0] + np.searchsorted(time_s[r[0] : r[1]], spans[n, 3], side="right") for r in rows]
        found_s = np.empty(ends[0] - firsts[0] + ends[1] - firsts[1])
        found, is_undone, least_m = 0, False, math.inf
        for side in range(2):
            for k in range(firsts[side], ends[side]):
                # A report that declares speed is not of a vessel in a slow encounter. Unknown speed (NaN)
                # counts.
                if sog_kn[k] > fast_kn:
                    continue
                separation_m, doubt_m = _separation(k, rows[1 - side], fixes, uncertainty_m, known_s)
                if doubt_m == NO_DOUBT:
                    continue
                # One report farther apart than rounding can explain undoes the count: they were observed
                # apart.
                is_undone = is_undone or separation_m - doubt_m > leave_m
                if separation_m - doubt_m <= enter_m and doubt_m <= enter_m:
                    found_s[found] = time_s[k]
                    found += 1
                    least_m = min(least_m, separation_m)
        if is_undone or found == 0:
            continue
        together_s = np.sort(found_s[:found])
        # Reports at most `known_s` after the one before belong to one time.
        counts[n] = 1 + (np.diff(together_s) > known_s).sum()
        nearest_m[n] = least_m
    return counts, nearest_m
