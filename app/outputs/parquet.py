"""Events as GeoParquet."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.outputs.flat import Collection

GEOPARQUET_VERSION = "1.1.0"


def parquet(collection: Collection) -> bytes:
    """Return one row per event, with the metadata of GeoParquet 1.1; without a named system it is CRS84."""
    import pyarrow.parquet as pq  # noqa: PLC0415 - costs time that other formats need not pay

    from app.outputs.arrow import events_table  # noqa: PLC0415 - the same

    table = events_table(collection)
    kinds = sorted({feature["geometry"]["type"] for feature in collection["features"]})
    geo = {
        "version": GEOPARQUET_VERSION,
        "primary_column": "geometry",
        "columns": {"geometry": {"encoding": "WKB", "geometry_types": kinds}},
    }
    buffer = io.BytesIO()
    pq.write_table(table.replace_schema_metadata({"geo": json.dumps(geo)}), buffer)
    return buffer.getvalue()
