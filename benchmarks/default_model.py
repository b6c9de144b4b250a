"""Make the packaged anomaly model: the same bytes each time, on the same versions of numpy and scikit-learn.

    python -m benchmarks.default_model app/inputs/packaged/default.npz

Seeds 1 to 6 of the simulator, each delivered densely and by fewer receivers; no seed that is ever reported.
"""

from __future__ import annotations

import argparse
import os
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.inputs.models import save_model
from app.inputs.training import made_with
from app.outputs.geojson import rfc3339
from app.simulator.settings import TrafficSettings
from app.simulator.traffic import make_traffic
from detectors.behaviour.model import SIMULATOR
from detectors.behaviour.training import learn
from detectors.tracks.build import make_tracks
from geodata.world import load_world

if TYPE_CHECKING:
    from collections.abc import Sequence

    from detectors.tracks.tracks import Tracks

SEEDS = range(1, 7)
REGIMES = ("dense", "mixed")
"""Not satellites alone: half a day of that holds too few reports to say how a vessel moved."""

DESCRIBED = (
    "days",
    "ships",
    "slot_s",
    "transfers",
    "clusters",
    "dark_partners",
    "switch_offs",
    "look_alikes",
)


def main() -> None:
    """Simulate the traffic, learn, and write the file."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.default_model", description=__doc__)
    parser.add_argument("output", type=Path)
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    asked = parser.parse_args()
    with ProcessPoolExecutor(asked.jobs) as pool:
        feeds = list(pool.map(feed, settings()))
    model = learn(feeds, load_world(), about(feeds))
    save_model(model, asked.output)
    print(f"{model.manifest['windows']:,} windows, {asked.output.stat().st_size:,} bytes: {asked.output}")


def settings() -> list[TrafficSettings]:
    """Return the settings of the traffic to learn from."""
    return [TrafficSettings(seed=seed, regime=regime) for seed in SEEDS for regime in REGIMES]


def feed(one: TrafficSettings) -> Tracks:
    """Return the tracks of one simulation, as delivered."""
    traffic = make_traffic(one, load_world())
    tracks, _ = make_tracks(traffic.reports, traffic.statics)
    return tracks


def about(feeds: Sequence[Tracks]) -> dict[str, Any]:
    """Return the description of the training traffic in the manifest."""
    shared = asdict(settings()[0])
    return {
        "origin": SIMULATOR,
        "seeds": list(SEEDS),
        "regimes": list(REGIMES),
        "theatre": {name: shared[name] for name in DESCRIBED},
        "positions": sum(len(f) for f in feeds),
        "vessels": sum(len(f.vessel) for f in feeds),
        "start": rfc3339(min(f.start_s for f in feeds)),
        "end": rfc3339(max(f.end_s for f in feeds)),
        "made_with": made_with(),
    }


if __name__ == "__main__":
    main()
