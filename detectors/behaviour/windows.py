"""Windows of time along hulls: half a day each, told by the reports in it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from detectors.core.units import HOUR_S

if TYPE_CHECKING:
    import numpy.typing as npt

    from detectors.tracks.reports import Float64, Int64
    from detectors.tracks.tracks import Hulls

WINDOW_S = 12 * HOUR_S
"""Half a day: a watch-keeping day's worth of sailing, fishing or lying at anchor."""

STRIDE_S = WINDOW_S / 2
"""Windows along a track begin so far apart: what falls on the edge of one lies in the middle of another."""

REPORTS_MIN, SPAN_MIN_S = 6, WINDOW_S / 3
"""A window with fewer reports, or reports over less time, says too little."""


@dataclass(frozen=True, eq=False)
class Windows:
    """Windows that can be judged: hull, end in epoch seconds, and rows `first` to `last` of `Hulls`."""

    hull: Int64
    end_s: Float64
    first: Int64
    last: Int64

    def __len__(self) -> int:
        return len(self.hull)

    def take(self, which: npt.NDArray[np.intp] | npt.NDArray[np.bool_]) -> Windows:
        """Return some of them."""
        return Windows(self.hull[which], self.end_s[which], self.first[which], self.last[which])


def windows_at(hulls: Hulls, hull: Int64, end_s: Float64) -> tuple[Windows, npt.NDArray[np.bool_]]:
    """Return the windows that end at given times, and which of those asked for they are.

    Left out are those with too few reports. One element per window; they should come by hull.
    """
    first, last = np.empty(len(hull), dtype=np.int64), np.empty(len(hull), dtype=np.int64)
    cuts = np.flatnonzero(np.diff(hull, prepend=-1))
    for lo, hi in pairwise([*cuts, len(hull)]):
        begin, end = hulls.offsets[hull[lo]], hulls.offsets[hull[lo] + 1]
        times, wanted = hulls.time_s[begin:end], end_s[lo:hi]
        first[lo:hi] = begin + np.searchsorted(times, wanted - WINDOW_S, side="left")
        last[lo:hi] = begin + np.searchsorted(times, wanted, side="right")
    enough = last - first >= REPORTS_MIN
    enough[enough] = hulls.time_s[last[enough] - 1] - hulls.time_s[first[enough]] >= SPAN_MIN_S
    return Windows(hull, end_s, first, last).take(enough), enough


def windows_along(hulls: Hulls, most: int | None = None) -> Windows:
    """Return windows at every stride along every hull, or `most` of them, evenly chosen."""
    starts, ends = hulls.time_s[hulls.offsets[:-1]], hulls.time_s[hulls.offsets[1:] - 1]
    counts = np.maximum(0, np.ceil((ends - starts - WINDOW_S) / STRIDE_S).astype(np.int64) + 1)
    hull = np.repeat(np.arange(len(hulls)), counts)
    number = np.arange(len(hull)) - np.repeat(np.cumsum(counts) - counts, counts)
    end_s = starts[hull] + WINDOW_S + number * STRIDE_S
    windows, _ = windows_at(hulls, hull, end_s)
    if most is None or len(windows) <= most:
        return windows
    return windows.take(np.linspace(0, len(windows) - 1, most).astype(np.intp))
