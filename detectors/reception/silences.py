"""The half-hours of silences: those to judge, and the other ones of the same segments."""

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
"""Other silences of one segment that are looked at, the longest first."""


@dataclass(frozen=True, eq=False)
class Silences:
    """Half-hours of silences one after another: `starts` are their first, `row` the report before each."""

    row: Int64
    segment: Int64
    starts: Int64
    bins: Int64
    places: Places
    until_s: Float64
    is_open: Bool


def silences_of(
    segments: Segments, presence: Presence, params: ReceptionParams, rows: Int64, open_until_s: Float64
) -> Silences:
    """Return the silences after `rows`, and the other ones of their segments that are at least two bins long.

    A silence without a whole bin is left out.
    """
    is_open = ~np.isnan(open_until_s)
    segment_of = np.searchsorted(segments.offsets, rows, side="right") - 1
    closed = _closed(segments, presence, rows[~is_open], np.unique(segment_of))
    still = _open(segments, presence, params, rows[is_open], open_until_s[is_open])
    return _joined(closed, still)


def _closed(segments: Segments, presence: Presence, rows: Int64, judged_hulls: Int64) -> Silences:
    missed = np.flatnonzero(presence.gap >= 0)
    gap = presence.gap[missed]
    first = np.flatnonzero(np.diff(gap, prepend=-1))
    bins = np.diff(np.append(first, len(gap)))
    segment = presence.segment[missed[first]].astype(np.int64)
    is_asked = np.isin(gap[first], rows)
    is_other = np.isin(segment, judged_hulls) & (bins >= BINS_MIN) & _among_longest(segment, bins)
    keep = is_asked | is_other
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
    still = np.zeros(len(row), dtype=np.bool_)
    return Silences(row, segment, np.cumsum(bins) - bins, bins, places, segments.time_s[row + 1], still)


def _among_longest(segment: Int64, bins: Int64) -> np.ndarray:
    """Tell which silences are among the `OTHERS_MAX` longest of their segment."""
    order = np.lexsort((-bins, segment))
    sorted_hull = segment[order]
    rank = np.arange(len(segment)) - np.searchsorted(sorted_hull, sorted_hull, side="left")
    among = np.empty(len(segment), dtype=np.bool_)
    among[order] = rank < OTHERS_MAX
    return among


def _open(
    segments: Segments, presence: Presence, params: ReceptionParams, rows: Int64, until_s: Float64
) -> Silences:
    """Return silences that last: the bins after the last report, at its place, up to `ends_h`."""
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
    return Silences(rows, segment, starts, bins, places, until_s[keep], np.ones(len(rows), dtype=np.bool_))


def _joined(one: Silences, other: Silences) -> Silences:
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
    return Silences(row, segment, starts, bins, places, until_s, is_open)
