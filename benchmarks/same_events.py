"""Show that a change of structure changes no event: write what two versions flag, and compare.

    python benchmarks/same_events.py write before/        # in a checkout of the version before
    python benchmarks/same_events.py write after/         # in the changed one
    python benchmarks/same_events.py compare before after [--names names.json] [--without-texts]

`write` runs the pipeline on every packaged story, on three simulated deliveries (dense, mixed, satellite
only), and on each file below the folder named by DARKWAKE_SHARED, and writes the whole answer of each as
JSON. Run time, software version and `params_hash` are left out. `--names` is a JSON object that maps old
names to new ones (keys and values of measures, parameters and codes; a table below the name of a kind
holds there alone); an old measure that was null wherever
it is gone counts as equal. `--without-texts` leaves out sentences. The exit code is 1 where anything
differs.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from app.errors import DarkwakeError
from app.inputs.areas import parse_area
from app.options import RunOptions
from app.outputs.geojson import collection
from app.pipeline import run
from app.readers.containers.unpack import Limits
from app.reading import TrackFile
from app.resources import default_resources
from app.simulator.settings import TrafficSettings
from app.simulator.story import load_story, story_names
from app.simulator.story_tracks import tracks_csv
from app.simulator.tables import traffic_csv
from app.simulator.traffic import make_traffic

if TYPE_CHECKING:
    from collections.abc import Iterator

Names = dict[str, Any]
"""New names by old ones; by the name of a kind, another such table that holds there alone."""

REGIMES = ("dense", "mixed", "satellite")
LEFT_OUT = frozenset({"params_hash", "software", "runtime_s"})
TEXTS = frozenset({"text", "summary", "warnings"})
ASKED = {"all": (), "anomaly": ("anomaly",)}
"""Runs of each file: every kind that runs unasked, and the one that must be asked for."""


def main() -> int:
    """Run the command line; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("write").add_argument("output", type=Path)
    compare = commands.add_parser("compare")
    compare.add_argument("before", type=Path)
    compare.add_argument("after", type=Path)
    compare.add_argument("--names", type=Path)
    compare.add_argument("--without-texts", action="store_true")
    asked = parser.parse_args()
    if asked.command == "write":
        return write(asked.output)
    names = json.loads(asked.names.read_text(encoding="utf-8")) if asked.names else {}
    return differences(asked.before, asked.after, names, without_texts=asked.without_texts)


def write(output: Path) -> int:
    """Write the answer to every input as one JSON file."""
    output.mkdir(parents=True, exist_ok=True)
    resources = default_resources()
    with tempfile.TemporaryDirectory() as folder:
        for name, path in inputs(Path(folder)):
            answers = {}
            for run_name, kinds in ASKED.items():
                options = RunOptions(area=parse_area("all"), kinds=kinds, sort="start")
                try:
                    answers[run_name] = collection(run([TrackFile(name, path)], options, resources, Limits()))
                except DarkwakeError as error:
                    answers[run_name] = {"error": str(error)}
            text = json.dumps(_plain(answers), indent=1, sort_keys=True, ensure_ascii=False)
            (output / f"{name}.json").write_text(text + "\n", encoding="utf-8")
    return 0


def inputs(folder: Path) -> Iterator[tuple[str, Path]]:
    """Yield each input by name: stories, deliveries, real files where there are any."""
    for story in story_names():
        yield f"story_{story}", _written(folder / f"{story}.csv", tracks_csv(load_story(story)))
    for regime in REGIMES:
        settings = TrafficSettings(seed=7, days=4, ships=120, regime=regime, deceptions=1, open_calls=2)
        traffic = make_traffic(settings, default_resources().world)
        yield f"delivery_{regime}", _written(folder / f"{regime}.csv", traffic_csv(traffic))
    shared = Path(os.environ.get("DARKWAKE_SHARED", "nowhere")) / "ais"
    for path in sorted(p for p in shared.rglob("*") if p.is_file() and p.suffix != ".md"):
        yield "real_" + "_".join(path.relative_to(shared).parts), path


def _written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def _plain(value: Any) -> Any:  # noqa: ANN401 - JSON
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items() if key not in LEFT_OUT}
    return [_plain(each) for each in value] if isinstance(value, (list, tuple)) else value


def differences(before: Path, after: Path, names: Names, *, without_texts: bool) -> int:
    """Print the first difference of each input; return 1 where there is one."""
    files = sorted({path.name for folder in (before, after) for path in folder.glob("*.json")})
    differing = 0
    for file in files:
        pair = [_loaded(folder / file) for folder in (before, after)]
        old, new = (_comparable(one, names, without_texts=without_texts) for one in pair)
        _drop_gone_nulls(old, new)
        if old != new:
            differing += 1
            print(f"{file}: {next(_paths(old, new))}")
    print(f"{len(files)} inputs, {differing} differ")
    return int(bool(differing) or not files)


def _loaded(path: Path) -> Any:  # noqa: ANN401 - JSON
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else None


def _comparable(value: Any, names: Names, *, without_texts: bool) -> Any:  # noqa: ANN401 - JSON
    """Return an answer with new names; `names` of a kind hold in its events and its account alone."""
    if isinstance(value, dict):
        names = _of_kind(str(value.get("kind")), names)
        kept = {key: each for key, each in value.items() if not (without_texts and key in TEXTS)}
        return {
            _renamed(key, names): _comparable(each, _of_kind(key, names), without_texts=without_texts)
            for key, each in kept.items()
        }
    if isinstance(value, list):
        return [_comparable(each, names, without_texts=without_texts) for each in value]
    return _renamed(value, names) if isinstance(value, str) else value


def _renamed(name: str, names: Names) -> str:
    new = names.get(name, name)
    return new if isinstance(new, str) else name


def _of_kind(key: str, names: Names) -> Names:
    of_kind = names.get(key)
    return {**names, **of_kind} if isinstance(of_kind, dict) else names


def _drop_gone_nulls(old: Any, new: Any) -> None:  # noqa: ANN401 - JSON
    """Remove from the old answer what was null there and is not stated any more."""
    if isinstance(old, dict) and isinstance(new, dict):
        for key in [key for key, value in old.items() if value is None and key not in new]:
            del old[key]
        for key in old.keys() & new.keys():
            _drop_gone_nulls(old[key], new[key])
    elif isinstance(old, list) and isinstance(new, list):
        for one, other in zip(old, new, strict=False):
            _drop_gone_nulls(one, other)


def _paths(old: Any, new: Any, where: str = "") -> Iterator[str]:  # noqa: ANN401 - JSON
    """Yield the places at which two answers differ."""
    if isinstance(old, dict) and isinstance(new, dict):
        for key in sorted(old.keys() | new.keys()):
            if old.get(key, "(absent)") != new.get(key, "(absent)"):
                yield from _paths(old.get(key, "(absent)"), new.get(key, "(absent)"), f"{where}.{key}")
    elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        for n, (one, other) in enumerate(zip(old, new, strict=True)):
            if one != other:
                yield from _paths(one, other, f"{where}[{n}]")
    else:
        yield f"{where}: {old!r:.200} is now {new!r:.200}"


if __name__ == "__main__":
    sys.exit(main())
