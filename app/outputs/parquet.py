"""Events as GeoParquet."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from app.outputs.frame import frame_of

if TYPE_CHECKING:
    from app.outputs.flat import Collection


def parquet(collection: Collection) -> bytes:
    """Return one row per event."""
    buffer = io.BytesIO()
    frame_of(collection).to_parquet(buffer)
    return buffer.getvalue()
