"""Events as KML."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.outputs.gdal import by_driver

if TYPE_CHECKING:
    from app.outputs.flat import Collection


def kml(collection: Collection) -> bytes:
    """Return one feature per event."""
    return by_driver(collection, "LIBKML", "kml")
