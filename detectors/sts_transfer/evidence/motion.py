"""The motion of two segments through an encounter: where it was, how far they moved, how alike."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from detectors.core.units import KM_M, KNOT_MPS, MINUTE_S
from detectors.kernels.encounters import joint_motion as k
from detectors.kernels.tracks.fixes import Fixes
from detectors.sts_transfer.evidence.legs import none_if_nan

if TYPE_CHECKING:
    from collections.abc import Sequence

    from detectors.core.measures import Values
    from detectors.sts_transfer.evidence.legs import Legs
    from detectors.sts_transfer.params.motion import MotionParams
    from detectors.tracks.reports import Float64
    from detectors.tracks.tracks import Tracks


@dataclass(frozen=True, eq=False)
class Motion:
    """The motion in encounters, a row each.

    `columns` are those of `kernels.encounters.joint_motion`, `elapsed_s` is the duration.
    """

    columns: Float64
    elapsed_s: Float64

    def middle(self, number: int) -> tuple[float, float]:
        """Return longitude and latitude of the middle of an encounter."""
        lon, lat = self.columns[number, [k.LON_DEG, k.LAT_DEG]].tolist()
        return lon, lat

    def line_angle_sine(self, number: int) -> float:
        """Return the sine of the angle between the common course and the line from one to the other."""
        return float(self.columns[number, k.ASIDE])

    def measures(self, number: int) -> Values:
        """Return the measures of motion of one encounter."""
        row, seconds = self.columns[number].tolist(), float(self.elapsed_s[number])
        made_good_m = row[k.MADE_GOOD_1_M], row[k.MADE_GOOD_2_M]
        return {
            "drift_km": max(made_good_m) / KM_M,
            "speed_made_good_1_kn": made_good_m[0] / seconds / KNOT_MPS if seconds else 0.0,
            "speed_made_good_2_kn": made_good_m[1] / seconds / KNOT_MPS if seconds else 0.0,
            "relative_speed_kn": none_if_nan(row[k.RELATIVE_MPS] / KNOT_MPS),
            "drift_correlation": none_if_nan(row[k.ALIKE]),
        }


def motion_of(
    tracks: Tracks,
    legs: Legs,
    spans: Float64,
    paths: Sequence[tuple[Fixes, Fixes] | None],
    params: MotionParams,
) -> Motion:
    """Return the motion in encounters: along the given `paths`, else straight between the reports of legs."""
    segments, rows = tracks.segments, legs.rows()
    columns = np.empty((len(spans), k.COLUMNS))
    has_path = np.array([pair is not None for pair in paths], dtype=bool)
    rule = params.step_min * MINUTE_S, params.moved_min_m
    columns[~has_path] = k.joint_motion(rows[~has_path], spans[~has_path], segments.fixes, *rule)
    given = [path for pair in paths if pair is not None for path in pair]
    if given:
        bounds = np.cumsum([0, *(len(path.time_s) for path in given)])
        ends = np.stack([bounds[:-1], bounds[1:]], axis=1).reshape(-1, 4)
        fixes = Fixes(*map(np.concatenate, zip(*given, strict=True)))
        columns[has_path] = k.joint_motion(ends, spans[has_path], fixes, *rule)
    return Motion(columns, spans[:, 1] - spans[:, 0])
