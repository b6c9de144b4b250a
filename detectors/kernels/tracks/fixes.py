"""What every loop over tracks reads: where segments were, and when."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from geodata.jit import bundle

Float64 = npt.NDArray[np.float64]


@bundle
class Fixes(NamedTuple):
    """Equally long columns, a row per report: epoch seconds, degrees; times ascend within a segment."""

    time_s: Float64
    lon: Float64
    lat: Float64
