"""One ahead or astern of the other, though both lie still: a craft on a line, or ships along a quay.

Two side by side are apart across the keel by half of both their beams, wherever along it they lie. One who
lies nearer to the line of a ship's keel than that is before or behind her.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from detectors.antennas import antenna_m
from detectors.kernels.keel import AHEAD_M, COLUMNS, IN_LINE_SHARE, SEEN, keels
from detectors.units import MINUTE_S
from detectors.vessels import known_at

if TYPE_CHECKING:
    from detectors.base import Measures
    from detectors.sts_params import StsParams
    from detectors.tracks.reports import Float64, Int64
    from detectors.tracks.tracks import Tracks


@dataclass(frozen=True, eq=False)
class Keels:
    """Where the other lay along the keel of each of two, in some meetings.

    `told` is (meeting, ship, columns of `kernels.keel`), `beams_m` (meeting, ship), 0 where not told.
    """

    told: Float64
    beams_m: Float64
    params: StsParams

    def in_line_m(self, number: int, told: Measures) -> float | None:
        """Return how far ahead or astern one lay of the other in one meeting; None where she did not.

        By every ship that tells her bow, and by the beams that are told. Nothing is told of small craft that
        lie within half of both their lengths, where the error of positions is no less than their beams.
        """
        looked = self.told[number][self.told[number, :, SEEN] >= self.params.in_line_reports_min]
        beams_m, rounding_m = self.beams_m[number], float(told["rounding_m"] or 0.0)
        if not len(looked) or beams_m.max() <= rounding_m:
            return None
        shown = looked[:, IN_LINE_SHARE] >= self.params.in_line_share
        ahead_m = float(looked[:, AHEAD_M].min())
        half_lengths_m = float(told["half_lengths_m"] or np.inf)
        is_broad = 0.5 * beams_m.sum() >= self.params.in_line_beams_min_m and ahead_m > beams_m.max()
        return ahead_m if shown.all() and (is_broad or ahead_m > half_lengths_m) else None


def keels_of(tracks: Tracks, hulls: Int64, spans: Float64, params: StsParams) -> Keels:
    """Look along the keels of both ships in meetings: two hulls, and start and end, a row each."""
    vessels = tracks.hulls.vessel_index[hulls].tolist()
    said = [
        [known_at(tracks, vessel, start_s) for vessel in pair]
        for pair, start_s in zip(vessels, spans[:, 0].tolist(), strict=True)
    ]
    beams_m = np.array([[each.beam_m or 0.0 for each in pair] for pair in said]).reshape(-1, 2)
    told_m = [[antenna_m(each, params) for each in pair] for pair in said]
    place_m = np.nan_to_num(np.array(told_m).reshape(-1, 2, 2))  # in the middle, where it is not told
    told = keels(
        np.stack([hulls, hulls[:, ::-1]], axis=1).reshape(-1, 2),
        np.repeat(spans, 2, axis=0),
        np.repeat(params.in_line_beam_share * 0.5 * beams_m.sum(axis=1), 2),
        np.stack([place_m, place_m[:, ::-1]], axis=1).reshape(-1, 4),
        tracks.hulls.offsets,
        tracks.hulls.fixes,
        tracks.of_hulls(tracks.heading_deg),
        params.contact_floor_min * MINUTE_S,
    )
    return Keels(told.reshape(len(hulls), 2, COLUMNS), beams_m, params)
