"""GeoPackage (OGC 12-128): tables of points with a time column, read by GDAL.

GDAL's bindings bring pandas with them, more than a second of loading: they are imported by the first
GeoPackage that is read, not by everyone who reads anything.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from app.readers.base.batches import joined
from app.readers.base.memory import by_size
from app.readers.base.reader import Batch, ReadError
from app.readers.columnar.tables import GEOMETRY_NAMES, SAMPLED_ROWS, batch_from_arrow, check_rows

if TYPE_CHECKING:
    import pyarrow as pa

    from app.readers.base.reader import ReadOptions, Source

MAGIC = b"SQLite format 3\x00"
APPLICATION_ID = slice(68, 72)
APPLICATION_IDS = (b"GPKG", b"GP10", b"GP11")
LON_LAT = ("EPSG:4326", "OGC:CRS84", None)
BROKEN = (RuntimeError, OSError, ValueError)
"""What pyogrio raises on damaged files: its own errors are all RuntimeErrors."""

TAKEN_PER_BYTE = 3.0
"""At the peak (benchmarks/readers.py)."""


class GeoPackage:
    """Every layer with a time and points, or with columns for longitude and latitude."""

    name = "geopackage"

    def recognises(self, head: bytes) -> bool:
        """Take SQLite files that call themselves GeoPackage."""
        return head.startswith(MAGIC) and head[APPLICATION_ID] in APPLICATION_IDS

    def takes_bytes(self, source: Source) -> float:
        """Return the memory it takes (`Reader.takes_bytes`)."""
        return by_size(source, TAKEN_PER_BYTE)

    def read(self, source: Source, options: ReadOptions) -> Batch:
        """Read all layers that hold tracks. Raises ReadError where none does."""
        with tempfile.TemporaryDirectory(prefix="darkwake-") as folder:
            link = Path(folder) / "file.gpkg"  # GDAL wants the ending
            link.symlink_to(source.path.resolve())
            parts, faults = [], []
            for layer in _layers(link, source.name):
                try:
                    parts.append(_layer(link, layer, source, options))
                except ReadError as fault:
                    faults.append(f"layer {layer}: {fault}")
        if not parts:
            raise ReadError("; ".join(faults) or f"{source.name}: a GeoPackage without layers")
        return joined(parts)


def _layers(path: Path, name: str) -> list[str]:
    import pyogrio  # noqa: PLC0415 - slow to load, see above

    try:
        return [str(layer) for layer, _ in pyogrio.list_layers(path)]
    except BROKEN as fault:
        raise ReadError(f"{name}: damaged GeoPackage: {fault}") from fault


def _layer(path: Path, layer: str, source: Source, options: ReadOptions) -> Batch:
    import pyogrio  # noqa: PLC0415 - slow to load, see above

    try:
        meta, table = pyogrio.read_arrow(path, layer=layer, datetime_as_string=False)
    except BROKEN as fault:
        raise ReadError(f"{source.name}: damaged GeoPackage: {fault}") from fault
    check_rows(table.num_rows, source.name, options.free_bytes)
    if meta["crs"] not in LON_LAT:
        raise ReadError(f"{source.name}: coordinates in {meta['crs']}; write them as longitude and latitude")
    geometry = meta.get("geometry_name") or "wkb_geometry"
    names = [GEOMETRY_NAMES[0] if n == geometry else n for n in table.column_names]
    renamed: pa.Table = table.rename_columns(names)
    return batch_from_arrow(
        names,
        renamed[:SAMPLED_ROWS],
        lambda wanted: [renamed.select(wanted)],
        GeoPackage.name,
        source,
        options,
    )
