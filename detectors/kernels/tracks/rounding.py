"""Rounded positions: do all positions of a vessel lie on one grid of degrees."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from geodata.jit import helper, kernel

Int64 = npt.NDArray[np.int64]
Float64 = npt.NDArray[np.float64]

GRIDS_PER_DEG = np.array([100.0, 600.0, 1000.0])
"""Grid lines per degree, the coarsest first.

Two decimals, tenths of a minute (type 27, ITU-R M.1371), three decimals.
"""

WRITTEN_DEG = 1e-5
"""How far from its line a position may be written: files give five decimals or single precision.

Not a parameter: grids finer than these would need another value.
"""

HALF_A_LINE = 0.5
"""Positions on a grid that are farther apart than this, in lines, are two places."""


@helper
def _is_on(lon: float, lat: float, per_deg: float) -> bool:
    x, y = lon * per_deg, lat * per_deg
    return max(abs(x - round(x)), abs(y - round(y))) <= WRITTEN_DEG * per_deg


@helper
def _all_on(lon: Float64, lat: Float64, per_deg: float, share: float, moves_min: int) -> bool:
    """Return whether a share of the positions lies on a grid, and these change often enough to show it."""
    # The 1e-9 keeps a product such as 0.02 x 50 from falling just below its whole number.
    may_miss = int((1.0 - share) * lon.size + 1e-9)
    moves, last_on = 0, -1
    for k in range(lon.size):
        if not _is_on(lon[k], lat[k], per_deg):
            may_miss -= 1
            # Most vessels are done here after a few positions.
            if may_miss < 0:
                return False
            continue
        if last_on >= 0:
            x, y = (lon[k] - lon[last_on]) * per_deg, (lat[k] - lat[last_on]) * per_deg
            # A vessel that lies still repeats one place, which may lie on a grid by chance: only changes of
            # place show rounding.
            moves += 1 if max(abs(x), abs(y)) > HALF_A_LINE else 0
        last_on = k
    return moves >= moves_min


@kernel
def grids_per_deg(offsets: Int64, lon: Float64, lat: Float64, share: float, moves_min: int) -> Float64:
    """Return for each vessel the lines per degree of the coarsest grid of its positions; 0 for none.

    Most vessels are done after some of their first positions: these lie on no grid.
    """
    found = np.zeros(offsets.size - 1)
    for g in range(offsets.size - 1):
        own = slice(offsets[g], offsets[g + 1])
        # The coarsest first: positions on a grid of 0.01 degrees lie on one of 0.001 too.
        for per_deg in GRIDS_PER_DEG:
            if _all_on(lon[own], lat[own], per_deg, share, moves_min):
                found[g] = per_deg
                break
    return found
