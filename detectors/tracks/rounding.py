"""Positions that were rounded before they reached us: a rule of 50 m must not trust three decimals.

A file seldom names the type of a message, and never the rounding of its writer. But a vessel that moves and
always lies on a grid of degrees has been put there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from detectors.kernels.tracks.rounding import grids_per_deg

if TYPE_CHECKING:
    from collections.abc import Mapping

    from detectors.tracks.params import TrackParams
    from detectors.tracks.reports import Column, Float32, Int64

DEGREE_M = 111_200.0
"""Metres in a degree of latitude, as precise as needed here."""


def with_rounding(offsets: Int64, ordered: Mapping[str, Column], params: TrackParams) -> Float32:
    """Return the uncertainty of each position: as reported, or half a grid step where that is more."""
    reported_m: Float32 = ordered["uncertainty_m"]
    per_deg = grids_per_deg(
        offsets,
        ordered["lon_deg"],
        ordered["lat_deg"],
        params.rounded_share,
        int(params.rounded_moves_min),
    )
    if not per_deg.any():
        return reported_m
    half_step_m = np.zeros(len(per_deg), np.float32)
    np.divide(0.5 * DEGREE_M, per_deg, out=half_step_m, where=per_deg > 0, casting="same_kind")
    return np.maximum(reported_m, np.repeat(half_step_m, np.diff(offsets)))
