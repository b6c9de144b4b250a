"""Every output format: name, media type, writer. A new format is one file and one line here."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from app.errors import OptionError
from app.outputs.cot import cot
from app.outputs.csv import narrow_csv, wide_csv
from app.outputs.ftm import ftm
from app.outputs.geopackage import geopackage
from app.outputs.json_lines import geojson, ndjson
from app.outputs.kml import kml
from app.outputs.parquet import parquet

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.outputs.flat import Collection


@dataclass(frozen=True)
class Format:
    """An output format. Its files end in one of `suffixes`, the usual one first.

    `write_wide` writes a column for every measure, where `write` does not.
    """

    name: str
    media_type: str
    write: Callable[[Collection], bytes]
    suffixes: tuple[str, ...]
    write_wide: Callable[[Collection], bytes] | None = None


FORMATS: dict[str, Format] = {
    each.name: each
    for each in (
        Format("geojson", "application/geo+json", geojson, ("geojson", "json")),
        Format("csv", "text/csv; charset=utf-8", narrow_csv, ("csv",), wide_csv),
        Format("parquet", "application/vnd.apache.parquet", parquet, ("parquet",)),
        Format("gpkg", "application/geopackage+sqlite3", geopackage, ("gpkg",)),
        Format("kml", "application/vnd.google-earth.kml+xml", kml, ("kml",)),
        Format("ndjson", "application/x-ndjson", ndjson, ("ndjson", "jsonl")),
        Format("ftm", "application/json+ftm", ftm, ("ftm.json", "ftm")),
        Format("cot", "application/x-cot", cot, ("cot",)),
    )
}


def name_for(file_name: str) -> str:
    """Return the name of the format that a file's name asks for: the longest ending counts.

    >>> name_for("events.ftm.json"), name_for("events.JSON"), name_for("events.doc"), name_for("events")
    ('ftm', 'geojson', 'doc', 'geojson')
    """
    lower = file_name.lower()
    asked = {suffix: each.name for each in FORMATS.values() for suffix in each.suffixes}
    found = [suffix for suffix in asked if lower.endswith(f".{suffix}")]
    if found:
        return asked[max(found, key=len)]
    _, dot, unknown = lower.rpartition(".")
    return unknown if dot else "geojson"


def format_named(name: str, *, is_wide: bool = False) -> Format:
    """Return a format, in its wide form if asked for; raises OptionError for one that does not exist."""
    if name not in FORMATS:
        raise OptionError(f"format: no format {name!r}: there are {', '.join(FORMATS)}")
    found = FORMATS[name]
    return replace(found, write=found.write_wide) if is_wide and found.write_wide else found
