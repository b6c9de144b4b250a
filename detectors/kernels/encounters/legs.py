"""What the reports of each segment show about it during an encounter."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from detectors.kernels.tracks.slow_spells import lies_within
from geodata.jit import filler, helper, kernel

if TYPE_CHECKING:
    from detectors.kernels.tracks.fixes import Fixes

Int64 = npt.NDArray[np.int64]
Int32 = npt.NDArray[np.int32]
Float64 = npt.NDArray[np.float64]
Float32 = npt.NDArray[np.float32]
UInt8 = npt.NDArray[np.uint8]

FIRST, END, FIXES, SILENCE_S, SOG_KN, HEADING_DEG, ANCHORED_SHARE, FIXED_S = range(8)
"""Columns of a leg.

The last report before the span (or the first of all) and the one after the first report behind it; reports
during the span; the longest gap (seconds); the median of the reported speeds, the mean heading, and the share
of known statuses that are "at anchor" or "moored" (NaN where none is reported); for how many seconds the
segment lay fixed to the ground, or 0.
"""

COLUMNS = 8
AT_ANCHOR, MOORED, STATUS_KNOWN = 1, 5, 14
"""Navigational status (ITU-R M.1371); values from the last on mean that it is not reported."""


@helper
def _longest_gap_s(first: int, end: int, start_s: float, until_s: float, time_s: Float64) -> float:
    """Return the longest time of a span without a report, in seconds."""
    heard_s, longest_s = start_s, 0.0
    for k in range(first, end):
        # The rows hold a report before and after the span: a gap counts only as far as it lies inside.
        at_s = min(max(time_s[k], start_s), until_s)
        longest_s = max(longest_s, at_s - heard_s)
        heard_s = at_s
    return max(longest_s, until_s - heard_s)


@helper
def _median_kn(rows: Int32, sog_kn: Float32) -> float:
    known = np.empty(rows.size)
    n = 0
    for row in rows:
        if not math.isnan(sog_kn[row]):
            known[n] = sog_kn[row]
            n += 1
    return float(np.median(known[:n])) if n else math.nan


@helper
def _mean_heading_deg(rows: Int32, heading_deg: Float32) -> float:
    """Return the mean of the headings in [-180, 180] degrees; NaN where none is known."""
    north, east, n = 0.0, 0.0, 0
    for row in rows:
        heading = float(heading_deg[row])
        if not math.isnan(heading):
            # The mean of unit vectors: the mean of 350 and 10 degrees is 0, and not 180.
            north += math.cos(math.radians(heading))
            east += math.sin(math.radians(heading))
            n += 1
    return math.degrees(math.atan2(east / n, north / n)) if n else math.nan


@helper
def _anchored_share(rows: Int32, nav_status: UInt8) -> float:
    anchored, known = 0, 0
    for row in rows:
        if nav_status[row] < STATUS_KNOWN:
            known += 1
            anchored += 1 if nav_status[row] == AT_ANCHOR or nav_status[row] == MOORED else 0
    return anchored / known if known else math.nan


@kernel
def legs(
    segment: Int64,
    spans: Float64,
    offsets: Int64,
    fixes: Fixes,
    row: Int32,
    sog_kn: Float32,
    heading_deg: Float32,
    nav_status: UInt8,
    uncertainty_m: Float32,
    fixed_look_s: float,
    fixed_reports_min: float,
    fixed_share: float,
    fixed_within_m: float,
) -> Float64:
    """Return a row (see the columns above) per segment and span (its start and end).

    `row` holds the rows at which speed, heading and status of the reports stand. A segment lay fixed where,
    from `fixed_look_s` before the span to as long after it, there are `fixed_reports_min` reports or more,
    the given share of them lay within `fixed_within_m` of the median place of all, and none is uncertain by
    more.
    """
    time_s, lon, lat = fixes
    out = np.empty((segment.size, COLUMNS))
    for n in range(segment.size):
        begin, stop = offsets[segment[n]], offsets[segment[n] + 1]
        report_s, start_s, end_s = time_s[begin:stop], spans[n, 0], spans[n, 1]
        first = begin + np.searchsorted(report_s, start_s)
        end = begin + np.searchsorted(report_s, end_s, side="right")
        out[n, FIXES] = end - first
        rows = row[first:end]
        out[n, SOG_KN] = _median_kn(rows, sog_kn)
        out[n, HEADING_DEG] = _mean_heading_deg(rows, heading_deg)
        out[n, ANCHORED_SHARE] = _anchored_share(rows, nav_status)
        # One report further on each side, so that gaps across the ends of the span are seen.
        before = max(begin, begin + np.searchsorted(report_s, start_s, side="right") - 1)
        after = min(stop, begin + np.searchsorted(report_s, end_s) + 1)
        out[n, FIRST], out[n, END] = before, after
        out[n, SILENCE_S] = _longest_gap_s(before, after, start_s, end_s, time_s)
        # Fixed to the ground is judged over days: a vessel at anchor swings in that time, a platform or a
        # vessel at a berth does not.
        look_first = begin + np.searchsorted(report_s, start_s - fixed_look_s)
        look_end = begin + np.searchsorted(report_s, end_s + fixed_look_s, side="right")
        looked = slice(look_first, look_end)
        out[n, FIXED_S] = 0.0
        # Too few reports show nothing, and rounded positions lie on one place anyway.
        if look_end - look_first < fixed_reports_min or uncertainty_m[looked].max() > fixed_within_m:
            continue
        if lies_within(lon[looked], lat[looked], fixed_share, fixed_within_m):
            out[n, FIXED_S] = time_s[look_end - 1] - time_s[look_first]
    return out


@filler
def highest_reported(
    segment: Int64,
    windows: Float64,
    offsets: Int64,
    time_s: Float64,
    row: Int32,
    sog_kn: Float32,
    highest_kn: Float64,
) -> None:
    """Fill in the highest speed that each segment reported in a window; NaN stays where there is none."""
    for n in range(segment.size):
        report_s = time_s[offsets[segment[n]] : offsets[segment[n] + 1]]
        first = offsets[segment[n]] + np.searchsorted(report_s, windows[n, 0])
        end = offsets[segment[n]] + np.searchsorted(report_s, windows[n, 1], side="right")
        for k in range(first, end):
            # Negated, so that the first known speed replaces NaN: every comparison with NaN fails.
            if not highest_kn[n] >= sog_kn[row[k]] and not math.isnan(sog_kn[row[k]]):
                highest_kn[n] = sog_kn[row[k]]
