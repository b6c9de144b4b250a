"""The half-hours of gaps: those to judge, and the other ones of the same segments."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from detectors.core.units import HOUR_S, MINUTE_S
from detectors.reception.coverage.features import Places

if TYPE_CHECKING:
    from detectors.reception.coverage.presence import Presence
    from detectors.reception.params import ReceptionParams
    from detectors.tracks.reports import Bool, Float64, Int64
    from detectors.tracks.tracks import Segments

BINS_MIN = 2
"""One missed half-hour surprises nobody; two and more may."""

OTHERS_MAX = 200
"""Other gaps of one segment that are examined, the longest first."""


@dataclass(frozen=True, eq=False)
class Gaps:
    """Half-hours of gaps one after another: `starts` are their first, `row` the report before each."""

    row: Int64
    segment: Int64
    starts: Int64
    bins: Int64
    places: Places
    until_s: Float64
    is_open: Bool


def gaps_of(
    segments: Segments, presence: Presence, params: ReceptionParams, rows: Int64, open_until_s: Float64
) -> Gaps:
    """Return the gaps after `rows`, and the other ones of their segments that are at least two bins long.

    A gap without a whole bin is left out.
    """
    is_open = ~np.isnan(open_until_s)
    segment_of = np.searchsorted(segments.offsets, rows, side="right") - 1
    closed_gaps = _closed(segments, presence, rows[~is_open], np.unique(segment_of))
    open_gaps = _open(segments, presence, params, rows[is_open], open_until_s[is_open])
    return _joined(closed_gaps, open_gaps)


def _closed(segments: Segments, presence: Presence, rows: Int64, judged_segments: Int64) -> Gaps:
    missed = np.flatnonzero(presence.gap >= 0)
    gap = presence.gap[missed]
    first = np.flatnonzero(np.diff(gap, prepend=-1))
    bins = np.diff(np.append(first, len(gap)))
    segment = presence.segment[missed[first]].astype(np.int64)
    is_judged = np.isin(gap[first], rows)
    is_other = np.isin(segment, judged_segments) & (bins >= BINS_MIN) & _among_longest(segment, bins)
    keep = is_judged | is_other
    first, bins, segment = first[keep], bins[keep], segment[keep]
    begin = missed[first]
    index = np.repeat(begin - np.cumsum(bins) + bins, bins) + np.arange(bins.sum())
    own = np.stack((np.maximum(begin - 1, presence.offsets[segment]), begin + bins + 1), axis=1)
    places = Places(
        presence.bin[index],
        presence.lon_deg[index],
        presence.lat_deg[index],
        np.repeat(own, bins, axis=0),
        presence.segment[index],
        presence.is_class_b[presence.segment[index]],
    )
    row = presence.gap[begin]
    is_open = np.zeros(len(row), dtype=np.bool_)
    return Gaps(row, segment, np.cumsum(bins) - bins, bins, places, segments.time_s[row + 1], is_open)


def _among_longest(segment: Int64, bins: Int64) -> np.ndarray:
    """Return which gaps are among the `OTHERS_MAX` longest of their segment."""
    order = np.lexsort((-bins, segment))
    sorted_segment = segment[order]
    rank = np.arange(len(segment)) - np.searchsorted(sorted_segment, sorted_segment, side="left")
    among = np.empty(len(segment), dtype=np.bool_)
    among[order] = rank < OTHERS_MAX
    return among


def _open(
    segments: Segments, presence: Presence, params: ReceptionParams, rows: Int64, until_s: Float64
) -> Gaps:
    """Return gaps that last: the bins after the last report, at its place, up to `ends_h`."""
    bin_s = params.bin_min * MINUTE_S
    segment = np.searchsorted(segments.offsets, rows, side="right") - 1
    first = np.floor(segments.time_s[rows] / bin_s).astype(np.int64) + 1
    end = np.minimum(np.floor(until_s / bin_s).astype(np.int64), first + int(params.ends_h * HOUR_S / bin_s))
    bins = np.maximum(0, end - first)
    keep = bins > 0
    rows, segment, first, bins = rows[keep], segment[keep], first[keep], bins[keep]
    last = presence.offsets[segment + 1] - 1
    own = np.repeat(np.stack((last, last + 1), axis=1), bins, axis=0)
    starts = np.cumsum(bins) - bins
    times = np.repeat(first - starts, bins) + np.arange(bins.sum())
    lon, lat = np.repeat(segments.lon_deg[rows], bins), np.repeat(segments.lat_deg[rows], bins)
    is_b = np.repeat(presence.is_class_b[segment], bins)
    places = Places(times, lon, lat, own, np.repeat(segment, bins), is_b)
    return Gaps(rows, segment, starts, bins, places, until_s[keep], np.ones(len(rows), dtype=np.bool_))


def _joined(one: Gaps, other: Gaps) -> Gaps:
    places = Places(
        *(
            np.concatenate((getattr(one.places, name), getattr(other.places, name)))
            for name in ("bin", "lon_deg", "lat_deg", "own", "segment", "is_class_b")
        )
    )
    starts = np.concatenate((one.starts, other.starts + len(one.places.bin)))
    rest = (
        np.concatenate((getattr(one, n), getattr(other, n)))
        for n in ("row", "segment", "bins", "until_s", "is_open")
    )
    row, segment, bins, until_s, is_open = rest
    return Gaps(row, segment, starts, bins, places, until_s, is_open)
