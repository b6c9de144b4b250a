"""Make `natural_earth/land.parquet`: coarse land of the whole world.

Source: npm package world-atlas 2.0.2 (Natural Earth 4.1.0 at 1:50 million, public domain). Run::

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python -m geodata.build.land_coarse package
"""

from __future__ import annotations

import argparse
from pathlib import Path

import geopandas as gpd
import shapely

from geodata.build.land_tables import polygons_of, rounded, write_land
from geodata.build.pages import stamp
from geodata.layers import LAYERS_DIR
from geodata.world import THEATRE

STEP_DEG = 1e-4


def main() -> None:
    """Read the folder from the command line and write the layer."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="the package's folder with land-50m.json")
    folder = parser.parse_args().folder
    world = gpd.read_file(folder / "land-50m.json", layer="land", engine="pyogrio")
    mended = world.make_valid().union_all()
    land = rounded(polygons_of(mended.difference(shapely.box(*THEATRE))), STEP_DEG)
    assert land.is_valid, "the land is not valid"
    write_land(land, LAYERS_DIR / "natural_earth/land.parquet")
    stamp("natural_earth/land.parquet")


if __name__ == "__main__":
    main()
