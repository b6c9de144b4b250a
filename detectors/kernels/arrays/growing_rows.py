"""Rows that grow while a loop fills them."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from geodata.jit import helper


@helper
def with_room(rows: npt.NDArray[Any], needed: int) -> npt.NDArray[Any]:
    """Return the rows in an array that holds at least `needed`: doubled, so that filling it stays linear."""
    while rows.shape[0] < needed:
        rows = np.concatenate((rows, np.empty_like(rows)))
    return rows
