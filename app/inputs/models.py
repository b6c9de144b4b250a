"""A learnt anomaly model on disk."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import numpy as np

from app.errors import ModelError
from app.inputs.arrays import BROKEN, load_arrays, save_arrays
from detectors.behaviour.drift import Bins
from detectors.behaviour.features import FEATURES
from detectors.behaviour.field import FieldError, WaterField
from detectors.behaviour.forest import Forest, ForestError
from detectors.behaviour.model import Model

VERSION = 2
ARRAYS = {
    "feature": "u1",
    "threshold": "f4",
    "expected": "f8",
    "path": "f8",
    "sample_path": "f8",
    "cell": "i8",
    "ships": "i4",
    "speed_kn": "f4",
    "along": "f4",
    "across": "f4",
    "edges": "f8",
    "shares": "f8",
    "quantiles": "f8",
    "typical": "f8",
}
"""Forest, field of the water, drift bins, percentiles: names and types in the file."""

MANIFEST = ("windows", "vessels", "start", "end")
"""What the manifest of a model must hold of its training traffic."""

DEFAULT_MODEL = Path(__file__).parent / "packaged" / "default.npz"
"""The packaged model, learnt from simulated traffic (docs/model_card.md)."""


def save_model(model: Model, path: Path) -> None:
    """Write a model."""
    parts = (model.forest, model.field, model.bins, model)
    arrays = {
        name: np.atleast_1d(next(getattr(p, name) for p in parts if hasattr(p, name))) for name in ARRAYS
    }
    save_arrays(path, arrays, {"version": VERSION, **model.manifest})


def load_model(path: Path) -> Model:
    """Read a model; raises ModelError for a file that is none, is damaged, or was made for other features."""
    if not path.is_file():
        raise ModelError(f"{path}: no such model file")
    try:
        return _model(path)
    except (ForestError, FieldError, *BROKEN) as error:
        raise ModelError(f"{path}: not a usable model: {error}") from None


def _model(path: Path) -> Model:
    arrays, manifest = load_arrays(path, ARRAYS, VERSION)
    if manifest.get("features") != list(FEATURES):
        raise ValueError("made for other features: train it again")
    missing = [name for name in MANIFEST if name not in manifest]
    if missing:
        raise ValueError(f"its manifest lacks {', '.join(missing)}")
    if arrays["sample_path"].shape != (1,):
        raise ValueError("sample_path is no single number")
    columns = {
        cls: {f.name: arrays[f.name] for f in fields(cls) if f.name in arrays} for cls in (WaterField, Bins)
    }
    trees = {name: arrays[name] for name in ("feature", "threshold", "expected", "path")}
    forest = Forest(**trees, sample_path=float(arrays["sample_path"][0]), features=len(FEATURES))
    learnt = WaterField(**columns[WaterField]), arrays["quantiles"], arrays["typical"], Bins(**columns[Bins])
    return Model(forest, *learnt, manifest)
