"""How one lay as seen from the deck of the other, whose bow is told: ahead, abeam, or swinging on her own.

Two side by side are apart across the keel by half of both their beams, wherever along it they lie. One who
lies nearer to the line of a ship's keel than that is before or behind her; one who lies farther off than two
ships are broad has water between; and two made fast turn as one, where ships at anchor each turn in place.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from detectors.core.measures import known_in, number_in
from detectors.core.units import MINUTE_S
from detectors.kernels.encounters.relative_bearings import (
    AHEAD_M,
    ASIDE_M,
    COLUMNS,
    COPIED_SHARE,
    IN_LINE_SHARE,
    IN_PLACE_M,
    JUMP_DEG,
    SEEN,
    TURNED_DEG,
    WITH_HER_M,
    keels,
)
from detectors.sts_transfer.evidence.antennas import antenna_m
from detectors.vessels.static_data import known_at

if TYPE_CHECKING:
    from detectors.core.measures import Values
    from detectors.sts_transfer.params import StsParams
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

    def seen_from(self, number: int) -> Float64:
        """Return what each ship saw whose bow is told often, and as a compass would tell it.

        It neither leaps nor copies the course, nor stays the same to the degree while the other goes round.
        """
        rows = self.told[number]
        is_often = rows[:, SEEN] >= self.params.bearing.reports_min
        is_steady = rows[:, JUMP_DEG] <= self.params.bearing.heading_jump_max_deg
        is_own = rows[:, COPIED_SHARE] <= self.params.bearing.heading_copied_share_max
        is_frozen = (rows[:, TURNED_DEG] == 0.0) & (rows[:, IN_PLACE_M] > self.params.bearing.rigid_max_m)
        return np.asarray(rows[is_often & is_steady & is_own & ~is_frozen])

    def in_line_offset_m(self, number: int, told: Values) -> float | None:
        """Return how far ahead or astern one lay of the other in one meeting; None where she did not.

        By every ship that tells her bow, and by the beams that are told, or where she lay so far ahead that
        two made fast who reach so far would be much broader.
        """
        looked, position_rounding_m = self.seen_from(number), known_in(told, "position_rounding_m")
        if not len(looked):
            return None
        ahead_m = float(looked[:, AHEAD_M].min())
        room_m = self.params.bearing.in_line_aside_share * ahead_m
        is_far = ahead_m >= self.params.bearing.in_line_alone_min_m and position_rounding_m <= room_m
        is_in_line = is_far and bool((looked[:, ASIDE_M] <= room_m).all())
        if self.beams_m[number].all():  # both are told: she lies within them too
            is_in_line = is_in_line and self._is_within_beams(looked)
        return ahead_m if is_in_line or self._is_in_line_by_beams(number, looked, told) else None

    def _is_in_line_by_beams(self, number: int, looked: Float64, told: Values) -> bool:
        """Tell whether the beams that are told show it.

        They show nothing of small craft that lie within half of both their lengths, where the error of
        positions is no less than their beams.
        """
        beams_m, position_rounding_m = self.beams_m[number], known_in(told, "position_rounding_m")
        if beams_m.max() <= position_rounding_m:
            return False
        ahead_m = float(looked[:, AHEAD_M].min())
        half_lengths_m = number_in(told, "half_lengths_m")
        is_broad = 0.5 * beams_m.sum() >= self.params.bearing.in_line_beams_min_m and ahead_m > beams_m.max()
        return self._is_within_beams(looked) and (
            is_broad or (half_lengths_m is not None and 0.0 < half_lengths_m < ahead_m)
        )

    def _is_within_beams(self, looked: Float64) -> bool:
        return bool((looked[:, IN_LINE_SHARE] >= self.params.bearing.in_line_share).all())

    def beam_side_offset_m(self, number: int, told: Values) -> float | None:
        """Return how far across a keel one lay of the other, the lesser of two; None where hulls tell it."""
        looked = self.seen_from(number)
        if (
            not len(looked)
            or told["hull_distance_abreast_m"] is not None
            or told["hull_distance_by_antennas_m"] is not None
        ):
            return None
        return max(0.0, float(looked[:, ASIDE_M].min()) - known_in(told, "position_rounding_m"))

    def independent_swing_m(self, number: int) -> float | None:
        """Return how far one moved as seen from a deck that turned, though she stayed where she was.

        None where no bow turned, or she did not: two made fast turn as one.
        """
        params, looked = self.params, self.seen_from(number)
        turned = looked[looked[:, TURNED_DEG] >= params.bearing.swing_turned_min_deg]
        if not len(turned):
            return None
        moved_m, stayed_m = turned[:, WITH_HER_M], turned[:, IN_PLACE_M]
        is_told = (moved_m >= params.bearing.swing_min_m) & (
            moved_m >= params.bearing.swing_times_min * stayed_m
        )
        return float(moved_m.min()) if is_told.all() else None

    def is_rigid_abreast(self, number: int) -> bool:
        """Tell whether each saw the other keep her place abeam, no farther off than two ships are broad."""
        params, looked = self.params, self.seen_from(number)
        aside_m, ahead_m = looked[:, ASIDE_M], looked[:, AHEAD_M]
        is_abreast = (aside_m <= params.bearing.abreast_aside_max_m) & (
            aside_m > params.bearing.in_line_aside_share * ahead_m
        )
        return len(looked) > 0 and bool(
            (is_abreast & (looked[:, WITH_HER_M] <= params.bearing.rigid_max_m)).all()
        )


def keels_of(tracks: Tracks, hulls: Int64, spans: Float64, params: StsParams) -> Keels:
    """Look along the keels of both ships in meetings: two hulls, and start and end, a row each."""
    vessels = tracks.segments.vessel_index[hulls].tolist()
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
        np.repeat(params.bearing.in_line_beam_share * 0.5 * beams_m.sum(axis=1), 2),
        np.stack([place_m, place_m[:, ::-1]], axis=1).reshape(-1, 4),
        tracks.segments.offsets,
        tracks.segments.fixes,
        tracks.by_segment(tracks.heading_deg),
        tracks.by_segment(tracks.cog_deg),
        params.bearing.gap_max_min * MINUTE_S,
        params.bearing.heading_copied_within_deg,
    )
    return Keels(told.reshape(len(hulls), 2, COLUMNS), beams_m, params)
