"""From the antenna of a vessel to the middle of its hull (rule 7)."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from detectors.kernels.geometry.geodesy import RAD
from geodata.jit import bundle, helper

Float64 = npt.NDArray[np.float64]


@bundle
class Boxes(NamedTuple):
    """Pairs of hulls as boxes, a row each; without rows, one pair. Metres.

    `half_m` is half the sum of both lengths, and of both beams. `antenna_m` holds how far ahead of the middle
    of its hull an antenna stands, and how far to starboard of it: of one vessel, then of the other.
    """

    half_m: Float64
    antenna_m: Float64


@helper
def _to_middle_m(heading_deg: float, ahead_m: float, abeam_m: float) -> tuple[float, float]:
    """Return how far east and north of its antenna the middle of a hull lies; 0, 0 without a heading."""
    if math.isnan(heading_deg):
        return 0.0, 0.0
    heading = heading_deg * RAD
    sine, cosine = math.sin(heading), math.cos(heading)
    # From the frame of the hull (ahead, to starboard) to east and north; minus, because the way leads from
    # the antenna back to the middle.
    return -(ahead_m * sine + abeam_m * cosine), -(ahead_m * cosine - abeam_m * sine)


@helper
def between_middles_m(heading_deg: float, other_deg: float, antenna_m: Float64) -> tuple[float, float]:
    """Return by how much the way from middle to middle differs from that between antennas.

    East and north, metres. By headings alone: a vessel that drifts does not point where it goes. `antenna_m`
    as in `Boxes`, of one pair.
    """
    own = _to_middle_m(heading_deg, antenna_m[0], antenna_m[1])
    other = _to_middle_m(other_deg, antenna_m[2], antenna_m[3])
    return other[0] - own[0], other[1] - own[1]
