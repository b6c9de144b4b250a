"""Plain arrays with a manifest in one .npz: the format of learnt files. Checked on load, never pickled."""

from __future__ import annotations

import hashlib
import io
import json
import tokenize
import zipfile
import zlib
from typing import TYPE_CHECKING, Any

import numpy as np

from app.writing import write_whole

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import numpy.typing as npt

MAX_BYTES = 256 << 20
"""Larger than anything learnt: a background of the whole world's coasts has some tens of megabytes."""

BROKEN = (
    *(ValueError, KeyError, TypeError, OSError, EOFError, RuntimeError, MemoryError),
    *(zipfile.BadZipFile, zlib.error, tokenize.TokenError),
)
"""What reading a damaged or crafted file raises: flipped bytes reach zip, inflate, the parser of array
headers and, as a size, memory."""


def save_arrays(path: Path, arrays: Mapping[str, npt.NDArray[Any]], manifest: Mapping[str, Any]) -> None:
    """Write arrays; the manifest goes along as JSON."""
    text = json.dumps(dict(manifest), sort_keys=True).encode()
    columns = {**arrays, "manifest": np.frombuffer(text, dtype=np.uint8)}
    write_whole(path, lambda target: np.savez_compressed(target, **columns))  # type: ignore[arg-type]


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
        arrays = {
            name: np.ascontiguousarray(_array(file, name).astype(kind, casting="same_kind"))
            for name, kind in kinds.items()
        }
        manifest = json.loads(_array(file, "manifest").tobytes(), parse_constant=_no_number)
    if not isinstance(manifest, dict) or manifest.get("version") != version:
        raise ValueError("made by another version: make it again")
    return arrays, {**manifest, "sha256": hashlib.sha256(data).hexdigest()}


def _array(file: Mapping[str, npt.NDArray[Any]], name: str) -> npt.NDArray[Any]:
    array = file[name]
    if not isinstance(array, np.ndarray):
        raise ValueError(f"{name} is not an array")  # noqa: TRY004 - a damaged file, not a wrong call
    return array


def _no_number(text: str) -> float:
    """Refuse NaN and Infinity: the manifest is part of reports, and JSON does not allow them."""
    raise ValueError(f"the manifest holds {text}")
