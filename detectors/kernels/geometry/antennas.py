"""From a ship's antenna to the middle of her hull."""

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
    """Pairs of hulls as boxes, a row each; without rows, one pair.

    `half_m` is half the sum of both lengths, and of both beams. `antenna_m` tells how far ahead of the middle
    of her hull an antenna stands and how far to starboard of it: of one ship, then of the other.
    """

    half_m: Float64
    antenna_m: Float64


@helper
def _to_middle_m(bow_deg: float, ahead_m: float, abeam_m: float) -> tuple[float, float]:
    """Return how far east and north of her antenna the middle of a hull lies; at it where no bow is told."""
    if math.isnan(bow_deg):
        return 0.0, 0.0
    bow = bow_deg * RAD
    sine, cosine = math.sin(bow), math.cos(bow)
    return -(ahead_m * sine + abeam_m * cosine), -(ahead_m * cosine - abeam_m * sine)


@helper
def between_middles_m(heading_deg: float, other_deg: float, antenna_m: Float64) -> tuple[float, float]:
    """Return by how much the way from middle to middle differs from that between antennas, east and north.

    By headings alone: who drifts does not point where she goes. `antenna_m` as in `Boxes`, of one pair.
    """
    own = _to_middle_m(heading_deg, antenna_m[0], antenna_m[1])
    hers = _to_middle_m(other_deg, antenna_m[2], antenna_m[3])
    return hers[0] - own[0], hers[1] - own[1]
