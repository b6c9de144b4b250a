"""Compare our DPRK territorial sea with an independent polygon, which is not shipped.

Source: npm package @geo-maps/countries-maritime-10m 0.6.0 (from OpenStreetMap, ODbL). Run::

    npm pack @geo-maps/countries-maritime-10m@0.6.0 && tar xzf geo-maps-*.tgz
    python -m geodata.build.compare package/map.geo.json
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

import geopandas as gpd
import shapely

from geodata.geodesy import wgs84
from geodata.world import load_world

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

ALSOM = shapely.box(129.2, 40.2, 130.1, 40.9)  # an island 18 km out that the other one leaves out


def area_km2(shape: BaseGeometry) -> float:
    """Return the geodesic area of polygons."""
    parts = shapely.get_parts(shape)
    return sum(abs(float(wgs84().geometry_area_perimeter(part)[0])) for part in parts) / 1e6


def overlap(ours: BaseGeometry, theirs: BaseGeometry) -> float:
    """Return intersection over union."""
    return area_km2(ours.intersection(theirs)) / area_km2(ours.union(theirs))


def main() -> None:
    """Print areas and intersection over union of the two, land left out of both."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path, help="the package's map.geo.json")
    states = gpd.read_file(parser.parse_args().file, engine="pyogrio")
    world = load_world()
    land = world.shore.lands[0].geometry
    theirs = states[states["A3"] == "PRK"].geometry.make_valid().union_all().difference(land)
    ours = world.zone("dprk_territorial_sea").geometry.difference(land)
    print(f"ours {area_km2(ours):.0f} km2, theirs {area_km2(theirs):.0f} km2")
    print(f"intersection over union {overlap(ours, theirs):.4f}")
    apart = overlap(ours.difference(ALSOM), theirs.difference(ALSOM))
    print(f"the same without the waters around Alsom {apart:.4f}")
    for name, rest in (("ours", ours.difference(theirs)), ("theirs", theirs.difference(ours))):
        parts = sorted(shapely.get_parts(rest), key=area_km2, reverse=True)[:6]
        for part in parts:
            at = f"{part.centroid.x:.2f}E {part.centroid.y:.2f}N"
            print(f"only {name}: {area_km2(part):6.0f} km2 at {at}")


if __name__ == "__main__":
    main()
