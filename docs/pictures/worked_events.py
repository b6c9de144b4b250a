"""Make docs/worked_events.md and its pictures: `python docs/pictures/worked_events.py` (needs matplotlib)."""

import csv
import io
import tempfile
import tomllib
from pathlib import Path

import matplotlib as mpl
import matplotlib.pyplot as plt
import shapely
from shapely.geometry import box, shape

from app.inputs.areas import parse_area
from app.options import RunOptions
from app.outputs.geojson import collection
from app.pipeline import run
from app.readers.containers.unpack import Limits
from app.reading import TrackFile
from app.resources import default_resources
from app.simulator.story import load_story
from app.simulator.story_tracks import tracks_csv
from geodata.layers import layer_path
from geodata.shore import read_land

HERE = Path(__file__).parent
PAGE = HERE.parent / "worked_events.md"
COLOURS = ("#c81e1e", "#1d4ed8", "#047857", "#a16207")
PRIOR = "the log-odds from which every score of this kind starts, before any reason counts"
MARGIN, LEAST_DEG = 0.15, 0.8
SHAPE = 1.75
"""Degrees of longitude for one of latitude that fill a picture at 37 degrees north."""

HEAD = """# Ten worked events

What an analyst does with an event:

1. Take the highest score first, and read the sentence: who, when, where, and what it is consistent with.
2. Read the reasons for it and against it, and ask of each whether it could be otherwise.
   Their weights add up to the score.
3. Look at the reports that it rests on (`evidence_rows`: file, row, vessel and time).
4. Decide: open a case, ask somebody for something, or close it. An event proves nothing.

Ten events follow, from a strong one to one that is as innocent as its score says.
Each comes from a packaged story (`darkwake simulate STORY`), so everyone can run it again.

- Grey: all vessels of the story.
- Colours: the vessels of the event.
- Black ring or line: the place of the event.
- The score is the logistic function of the sum of the prior and of all weights.

Made by `python docs/pictures/worked_events.py`; do not edit.
"""


def main() -> None:
    """Run each story as a user does, draw its event, and write the page."""
    mpl.use("Agg")
    cases = tomllib.loads((HERE / "worked_events.toml").read_text(encoding="utf-8"))["event"]
    worked = [(case, *_event_of(case)) for case in cases]
    worked.sort(key=lambda each: -each[1]["properties"]["score"])
    parts = [HEAD, _contents(worked)]
    for number, (case, event, text) in enumerate(worked, start=1):
        picture = f"worked_{number:02d}.png"
        _draw(event, text, HERE / picture)
        parts.append(_section(number, case, event, picture))
    PAGE.write_text("\n".join(parts), encoding="utf-8")


def _event_of(case: dict) -> tuple[dict, str]:
    text = tracks_csv(load_story(case["story"]))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "story.csv"
        path.write_text(text, encoding="utf-8")
        options = RunOptions(area=parse_area("all"))
        answer = collection(run([TrackFile("story.csv", path)], options, default_resources(), Limits()))
    of_kind = [e for e in answer["features"] if e["properties"]["kind"] == case["kind"]]
    return max(of_kind, key=lambda e: e["properties"]["score"]), text


def _contents(worked: list) -> str:
    rows = []
    for number, (case, event, _) in enumerate(worked, start=1):
        properties = event["properties"]
        link = f"[{case['title']}](#{number})"
        rows.append(
            f"| {number} | {link} | `{case['kind']}` | {properties['score']:.2f} | {properties['band']} |"
        )
    return "\n".join(["| | event | kind | score | band |", "|--:|---|---|--:|---|", *rows, ""])


def _section(number: int, case: dict, event: dict, picture: str) -> str:
    properties = event["properties"]
    reasons = sorted(properties["reasons"], key=lambda r: -abs(r["weight"]))
    rows = [f"| {r['weight']:+.2f} | `{r['name']}` | {r['text']} |" for r in reasons if r["weight"]]
    total = properties["score_prior"] + sum(r["weight"] for r in reasons)
    silent = ", ".join(f"`{r['name']}`" for r in reasons if not r["weight"]) or "none"
    return "\n".join(
        [
            f'## <a id="{number}"></a>{number}. {case["title"]}',
            "",
            f"Story `{case['story']}`.",
            "",
            f"![Tracks and event](pictures/{picture})",
            "",
            f"> {properties['summary']}",
            "",
            "**What an analyst would do**",
            "",
            *(f"- {line}" for line in case["do"].strip().splitlines()),
            "",
            "| weight | reason | meaning |",
            "|--:|---|---|",
            f"| {properties['score_prior']:+.2f} | `prior` | {PRIOR} |",
            *rows,
            f"| **{total:+.2f}** | **sum** | score {properties['score']:.2f}, {properties['band']} |",
            "",
            f"Reasons without weight: {silent}.",
            "",
        ]
    )


def _draw(event: dict, text: str, target: Path) -> None:
    tracks: dict[str, list[tuple[float, float]]] = {}
    for row in csv.DictReader(io.StringIO(text)):
        tracks.setdefault(row["mmsi"], []).append((float(row["lon"]), float(row["lat"])))
    theirs = [v["id"] for v in event["properties"]["vessels"]]
    where = shape(event["geometry"])
    frame = _frame([where, *(shapely.MultiPoint(tracks[key]) for key in theirs)])
    figure, axes = plt.subplots(figsize=(6.4, 4.6), dpi=80)
    for part in shapely.get_parts(shapely.intersection(read_land(layer_path("land_region")), frame)):
        axes.fill(*part.exterior.xy, color="#e7e1d3", ec="#b8ad94", lw=0.5, zorder=1)
    for key, places in tracks.items():
        if key not in theirs:
            axes.plot(*zip(*places, strict=True), ".", color="#9aa5b1", ms=1.0, zorder=2)
    for key, colour in zip(theirs, COLOURS * len(theirs), strict=False):
        axes.plot(*zip(*tracks[key], strict=True), ".", color=colour, ms=1.8, zorder=3, label=key)
    for part in getattr(where, "geoms", [where]):
        style = "o" if part.geom_type == "Point" else "o--"
        axes.plot(*part.xy, style, color="black", mfc="none", ms=9, lw=1.0, zorder=4)
    west, south, east, north = frame.bounds
    axes.set(xlim=(west, east), ylim=(south, north), aspect=1.25)
    axes.legend(loc="best", fontsize=7, markerscale=4)
    axes.tick_params(labelsize=7)
    figure.tight_layout()
    figure.savefig(target)
    plt.close(figure)


def _frame(shapes: list) -> shapely.Polygon:
    """Return the part of the map that shows the vessels of the event, somewhat wider than their tracks."""
    west, south, east, north = shapely.union_all(shapes).bounds
    wide, high = (max(b - a, LEAST_DEG) for a, b in ((west, east), (south, north)))
    x, y = (west + east) / 2, (south + north) / 2
    high = max(high, wide / SHAPE)
    half_x, half_y = (size * (0.5 + MARGIN) for size in (high * SHAPE, high))
    return box(x - half_x, y - half_y, x + half_x, y + half_y)


if __name__ == "__main__":
    main()
