"""From a ship's antenna to the middle of her hull."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from detectors.kernels.geodesy import RAD
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
def to_middle_m(bow_deg: float, ahead_m: float, abeam_m: float) -> tuple[float, float]:
    """Return how far east and north of her antenna the middle of a hull lies; at it where no bow is told."""
    if math.isnan(bow_deg):
        return 0.0, 0.0
    bow = bow_deg * RAD
    sine, cosine = math.sin(bow), math.cos(bow)
    return -(ahead_m * sine + abeam_m * cosine), -(ahead_m * cosine - abeam_m * sine)
