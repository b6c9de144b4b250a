"""A learnt anomaly model on disk."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from app.array_file import BROKEN, load_arrays, save_arrays
from app.errors import ModelError
from detectors.anomaly.features import FEATURES
from detectors.anomaly.forest import Forest, ForestError
from detectors.anomaly.model import Model

if TYPE_CHECKING:
    from pathlib import Path

VERSION = 1
NODE_ARRAYS = {"feature": "i4", "threshold": "f8", "left": "i4", "right": "i4", "path": "f8"}
ARRAYS = {"roots": "i8", **NODE_ARRAYS, "quantiles": "f8", "typical": "f8", "sample_path": "f8"}


def save_model(model: Model, path: Path) -> None:
    """Write a model."""
    forest = model.forest
    arrays = {name: getattr(forest, name) for name in ("roots", *NODE_ARRAYS)}
    more = {
        "quantiles": model.quantiles,
        "typical": model.typical,
        "sample_path": np.array([forest.sample_path]),
    }
    save_arrays(path, {**arrays, **more}, {"version": VERSION, **model.manifest})


def load_model(path: Path) -> Model:
    """Read a model; raises ModelError for a file that is none, is damaged, or was made for other features."""
    if not path.is_file():
        raise ModelError(f"{path}: no such model file")
    try:
        return _model(path)
    except (ForestError, *BROKEN) as error:
        raise ModelError(f"{path}: not a usable model: {error}") from None


def _model(path: Path) -> Model:
    arrays, manifest = load_arrays(path, ARRAYS, VERSION)
    told = {name: column.ravel() for name, column in arrays.items()}
    if manifest.get("features") != list(FEATURES):
        raise ValueError("made for other features: train it again")
    quantiles, typical = told.pop("quantiles"), told.pop("typical")
    if len(typical) != len(FEATURES) or not len(quantiles) or (np.diff(quantiles) < 0).any():
        raise ValueError("quantiles or typical values are damaged")
    scale = float(told.pop("sample_path")[0])
    return Model(Forest(sample_path=scale, features=len(FEATURES), **told), quantiles, typical, manifest)
