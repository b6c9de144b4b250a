"""User zones, from GeoJSON or GeoPackage, in any reference system."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import shapely
from shapely.geometry.base import BaseGeometry

from geodata.zones import STATUSES, Zone

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping
    from pathlib import Path

    import geopandas as gpd

AREA_TYPES = ("Polygon", "MultiPolygon")


class UserZoneError(ValueError):
    """A file of zones cannot be used; the message says which feature and why."""


def read_user_zones(path: Path) -> tuple[Zone, ...]:
    """Return the zones of a GeoJSON or GeoPackage file.

    Each feature is a zone. Its properties may hold `id`, `name`, `kind`, `status`, `holder`,
    `note` and `source`; what is missing is filled from the file's name and the feature's number.
    An `id` that the world already has replaces that zone, see `World.with_zones`.

    Parameters
    ----------
    path : Path
        The file; GeoJSON counts as longitude and latitude, others must name their reference system.

    Raises
    ------
    UserZoneError
        When the file cannot be read, holds no polygons, names no reference system, a geometry is
        missing, invalid, no area or off the earth, an id occurs twice or a status is unknown.
    """
    frame = _lon_lat(_read(path), path.name)
    if frame.empty:
        raise UserZoneError(f"{path.name} holds no features; a zone is a Polygon or MultiPolygon")
    zones = tuple(
        _zone(properties, path, number) for number, properties in enumerate(frame.to_dict("records"), start=1)
    )
    seen: set[str] = set()
    for number, zone in enumerate(zones, start=1):
        if zone.id in seen:
            raise UserZoneError(f"{path.name}, feature {number}: the id {zone.id!r} occurs twice")
        seen.add(zone.id)
    return zones


def _read(path: Path) -> gpd.GeoDataFrame:
    import geopandas  # noqa: PLC0415 - a second to import, and only for users' files

    try:
        frame = geopandas.read_file(path, engine="pyogrio")
    except Exception as error:
        raise UserZoneError(f"{path.name} is no GeoJSON or GeoPackage: {error}") from error
    if not isinstance(frame, geopandas.GeoDataFrame):
        raise UserZoneError(f"{path.name} has no geometry; a zone is a Polygon or MultiPolygon")
    return frame


def _lon_lat(frame: gpd.GeoDataFrame, name: str) -> gpd.GeoDataFrame:
    if frame.crs is None:
        raise UserZoneError(
            f"{name} names no coordinate reference system; save it with one, such as EPSG:4326"
        )
    return frame.to_crs("EPSG:4326")


def _zone(properties: Mapping[Hashable, object], path: Path, number: int) -> Zone:
    where = f"{path.name}, feature {number}"
    geometry = properties["geometry"]
    if not isinstance(geometry, BaseGeometry):
        raise UserZoneError(f"{where} has no geometry; a zone is a Polygon or MultiPolygon")
    _check(geometry, where)
    attributes = {str(key): str(value) for key, value in properties.items() if _is_given(value)}
    status = attributes.get("status", "user")
    if status not in STATUSES:
        raise UserZoneError(f"{where}: status {status!r}; use one of {', '.join(STATUSES)}")
    stem = re.sub(r"[^a-z0-9]+", "_", path.stem.lower()).strip("_")
    zone_id = attributes.get("id", f"{stem}_{number}")
    return Zone(
        id=zone_id,
        name=attributes.get("name", zone_id),
        kind=attributes.get("kind", "user"),
        status=status,
        holder=attributes.get("holder"),
        note=attributes.get("note", "Loaded by the user."),
        source=attributes.get("source", path.name),
        geometry=shapely.force_2d(geometry),
    )


def _is_given(value: object) -> bool:
    """Return whether a property has a value: no None, no NaN, no empty text."""
    return value is not None and value == value and str(value).strip() != ""  # noqa: PLR0124 - NaN


def _check(geometry: BaseGeometry, where: str) -> None:
    if geometry.geom_type not in AREA_TYPES:
        raise UserZoneError(f"{where} is a {geometry.geom_type}; a zone is a Polygon or MultiPolygon")
    if geometry.is_empty:
        raise UserZoneError(f"{where} is an empty {geometry.geom_type}")
    if not geometry.is_valid:
        raise UserZoneError(f"{where} is not valid: {shapely.is_valid_reason(geometry)}")
    west, south, east, north = geometry.bounds
    if not (west >= -180.0 and east <= 180.0 and south >= -90.0 and north <= 90.0):  # noqa: PLR2004
        raise UserZoneError(
            f"{where} reaches from {west:.3f}, {south:.3f} to {east:.3f}, {north:.3f}; longitudes "
            "run from -180 to 180: cut a zone that crosses the antimeridian in two"
        )
