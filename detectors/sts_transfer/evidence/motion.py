"""Which ways two segments went through a meeting: where it was, how far they got, how alike they moved."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from detectors.core.units import KM_M, KNOT_MPS, MINUTE_S
from detectors.kernels.encounters import joint_motion as k
from detectors.kernels.tracks.fixes import Fixes
from detectors.sts_transfer.evidence.legs import known

if TYPE_CHECKING:
    from collections.abc import Sequence

    from detectors.core.measures import Values
    from detectors.sts_transfer.evidence.legs import Legs
    from detectors.sts_transfer.params import StsParams
    from detectors.tracks.reports import Float64
    from detectors.tracks.tracks import Tracks


@dataclass(frozen=True, eq=False)
class Ways:
    """What the ways of meetings tell: `told` has a row each (`kernels.ways`), `lasted_s` how long it took."""

    told: Float64
    lasted_s: Float64

    def place(self, number: int) -> tuple[float, float]:
        """Return longitude and latitude of the middle of a meeting."""
        lon, lat = self.told[number, [k.LON_DEG, k.LAT_DEG]].tolist()
        return lon, lat

    def aside(self, number: int) -> float:
        """Return the sine of the angle between the common way and the line from one to the other."""
        return float(self.told[number, k.ASIDE])

    def measures(self, number: int) -> Values:
        """Return what is told of the motion in one meeting."""
        row, seconds = self.told[number].tolist(), float(self.lasted_s[number])
        made_m = row[k.MADE_GOOD_1_M], row[k.MADE_GOOD_2_M]
        return {
            "drift_km": max(made_m) / KM_M,
            "speed_made_good_1_kn": made_m[0] / seconds / KNOT_MPS if seconds else 0.0,
            "speed_made_good_2_kn": made_m[1] / seconds / KNOT_MPS if seconds else 0.0,
            "relative_speed_kn": known(row[k.RELATIVE_MPS] / KNOT_MPS),
            "drift_correlation": known(row[k.ALIKE]),
        }


def ways_of(
    tracks: Tracks,
    legs: Legs,
    spans: Float64,
    given: Sequence[tuple[Fixes, Fixes] | None],
    params: StsParams,
) -> Ways:
    """Return the ways of meetings: those that are given, else straight lines between the reports of legs."""
    segments, rows = tracks.segments, legs.rows()
    told = np.empty((len(spans), k.COLUMNS))
    own = np.array([ways is not None for ways in given], dtype=bool)
    look = params.motion.step_min * MINUTE_S, params.motion.moved_min_m
    told[~own] = k.ways(rows[~own], spans[~own], segments.fixes, *look)
    drawn = [way for ways in given if ways is not None for way in ways]
    if drawn:
        bounds = np.cumsum([0, *(len(way.time_s) for way in drawn)])
        ends = np.stack([bounds[:-1], bounds[1:]], axis=1).reshape(-1, 4)
        fixes = Fixes(*map(np.concatenate, zip(*drawn, strict=True)))
        told[own] = k.ways(ends, spans[own], fixes, *look)
    return Ways(told, spans[:, 1] - spans[:, 0])
