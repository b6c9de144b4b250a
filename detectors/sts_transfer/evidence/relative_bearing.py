"""How one vessel lay as seen from the other, whose heading is known: in line, to the side, or swinging.

Two side by side are separated across the centreline by half of both their beams, wherever along it they lie.
One that lies nearer to the other's centreline than that is ahead or astern of it; one that lies farther off
than two ships are broad has water between; and two made fast turn as one, where ships at anchor each turn in
place.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from detectors.core.measures import known_in, number_in
from detectors.core.units import MINUTE_S
from detectors.kernels.encounters.relative_bearings import (
    AHEAD_M,
    AS_SEEN_M,
    ASIDE_M,
    COLUMNS,
    COPIED_SHARE,
    IN_LINE_SHARE,
    IN_PLACE_M,
    JUMP_DEG,
    SEEN,
    TURNED_DEG,
    relative_bearings,
)
from detectors.sts_transfer.evidence.antennas import antenna_m
from detectors.vessels.static_data import known_at

if TYPE_CHECKING:
    from detectors.core.measures import Values
    from detectors.sts_transfer.params import StsParams
    from detectors.sts_transfer.params.bearing import BearingParams
    from detectors.tracks.reports import Float64, Int64
    from detectors.tracks.tracks import Tracks


@dataclass(frozen=True, eq=False)
class RelativeBearings:
    """Where the other vessel lay along and across the centreline of each of two, in some encounters.

    `columns` has shape (encounters, 2, columns of `kernels.encounters.relative_bearings`); `beams_m` has
    shape (encounters, 2), 0 where not declared.
    """

    columns: Float64
    beams_m: Float64
    params: BearingParams

    def seen_from(self, number: int) -> Float64:
        """Return the rows of the vessels whose headings are reported often, and as a compass would show them.

        Such a heading neither leaps nor copies the course, nor stays the same to the degree while the
        other vessel moves round it.
        """
        rows = self.columns[number]
        is_often = rows[:, SEEN] >= self.params.reports_min
        is_steady = rows[:, JUMP_DEG] <= self.params.heading_jump_max_deg
        is_own = rows[:, COPIED_SHARE] <= self.params.heading_copied_share_max
        is_frozen = (rows[:, TURNED_DEG] == 0.0) & (rows[:, IN_PLACE_M] > self.params.rigid_max_m)
        return np.asarray(rows[is_often & is_steady & is_own & ~is_frozen])

    def in_line_offset_m(self, number: int, measures: Values) -> float | None:
        """Return how far ahead or astern one lay of the other; None where it did not lie in line.

        It lies in line by every usable heading, and by the declared beams, or where it lay so far
        ahead that two made fast that reach so far would be much broader.
        """
        observations, position_rounding_m = self.seen_from(number), known_in(measures, "position_rounding_m")
        if not len(observations):
            return None
        ahead_m = float(observations[:, AHEAD_M].min())
        room_m = self.params.in_line_aside_share * ahead_m
        is_far = ahead_m >= self.params.in_line_alone_min_m and position_rounding_m <= room_m
        is_in_line = is_far and bool((observations[:, ASIDE_M] <= room_m).all())
        if self.beams_m[number].all():  # both declared: it must lie within them too
            is_in_line = is_in_line and self._is_within_beams(observations)
        return ahead_m if is_in_line or self._is_in_line_by_beams(number, observations, measures) else None

    def _is_in_line_by_beams(self, number: int, observations: Float64, measures: Values) -> bool:
        """Return whether the declared beams show that one lay in line.

        They show nothing of small craft that lie within half of both their lengths, where the error
        of positions is no less than their beams.
        """
        beams_m, position_rounding_m = self.beams_m[number], known_in(measures, "position_rounding_m")
        if beams_m.max() <= position_rounding_m:
            return False
        ahead_m = float(observations[:, AHEAD_M].min())
        half_lengths_m = number_in(measures, "half_lengths_m")
        is_broad = 0.5 * beams_m.sum() >= self.params.in_line_beams_min_m and ahead_m > beams_m.max()
        return self._is_within_beams(observations) and (
            is_broad or (half_lengths_m is not None and 0.0 < half_lengths_m < ahead_m)
        )

    def _is_within_beams(self, observations: Float64) -> bool:
        return bool((observations[:, IN_LINE_SHARE] >= self.params.in_line_share).all())

    def beam_side_offset_m(self, number: int, measures: Values) -> float | None:
        """Return the beam-side offset, the lesser of two; None where hull sizes give a clearance."""
        observations = self.seen_from(number)
        if (
            not len(observations)
            or measures["hull_distance_abreast_m"] is not None
            or measures["hull_distance_by_antennas_m"] is not None
        ):
            return None
        return max(0.0, float(observations[:, ASIDE_M].min()) - known_in(measures, "position_rounding_m"))

    def independent_swing_m(self, number: int) -> float | None:
        """Return how far one moved as seen from a vessel that turned, though it kept its place on the chart.

        None where no heading turned, or it did not move so: two made fast turn as one.
        """
        params, observations = self.params, self.seen_from(number)
        turned = observations[observations[:, TURNED_DEG] >= params.swing_turned_min_deg]
        if not len(turned):
            return None
        moved_m, stayed_m = turned[:, AS_SEEN_M], turned[:, IN_PLACE_M]
        has_swung = (moved_m >= params.swing_min_m) & (moved_m >= params.swing_times_min * stayed_m)
        return float(moved_m.min()) if has_swung.all() else None

    def is_rigid_abreast(self, number: int) -> bool:
        """Return whether each kept its place beside the other, no farther off than two ships are broad."""
        params, observations = self.params, self.seen_from(number)
        aside_m, ahead_m = observations[:, ASIDE_M], observations[:, AHEAD_M]
        is_abreast = (aside_m <= params.abreast_aside_max_m) & (
            aside_m > params.in_line_aside_share * ahead_m
        )
        return len(observations) > 0 and bool(
            (is_abreast & (observations[:, AS_SEEN_M] <= params.rigid_max_m)).all()
        )


def relative_bearings_of(
    tracks: Tracks, segments: Int64, spans: Float64, params: StsParams
) -> RelativeBearings:
    """Return the relative bearings in encounters.

    `segments` holds the two segments of each encounter, `spans` its start and end in seconds.
    """
    vessels = tracks.segments.vessel_index[segments].tolist()
    static_data = [
        [known_at(tracks, vessel, start_s) for vessel in pair]
        for pair, start_s in zip(vessels, spans[:, 0].tolist(), strict=True)
    ]
    beams_m = np.array([[each.beam_m or 0.0 for each in pair] for pair in static_data]).reshape(-1, 2)
    antennas_m = [[antenna_m(each, params.hulls) for each in pair] for pair in static_data]
    offsets_m = np.nan_to_num(np.array(antennas_m).reshape(-1, 2, 2))  # middle of the hull, if not declared
    columns = relative_bearings(
        np.stack([segments, segments[:, ::-1]], axis=1).reshape(-1, 2),
        np.repeat(spans, 2, axis=0),
        np.repeat(params.bearing.in_line_beam_share * 0.5 * beams_m.sum(axis=1), 2),
        np.stack([offsets_m, offsets_m[:, ::-1]], axis=1).reshape(-1, 4),
        tracks.segments.offsets,
        tracks.segments.fixes,
        tracks.by_segment(tracks.heading_deg),
        tracks.by_segment(tracks.cog_deg),
        params.bearing.gap_max_min * MINUTE_S,
        params.bearing.heading_copied_within_deg,
    )
    return RelativeBearings(columns.reshape(len(segments), 2, COLUMNS), beams_m, params.bearing)
