"""An isolation forest as plain arrays: scored without scikit-learn, read without pickle.

After Liu, Ting and Zhou, Isolation Forest (ICDM 2008), with scikit-learn's conventions: float32
comparisons, "left if not greater than the threshold", score -2^(-mean path / c(samples)) with the sign
turned, so that 1 is most unusual.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from detectors.kernels.arrays.forest import mean_paths, path_credits

if TYPE_CHECKING:
    from detectors.tracks.reports import Float32, Float64, UInt8

LEVELS_MAX = 12
"""Trees of 4,096 leaves: far more than isolation needs, and a bound on what a file may ask for."""


class ForestError(ValueError):
    """Arrays that are not a forest: a damaged or crafted file. The message says which rule they break."""


@dataclass(frozen=True, eq=False)
class Forest:
    """Full trees of equal depth.

    `feature`, `threshold` and `expected` are (trees, 2^levels - 1), `path` is (trees, 2^levels). The
    children of node n are 2n + 1 and 2n + 2, so no array can lead a walk astray. `feature` is the column
    that a node asks and `threshold` its value; a leaf that lies higher is carried down by thresholds of
    infinity. `path` is a leaf's depth plus what its samples would have added, `expected` its mean below a
    node, over the samples that came there. `sample_path` is c(samples), which scales the score.
    """

    feature: UInt8
    threshold: Float32
    expected: Float64
    path: Float64
    sample_path: float
    features: int

    def __post_init__(self) -> None:
        self._check()

    @property
    def levels(self) -> int:
        """Turns from a root to a leaf."""
        return int(self.path.shape[1]).bit_length() - 1

    def scores(self, rows: Float64) -> Float64:
        """Return how unusual each row is, 0 to 1. Rows have one column per feature, in float32 as trained."""
        nodes = self.feature, self.threshold, self.path
        return np.exp2(-mean_paths(self._table(rows), *nodes, self.levels) / self.sample_path)

    def credits(self, rows: Float64) -> Float64:
        """Return how much each feature shortened each row's mean path; positive ones made it unusual."""
        nodes = self.feature, self.threshold, self.path, self.expected
        return path_credits(self._table(rows), *nodes, self.levels)

    def _table(self, rows: Float64) -> Float32:
        table: Float32 = np.ascontiguousarray(rows, dtype=np.float32)
        if table.ndim != 2 or table.shape[1] != self.features:  # noqa: PLR2004 - rows and columns
            raise ForestError(f"rows have shape {table.shape}; the forest knows {self.features} features")
        return table

    def _check(self) -> None:
        """Refuse arrays that do not fit together, or ask for what does not exist."""
        if self.path.ndim != 2 or not self.path.size:  # noqa: PLR2004 - trees and leaves
            raise ForestError("there are no trees")
        trees, leaves = self.path.shape
        if leaves != 1 << self.levels or not 1 <= self.levels <= LEVELS_MAX:
            raise ForestError(f"a tree of {leaves} leaves is not full, or too deep")
        if any(a.shape != (trees, leaves - 1) for a in (self.feature, self.threshold, self.expected)):
            raise ForestError("node arrays differ in shape")
        if (self.feature >= self.features).any():
            raise ForestError("a node asks a feature that does not exist")
        if np.isnan(self.threshold).any() or not np.isfinite(self.expected).all():
            raise ForestError("a node's value is no number")
        if not (np.isfinite(self.path).all() and (self.path >= 0).all() and 0 < self.sample_path < np.inf):
            raise ForestError("a path is negative or no number")
