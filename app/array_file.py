"""Plain arrays with a manifest in one .npz: how learnt things lie on disk. Checked on load, never pickled."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import numpy.typing as npt

MAX_BYTES = 256 << 20
"""Larger than anything learnt: a background of the whole world's coasts has some tens of megabytes."""

BROKEN = (ValueError, KeyError, OSError, EOFError, zipfile.BadZipFile)
"""What reading a damaged or crafted file raises."""


def save_arrays(path: Path, arrays: Mapping[str, npt.NDArray[Any]], manifest: Mapping[str, Any]) -> None:
    """Write arrays; the manifest goes along as JSON."""
    text = json.dumps(dict(manifest), sort_keys=True).encode()
    with path.open("wb") as target:
        np.savez_compressed(target, **arrays, manifest=np.frombuffer(text, dtype=np.uint8))  # type: ignore[arg-type]


def load_arrays(
    path: Path, kinds: Mapping[str, str], version: int
) -> tuple[dict[str, npt.NDArray[Any]], dict[str, Any]]:
    """Return arrays in the given types, and the manifest with the file's SHA-256.

    Raises one of `BROKEN` for a file that is too large, damaged, or of another version.
    """
    if path.stat().st_size > MAX_BYTES:
        raise ValueError(f"larger than {MAX_BYTES} bytes")
    data = path.read_bytes()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if sum(member.file_size for member in archive.infolist()) > MAX_BYTES:
            raise ValueError(f"unpacks to more than {MAX_BYTES} bytes")
    with np.load(io.BytesIO(data), allow_pickle=False) as file:
        arrays = {name: np.ascontiguousarray(file[name], dtype=kind) for name, kind in kinds.items()}
        manifest = json.loads(file["manifest"].tobytes())
    if not isinstance(manifest, dict) or manifest.get("version") != version:
        raise ValueError("made by another version: make it again")
    return arrays, {**manifest, "sha256": hashlib.sha256(data).hexdigest()}
