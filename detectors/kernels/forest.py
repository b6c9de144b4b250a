"""Walks through the trees of a forest."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from geodata.jit import kernel

Int64 = npt.NDArray[np.int64]
Int32 = npt.NDArray[np.int32]
Float64 = npt.NDArray[np.float64]
Float32 = npt.NDArray[np.float32]


@kernel
def mean_paths(
    rows: Float32,
    roots: Int64,
    feature: Int32,
    threshold: Float64,
    left: Int32,
    right: Int32,
    path: Float64,
) -> Float64:
    """Return each row's path length, the mean over the trees. The arrays are those of `Forest`."""
    out = np.zeros(rows.shape[0])
    for r in range(rows.shape[0]):
        for tree in range(roots.size - 1):
            root = roots[tree]
            node = root
            while feature[node] >= 0:
                goes_left = rows[r, feature[node]] <= threshold[node]
                node = root + (left[node] if goes_left else right[node])
            out[r] += path[node]
    return out / (roots.size - 1)
