"""Writing through GDAL, which writes to a file."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from app.outputs.frame import frame_of

if TYPE_CHECKING:
    from app.outputs.flat import Collection


def by_driver(collection: Collection, driver: str, suffix: str) -> bytes:
    """Return the file that a driver of GDAL writes, with one layer `events`."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"events.{suffix}"
        frame_of(collection).to_file(path, driver=driver, layer="events", engine="pyogrio")
        return path.read_bytes()
