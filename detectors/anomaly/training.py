"""Learn a forest from traffic with scikit-learn, and turn it into plain arrays."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from detectors.anomaly.features import FEATURES
from detectors.anomaly.forest import LEAF, Forest
from detectors.anomaly.model import Model

if TYPE_CHECKING:
    from collections.abc import Mapping

    from detectors.tracks.reports import Float64

TREES = 200
SAMPLES = 256
"""Windows per tree, as in the paper: more do not separate better, and trees stay small."""

WINDOWS_MIN = 500
"""Fewer windows than this make percentiles of the ends that mean nothing."""

QUANTILES = 1001
SEED = 20260101


class TrainingError(ValueError):
    """Traffic that is too little to learn from."""


def train(windows: Float64, about: Mapping[str, Any]) -> Model:
    """Return a model of the windows (rows of `FEATURES`); `about` describes the traffic for its manifest.

    Raises TrainingError for fewer than `WINDOWS_MIN` windows.
    """
    if len(windows) < WINDOWS_MIN:
        raise TrainingError(
            f"{len(windows)} windows of half a day: at least {WINDOWS_MIN} are needed, for instance 100 "
            "vessels over 5 days"
        )
    table = windows.astype(np.float32)
    forest = fitted(table)
    scores = np.sort(forest.scores(table.astype(np.float64)))
    manifest = {"features": list(FEATURES), "windows": len(windows), "trees": TREES, "seed": SEED, **about}
    quantiles = np.quantile(scores, np.linspace(0, 1, QUANTILES))
    return Model(forest, quantiles, np.median(windows, axis=0), manifest)


def fitted(table: np.ndarray[Any, np.dtype[np.float32]]) -> Forest:
    """Fit scikit-learn's IsolationForest and return it as arrays."""
    from sklearn.ensemble import IsolationForest  # noqa: PLC0415 - costs 1.8 s and 120 MB

    learnt = IsolationForest(
        n_estimators=TREES, max_samples=min(SAMPLES, len(table)), random_state=SEED, n_jobs=1
    ).fit(table)
    trees = [estimator.tree_ for estimator in learnt.estimators_]
    sizes = [tree.node_count for tree in trees]
    samples = np.concatenate([tree.n_node_samples for tree in trees])
    depths = np.concatenate([_depths(tree) for tree in trees])
    left = np.concatenate([tree.children_left for tree in trees]).astype(np.int32)
    is_leaf = left == LEAF
    return Forest(
        roots=np.concatenate(([0], np.cumsum(sizes))).astype(np.int64),
        feature=np.where(is_leaf, LEAF, np.concatenate([tree.feature for tree in trees])).astype(np.int32),
        threshold=np.where(is_leaf, 0.0, np.concatenate([tree.threshold for tree in trees])),
        left=np.where(is_leaf, 0, left).astype(np.int32),
        right=np.where(is_leaf, 0, np.concatenate([tree.children_right for tree in trees])).astype(np.int32),
        path=np.where(is_leaf, depths + average_path(samples), 0.0),
        sample_path=float(average_path(np.array([learnt.max_samples_]))[0]),
        features=table.shape[1],
    )


def average_path(samples: np.ndarray[Any, Any]) -> Float64:
    """Return c(n), the mean depth of an unsuccessful search among n (equation 1 of the paper)."""
    n = samples.astype(np.float64)
    many = np.maximum(n, 3.0)
    path = 2.0 * (np.log(many - 1.0) + np.euler_gamma) - 2.0 * (many - 1.0) / many
    return np.where(n <= 1, 0.0, np.where(n == 2, 1.0, path))  # noqa: PLR2004 - one comparison parts two


def _depths(tree: Any) -> Float64:  # noqa: ANN401 - scikit-learn's trees have no public type
    depth = np.zeros(tree.node_count)
    for node in range(tree.node_count):
        for child in (tree.children_left[node], tree.children_right[node]):
            if child != LEAF:
                depth[child] = depth[node] + 1
    return depth
