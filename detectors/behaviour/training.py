"""Learn a forest from traffic with scikit-learn, and turn it into plain arrays."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from detectors.behaviour.drift import Bins, or_zero
from detectors.behaviour.features import FEATURES
from detectors.behaviour.forest import Forest
from detectors.behaviour.history import CLASSES, history_of
from detectors.behaviour.model import QUANTILES, Model, known
from detectors.behaviour.windows import windows_along

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from detectors.behaviour.history import History
    from detectors.tracks.reports import Float64
    from detectors.tracks.tracks import Tracks
    from geodata.world import World

TREES = 128
"""A multiple of what eight rows at once like; 400 separate no better (benchmarks/anomaly)."""

SAMPLES = 256
"""Windows per tree, as in the paper: more do not separate better, and trees stay eight levels deep."""

WINDOWS_MIN = 500
"""Fewer windows than this make percentiles of the ends that mean nothing."""

CLASS_MIN = 400
"""A class of vessels with fewer windows is compared with all: its hundredth would be four windows."""

SEED = 20260101
NO_CHILD = -1


class TrainingError(ValueError):
    """Traffic that is too little to learn from."""


def train(history: History, about: Mapping[str, Any]) -> Model:
    """Return a model of a history; `about` describes the traffic for its manifest.

    Raises TrainingError for fewer than `WINDOWS_MIN` windows.
    """
    windows = history.windows
    check_enough(len(windows))
    typical = np.nanmedian(or_zero(windows), axis=0)
    table = known(windows, typical).astype(np.float32)
    forest = fitted(table)
    scores = forest.scores(table.astype(np.float64))
    counts = np.bincount(history.ship_class, minlength=len(CLASSES))
    enough = [name for name, count in zip(CLASSES, counts, strict=True) if count >= CLASS_MIN]
    manifest = {
        "features": list(FEATURES),
        "windows": len(windows),
        "windows_by_class": dict(zip(CLASSES, counts.tolist(), strict=True)),
        "classes": enough,
        "cells": len(history.field.cell),
        "trees": TREES,
        "seed": SEED,
        **about,
    }
    quantiles = _quantiles(scores, history.ship_class, enough)
    return Model(forest, history.field, quantiles, typical, Bins.of(windows), manifest)


def _quantiles(scores: Float64, ship_class: np.ndarray[Any, Any], enough: list[str]) -> Float64:
    """Return the quantiles of each class's scores; of all windows where a class has too few."""
    steps = np.linspace(0, 1, QUANTILES)
    parts = (scores[ship_class == n] if name in enough else scores for n, name in enumerate(CLASSES))
    return np.stack([np.quantile(part, steps) for part in parts])


def learn(feeds: Sequence[Tracks], world: World, about: Mapping[str, Any]) -> Model:
    """Return a model of one feed or of several; raises TrainingError where they hold too few windows."""
    check_enough(sum(len(windows_along(feed.segments)) for feed in feeds))
    return train(history_of(feeds, world), about)


def check_enough(windows: int) -> None:
    """Raise TrainingError for fewer than `WINDOWS_MIN` windows."""
    if windows < WINDOWS_MIN:
        raise TrainingError(
            f"{windows} windows of half a day: at least {WINDOWS_MIN} are needed, for instance 100 "
            "vessels over 5 days"
        )


def fitted(table: np.ndarray[Any, np.dtype[np.float32]]) -> Forest:
    """Fit scikit-learn's IsolationForest and return it as arrays."""
    from sklearn.ensemble import IsolationForest  # noqa: PLC0415 - costs 1.8 s and 120 MB

    learnt = IsolationForest(
        n_estimators=TREES, max_samples=min(SAMPLES, len(table)), random_state=SEED, n_jobs=1
    ).fit(table)
    return forest_of(learnt, table.shape[1])


def forest_of(learnt: Any, features: int) -> Forest:  # noqa: ANN401 - scikit-learn is not imported to run
    """Return a fitted IsolationForest as full trees."""
    trees = [estimator.tree_ for estimator in learnt.estimators_]
    levels = max(1, *(int(tree.max_depth) for tree in trees))
    heaps = [_heap(tree, levels) for tree in trees]
    feature, threshold, expected, path = (np.stack(column) for column in zip(*heaps, strict=True))
    scale = float(average_path(np.array([learnt.max_samples_]))[0])
    return Forest(feature, threshold, expected, path, scale, features)


def average_path(samples: np.ndarray[Any, Any]) -> Float64:
    """Return c(n), the mean depth of an unsuccessful search among n (equation 1 of the paper)."""
    n = samples.astype(np.float64)
    many = np.maximum(n, 3.0)
    path = 2.0 * (np.log(many - 1.0) + np.euler_gamma) - 2.0 * (many - 1.0) / many
    return np.where(n <= 1, 0.0, np.where(n == 2, 1.0, path))  # noqa: PLR2004 - one comparison parts two


def _heap(tree: Any, levels: int) -> tuple[np.ndarray[Any, Any], ...]:  # noqa: ANN401 - no public type
    """Return one tree's features, thresholds, expected paths and paths in the order of a heap.

    A leaf above the last level goes on to the left, by a threshold that nothing exceeds.
    """
    inner = (1 << levels) - 1
    feature = np.zeros(inner, dtype=np.uint8)
    threshold = np.full(inner, np.inf, dtype=np.float32)
    path = np.zeros(2 * inner + 1)
    below = _expected(tree)
    at = {0: (0, 0)}  # place in the heap: node of the tree, its depth
    for place in range(2 * inner + 1):
        if place not in at:
            continue
        node, depth = at.pop(place)
        path[place] = below[node] + depth
        if place >= inner:
            continue
        is_leaf = tree.children_left[node] == NO_CHILD
        at[2 * place + 1] = (node, depth) if is_leaf else (int(tree.children_left[node]), depth + 1)
        if not is_leaf:
            feature[place] = tree.feature[node]
            threshold[place] = floor_float32(float(tree.threshold[node]))
            at[2 * place + 2] = (int(tree.children_right[node]), depth + 1)
    return feature, threshold, path[:inner], path[inner:]


def _expected(tree: Any) -> Float64:  # noqa: ANN401 - no public type
    """Return the mean path below each node, over its samples; children come after their parents."""
    samples = tree.n_node_samples.astype(np.float64)
    below = average_path(tree.n_node_samples)
    for node in range(tree.node_count - 1, -1, -1):
        left, right = tree.children_left[node], tree.children_right[node]
        if left != NO_CHILD:
            parts = samples[left] * below[left] + samples[right] * below[right]
            below[node] = 1.0 + parts / samples[node]
    return below


def floor_float32(value: float) -> np.float32:
    """Return the greatest float32 not above a value: a float32 exceeds both or neither."""
    near = np.float32(value)
    return near if float(near) <= value else np.nextafter(near, np.float32(-np.inf))
