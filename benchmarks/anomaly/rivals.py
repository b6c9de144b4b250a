"""The detectors compared, each as a function that fits on windows and returns a score (higher: stranger)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from sklearn.covariance import EllipticEnvelope
from sklearn.decomposition import PCA
from sklearn.ensemble import IsolationForest
from sklearn.kernel_approximation import Nystroem
from sklearn.linear_model import SGDOneClassSVM
from sklearn.mixture import GaussianMixture
from sklearn.neighbors import LocalOutlierFactor
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from detectors.behaviour.training import SAMPLES, SEED, TREES

if TYPE_CHECKING:
    from collections.abc import Callable

    Score = Callable[[np.ndarray], np.ndarray]

SUBSAMPLE = 20_000
"""Windows that the slow ones are fitted on."""


def forest(trees: int = TREES, samples: int = SAMPLES) -> Callable[[np.ndarray], tuple[Score, int]]:
    """Isolation forest; its size is that of full trees as ours lie on disk, unpacked."""

    def fit(table: np.ndarray) -> tuple[Score, int]:
        learnt = IsolationForest(n_estimators=trees, max_samples=samples, random_state=SEED)
        learnt.fit(table.astype(np.float32))
        bytes_ = trees * samples * (1 + 4 + 8 + 8)
        return lambda rows: -learnt.score_samples(rows.astype(np.float32)), bytes_

    return fit


def scaled(make: Callable[[], Any]) -> Callable[[np.ndarray], tuple[Score, int]]:
    """Any estimator with `score_samples`, behind a standard scaler; size of its numbers."""

    def fit(table: np.ndarray) -> tuple[Score, int]:
        rng = np.random.default_rng(SEED)
        some = table[rng.choice(len(table), min(SUBSAMPLE, len(table)), replace=False)]
        learnt = make_pipeline(StandardScaler(), make()).fit(some)
        return lambda rows: -learnt.score_samples(rows), _bytes(learnt)

    return fit


def reconstruction(table: np.ndarray) -> tuple[Score, int]:
    """Square error of principal components that keep half of the features' number."""
    learnt = make_pipeline(StandardScaler(), PCA(table.shape[1] // 2)).fit(table)
    scale = learnt[0]

    def score(rows: np.ndarray) -> np.ndarray:
        flat = scale.transform(rows)
        return ((flat - learnt[1].inverse_transform(learnt[1].transform(flat))) ** 2).sum(axis=1)

    return score, _bytes(learnt)


def machine() -> Any:  # noqa: ANN401 - an estimator of any kind
    """One-class machine on an approximate kernel."""
    kernel = Nystroem(gamma=0.05, n_components=300, random_state=SEED)
    return make_pipeline(kernel, SGDOneClassSVM(nu=0.05, random_state=SEED))


RIVALS = {
    f"isolation forest, {TREES} trees of {SAMPLES}": forest(),
    "isolation forest, 400 trees of 256": forest(400),
    f"isolation forest, {TREES} trees of 1,024": forest(samples=1024),
    "Gaussian mixture, 8 parts": scaled(lambda: GaussianMixture(8, reg_covar=1e-3, random_state=SEED)),
    "Gaussian mixture, 16 parts": scaled(lambda: GaussianMixture(16, reg_covar=1e-3, random_state=SEED)),
    "local outlier factor, 30 neighbours": scaled(lambda: LocalOutlierFactor(30, novelty=True)),
    "elliptic envelope (MinCovDet)": scaled(
        lambda: EllipticEnvelope(support_fraction=0.9, random_state=SEED)
    ),
    "PCA reconstruction": reconstruction,
    "one-class SVM (SGD, Nystroem)": scaled(machine),
}


def _bytes(pipeline: Any) -> int:  # noqa: ANN401 - a fitted pipeline
    """Return the size of the arrays that a fitted pipeline holds."""
    total = 0
    for _, step in pipeline.steps:
        inner = [step] if not hasattr(step, "steps") else [each for _, each in step.steps]
        for each in inner:
            total += sum(v.nbytes for v in vars(each).values() if isinstance(v, np.ndarray))
    return total
