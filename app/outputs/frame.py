"""Events as a table of geopandas, for formats that it writes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.outputs.flat import NARROW, wide_row

if TYPE_CHECKING:
    import geopandas as gpd

    from app.outputs.flat import Collection


def frame_of(collection: Collection) -> gpd.GeoDataFrame:
    """Return one row per event with its geometry, in longitude and latitude."""
    import geopandas as gpd  # noqa: PLC0415 - costs a second that other formats need not pay
    from shapely.geometry import shape  # noqa: PLC0415 - the same

    rows = [wide_row(feature) for feature in collection["features"]]
    shapes = [shape(f["geometry"]) for f in collection["features"]]
    columns = None if rows else list(NARROW)
    frame = gpd.GeoDataFrame(rows, columns=columns, geometry=shapes, crs="EPSG:4326")
    for name in frame.columns:
        if name.startswith(("mmsi_", "imo_")):
            frame[name] = frame[name].astype("Int64")
        elif {type(value) for value in frame[name].dropna()} == {bool}:
            frame[name] = frame[name].astype("boolean")
    return frame
