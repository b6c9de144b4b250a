"""Events as JSON: one GeoJSON document, or one Feature a line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.outputs.flat import Collection


def geojson(collection: Collection) -> bytes:
    """Return the collection as one GeoJSON document, with the report of the run."""
    return json.dumps(collection, ensure_ascii=False, allow_nan=False).encode()


def ndjson(collection: Collection) -> bytes:
    """Return one Feature a line, as GeoJSON text sequences without the separator are commonly read."""
    lines = [json.dumps(f, ensure_ascii=False, allow_nan=False) for f in collection["features"]]
    return "".join(f"{line}\n" for line in lines).encode()
