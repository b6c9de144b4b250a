"""A loop over the positions of vessels: do all of hers lie on one grid of degrees."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from geodata.jit import helper, kernel

Int64 = npt.NDArray[np.int64]
Float64 = npt.NDArray[np.float64]

GRIDS_PER_DEG = np.array([100.0, 600.0, 1000.0])
"""Lines a degree: two decimals, tenths of a minute (type 27, ITU-R M.1371), three decimals; coarse first."""

WRITTEN_DEG = 1e-5
"""So far from its line a position may be written: files give five decimals or single precision. No field:
finer grids than these would need another."""

HALF_A_LINE = 0.5
"""Places on a grid farther apart than this, in lines, are two."""


@helper
def _is_on(lon: float, lat: float, per_deg: float) -> bool:
    x, y = lon * per_deg, lat * per_deg
    return max(abs(x - round(x)), abs(y - round(y))) <= WRITTEN_DEG * per_deg


@helper
def _all_on(lon: Float64, lat: Float64, per_deg: float, share: float, moves_min: int) -> bool:
    """Tell whether a share of positions lies on a grid, and these change often enough to show it."""
    may_miss = int((1.0 - share) * lon.size + 1e-9)
    moves, last = 0, -1
    for k in range(lon.size):
        if not _is_on(lon[k], lat[k], per_deg):
            may_miss -= 1
            if may_miss < 0:
                return False
            continue
        if last >= 0:
            x, y = (lon[k] - lon[last]) * per_deg, (lat[k] - lat[last]) * per_deg
            moves += 1 if max(abs(x), abs(y)) > HALF_A_LINE else 0
        last = k
    return moves >= moves_min


@kernel
def grids_per_deg(offsets: Int64, lon: Float64, lat: Float64, share: float, moves_min: int) -> Float64:
    """Return for each vessel the lines a degree of the coarsest grid that hers lie on; 0 for none.

    Most vessels are done with after some of their first positions: these lie on no grid.
    """
    found = np.zeros(offsets.size - 1)
    for g in range(offsets.size - 1):
        hers = slice(offsets[g], offsets[g + 1])
        for per_deg in GRIDS_PER_DEG:
            if _all_on(lon[hers], lat[hers], per_deg, share, moves_min):
                found[g] = per_deg
                break
    return found
