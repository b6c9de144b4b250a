"""CPU seconds of each stage of a run over one CSV, beside polars' read of the same six columns.

`python benchmarks/stages.py [POSITIONS]`, default 10,000,000. Speeds of segments are measured by the first
detector that asks for them; detectors come in their order.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl
from speed import COLUMNS

from app.inputs.areas import parse_area
from app.options import RunOptions
from app.pipeline import settled
from app.readers import read_file
from app.resources import default_resources
from app.workers.memory import keep_memory
from app.workers.warmup import compile_kernels
from benchmarks.traffic import write_traffic
from detectors import KINDS
from detectors.behaviour.behaviour import Behaviour
from detectors.events.event import make_events
from detectors.reception.params import ReceptionParams
from detectors.reception.reception import Reception
from detectors.scene import Scene
from detectors.tracks.build import make_tracks
from detectors.vessels.watch_list import WatchList

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeVar

    T = TypeVar("T")

DEFAULT = 10_000_000


def main() -> None:
    """Write traffic and time each stage of a run over it."""
    size = int(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT
    compile_kernels()
    keep_memory()  # as workers and the command line do
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "traffic.csv"
        write_traffic(path, size)
        _stages(path)


def _stages(path: Path) -> None:
    spent: dict[str, float] = {}

    def timed(name: str, work: Callable[[], T]) -> T:
        started_s = time.process_time()
        done = work()
        spent[name] = time.process_time() - started_s
        return done

    timed("polars", lambda: pl.read_csv(path, columns=list(COLUMNS)))
    (batch,) = timed("read", lambda: read_file(path))
    tracks, _ = timed("order and segments", lambda: make_tracks(batch.reports))
    resources, options = default_resources(), RunOptions(area=parse_area("all"))
    reception = Reception(tracks, ReceptionParams(), None, resources.world.on_land)
    behaviour = Behaviour(tracks, resources.world, resources.model) if resources.model else None
    scene = Scene(tracks, resources.world, tracks.end_s, behaviour, reception)
    params = options.params
    detections = {
        kind.name: timed(kind.name, lambda kind=kind: kind.find(scene, params.of(kind)))
        for kind in KINDS
        if kind.find
    }
    found = tuple(f for d in detections.values() for f in (*d.findings, *d.candidates))
    for kind in KINDS:
        if kind.link:
            detections[kind.name] = timed(
                kind.name, lambda kind=kind: kind.link(scene, found, params.of(kind))
            )
    findings = [f for d in settled(detections, params).values() for f in d.findings]
    timed("events", lambda: make_events(findings, scene, WatchList(), options.area))
    for name, cpu_s in spent.items():
        print(f"{name:18} {cpu_s:7.2f} {cpu_s / spent['polars']:7.2f}")


if __name__ == "__main__":
    main()
