"""An isolation forest as plain arrays: scored without scikit-learn, read without pickle.

After Liu, Ting and Zhou, Isolation Forest (ICDM 2008), with scikit-learn's conventions: float32
comparisons, "left if not greater than the threshold", score -2^(-mean path / c(samples)) with the sign
turned, so that 1 is most unusual.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

import numpy as np

from detectors.kernels.forest import mean_paths

if TYPE_CHECKING:
    from detectors.tracks.reports import Float32, Float64, Int32, Int64

LEAF = -1


class ForestError(ValueError):
    """Arrays that are not a forest: a damaged or crafted file. The message says which rule they break."""


@dataclass(frozen=True, eq=False)
class Forest:
    """Trees one after another: `roots` (trees + 1) bounds them; all others have one element per node.

    `feature` is the column that a node asks (-1: a leaf), `threshold` its value, `left` and `right` the
    nodes that follow, counted from the tree's root, `path` a leaf's depth plus what its samples would have
    added. `sample_path` is c(samples), which scales the score.
    """

    roots: Int64
    feature: Int32
    threshold: Float64
    left: Int32
    right: Int32
    path: Float64
    sample_path: float
    features: int

    def __post_init__(self) -> None:
        self._check()

    def scores(self, rows: Float64) -> Float64:
        """Return how unusual each row is, 0 to 1. Rows have one column per feature, in float32 as trained."""
        table: Float32 = np.ascontiguousarray(rows, dtype=np.float32)
        if table.ndim != 2 or table.shape[1] != self.features:  # noqa: PLR2004 - rows and columns
            raise ForestError(f"rows have shape {table.shape}; the forest knows {self.features} features")
        columns = (self.roots, self.feature, self.threshold, self.left, self.right, self.path)
        return np.exp2(-mean_paths(table, *columns) / self.sample_path)

    def _check(self) -> None:
        """Refuse arrays that could lead a walk out of its tree, or round for ever."""
        nodes = len(self.feature)
        if any(len(getattr(self, f.name)) != nodes for f in fields(self)[1:6]):
            raise ForestError("node arrays differ in length")
        if len(self.roots) < 2 or self.roots[0] != 0 or self.roots[-1] != nodes:  # noqa: PLR2004 - one tree
            raise ForestError("roots do not bound the nodes")
        if (np.diff(self.roots) < 1).any() or not self.sample_path > 0:
            raise ForestError("an empty tree, or no sample size")
        inner = self.feature != LEAF
        size = np.repeat(np.diff(self.roots), np.diff(self.roots))[inner]
        place = (np.arange(nodes) - np.repeat(self.roots[:-1], np.diff(self.roots)))[inner]
        for child in (self.left[inner], self.right[inner]):
            if ((child <= place) | (child >= size)).any():
                raise ForestError("a node leads back or out of its tree")
        if ((self.feature < LEAF) | (self.feature >= self.features)).any():
            raise ForestError("a node asks a feature that does not exist")
        if not (np.isfinite(self.path).all() and np.isfinite(self.threshold).all()):
            raise ForestError("a value is not finite")
