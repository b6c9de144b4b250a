"""What the reports of each segment tell of her during a meeting: how often she was heard, how she lay."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from detectors.core.angles import angle_between_deg
from detectors.core.units import HOUR_S, MINUTE_S
from detectors.kernels.encounters import legs as k

if TYPE_CHECKING:
    from detectors.core.measures import Values
    from detectors.sts_transfer.params import StsParams
    from detectors.tracks.reports import Float64, Int64
    from detectors.tracks.tracks import Tracks


@dataclass(frozen=True, eq=False)
class Legs:
    """The legs of both segments through meetings: from the last report before each to the first after it.

    `told`, shape (meetings, 2, columns of `kernels.legs`), is what her reports tell; `stray_ratio` how many
    times as often her number was heard elsewhere meanwhile as here, NaN for a segment that is no stray.
    """

    tracks: Tracks
    segments: Int64
    told: Float64
    stray_ratio: Float64

    def vessels(self, number: int) -> tuple[int, int]:
        """Return the two vessels of a meeting."""
        one, other = self.tracks.segments.vessel_index[self.segments[number]].tolist()
        return one, other

    def rows(self) -> Int64:
        """Return the first report and the one after the last of either, a row per meeting: four places."""
        return self.told[:, :, [k.FIRST, k.END]].reshape(-1, 4).astype(np.int64)

    def anchors(self, number: int) -> tuple[int, int]:
        """Return the first report of each."""
        one, other = self.tracks.segments.row[self.told[number, :, k.FIRST].astype(np.int64)].tolist()
        return one, other

    def evidence(self, number: int) -> tuple[int, ...]:
        """Return the first and last report of each, the earliest of all first (ties: the first vessel's)."""
        ends = self.told[number][:, [k.FIRST, k.END]].astype(np.int64) - (0, 1)
        rows = self.tracks.segments.row[ends].ravel().tolist()
        return tuple(sorted(dict.fromkeys(rows), key=lambda row: (float(self.tracks.time_s[row]), row)))

    def measures(self, number: int) -> Values:
        """Return what is told of both segments of one meeting."""
        first, second = self.told[number].tolist()
        strays = self.stray_ratio[number]
        return {
            "reports_least": int(min(first[k.FIXES], second[k.FIXES])),
            "fixed_h": max(first[k.FIXED_S], second[k.FIXED_S]) / HOUR_S,
            "stray_ratio": None if np.isnan(strays) else float(strays),
            "longest_gap_min": max(first[k.SILENCE_S], second[k.SILENCE_S]) / MINUTE_S,
            "heading_difference_deg": known(angle_between_deg(first[k.HEADING_DEG], second[k.HEADING_DEG])),
            "reports_1": int(first[k.FIXES]),
            "median_sog_1_kn": known(first[k.SOG_KN]),
            "at_anchor_share_1": known(first[k.ANCHORED_SHARE]),
            "reports_2": int(second[k.FIXES]),
            "median_sog_2_kn": known(second[k.SOG_KN]),
            "at_anchor_share_2": known(second[k.ANCHORED_SHARE]),
        }


def known(value: float) -> float | None:
    """Return a value that is known; None for NaN."""
    return None if value != value else value  # noqa: PLR0124 - NaN alone differs from itself


def legs_of(tracks: Tracks, segments: Int64, spans: Float64, params: StsParams) -> Legs:
    """Return the legs of meetings: two segments, and start and end, a row each."""
    heard = tracks.segments
    told = k.legs(
        segments.ravel(),
        np.repeat(spans, 2, axis=0),
        heard.offsets,
        heard.fixes,
        heard.row,
        tracks.sog_kn,
        tracks.heading_deg,
        tracks.nav_status,
        heard.uncertainty_m,
        params.craft.fixed_look_h * HOUR_S,
        params.craft.fixed_reports_min,
        params.craft.fixed_share,
        params.craft.fixed_within_m,
    ).reshape(len(segments), 2, k.COLUMNS)
    return Legs(tracks, segments, told, _stray_ratio(tracks, segments, spans, told[:, :, k.FIXES], params))


def _stray_ratio(
    tracks: Tracks, segments: Int64, spans: Float64, here: Float64, params: StsParams
) -> Float64:
    """Return how many times as often a number was heard elsewhere meanwhile as here, the most of both.

    Told of a segment of few reports alone: garbled numbers put strays on another ship's track. NaN else.
    """
    few = (here > 0) & (here <= params.craft.stray_reports_max)
    ratio = np.where(few, 0.0, -np.inf)
    vessels = tracks.segments.vessel_index[segments]
    shared = np.bincount(tracks.segments.vessel_index)[vessels] > 1 if len(segments) else few
    for n, side in np.argwhere(few & shared).tolist():
        first, end = tracks.offsets[vessels[n, side]], tracks.offsets[vessels[n, side] + 1]
        times = tracks.time_s[first:end]
        heard = np.searchsorted(times, spans[n, 1], side="right") - np.searchsorted(times, spans[n, 0])
        ratio[n, side] = (heard - here[n, side]) / here[n, side]
    most = ratio.max(axis=1, initial=-np.inf)
    return np.where(np.isfinite(most), most, np.nan)
