"""A learnt model on disk: plain arrays and a manifest in one .npz, checked on load, never pickled."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from typing import TYPE_CHECKING

import numpy as np

from app.errors import ModelError
from detectors.anomaly.features import FEATURES
from detectors.anomaly.forest import Forest, ForestError
from detectors.anomaly.model import Model

if TYPE_CHECKING:
    from pathlib import Path

VERSION = 1
MAX_BYTES = 64 << 20
NODE_ARRAYS = {"feature": "i4", "threshold": "f8", "left": "i4", "right": "i4", "path": "f8"}
ARRAYS = {"roots": "i8", **NODE_ARRAYS, "quantiles": "f8", "typical": "f8", "sample_path": "f8"}


def save_model(model: Model, path: Path) -> None:
    """Write a model; the manifest goes along as JSON."""
    forest = model.forest
    arrays = {name: getattr(forest, name) for name in ("roots", *NODE_ARRAYS)}
    manifest = json.dumps({"version": VERSION, **model.manifest}, sort_keys=True)
    with path.open("wb") as target:
        np.savez_compressed(
            target,
            **arrays,
            quantiles=model.quantiles,
            typical=model.typical,
            sample_path=np.array([forest.sample_path]),
            manifest=np.frombuffer(manifest.encode(), dtype=np.uint8),
        )


def load_model(path: Path) -> Model:
    """Read a model; raises ModelError for a file that is none, is damaged, or was made for other features."""
    if not path.is_file():
        raise ModelError(f"{path}: no such model file")
    data = path.read_bytes()
    if len(data) > MAX_BYTES:
        raise ModelError(f"{path}: larger than any model, {MAX_BYTES} bytes at most")
    try:
        return _model(data)
    except (ForestError, ValueError, KeyError, OSError, EOFError, zipfile.BadZipFile) as error:
        raise ModelError(f"{path}: not a usable model: {error}") from None


def _model(data: bytes) -> Model:
    _refuse_bombs(data)
    with np.load(io.BytesIO(data), allow_pickle=False) as file:
        told = {name: np.ascontiguousarray(file[name], dtype=kind).ravel() for name, kind in ARRAYS.items()}
        manifest = json.loads(file["manifest"].tobytes())
    if manifest.get("version") != VERSION or manifest.get("features") != list(FEATURES):
        raise ValueError("made for other features or by another version: train it again")
    quantiles, typical = told.pop("quantiles"), told.pop("typical")
    if len(typical) != len(FEATURES) or not len(quantiles) or (np.diff(quantiles) < 0).any():
        raise ValueError("quantiles or typical values are damaged")
    scale = float(told.pop("sample_path")[0])
    forest = Forest(sample_path=scale, features=len(FEATURES), **told)
    return Model(forest, quantiles, typical, {**manifest, "sha256": hashlib.sha256(data).hexdigest()})


def _refuse_bombs(data: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if sum(member.file_size for member in archive.infolist()) > MAX_BYTES:
            raise ValueError(f"unpacks to more than {MAX_BYTES} bytes")
