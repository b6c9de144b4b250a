"""Positions of windows at equal steps of time, between reports along a straight line."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from detectors.kernels.geodesy import wrap_one_deg
from geodata.jit import kernel

Int64 = npt.NDArray[np.int64]
Float64 = npt.NDArray[np.float64]


@kernel
def resampled(
    time_s: Float64,
    lon_deg: Float64,
    lat_deg: Float64,
    first: Int64,
    last: Int64,
    step_s: float,
    steps: int,
) -> tuple[Float64, Float64]:
    """Return longitudes and latitudes, shape (windows, steps), from a window's first report on.

    A window is rows `first` to `last`, the latter not among them; beyond its last report there is NaN.
    Longitudes may go a little beyond 180 degrees.
    """
    lon = np.full((first.size, steps), np.nan)
    lat = np.full((first.size, steps), np.nan)
    for w in range(first.size):
        row = first[w]
        for n in range(steps):
            at_s = time_s[first[w]] + n * step_s
            if at_s > time_s[last[w] - 1]:
                break
            while row + 2 < last[w] and time_s[row + 1] < at_s:
                row += 1
            span_s = time_s[row + 1] - time_s[row]
            share = (at_s - time_s[row]) / span_s if span_s > 0.0 else 0.0
            lon[w, n] = lon_deg[row] + share * wrap_one_deg(lon_deg[row + 1] - lon_deg[row])
            lat[w, n] = lat_deg[row] + share * (lat_deg[row + 1] - lat_deg[row])
    return lon, lat
