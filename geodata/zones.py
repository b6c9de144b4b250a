"""Zones of the sea: who claims what, and how sure that is."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyarrow.parquet as pq
import shapely

if TYPE_CHECKING:
    from pathlib import Path

    from shapely.geometry.base import BaseGeometry

STATUSES = ("claimed", "indicative", "disputed", "working_area", "user")


@dataclass(frozen=True)
class Zone:
    """An area or line at sea with a name and a standing.

    Attributes
    ----------
    id : str
        Stable identifier, such as `dprk_territorial_sea`.
    name : str
        What to call it in a sentence.
    kind : str
        `territorial_sea`, `eez`, `military_boundary`, `disputed_waters`, `line`, `working_area`,
        `user`.
    status : str
        `claimed`: a state claims it, others may not accept it. `indicative`: drawn by us from the
        shore, no official line. `disputed`: more than one state claims it. `working_area`: a box
        of ours that adds weight and has no standing in law. `user`: loaded by the user.
    holder : str or None
        Two-letter code of the state that claims or holds it.
    note, source : str
        What to beware of, and where the shape comes from.
    geometry : shapely geometry
        Polygon, MultiPolygon or LineString; degrees, longitude first.
    """

    id: str
    name: str
    kind: str
    status: str
    holder: str | None
    note: str
    source: str
    geometry: BaseGeometry

    def __post_init__(self) -> None:
        if self.status not in STATUSES:
            raise ValueError(f"zone {self.id!r} has status {self.status!r}; use one of {', '.join(STATUSES)}")
        shapely.prepare(self.geometry)


def read_zones(path: Path) -> tuple[Zone, ...]:
    """Return the zones of a packaged Parquet file: attribute columns and geometry as WKB."""
    rows = pq.ParquetFile(path).read(use_threads=False).to_pylist()
    return tuple(Zone(geometry=shapely.from_wkb(row.pop("wkb")), **row) for row in rows)


def read_boxes(path: Path) -> tuple[Zone, ...]:
    """Return the zones of a packaged GeoJSON file whose properties are the zone's attributes."""
    features = json.loads(path.read_text(encoding="utf-8"))["features"]
    return tuple(
        Zone(geometry=shapely.from_geojson(json.dumps(feature["geometry"])), **feature["properties"])
        for feature in features
    )
