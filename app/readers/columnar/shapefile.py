"""Shapefiles (ESRI, 1998): points with a time among the attributes; .shp, .dbf and .prj belong together.

GDAL reads them as it reads GeoPackages, so its bindings are imported by the first shapefile that is read.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pyarrow as pa

from app.readers.base.aliases import ALIASES, plain
from app.readers.base.memory import by_size
from app.readers.base.naming import place_of
from app.readers.base.reader import Batch, ReadError
from app.readers.columnar.geopackage import BROKEN, LON_LAT
from app.readers.columnar.tables import GEOMETRY_NAMES, SAMPLED_ROWS, batch_from_arrow, check_rows

if TYPE_CHECKING:
    from app.readers.base.reader import ReadOptions, Source

MAGIC = b"\x00\x00\x27\x0a"
NAME_CHARS = 10
"""A .dbf cuts longer names of columns here."""
TAKEN_PER_BYTE = 12.0
"""At the peak; the attributes lie in a file of their own, several times the size of the places."""
ALONE = "{name}: a shapefile without its attributes: zip it with its .dbf, .shx and .prj"
NO_CLOCK = (
    "{name}: the dates of column {column!r} have no clock, as those of a .dbf never have: write the time as "
    "a text (2024-03-04 04:02:00), or export as GeoPackage or CSV"
)
NO_PROJECTION = "{name}: no .prj beside it: its places were taken for longitude and latitude"


class Shapefile:
    """Points with their attributes."""

    name = "shapefile"

    def recognises(self, head: bytes) -> bool:
        """Take the first bytes of a .shp."""
        return head.startswith(MAGIC)

    def takes_bytes(self, source: Source) -> float:
        """Return the memory it takes (`Reader.takes_bytes`)."""
        return by_size(source, TAKEN_PER_BYTE)

    def read(self, source: Source, options: ReadOptions) -> Batch:
        """Read the points. Raises ReadError where attributes or a time are missing, or for a projection."""
        if not source.path.with_suffix(".dbf").exists():
            raise ReadError(ALONE.format(name=source.name))
        crs, table = _table(source)
        check_rows(table.num_rows, source.name, options.free_bytes)
        if crs not in LON_LAT:
            raise ReadError(f"{source.name}: coordinates in {crs}; write them as longitude and latitude")
        _check_clock(table, source.name)
        names = table.column_names
        batch = batch_from_arrow(
            names, table[:SAMPLED_ROWS], lambda wanted: [table.select(wanted)], self.name, source, options
        )
        return batch if crs else _unprojected(batch, source.name)


def _table(source: Source) -> tuple[str | None, pa.Table]:
    """Return the reference system and the table, with whole names of columns."""
    import pyogrio  # noqa: PLC0415 - slow to load, see above

    try:
        meta, table = pyogrio.read_arrow(source.path)
    except BROKEN as fault:
        raise ReadError(f"{source.name}: damaged shapefile: {fault}") from fault
    geometry = meta.get("geometry_name") or "wkb_geometry"
    names = [GEOMETRY_NAMES[0] if name == geometry else _whole(name) for name in table.column_names]
    return meta["crs"], table.rename_columns(names)


def _whole(name: str) -> str:
    """Return the name that was cut, where one of ours begins like it.

    >>> _whole("BaseDateTi"), _whole("speed"), _whole("somethingx")
    ('basedatetime', 'speed', 'somethingx')
    """
    begun = plain(name)
    known = [alias for aliases in ALIASES.values() for alias in aliases]
    if len(name) < NAME_CHARS or begun in known:
        return name
    return next((alias for alias in known if alias.startswith(begun)), name)


def _check_clock(table: pa.Table, name: str) -> None:
    place = place_of("time", table.column_names)
    if place is not None and pa.types.is_date(table.schema.field(place).type):
        raise ReadError(NO_CLOCK.format(name=name, column=table.column_names[place]))


def _unprojected(batch: Batch, name: str) -> Batch:
    return replace(batch, warnings=(*batch.warnings, NO_PROJECTION.format(name=name)))
