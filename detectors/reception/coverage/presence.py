"""The table of presence: for each segment and half-hour, whether it was received, or present but missed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from detectors.core.units import HOUR_S, MINUTE_S
from detectors.kernels.reception.presence import count_presence, fill_presence
from detectors.tracks.codes import AisClass, Receiver

if TYPE_CHECKING:
    from detectors.reception.params import ReceptionParams
    from detectors.tracks.reports import Bool, Float32, Float64, Int32, Int64, UInt8
    from detectors.tracks.tracks import Segments, Tracks

CHANNEL_NAMES = ("terrestrial", "satellite", "unknown")
SATELLITE = 1

BIT_OF_RECEIVER = np.zeros(256, dtype=np.uint8)
BIT_OF_RECEIVER[:] = 4
BIT_OF_RECEIVER[[Receiver.TERRESTRIAL, Receiver.DYNAMIC]] = 1
BIT_OF_RECEIVER[Receiver.SATELLITE] = 2
"""The channel of a receiver, as a bit; what is not named is the unknown one."""


@dataclass(frozen=True, eq=False)
class Presence:
    """One row per segment and bin of time, by segment and time.

    `offsets` bounds the rows of each segment. `bin` counts bins since the epoch, `heard` holds the
    channels as bits (`BIT_OF_RECEIVER`), `weight` is the row's weight as evidence, `gap` the report (row
    of the segments' columns) after which a missed bin lies, -1 for bins with a report.
    """

    offsets: Int64
    segment: Int32
    bin: Int64
    lon_deg: Float64
    lat_deg: Float64
    heard: UInt8
    weight: Float32
    gap: Int64
    is_class_b: Bool

    def __len__(self) -> int:
        return len(self.bin)


SHARED_REPORTS = 5
"""An MMSI is shared where its second segment sent at least so many reports; fewer are strays."""


def _is_evidence(segments: Segments) -> Bool:
    """Return which segments are evidence for others: the main one of each MMSI, none of a shared MMSI.

    What one MMSI sends from two places may be one vessel and its double, which must not be evidence for
    itself.
    """
    reports = np.diff(segments.offsets)
    order = np.lexsort((-reports, segments.vessel_index))
    vessel = segments.vessel_index[order]
    first = np.flatnonzero(np.diff(vessel, prepend=-1))
    second = np.minimum(first + 1, len(order) - 1)
    shared = (vessel[second] == vessel[first]) & (second > first) & (reports[order[second]] >= SHARED_REPORTS)
    is_evidence = np.zeros(len(reports), dtype=np.bool_)
    is_evidence[order[first[~shared]]] = True
    return is_evidence


def presence_of(tracks: Tracks, params: ReceptionParams) -> Presence | None:
    """Return the table of all segments; None where it would be longer than `rows_max`."""
    segments = tracks.segments
    bin_s, known_s = params.bin_min * MINUTE_S, params.known_max_h * HOUR_S
    ends = int(params.ends_h * HOUR_S / bin_s)
    offsets: Int64 = count_presence(segments.offsets, segments.time_s, bin_s, known_s, ends)
    if offsets[-1] > params.rows_max:
        return None
    segment, bins, lon, lat, heard, weight, gap = fill_presence(
        segments.offsets,
        segments.fixes,
        BIT_OF_RECEIVER[tracks.by_segment(tracks.receiver)],
        offsets,
        bin_s,
        known_s,
        ends,
        params.long_weight,
    )
    weight[~_is_evidence(segments)[segment]] = 0.0
    is_b: Bool = tracks.ais_class[segments.vessel_index] == AisClass.B
    return Presence(offsets, segment, bins, lon, lat, heard, weight, gap, is_b)
