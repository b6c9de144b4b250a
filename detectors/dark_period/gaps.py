"""Gaps of segments: between two reports, or after the last one. Linear in the number of reports."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from detectors.core.units import HOUR_S
from detectors.kernels.tracks.gaps import gap_rows

if TYPE_CHECKING:
    from detectors.dark_period.params import DarkParams
    from detectors.scene import Scene
    from detectors.tracks.reports import Bool, Float64, Int64
    from detectors.tracks.tracks import Segments


@dataclass(frozen=True, eq=False)
class Gaps:
    """Gaps, an element each.

    `row` is the report before each (row of the segments' columns), `segment` the one it belongs to.
    `until_s` is the time of the next report, or now for a gap that lasts (`is_open`); `usual_s` is the
    segment's median time between reports, the gap left out, NaN where too few show it. `shared` is the
    number of segments whose gap continues under another segment of the MMSI, `ended` that of segments
    without reports only since the end of the data.
    """

    row: Int64
    segment: Int64
    until_s: Float64
    is_open: Bool
    usual_s: Float64
    shared: int = 0
    ended: int = 0

    def __len__(self) -> int:
        return len(self.row)


def gaps_of(scene: Scene, params: DarkParams) -> Gaps:
    """Return the gaps longer than the threshold, those that last included."""
    segments = scene.tracks.segments
    threshold_s = params.gap_min_h * HOUR_S
    closed = gaps(segments.offsets, segments.time_s, threshold_s)
    open_rows, shared, ended = _open_gaps(scene, threshold_s, int(params.segment_reports_min))
    rows = np.concatenate((closed, open_rows))
    until_s = np.concatenate((segments.time_s[closed + 1], np.full(len(open_rows), scene.now_s)))
    segment = np.searchsorted(segments.offsets, rows, side="right") - 1
    usual_s = np.array(
        _usual_intervals(segments, rows, len(closed), int(params.usual_intervals_min)), dtype=np.float64
    )
    return Gaps(rows, segment, until_s, np.arange(len(rows)) >= len(closed), usual_s, shared, ended)


def gaps(offsets: Int64, time_s: Float64, longer_than_s: float) -> Int64:
    """Return the rows after which a run of reports has a gap strictly longer than the threshold.

    `offsets` bound the runs (one segment each), whose times ascend. Linear in reports; bounds of runs are
    never gaps.

    >>> gaps(np.array([0, 3, 4]), np.array([0.0, 10.0, 70.0, 999.0]), 50.0)
    array([1])
    """
    return gap_rows(offsets, time_s, longer_than_s, np.inf)


def _open_gaps(scene: Scene, threshold_s: float, reports_min: int) -> tuple[Int64, int, int]:
    """Return the last rows of segments without a report until now.

    Also how many were left out because another segment of the same MMSI is received later, and how many
    end with the data, so that only `now_s` makes a gap. Stray reports count for neither.
    """
    segments = scene.tracks.segments
    last_rows = segments.offsets[1:] - 1
    last_s = segments.time_s[last_rows]
    stays = _lasting(segments, reports_min)
    last_heard_s = np.full(len(scene.tracks.vessel), -np.inf)
    np.maximum.at(last_heard_s, segments.vessel_index[stays], last_s[stays])
    is_newest: Bool = stays & (last_s >= last_heard_s[segments.vessel_index])
    is_open: Bool = scene.heard_until_s - last_s > threshold_s
    ended: Bool = is_newest & ~is_open & (scene.now_s - last_s > threshold_s)
    return last_rows[is_open & is_newest], int((is_open & stays & ~is_newest).sum()), int(ended.sum())


def _usual_intervals(segments: Segments, rows: Int64, closed: int, count_min: int) -> list[float]:
    """Return the median time between reports of each gap's segment, the gap itself (first `closed`) left out.

    NaN where fewer than `count_min` intervals are left: two reports do not show what is usual.
    """
    sorted_s: dict[int, Float64] = {}
    usual = []
    for number, row in enumerate(rows):
        segment = int(np.searchsorted(segments.offsets, row, side="right")) - 1
        if segment not in sorted_s:
            times = segments.time_s[segments.offsets[segment] : segments.offsets[segment + 1]]
            sorted_s[segment] = np.sort(np.diff(times))
        intervals_s = sorted_s[segment]
        if number < closed:
            gap_s = segments.time_s[row + 1] - segments.time_s[row]
            usual.append(_median_without(intervals_s, int(np.searchsorted(intervals_s, gap_s)), count_min))
        else:
            usual.append(float(np.median(intervals_s)) if len(intervals_s) >= count_min else np.nan)
    return usual


def _median_without(ascending: Float64, left_out: int, count_min: int) -> float:
    """Return the median of sorted values with one left out; NaN where fewer than `count_min` are left."""
    count = len(ascending) - 1
    if count < count_min:
        return np.nan
    middle = [n if n < left_out else n + 1 for n in ((count - 1) // 2, count // 2)]
    return float(ascending[middle].mean())


def _lasting(segments: Segments, reports_min: int) -> Bool:
    """Return which segments are more than stray reports.

    By the number of their reports, or because their MMSI has no better segment.
    """
    enough = np.diff(segments.offsets) >= reports_min
    if not len(segments):
        return enough
    best = np.zeros(int(segments.vessel_index.max()) + 1, dtype=np.bool_)
    np.logical_or.at(best, segments.vessel_index, enough)
    return enough | ~best[segments.vessel_index]
