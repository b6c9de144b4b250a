"""Windows of time along segments: half a day each, described by the reports in it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from detectors.core.units import HOUR_S

if TYPE_CHECKING:
    import numpy.typing as npt

    from detectors.tracks.reports import Float64, Int64
    from detectors.tracks.tracks import Segments

WINDOW_S = 12 * HOUR_S
"""Half a day: a watch-keeping day's worth of sailing, fishing or lying at anchor."""

STRIDE_S = WINDOW_S / 2
"""Windows along a track begin so far apart: what falls on the edge of one lies in the middle of another."""

REPORTS_MIN, SPAN_MIN_S = 6, WINDOW_S / 3
"""A window with fewer reports, or reports over less time, is not judged."""


@dataclass(frozen=True, eq=False)
class Windows:
    """Windows that can be judged: segment, end in epoch seconds, and rows `first` to `last` of `Segments`."""

    segment: Int64
    end_s: Float64
    first: Int64
    last: Int64

    def __len__(self) -> int:
        return len(self.segment)

    def take(self, which: npt.NDArray[np.intp] | npt.NDArray[np.bool_]) -> Windows:
        """Return some of them."""
        return Windows(self.segment[which], self.end_s[which], self.first[which], self.last[which])


def windows_at(segments: Segments, segment: Int64, end_s: Float64) -> tuple[Windows, npt.NDArray[np.bool_]]:
    """Return the windows that end at given times, and which of those asked for they are.

    Left out are those with too few reports. One element per window; they should come by segment.
    """
    first, last = np.empty(len(segment), dtype=np.int64), np.empty(len(segment), dtype=np.int64)
    cuts = np.flatnonzero(np.diff(segment, prepend=-1))
    for lo, hi in pairwise([*cuts, len(segment)]):
        begin, end = segments.offsets[segment[lo]], segments.offsets[segment[lo] + 1]
        times, wanted = segments.time_s[begin:end], end_s[lo:hi]
        first[lo:hi] = begin + np.searchsorted(times, wanted - WINDOW_S, side="left")
        last[lo:hi] = begin + np.searchsorted(times, wanted, side="right")
    enough = last - first >= REPORTS_MIN
    enough[enough] = segments.time_s[last[enough] - 1] - segments.time_s[first[enough]] >= SPAN_MIN_S
    return Windows(segment, end_s, first, last).take(enough), enough


def windows_along(segments: Segments, most: int | None = None) -> Windows:
    """Return windows at every stride along every segment, or `most` of them, evenly chosen."""
    starts, ends = segments.time_s[segments.offsets[:-1]], segments.time_s[segments.offsets[1:] - 1]
    counts = np.maximum(0, np.ceil((ends - starts - WINDOW_S) / STRIDE_S).astype(np.int64) + 1)
    segment = np.repeat(np.arange(len(segments)), counts)
    number = np.arange(len(segment)) - np.repeat(np.cumsum(counts) - counts, counts)
    end_s = starts[segment] + WINDOW_S + number * STRIDE_S
    windows, _ = windows_at(segments, segment, end_s)
    if most is None or len(windows) <= most:
        return windows
    return windows.take(np.linspace(0, len(windows) - 1, most).astype(np.intp))
