"""A loop over the reports of hulls during meetings: what each hull's reports tell of her."""

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
"""Columns of a leg: her last report before the span (or first of all) and the one after her first behind it;
reports during the span, the longest time without one; the median of her speeds, the mean direction of her bow
and the share of her known statuses that say "at anchor" (NaN where she tells none); for how long she lay
fixed to the ground, or 0."""

COLUMNS = 8
AT_ANCHOR, MOORED, STATUS_KNOWN = 1, 5, 14
"""Navigational status (ITU-R M.1371); values from the last on mean that it is not told."""


@helper
def _silence_s(first: int, end: int, start_s: float, until_s: float, time_s: Float64) -> float:
    """Return the longest time of a span without a report."""
    heard_s, longest_s = start_s, 0.0
    for k in range(first, end):
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
def _direction_deg(rows: Int32, heading_deg: Float32) -> float:
    """Return the mean direction of a bow in [-180, 180]."""
    north, east, n = 0.0, 0.0, 0
    for row in rows:
        heading = float(heading_deg[row])
        if not math.isnan(heading):
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
    hull: Int64,
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
    """Return a row (see the columns above) per hull and span (its start and end).

    `row` are the rows at which speed, heading and status of the hulls' reports stand. She lay fixed where,
    from `fixed_look_s` before the span to as long after it, of `fixed_reports_min` reports at least the given
    share lay within `fixed_within_m` of the median place of all, and none is uncertain by more.
    """
    time_s, lon, lat = fixes
    out = np.empty((hull.size, COLUMNS))
    for n in range(hull.size):
        begin, stop = offsets[hull[n]], offsets[hull[n] + 1]
        heard_s, start_s, end_s = time_s[begin:stop], spans[n, 0], spans[n, 1]
        first = begin + np.searchsorted(heard_s, start_s)
        end = begin + np.searchsorted(heard_s, end_s, side="right")
        out[n, FIXES] = end - first
        rows = row[first:end]
        out[n, SOG_KN] = _median_kn(rows, sog_kn)
        out[n, HEADING_DEG] = _direction_deg(rows, heading_deg)
        out[n, ANCHORED_SHARE] = _anchored_share(rows, nav_status)
        before = max(begin, begin + np.searchsorted(heard_s, start_s, side="right") - 1)
        after = min(stop, begin + np.searchsorted(heard_s, end_s) + 1)
        out[n, FIRST], out[n, END] = before, after
        out[n, SILENCE_S] = _silence_s(before, after, start_s, end_s, time_s)
        look = begin + np.searchsorted(heard_s, start_s - fixed_look_s)
        until = begin + np.searchsorted(heard_s, end_s + fixed_look_s, side="right")
        hers = slice(look, until)
        out[n, FIXED_S] = 0.0
        if until - look < fixed_reports_min or uncertainty_m[hers].max() > fixed_within_m:
            continue
        if lies_within(lon[hers], lat[hers], fixed_share, fixed_within_m):
            out[n, FIXED_S] = time_s[until - 1] - time_s[look]
    return out


@filler
def highest_said(
    hull: Int64,
    windows: Float64,
    offsets: Int64,
    time_s: Float64,
    row: Int32,
    sog_kn: Float32,
    said_kn: Float64,
) -> None:
    """Fill in the highest speed that each hull reported in a window; NaN stays where she told none."""
    for n in range(hull.size):
        heard_s = time_s[offsets[hull[n]] : offsets[hull[n] + 1]]
        first = offsets[hull[n]] + np.searchsorted(heard_s, windows[n, 0])
        end = offsets[hull[n]] + np.searchsorted(heard_s, windows[n, 1], side="right")
        for k in range(first, end):
            if not said_kn[n] >= sog_kn[row[k]] and not math.isnan(sog_kn[row[k]]):
                said_kn[n] = sog_kn[row[k]]
