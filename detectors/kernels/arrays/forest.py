"""Paths through the trees of a forest stored as heaps: the children of node n are 2n + 1 and 2n + 2."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from geodata.jit import kernel

UInt8 = npt.NDArray[np.uint8]
Float64 = npt.NDArray[np.float64]
Float32 = npt.NDArray[np.float32]


@kernel
def mean_paths(rows: Float32, feature: UInt8, threshold: Float32, path: Float64, levels: int) -> Float64:
    """Return each row's path length, the mean over the trees. The arrays are those of `Forest`.

    Eight rows go down a tree together, without branches: the processor works on one while another waits for
    memory, and never guesses a turn wrongly. Blocks of rows keep a tree in the nearest cache.
    """
    inner = feature.shape[1]
    count, width = rows.shape
    # One index in place of two: no product and no test of bounds for each value.
    flat = rows.reshape(-1)
    out = np.zeros(count)
    # Blocks outside and trees inside: a tree is read once for 128 rows.
    for first in range(0, count, 128):
        last = min(first + 128, count)
        for tree in range(feature.shape[0]):
            f, h, p = feature[tree], threshold[tree], path[tree]
            row = first
            while row + 8 <= last:
                row_start = row * width
                # A node of each of the eight rows, as local variables: these stay in registers.
                a = b = c = d = e = g = i = j = 0
                # All leaves are equally deep, so no row needs a test of its own. The comparison is 0 or 1:
                # left or right child.
                for _ in range(levels):
                    a = 2 * a + 1 + (flat[row_start + f[a]] > h[a])
                    b = 2 * b + 1 + (flat[row_start + width + f[b]] > h[b])
                    c = 2 * c + 1 + (flat[row_start + 2 * width + f[c]] > h[c])
                    d = 2 * d + 1 + (flat[row_start + 3 * width + f[d]] > h[d])
                    e = 2 * e + 1 + (flat[row_start + 4 * width + f[e]] > h[e])
                    g = 2 * g + 1 + (flat[row_start + 5 * width + f[g]] > h[g])
                    i = 2 * i + 1 + (flat[row_start + 6 * width + f[i]] > h[i])
                    j = 2 * j + 1 + (flat[row_start + 7 * width + f[j]] > h[j])
                out[row] += p[a - inner]
                out[row + 1] += p[b - inner]
                out[row + 2] += p[c - inner]
                out[row + 3] += p[d - inner]
                out[row + 4] += p[e - inner]
                out[row + 5] += p[g - inner]
                out[row + 6] += p[i - inner]
                out[row + 7] += p[j - inner]
                row += 8
            # The rest of the block, fewer than eight rows.
            while row < last:
                a = 0
                for _ in range(levels):
                    a = 2 * a + 1 + (flat[row * width + f[a]] > h[a])
                out[row] += p[a - inner]
                row += 1
    out /= feature.shape[0]
    return out


@kernel
def path_credits(
    rows: Float32,
    feature: UInt8,
    threshold: Float32,
    path: Float64,
    expected: Float64,
    levels: int,
) -> Float64:
    """Return how much each feature shortened each row's path, shape (rows, features), mean over the trees.

    A turn at a node is credited to the feature that it asks: the path expected before it, less the one
    expected after it. Credits add up to the path expected at the roots less the row's own.
    """
    inner = feature.shape[1]
    out = np.zeros(rows.shape)
    for r in range(rows.shape[0]):
        for tree in range(feature.shape[0]):
            node = 0
            for _ in range(levels):
                asked = feature[tree, node]
                after = 2 * node + 1 + (rows[r, asked] > threshold[tree, node])
                # Below the last inner node the path is known, and no longer expected.
                left = path[tree, after - inner] if after >= inner else expected[tree, after]
                out[r, asked] += expected[tree, node] - left
                node = after
    out /= feature.shape[0]
    return out
