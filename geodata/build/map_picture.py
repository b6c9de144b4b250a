"""Make `docs/layers.png`: all layers on one map, and Korea in detail.

Run::

    pip install matplotlib
    python -m geodata.build.map_picture
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import geopandas as gpd
import matplotlib.pyplot as plt  # type: ignore[import-not-found, unused-ignore]
import shapely
from matplotlib.lines import Line2D  # type: ignore[import-not-found, unused-ignore]

from geodata.world import REGION, World, load_world

PICTURE = Path(__file__).parents[2] / "docs/layers.png"
KOREA = (122.5, 36.8, 134.2, 43.2)
COLOUR_OF_KIND = {
    "territorial_sea": "#4a7fb0",
    "eez": "#c9803a",
    "military_boundary": "#b03a3a",
    "disputed_waters": "#7a3ab0",
    "line": "#000000",
    "working_area": "#2f8f4e",
}
MARKER_OF_KIND = {"anchorage": "v", "pilot_station": "s", "port": "o", "harbour": "."}


def draw(axes: Any, world: World, box: tuple[float, float, float, float], size: float) -> None:  # noqa: ANN401 - matplotlib is a build tool, its types need not be there
    """Draw land, zones and ports within a box."""
    west, south, east, north = box
    frame = shapely.box(*box)
    land = shapely.simplify(world.shore.lands[0].geometry, size / 20)
    gpd.GeoSeries([land.intersection(frame)]).plot(ax=axes, color="#d8d3c8", linewidth=0)
    for zone in world.zones:
        colour = COLOUR_OF_KIND[zone.kind]
        shape = gpd.GeoSeries([zone.geometry.intersection(frame)])
        dashes = "--" if zone.kind in {"working_area", "military_boundary"} else "-"
        if zone.kind == "line":
            shape.plot(ax=axes, color=colour, linewidth=1.6)
            continue
        fill = 0.0 if dashes == "--" else 0.25
        shape.plot(ax=axes, color=colour, alpha=fill, linewidth=0)
        shape.boundary.plot(ax=axes, color=colour, linewidth=0.9, linestyle=dashes)
    for kind, marker in MARKER_OF_KIND.items():
        ports = [port for port in world.ports if port.kind == kind]
        ours = [port for port in ports if port.country == "KP"]
        for group, colour in ((ports, "#777777"), (ours, "#a00000")):
            lon, lat = [port.lon for port in group], [port.lat for port in group]
            axes.scatter(lon, lat, s=size * 40, c=colour, marker=marker, linewidths=0, zorder=3)
    axes.set(xlim=(west, east), ylim=(south, north), aspect=1.25, xlabel="lon", ylabel="lat")


def main() -> None:
    """Draw the picture."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    world = load_world()
    figure, (whole, korea) = plt.subplots(1, 2, figsize=(17, 8.4), width_ratios=(1, 1.15))
    draw(whole, world, REGION, 0.12)
    draw(korea, world, KOREA, 0.35)
    handles = [
        Line2D([], [], color=colour, label=kind.replace("_", " ")) for kind, colour in COLOUR_OF_KIND.items()
    ]
    handles.append(Line2D([], [], color="#a00000", marker="o", ls="", label="DPRK port"))
    korea.legend(handles=handles, loc="upper left", fontsize=8)
    whole.set_title("All layers. Indicative, not for navigation, no view on any claim.", fontsize=9)
    korea.set_title("Waters of the DPRK", fontsize=9)
    figure.savefig(PICTURE, dpi=90, bbox_inches="tight")
    print(f"{PICTURE.name}: {PICTURE.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
