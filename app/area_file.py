"""A user's own area from a file of polygons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.errors import OptionError
from detectors.area import Area

if TYPE_CHECKING:
    from pathlib import Path


def read_area(path: Path) -> Area:
    """Return the union of the polygons in a GeoJSON or GeoPackage file, in any reference system.

    Raises OptionError where the file cannot be read, or holds no polygon.
    """
    import geopandas as gpd  # noqa: PLC0415 - costs a second that named areas need not pay
    from pyogrio.errors import DataLayerError, DataSourceError  # noqa: PLC0415 - the same

    if not path.is_file():
        raise OptionError(f"area: {path} is neither dprk nor all nor a file")
    try:
        frame = gpd.read_file(path)
    except (DataSourceError, DataLayerError) as error:
        raise OptionError(f"area: {path}: {error}") from None
    shapes = frame if frame.crs is None else frame.to_crs("EPSG:4326")
    polygons = shapes[shapes.geom_type.isin(["Polygon", "MultiPolygon"])].geometry
    if polygons.empty or not all(polygons.is_valid):
        raise OptionError(f"area: {path} holds no valid polygon")
    return Area("shape", polygons.union_all())
