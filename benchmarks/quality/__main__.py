"""`python -m benchmarks.quality`: simulate traffic, run the detectors, write the page of results.

`--seeds 101-105 --regime dense,mixed,satellite --preset default,gfw -o docs/quality.md` are the page's own.
Use seeds 1 to 9 while choosing anything, and 101 and up only to report.
"""

from __future__ import annotations

import argparse
import os
import platform
import shlex
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from app.simulator.settings import TrafficSettings
from app.workers.warmup import compile_kernels
from benchmarks.quality.page import page
from benchmarks.quality.run import Job, work

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.quality.figures import Outcome
    from benchmarks.quality.run import Key

INTERVALS_S = (10.0, 60.0, 300.0, 600.0, 1800.0, 3600.0, 7200.0)
SLOW = {"days": 2.0, "ships": 90, "slot_s": 10.0, "transfers": 12, "clusters": 0, "dark_partners": 0}
SLOW |= {"switch_offs": 0, "look_alikes": 33}
DECEPTIVE = {
    "deceptions": 2,
    "open_calls": 2,
    "transfers": 2,
    "clusters": 0,
    "dark_partners": 1,
    "switch_offs": 3,
}
DECEPTIVE |= {"look_alikes": 22}
NAMES_AND_PLACES = ("port_call", "identity_change", "spoofing")


def main() -> None:
    """Run what is asked for and write the page."""
    asked = _asked()
    started_s = time.time()
    compile_kernels()
    base = TrafficSettings(days=asked.days, ships=asked.ships)
    presets = tuple(asked.preset.split(","))
    seeds = _seeds(asked.seeds)
    jobs = [
        Job(replace(base, seed=seed, regime=regime), presets, model=asked.model)
        for regime in asked.regime.split(",")
        for seed in seeds
    ]
    slow = (
        []
        if asked.no_intervals
        else [Job(replace(base, seed=seed, **SLOW), presets, INTERVALS_S) for seed in seeds]
    )
    deceptive = [
        replace(
            job, settings=replace(job.settings, **DECEPTIVE), presets=("default",), kinds=NAMES_AND_PLACES
        )
        for job in jobs
    ]
    with ProcessPoolExecutor(asked.jobs) as pool:
        outcomes = iter(pool.map(work, [*slow, *jobs, *deceptive]))
        by_interval = list(islice(outcomes, len(slow)))
        results, by_deception = (_by_regime(some, outcomes) for some in (jobs, deceptive))
    text = page(_about(asked, base), results, by_interval, by_deception)
    if asked.output:
        asked.output.write_text(text, encoding="utf-8")
    else:
        print(text)
    print(f"{time.time() - started_s:.0f} s", file=sys.stderr)


def _by_regime(
    jobs: list[Job], outcomes: Iterator[dict[Key, Outcome]]
) -> dict[str, list[dict[Key, Outcome]]]:
    by_regime: dict[str, list[dict[Key, Outcome]]] = {}
    for job in jobs:
        by_regime.setdefault(job.settings.regime, []).append(next(outcomes))
    return by_regime


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.quality", description=__doc__)
    parser.add_argument("--seeds", default="101-105", help="for instance 101-105 or 1,4,7")
    parser.add_argument("--regime", default="dense,mixed,satellite")
    parser.add_argument("--preset", default="default,gfw")
    parser.add_argument("--days", type=float, default=5.0)
    parser.add_argument("--ships", type=int, default=200)
    parser.add_argument(
        "--model", type=Path, default=None, help="an anomaly model, instead of the packaged one"
    )
    parser.add_argument(
        "--no-intervals", action="store_true", help="leave out the table by reporting interval"
    )
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("-o", "--output", type=Path, default=None, help="write the page here")
    return parser.parse_args()


def _seeds(text: str) -> list[int]:
    seeds: list[int] = []
    for part in text.split(","):
        first, _, last = part.partition("-")
        seeds += range(int(first), int(last or first) + 1)
    return seeds


def _about(asked: argparse.Namespace, base: TrafficSettings) -> dict[str, object]:
    names = ("ships", "days", "transfers", "clusters", "dark_partners", "switch_offs", "look_alikes")
    return {
        "command": shlex.join(["python", "-m", "benchmarks.quality", *sys.argv[1:]]),
        "date": f"{datetime.now(UTC):%Y-%m-%d}",
        "machine": f"{platform.machine()}, {os.cpu_count()} cores",
        "seeds": asked.seeds,
        **{name: getattr(base, name) for name in names},
    }


if __name__ == "__main__":
    main()
