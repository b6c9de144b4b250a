"""Draw the demo story's tracks and events: `python docs/pictures/demo_map.py` (needs matplotlib)."""

import csv
import io
import json
import tempfile
from pathlib import Path

import matplotlib as mpl
import matplotlib.pyplot as plt
import shapely
from shapely.geometry import box

from app.options import RunOptions
from app.outputs.colours import BAND_COLOURS
from app.outputs.geojson import collection
from app.pipeline import run
from app.readers.containers.unpack import Limits
from app.reading import TrackFile
from app.resources import default_resources
from app.simulator.story import load_story
from app.simulator.story_tracks import tracks_csv
from geodata.layers import layer_path
from geodata.shore import read_land

WEST, SOUTH, EAST, NORTH = 121.8, 35.9, 126.2, 39.9
LABELS = ((-120, -95), (40, -70), (60, 40))
"""Where the texts stand beside their events, in points."""
TARGET = Path(__file__).with_name("demo_map.png")


def main() -> None:
    """Run the story as a user does and draw what came out."""
    mpl.use("Agg")
    text = tracks_csv(load_story("demo"))
    events = _events(text)
    figure, axes = plt.subplots(figsize=(9, 8.6), dpi=110)
    _chart(axes)
    _tracks(axes, text)
    for number, event in enumerate(events["features"], start=1):
        _event(axes, number, event)
    axes.set(xlim=(WEST, EAST), ylim=(SOUTH, NORTH), aspect=1.27)
    axes.set_xlabel("longitude, degrees")
    axes.set_ylabel("latitude, degrees")
    axes.set_title("Demo story: simulated tracks (grey) and the events that Darkwake reported", fontsize=11)
    figure.tight_layout()
    figure.savefig(TARGET)
    TARGET.with_suffix(".json").write_text(
        json.dumps([_label(e) for e in events["features"]], indent=1) + "\n"
    )


def _label(event: dict) -> dict:
    """Return what the picture says of an event: a test compares it with a run."""
    properties = event["properties"]
    return {
        "kind": properties["kind"],
        "duration_h": f"{properties['duration_h']:.1f}",
        "score": f"{properties['score']:.2f}",
        "band": properties["band"],
        "names": " + ".join(vessel["name"] for vessel in properties["vessels"]),
    }


def _events(text: str) -> dict:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "demo.csv"
        path.write_text(text, encoding="utf-8")
        done = run([TrackFile("demo.csv", path)], RunOptions(sort="start"), default_resources(), Limits())
    return collection(done)


def _chart(axes: plt.Axes) -> None:
    frame = box(WEST, SOUTH, EAST, NORTH)
    land = shapely.intersection(read_land(layer_path("land_region")), frame)
    for part in shapely.get_parts(land):
        axes.fill(*part.exterior.xy, color="#e7e1d3", ec="#b8ad94", lw=0.5, zorder=1)
    world = default_resources().world
    styles = (("dprk_territorial_sea", "-"), ("dprk_eez_claimed", "--"))
    for zone_id, style in styles:
        zone = world.zone(zone_id)
        for part in shapely.get_parts(shapely.intersection(zone.geometry, frame)):
            axes.plot(*part.exterior.xy, style, color="#5b7db1", lw=0.9, zorder=2)
        axes.plot([], [], style, color="#5b7db1", label=f"{zone.name} ({zone.status})")
    axes.legend(loc="lower right", fontsize=8, framealpha=0.9)


def _tracks(axes: plt.Axes, text: str) -> None:
    tracks: dict[str, list[tuple[float, float]]] = {}
    for row in csv.DictReader(io.StringIO(text)):
        tracks.setdefault(row["mmsi"], []).append((float(row["lon"]), float(row["lat"])))
    for places in tracks.values():
        axes.plot(*zip(*places, strict=True), ".", color="#9aa5b1", ms=1.2, zorder=3)


def _event(axes: plt.Axes, number: int, event: dict) -> None:
    properties, shape = event["properties"], event["geometry"]
    points = [shape["coordinates"]] if shape["type"] == "Point" else shape["coordinates"]
    colour = f"#{BAND_COLOURS[properties['band']]}"
    axes.plot(*zip(*points, strict=True), "o--", color=colour, ms=8, lw=1.4, zorder=5)
    says = _label(event)
    what = f"{number}. {says['kind']}, {says['duration_h']} h"
    label = f"{what}, score {says['score']} ({says['band']})\n{says['names']}"
    offset = LABELS[(number - 1) % len(LABELS)]
    axes.annotate(
        label,
        points[0],
        offset,
        textcoords="offset points",
        fontsize=8,
        color=colour,
        arrowprops={"arrowstyle": "-", "color": colour, "lw": 0.7},
        bbox={"facecolor": "white", "edgecolor": "none", "alpha": 0.85, "pad": 1.5},
        zorder=6,
    )


if __name__ == "__main__":
    main()
