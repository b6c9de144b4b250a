"""A learnt model: the forest, the scores of its own training traffic, and what it was learnt from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from detectors.anomaly.features import FEATURES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from detectors.anomaly.forest import Forest
    from detectors.tracks.reports import Float64


@dataclass(frozen=True)
class Unusual:
    """How a window compares with the training traffic: the share of it that is less unusual, and why."""

    percentile: float
    features: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Model:
    """`quantiles` are those of the training windows' scores, ascending; `typical` their median features."""

    forest: Forest
    quantiles: Float64
    typical: Float64
    manifest: Mapping[str, Any]

    def judge(self, window: Float64, features_told: int = 2) -> Unusual:
        """Return the percentile of a window, and the features that made it so.

        A feature's part is how much less unusual the window would be with the training median in its place.
        """
        score = self.forest.scores(window[None, :])[0]
        mended = np.repeat(window[None, :], len(FEATURES), axis=0)
        np.fill_diagonal(mended, self.typical)
        parts = score - self.forest.scores(mended)
        first = np.argsort(-parts, kind="stable")[:features_told]
        percentile = np.searchsorted(self.quantiles, score, side="left") / len(self.quantiles)
        return Unusual(float(percentile), tuple(FEATURES[n] for n in first if parts[n] > 0))
