"""What the reports of each segment show during an encounter: how often it reported, how it lay."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from detectors.core.angles import angle_between_deg
from detectors.core.units import HOUR_S, MINUTE_S
from detectors.kernels.encounters import legs as k

if TYPE_CHECKING:
    from detectors.core.measures import Values
    from detectors.sts_transfer.params.craft import CraftParams
    from detectors.tracks.reports import Float64, Int64
    from detectors.tracks.tracks import Tracks


@dataclass(frozen=True, eq=False)
class Legs:
    """The legs of both segments through encounters: from the last report before each to the first after it.

    `segments` has shape (encounters, 2), `columns` shape (encounters, 2, columns of
    `kernels.encounters.legs`). `stray_ratio` is how many times as many reports of the same MMSI came from
    elsewhere meanwhile as from here, NaN for a segment that is no stray.
    """

    tracks: Tracks
    segments: Int64
    columns: Float64
    stray_ratio: Float64

    def vessels(self, number: int) -> tuple[int, int]:
        """Return the two vessels of an encounter."""
        one, other = self.tracks.segments.vessel_index[self.segments[number]].tolist()
        return one, other

    def rows(self) -> Int64:
        """Return the first report and the one after the last of either vessel, shape (encounters, 4)."""
        return self.columns[:, :, [k.FIRST, k.END]].reshape(-1, 4).astype(np.int64)

    def anchors(self, number: int) -> tuple[int, int]:
        """Return the rows of the first report of each vessel."""
        one, other = self.tracks.segments.row[self.columns[number, :, k.FIRST].astype(np.int64)].tolist()
        return one, other

    def evidence(self, number: int) -> tuple[int, ...]:
        """Return the rows of the first and last report of each, by time (ties: first vessel first)."""
        ends = self.columns[number][:, [k.FIRST, k.END]].astype(np.int64) - (0, 1)
        rows = self.tracks.segments.row[ends].ravel().tolist()
        return tuple(sorted(dict.fromkeys(rows), key=lambda row: (float(self.tracks.time_s[row]), row)))

    def measures(self, number: int) -> Values:
        """Return the measures of both segments of one encounter."""
        first, second = self.columns[number].tolist()
        difference_deg = angle_between_deg(first[k.HEADING_DEG], second[k.HEADING_DEG])
        strays = self.stray_ratio[number]
        return {
            "reports_least": int(min(first[k.FIXES], second[k.FIXES])),
            "fixed_h": max(first[k.FIXED_S], second[k.FIXED_S]) / HOUR_S,
            "stray_ratio": None if np.isnan(strays) else float(strays),
            "longest_gap_min": max(first[k.SILENCE_S], second[k.SILENCE_S]) / MINUTE_S,
            "heading_difference_deg": none_if_nan(difference_deg),
            "reports_1": int(first[k.FIXES]),
            "median_sog_1_kn": none_if_nan(first[k.SOG_KN]),
            "at_anchor_share_1": none_if_nan(first[k.ANCHORED_SHARE]),
            "reports_2": int(second[k.FIXES]),
            "median_sog_2_kn": none_if_nan(second[k.SOG_KN]),
            "at_anchor_share_2": none_if_nan(second[k.ANCHORED_SHARE]),
        }


def none_if_nan(value: float) -> float | None:
    """Return the value; None for NaN."""
    return None if value != value else value  # noqa: PLR0124 - NaN alone differs from itself


def legs_of(tracks: Tracks, segments: Int64, spans: Float64, params: CraftParams) -> Legs:
    """Return the legs of encounters: `segments` holds two per row, `spans` the start and end in seconds."""
    all_segments = tracks.segments
    columns = k.legs(
        segments.ravel(),
        np.repeat(spans, 2, axis=0),
        all_segments.offsets,
        all_segments.fixes,
        all_segments.row,
        tracks.sog_kn,
        tracks.heading_deg,
        tracks.nav_status,
        all_segments.uncertainty_m,
        params.fixed_look_h * HOUR_S,
        params.fixed_reports_min,
        params.fixed_share,
        params.fixed_within_m,
    ).reshape(len(segments), 2, k.COLUMNS)
    strays = _stray_ratio(tracks, segments, spans, columns[:, :, k.FIXES], params)
    return Legs(tracks, segments, columns, strays)


def _stray_ratio(
    tracks: Tracks, segments: Int64, spans: Float64, here: Float64, params: CraftParams
) -> Float64:
    """Return how many times as many reports of an MMSI came from elsewhere as from here, the most of both.

    Only for a segment of few reports: a garbled MMSI puts strays on another vessel's track. NaN
    elsewhere.
    """
    few = (here > 0) & (here <= params.stray_reports_max)
    ratio = np.where(few, 0.0, -np.inf)
    vessels = tracks.segments.vessel_index[segments]
    shared = np.bincount(tracks.segments.vessel_index)[vessels] > 1 if len(segments) else few
    for n, side in np.argwhere(few & shared).tolist():
        first, end = tracks.offsets[vessels[n, side]], tracks.offsets[vessels[n, side] + 1]
        times = tracks.time_s[first:end]
        reports = np.searchsorted(times, spans[n, 1], side="right") - np.searchsorted(times, spans[n, 0])
        ratio[n, side] = (reports - here[n, side]) / here[n, side]
    most = ratio.max(axis=1, initial=-np.inf)
    return np.where(np.isfinite(most), most, np.nan)
