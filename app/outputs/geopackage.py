"""Events as GeoPackage."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.outputs.gdal import by_driver

if TYPE_CHECKING:
    from app.outputs.flat import Collection


def geopackage(collection: Collection) -> bytes:
    """Return one feature per event."""
    return by_driver(collection, "GPKG", "gpkg")
