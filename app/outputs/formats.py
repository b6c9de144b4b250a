"""Events in the formats that other tools open."""

from __future__ import annotations

import io
import json
import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    import geopandas as gpd

Collection = dict[str, Any]

NOT_XML = re.compile(r"[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Signs that no XML may hold (XML 1.0, production 2)."""

VESSEL_FIELDS = ("mmsi", "id", "imo", "name", "callsign", "flag", "ship_type_text", "length_m")
"""What a flat table tells of each vessel, with `_1`, `_2` after the name."""

PLAIN_FIELDS = (
    "kind", "start", "end", "duration_h", "score", "score_prior", "band", "summary", "params_hash", "version",
    "software",
)  # fmt: skip


def export(collection: Collection, file_format: str) -> bytes:
    """Return the collection's bytes in a format named in `FORMATS`."""
    return FORMATS[file_format](collection)


def flat_rows(collection: Collection) -> list[dict[str, Any]]:
    """Return one flat row per event.

    Vessel fields end in the vessel's number (`mmsi_1`, `mmsi_2`), each measure has its column, reasons and
    areas are text, and the position is that of the event's first point.
    """
    return [_flat(feature) for feature in collection["features"]]


def _flat(feature: dict[str, Any]) -> dict[str, Any]:
    properties = feature["properties"]
    row = {"event_id": feature["id"]} | {name: properties[name] for name in PLAIN_FIELDS}
    row["lon_deg"], row["lat_deg"] = _first_point(feature["geometry"]["coordinates"])
    for number, vessel in enumerate(properties["vessels"], start=1):
        row |= {f"{name}_{number}": vessel[name] for name in VESSEL_FIELDS}
        row[f"listed_{number}"] = vessel["listed"]["entry"] if vessel["listed"] else None
    row |= properties["measures"]
    row = {name: _plain(value) for name, value in row.items()}
    row["reasons"] = "; ".join(f"{r['text']} ({r['weight']:+.2f})" for r in properties["reasons"])
    for name in ("areas", "members", "part_of"):
        row[name] = "; ".join(properties[name])
    return row


def _plain(value: object) -> object:
    """Return text without signs that XML cannot hold: names come from the air."""
    if not isinstance(value, str):
        return value
    return NOT_XML.sub("", value).replace("]]>", "]]")


def _first_point(coordinates: list[Any]) -> list[float]:
    return coordinates if isinstance(coordinates[0], float) else _first_point(coordinates[0])


def _geojson(collection: Collection) -> bytes:
    return json.dumps(collection, ensure_ascii=False, allow_nan=False).encode()


def _ndjson(collection: Collection) -> bytes:
    """One Feature a line, as GeoJSON text sequences without the separator are commonly read."""
    lines = [json.dumps(f, ensure_ascii=False, allow_nan=False) for f in collection["features"]]
    return "".join(f"{line}\n" for line in lines).encode()


def _csv(collection: Collection) -> bytes:
    import polars as pl  # noqa: PLC0415 - costs time that other formats need not pay

    rows = flat_rows(collection)
    columns = list(dict.fromkeys(name for row in rows for name in row)) or ["event_id", *PLAIN_FIELDS]
    table = [{name: _safe(row.get(name)) for name in columns} for row in rows]
    frame = pl.DataFrame(table, schema=columns, infer_schema_length=None, strict=False)
    return frame.write_csv().encode()


def _safe(value: object) -> object:
    """Return a value that a spreadsheet does not run: names come from the air, and may begin with =."""
    return f"'{value}" if isinstance(value, str) and value[:1] in "=+-@\t\r" else value


def _frame(collection: Collection) -> gpd.GeoDataFrame:
    import geopandas as gpd  # noqa: PLC0415 - costs a second that other formats need not pay
    from shapely.geometry import shape  # noqa: PLC0415 - the same

    rows = flat_rows(collection)
    shapes = [shape(f["geometry"]) for f in collection["features"]]
    columns = None if rows else ["event_id", *PLAIN_FIELDS]
    frame = gpd.GeoDataFrame(rows, columns=columns, geometry=shapes, crs="EPSG:4326")
    for name in frame.columns:
        if name.startswith(("mmsi_", "imo_")):
            frame[name] = frame[name].astype("Int64")
        elif {type(value) for value in frame[name].dropna()} == {bool}:
            frame[name] = frame[name].astype("boolean")
    return frame


def _parquet(collection: Collection) -> bytes:
    buffer = io.BytesIO()
    _frame(collection).to_parquet(buffer)
    return buffer.getvalue()


def _by_driver(driver: str, suffix: str) -> Callable[[Collection], bytes]:
    """Return a writer through GDAL, which wants a file of its own."""

    def write(collection: Collection) -> bytes:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / f"events.{suffix}"
            frame = _frame(collection)
            frame.to_file(path, driver=driver, layer="events", engine="pyogrio")
            return path.read_bytes()

    return write


FORMATS: dict[str, Callable[[Collection], bytes]] = {
    "geojson": _geojson,
    "csv": _csv,
    "parquet": _parquet,
    "gpkg": _by_driver("GPKG", "gpkg"),
    "kml": _by_driver("LIBKML", "kml"),
    "ndjson": _ndjson,
}
"""Every output format: its name on the command line, and its writer."""
