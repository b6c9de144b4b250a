"""A learnt model: forest, field, the scores of its own training traffic, and what it was learnt from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from detectors.behaviour.features import FEATURES
from detectors.behaviour.history import CLASSES

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy.typing as npt

    from detectors.behaviour.drift import Bins
    from detectors.behaviour.field import WaterField
    from detectors.behaviour.forest import Forest
    from detectors.tracks.reports import Float64

QUANTILES = 1001
SIMULATOR = "simulator"
"""Origin of the packaged model; one that a user trained has another."""


@dataclass(frozen=True)
class Unusual:
    """How a window compares with the training traffic: the share of it that is less unusual, and why."""

    percentile: float
    features: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Model:
    """What judges windows.

    `quantiles` (classes, 1001) are those of the training windows' scores, ascending, for each class of ships;
    `typical` the median features, which stand in for what is not known; `bins` what drift is measured by.
    """

    forest: Forest
    field: WaterField
    quantiles: Float64
    typical: Float64
    bins: Bins
    manifest: Mapping[str, Any]

    def __post_init__(self) -> None:
        if self.quantiles.shape != (len(CLASSES), QUANTILES) or self.typical.shape != (len(FEATURES),):
            raise ValueError("quantiles or typical values have another shape")
        if not (np.isfinite(self.quantiles).all() and np.isfinite(self.typical).all()):
            raise ValueError("quantiles or typical values are no numbers")
        if (np.diff(self.quantiles, axis=1) < 0).any():
            raise ValueError("quantiles are not in order")
        if self.forest.features != len(FEATURES):
            raise ValueError("the forest was made for other features")

    @property
    def is_own(self) -> bool:
        """Whether it was learnt from a user's traffic, not from the simulator's."""
        return self.manifest.get("origin") != SIMULATOR

    def percentiles(self, windows: Float64, ship_class: npt.NDArray[np.int64]) -> Float64:
        """Return the share of the training windows of each window's class that are less unusual."""
        scores = self.forest.scores(known(windows, self.typical))
        found = np.empty(len(scores))
        for n, quantiles in enumerate(self.quantiles):
            of_class = ship_class == n
            found[of_class] = np.searchsorted(quantiles, scores[of_class], side="left") / QUANTILES
        return found

    def judge(
        self, windows: Float64, ship_class: npt.NDArray[np.int64], features_named: int = 2
    ) -> list[Unusual]:
        """Return the percentile of each window, and the features that made it so.

        A feature's part is what its questions took off the path through the trees, against the path
        that was to be expected before each: the parts add up to the whole. What is not known took none.
        """
        percentiles = self.percentiles(windows, ship_class)
        parts = self.forest.credits(known(windows, self.typical))
        parts[~np.isfinite(windows)] = -np.inf
        first = np.argsort(-parts, axis=1, kind="stable")[:, :features_named]
        return [
            Unusual(float(percentile), tuple(FEATURES[n] for n in best if part[n] > 0))
            for percentile, part, best in zip(percentiles, parts, first, strict=True)
        ]


def known(windows: Float64, typical: Float64) -> Float64:
    """Return windows with what is not known in them replaced by what is typical."""
    return np.where(np.isfinite(windows), windows, typical)
