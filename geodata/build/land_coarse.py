"""Make `natural_earth/land.parquet`: coarse land of the whole world.

Source: npm package world-atlas 2.0.2 (Natural Earth 4.1.0 at 1:50 million, public domain). Run::

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python -m geodata.build.land_coarse package
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import shapely
from shapely import affinity

from geodata.build.land_tables import polygons_of, rounded, write_land
from geodata.build.pages import stamp
from geodata.layers import LAYERS_DIR
from geodata.world import REGION

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

STEP_DEG = 1e-4
WORLD = shapely.box(-180.0, -90.0, 180.0, 90.0)


def unwrapped(ring: shapely.LinearRing) -> BaseGeometry:
    """Return a ring whose longitudes never jump; one that goes round a pole is led over it.

    The source keeps its land in one piece across the antimeridian, so that its rings jump there.
    """
    lon, lat = shapely.get_coordinates(ring).T
    lon = np.unwrap(lon, period=360.0)
    points = np.column_stack((lon, lat))
    if abs(lon[-1] - lon[0]) > 180.0:  # noqa: PLR2004 - the ring goes round a pole
        pole = np.copysign(90.0, lat.mean())
        points = np.vstack((points, [[lon[-1], pole], [lon[0], pole]]))
    return shapely.make_valid(shapely.Polygon(points))


def moved(shape: BaseGeometry, shift_deg: float) -> BaseGeometry:
    """Return a shape turned round the earth's axis."""
    return affinity.translate(shape, xoff=shift_deg)


def in_one_world(polygon: shapely.Polygon) -> BaseGeometry:
    """Return a polygon of the source between -180 and 180 degrees, holes cut out."""
    holes = [unwrapped(hole) for hole in polygon.interiors]
    whole = unwrapped(polygon.exterior).difference(shapely.union_all(holes))
    pieces = [moved(whole, shift).intersection(WORLD) for shift in (-360.0, 0.0, 360.0)]
    return shapely.union_all(pieces)


def main() -> None:
    """Read the folder from the command line and write the layer."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="the package's folder with land-50m.json")
    folder = parser.parse_args().folder
    world = gpd.read_file(folder / "land-50m.json", layer="land", engine="pyogrio")
    parts = world.explode(ignore_index=True).geometry
    mended = shapely.union_all(
        [in_one_world(polygon) for polygon in parts if isinstance(polygon, shapely.Polygon)]
    )
    land = rounded(polygons_of(mended.difference(shapely.box(*REGION))), STEP_DEG)
    assert land.is_valid, "the land is not valid"
    write_land(land, LAYERS_DIR / "natural_earth/land.parquet")
    stamp("natural_earth/land.parquet")


if __name__ == "__main__":
    main()
