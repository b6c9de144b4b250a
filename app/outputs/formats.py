"""Every output format: name, media type, writer. A new format is one file and one line here."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from app.errors import OptionError
from app.outputs.csv import narrow_csv, wide_csv
from app.outputs.geopackage import geopackage
from app.outputs.json_lines import geojson, ndjson
from app.outputs.kml import kml
from app.outputs.parquet import parquet

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.outputs.flat import Collection


@dataclass(frozen=True)
class Format:
    """An output format. `name` is also the suffix of its files.

    `write_wide` writes a column for every measure, where `write` does not.
    """

    name: str
    media_type: str
    write: Callable[[Collection], bytes]
    write_wide: Callable[[Collection], bytes] | None = None


FORMATS: dict[str, Format] = {
    each.name: each
    for each in (
        Format("geojson", "application/geo+json", geojson),
        Format("csv", "text/csv; charset=utf-8", narrow_csv, write_wide=wide_csv),
        Format("parquet", "application/vnd.apache.parquet", parquet),
        Format("gpkg", "application/geopackage+sqlite3", geopackage),
        Format("kml", "application/vnd.google-earth.kml+xml", kml),
        Format("ndjson", "application/x-ndjson", ndjson),
    )
}


def format_named(name: str, *, is_wide: bool = False) -> Format:
    """Return a format, in its wide form if asked for; raises OptionError for one that does not exist."""
    if name not in FORMATS:
        raise OptionError(f"format: no format {name!r}: there are {', '.join(FORMATS)}")
    found = FORMATS[name]
    return replace(found, write=found.write_wide) if is_wide and found.write_wide else found
