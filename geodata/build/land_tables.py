"""Land as a compact Parquet table of vertices; `geodata.shore.read_land` reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import shapely

if TYPE_CHECKING:
    from pathlib import Path

    from shapely.geometry.base import BaseGeometry

SMALLEST_PART_DEG2 = 1e-9  # some 10 m2: slivers of mending, no islands


def polygons_of(geometry: BaseGeometry) -> BaseGeometry:
    """Return the polygons of a geometry as one MultiPolygon, slivers left out."""
    parts = shapely.get_parts(shapely.get_parts(geometry))
    areas = (shapely.get_type_id(parts) == shapely.GeometryType.POLYGON) & (
        shapely.area(parts) > SMALLEST_PART_DEG2
    )
    return shapely.MultiPolygon(list(parts[areas]))


def rounded(geometry: BaseGeometry, step_deg: float) -> BaseGeometry:
    """Return polygons on a grid of that step, valid again."""
    return polygons_of(shapely.set_precision(geometry, step_deg))


def write_land(geometry: BaseGeometry, path: Path) -> None:
    """Write a MultiPolygon as a table with one vertex a row, in millionths of a degree."""
    polygons = shapely.get_parts(geometry)
    rings, polygon_of_ring = shapely.get_rings(polygons, return_index=True)
    counts = shapely.get_num_coordinates(rings)
    vertices = np.rint(shapely.get_coordinates(rings) * 1e6).astype(np.int32)
    ring = np.repeat(np.arange(len(rings), dtype=np.int32), counts)
    columns = {
        "polygon": np.repeat(polygon_of_ring.astype(np.int32), counts),
        "ring": ring,
        "lon_e6": vertices[:, 0],
        "lat_e6": vertices[:, 1],
    }
    pq.write_table(
        pa.table(columns),
        path,
        compression="zstd",
        compression_level=19,
        use_dictionary=False,
        column_encoding=dict.fromkeys(columns, "DELTA_BINARY_PACKED"),
        store_schema=False,
    )
    print(f"{path.name}: {len(polygons)} polygons, {len(vertices)} vertices")
