"""A learnt reception background on disk."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from app.errors import ReceptionError
from app.inputs.arrays import BROKEN, load_arrays, save_arrays
from detectors.kernels.reception.coverage import LEVELS
from detectors.reception.background import Background, BackgroundError
from detectors.reception.calibration import Ruler
from detectors.reception.coverage.cells import Cells

if TYPE_CHECKING:
    from pathlib import Path

VERSION = 1
ARRAYS = {"keys": "i8", "present": "f8", "heard": "f8", "lines": "f8", "ruler": "f8", "levels": "i8"}


def save_background(background: Background, path: Path) -> None:
    """Write a background."""
    cells = background.cells
    columns = {"keys": cells.keys, "present": cells.present, "heard": cells.heard}
    save_arrays(
        path,
        {
            **columns,
            "lines": background.lines,
            "ruler": np.array(background.ruler.line),
            "levels": np.array(LEVELS),
        },
        {"version": VERSION, **background.manifest},
    )


def load_background(path: Path) -> Background:
    """Read a background; raises ReceptionError for a file that is none, is damaged, or of another version."""
    if not path.is_file():
        raise ReceptionError(f"{path}: no such reception background")
    try:
        arrays, manifest = load_arrays(path, ARRAYS, VERSION)
        if arrays.pop("levels").tolist() != list(LEVELS):
            raise ValueError("made for squares of other sizes: learn it again")
        lines, ruler = arrays.pop("lines"), arrays.pop("ruler")
        if ruler.shape != (3,):
            raise ValueError("its calibration is damaged")
        return Background(Cells(**arrays), lines, Ruler(tuple(ruler.tolist())), manifest)
    except (BackgroundError, *BROKEN) as error:
        raise ReceptionError(f"{path}: not a usable reception background: {error}") from None
