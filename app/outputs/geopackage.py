"""Events as GeoPackage: a layer for each type of geometry, and tables of reasons and vessels."""

from __future__ import annotations

import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from app.outputs.flat import with_milliseconds

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pyarrow as pa

    from app.outputs.flat import Collection

LAYERS = {
    "Point": "events_point",
    "LineString": "events_linestring",
    "MultiLineString": "events_multilinestring",
}
"""The layer of each type of geometry."""

LAYERS_OF_NOTHING = ("Point", "LineString")
"""The layers of an answer without events, so that it opens as any other."""

JOINED_BY = "Joined to the event layers by event_id, which is their id"


def geopackage(collection: Collection) -> bytes:
    """Return the events in a layer for each type of geometry, with the tables `reasons` and `vessels`.

    `event_id` of a reason or a vessel is the `id` of its event. No relation is registered: the Related Tables
    extension wants a table of pairs for each layer and table, which map tools list as further layers.
    The same answer gives the same bytes: the time of the last change is that up to which the data speak.
    """
    import pyarrow as pa  # noqa: PLC0415 - costs time that other formats need not pay
    import pyarrow.compute as pc  # noqa: PLC0415 - the same

    from app.outputs.arrow import events_table, reasons_table, vessels_table  # noqa: PLC0415 - the same

    events = events_table(collection)
    kinds = pa.array([feature["geometry"]["type"] for feature in collection["features"]], pa.string())
    present = kinds.unique().to_pylist() or LAYERS_OF_NOTHING
    with tempfile.TemporaryDirectory() as folder, _changed_at(with_milliseconds(collection["report"]["now"])):
        path = Path(folder) / "events.gpkg"
        for kind in (each for each in LAYERS if each in present):
            _write_layer(path, LAYERS[kind], events.filter(pc.equal(kinds, kind)), kind)
        _write_table(path, "reasons", reasons_table(collection))
        _write_table(path, "vessels", vessels_table(collection))
        return path.read_bytes()


@contextmanager
def _changed_at(time: str) -> Iterator[None]:
    import pyogrio  # noqa: PLC0415 - costs time that other formats need not pay

    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": time})
    try:
        yield
    finally:
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": None})


def _write_layer(path: Path, layer: str, table: pa.Table, geometry_type: str) -> None:
    import pyogrio  # noqa: PLC0415 - costs time that other formats need not pay

    place = {"geometry_name": "geometry", "geometry_type": geometry_type, "crs": "EPSG:4326"}
    pyogrio.write_arrow(table, path, layer=layer, driver="GPKG", **place)


def _write_table(path: Path, name: str, table: pa.Table) -> None:
    import pyogrio  # noqa: PLC0415 - costs time that other formats need not pay

    pyogrio.write_arrow(table, path, layer=name, driver="GPKG", layer_options={"DESCRIPTION": JOINED_BY})
