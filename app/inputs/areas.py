"""An area or user zones: by name, as GeoJSON, or from a file of polygons."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from shapely import GeometryCollection, get_num_coordinates, is_valid_reason
from shapely.errors import ShapelyError
from shapely.geometry import shape

from app.errors import OptionError
from detectors.events.area import Area, on_the_globe
from geodata.user_zones import UserZoneError, read_user_zones

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from shapely.geometry.base import BaseGeometry

    from geodata.zones import Zone

AREAS = ("dprk", "all")
VERTICES_MAX = 100_000
"""Of an area. The packaged shore of the whole region has fewer; more only cost time."""

AREA_EXAMPLE = '{"type": "Polygon", "coordinates": [[[124, 37], [126, 37], [126, 39], [124, 37]]]}'


def read_area(path: Path) -> Area:
    """Return the union of the polygons in a GeoJSON or GeoPackage file, in any reference system.

    Raises OptionError where the file cannot be read, or holds no polygon.
    """
    if not path.is_file():
        raise OptionError(f"area: {path} is neither dprk nor all nor a file")
    return Area("shape", _together([zone.geometry for zone in read_zones(path)]))


def read_zones(path: Path) -> tuple[Zone, ...]:
    """Return the zones of a file, one a feature; raises OptionError that says which feature is wrong."""
    if not path.is_file():
        raise OptionError(f"zones: {path}: no such file")
    try:
        return read_user_zones(path)
    except UserZoneError as error:
        raise OptionError(str(error)) from None


def parse_area(value: str | Mapping[str, object]) -> Area:
    """Return an area by its name, or from GeoJSON (geometry, feature or collection; lon, lat degrees)."""
    if value in AREAS:
        return Area(str(value))
    if isinstance(value, str):
        if not value.lstrip().startswith("{"):
            raise OptionError(f"area: {value!r} is neither {' nor '.join(AREAS)} nor GeoJSON")
        try:
            value = json.loads(value)
        except (ValueError, RecursionError) as error:
            raise OptionError(f"area: not valid JSON: {error}") from None
    if not isinstance(value, dict):
        raise OptionError("area: GeoJSON is an object with a type")
    return Area("shape", _polygonal(value))


def _polygonal(value: Mapping[str, object]) -> BaseGeometry:
    try:
        shapes = [shape(each) for each in _geometries(value)]  # type: ignore[arg-type]
    except (ShapelyError, ValueError) as error:
        raise OptionError(f"area: not a valid GeoJSON geometry: {error}") from None
    except (KeyError, TypeError, AttributeError, IndexError, OverflowError, RecursionError):
        raise OptionError(f"area: not a valid GeoJSON geometry; for instance {AREA_EXAMPLE}") from None
    try:
        return _together([each for each in shapes if each.area > 0])
    except ValueError as error:
        raise OptionError(f"area: {error}") from None


def _together(shapes: Sequence[BaseGeometry]) -> BaseGeometry:
    """Return shapes as one, on the globe; raises OptionError for too many vertices, and for what is invalid.

    They are not united: what crosses a thousand times would take seconds, and any of them holds an event.
    """
    vertices = int(get_num_coordinates(shapes).sum())
    if vertices > VERTICES_MAX:
        raise OptionError(f"area: {vertices:,} vertices, more than {VERTICES_MAX:,}: simplify its outline")
    if not shapes:
        raise OptionError("area: needs at least one valid Polygon or MultiPolygon in lon, lat degrees")
    for each in shapes:
        if not each.is_valid:
            raise OptionError(f"area: not a valid polygon in lon, lat degrees: {is_valid_reason(each)}")
    return (
        GeometryCollection([on_the_globe(each) for each in shapes])
        if len(shapes) > 1
        else on_the_globe(shapes[0])
    )


def _geometries(value: Mapping[str, object]) -> list[object]:
    if value.get("type") == "FeatureCollection":
        features = value.get("features")
        return [f["geometry"] for f in features] if isinstance(features, list) else []
    return [value["geometry"]] if value.get("type") == "Feature" else [value]
