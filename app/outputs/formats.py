"""Every output format: name, media type, writer. A new format is one file and one line here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.errors import OptionError
from app.outputs.csv import csv
from app.outputs.geopackage import geopackage
from app.outputs.json_lines import geojson, ndjson
from app.outputs.kml import kml
from app.outputs.parquet import parquet

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.outputs.flat import Collection


@dataclass(frozen=True)
class Format:
    """An output format. `name` is also the suffix of its files."""

    name: str
    media_type: str
    write: Callable[[Collection], bytes]


FORMATS: dict[str, Format] = {
    each.name: each
    for each in (
        Format("geojson", "application/geo+json", geojson),
        Format("csv", "text/csv; charset=utf-8", csv),
        Format("parquet", "application/vnd.apache.parquet", parquet),
        Format("gpkg", "application/geopackage+sqlite3", geopackage),
        Format("kml", "application/vnd.google-earth.kml+xml", kml),
        Format("ndjson", "application/x-ndjson", ndjson),
    )
}


def format_named(name: str) -> Format:
    """Return a format; raises OptionError for one that does not exist."""
    if name not in FORMATS:
        raise OptionError(f"format: no format {name!r}: there are {', '.join(FORMATS)}")
    return FORMATS[name]
