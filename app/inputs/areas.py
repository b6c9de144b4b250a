"""A user's own polygons: an area to tell events from, or zones for the chart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shapely import union_all

from app.errors import OptionError
from detectors.events.area import Area
from geodata.user_zones import UserZoneError, read_user_zones

if TYPE_CHECKING:
    from pathlib import Path

    from geodata.zones import Zone


def read_area(path: Path) -> Area:
    """Return the union of the polygons in a GeoJSON or GeoPackage file, in any reference system.

    Raises OptionError where the file cannot be read, or holds no polygon.
    """
    if not path.is_file():
        raise OptionError(f"area: {path} is neither dprk nor all nor a file")
    return Area("shape", union_all([zone.geometry for zone in read_zones(path)]))


def read_zones(path: Path) -> tuple[Zone, ...]:
    """Return the zones of a file, one a feature; raises OptionError that says which feature is wrong."""
    if not path.is_file():
        raise OptionError(f"zones: {path}: no such file")
    try:
        return read_user_zones(path)
    except UserZoneError as error:
        raise OptionError(str(error)) from None
