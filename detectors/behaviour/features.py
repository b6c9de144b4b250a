"""Named features of what vessels did in windows of time, robust to how often they reported."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from detectors.behaviour.motion import motion_features, motion_of
from detectors.behaviour.reporting import Neighbours, own_rate, reporting_of
from detectors.core.units import KM_M

if TYPE_CHECKING:
    from detectors.behaviour.field import WaterField
    from detectors.behaviour.motion import Motion
    from detectors.behaviour.reporting import Reporting
    from detectors.behaviour.windows import Windows
    from detectors.tracks.reports import Float64
    from detectors.tracks.tracks import Segments
    from geodata.world import World

FEATURES = (
    "median_speed_kn",
    "fast_speed_kn",
    "speed_spread_kn",
    "stopped_share",
    "slow_share",
    "straightness",
    "turning_deg_per_h",
    "slow_night_share",
    "shore_distance_log10_km",
    "reports_vs_own_log10",
    "reports_vs_neighbours_log10",
    "silence_vs_neighbours_log10",
    "rare_water_share",
    "off_speed_kn",
    "off_lane_share",
)
"""In the order of the columns; docs/definitions/anomaly.md defines each. NaN where not known."""

PLACES = 5
"""Shore distance is the median of this many places along a window."""


@dataclass(frozen=True, eq=False)
class Seen:
    """What windows show by themselves, before they are compared with the field and the neighbours."""

    windows: Windows
    motion: Motion
    reporting: Reporting
    own: Float64
    shore_km: Float64

    @classmethod
    def of(cls, segments: Segments, windows: Windows, world: World) -> Seen:
        """Compute what windows show."""
        return cls(
            windows,
            motion_of(segments, windows),
            reporting_of(segments, windows),
            own_rate(segments, windows.segment),
            _shore_km(segments, windows, world),
        )

    def features(self, field: WaterField, neighbours: Neighbours) -> Float64:
        """Return the features, shape (windows, features)."""
        found = {
            **motion_features(self.motion),
            **field.features(self.motion),
            **neighbours.features(self.reporting),
            "reports_vs_own_log10": self.reporting.rate - self.own,
            "shore_distance_log10_km": np.log10(1.0 + self.shore_km),
        }
        return np.column_stack([found[name] for name in FEATURES]).reshape(-1, len(FEATURES))


def _shore_km(segments: Segments, windows: Windows, world: World) -> Float64:
    shares = np.linspace(0.0, 1.0, PLACES)
    rows = (windows.first[:, None] + shares * (windows.last - 1 - windows.first)[:, None]).astype(np.int64)
    distance_m = world.shore_distance_m(segments.lon_deg[rows].ravel(), segments.lat_deg[rows].ravel())
    middle_km = np.median(distance_m.reshape(rows.shape), axis=1) / KM_M
    return np.where(np.isfinite(middle_km), middle_km, np.nan)
