"""CPU seconds and memory of a whole run against polars' read of the same columns: one run, one table.

`python benchmarks/speed.py [POSITIONS ...]`, default 1,000,000. Each step runs in a process of its own,
twice; the better is reported, since the machine may be busy with something else. Before its clock starts,
each writes to as much memory as it may need and releases it: where a virtual machine's host lends memory
when it is first written to, the host's work would be counted as the step's (`--cold`: it is).
"""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from detectors.tracks.tracks import Tracks

HERE = Path(__file__).resolve().parent
COLUMNS = ("mmsi", "timestamp", "lon", "lat", "sog", "cog")
STEPS = ("libraries", "polars", "read", "detect", "run", "parquet")
"""Nothing; polars' read; ours, into tracks; transfers and gaps too; a whole run; `detect` from Parquet."""
REPEATS = 2
COLD = "--cold"
TOUCHED_PER_FILE_BYTE = 2
"""No step takes more memory than so many times the size of the CSV."""


def main() -> None:
    """Write traffic, measure each step, print a table."""
    sizes = [int(each) for each in sys.argv[1:] if each.isdigit()] or [1_000_000]
    machine = platform.processor() or platform.machine()
    print(f"{machine}, {os.cpu_count()} cores, {datetime.now(UTC):%Y-%m-%d}")
    print(f"{'positions':>11} {'step':10} {'CPU s':>7} {'of polars':>9} {'peak MB':>8} {'B/position':>10}")
    with tempfile.TemporaryDirectory() as folder:
        for size in sizes:
            path = Path(folder) / f"traffic_{size}.csv"
            _traffic(path, size)
            _table(path, size)


def _traffic(path: Path, size: int) -> None:
    sys.path.insert(0, str(HERE))
    import polars as pl  # noqa: PLC0415 - only the parent makes traffic
    from traffic import write_traffic  # noqa: PLC0415 - the same

    write_traffic(path, size)
    pl.read_csv(path, try_parse_dates=True).write_parquet(path.with_suffix(".parquet"))


def _table(path: Path, size: int) -> None:
    best = {step: min((_measured(step, path) for _ in range(REPEATS)), key=lambda m: m[0]) for step in STEPS}
    base_s = best["polars"][0]
    for step, (cpu_s, peak_mb, held_mb) in best.items():
        extra = (peak_mb - held_mb) * 1e6 / size
        print(f"{size:11,} {step:10} {cpu_s:7.2f} {cpu_s / base_s:9.2f} {peak_mb:8.0f} {extra:10.0f}")


def _measured(step: str, path: Path) -> tuple[float, float, float]:
    command = [sys.executable, __file__, "--step", step, str(path), *({COLD} & set(sys.argv))]
    out = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    return float(out[0]), float(out[1]), float(out[2])


def _step(step: str, path: Path) -> None:
    """Do one step after everything is imported and compiled; print CPU seconds, peak MB, MB before."""
    import polars as pl  # noqa: PLC0415 - measured apart
    import pyarrow.compute  # noqa: F401, PLC0415 - polars asks for it at the first Parquet

    from app.inputs.areas import parse_area  # noqa: PLC0415 - measured apart
    from app.options import RunOptions  # noqa: PLC0415 - measured apart
    from app.pipeline import run  # noqa: PLC0415 - measured apart
    from app.readers import read_file  # noqa: PLC0415 - measured apart
    from app.readers.containers.unpack import Limits  # noqa: PLC0415 - measured apart
    from app.reading import TrackFile  # noqa: PLC0415 - measured apart
    from app.resources import default_resources  # noqa: PLC0415 - measured apart
    from app.workers.memory import keep_memory  # noqa: PLC0415 - measured apart
    from app.workers.warmup import compile_kernels  # noqa: PLC0415 - measured apart
    from detectors import dark_period, sts_transfer  # noqa: PLC0415 - measured apart
    from detectors.dark_period.gaps import gaps_of  # noqa: PLC0415 - measured apart
    from detectors.scene import Scene  # noqa: PLC0415 - measured apart
    from detectors.tracks.build import tracks_of  # noqa: PLC0415 - measured apart

    compile_kernels()
    if COLD not in sys.argv:
        _touch_memory(TOUCHED_PER_FILE_BYTE * path.stat().st_size)
    keep_memory()  # as workers and the command line do
    options = RunOptions(area=parse_area("all"))
    resources = default_resources()

    def read(path: Path) -> Tracks:
        (batch,) = read_file(path)
        columns, vessels = batch.reports.columns(), batch.reports.vessels
        del batch
        return tracks_of(columns, vessels)[0]

    def detect(path: Path) -> None:
        tracks = read(path)
        scene = Scene(tracks, resources.world, tracks.end_s)
        sts_transfer.KIND.find(scene, options.params.of(sts_transfer.KIND))
        gaps_of(scene, options.params.of(dark_period.KIND))

    work = {
        "libraries": lambda: None,
        "polars": lambda: pl.read_csv(path, columns=list(COLUMNS)),
        "read": lambda: read(path),
        "detect": lambda: detect(path),
        "run": lambda: run([TrackFile("traffic", path)], options, resources, Limits()),
        "parquet": lambda: detect(path.with_suffix(".parquet")),
    }
    held_mb = _memory_mb("VmRSS")
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")  # the peak of compiling is forgotten
    started_s = time.process_time()
    work[step]()
    cpu_s = time.process_time() - started_s
    print(cpu_s, _memory_mb("VmHWM"), held_mb)


def _touch_memory(size: int) -> None:
    """Write to memory and release it. The system clears it again for whoever takes it next."""
    import numpy as np  # noqa: PLC0415 - measured apart

    np.empty(size, np.uint8).fill(1)


def _memory_mb(key: str) -> float:
    """Return a figure of this process alone: `ru_maxrss` remembers the parent's through exec."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return float(status.split(f"{key}:")[1].split()[0]) * 1024e-6


if __name__ == "__main__":
    if "--step" in sys.argv:
        _step(sys.argv[2], Path(sys.argv[3]))
    else:
        main()
