"""Compile the kernels once per machine, so that no request waits for it."""

from __future__ import annotations

import csv
import io
import os
import tempfile
from datetime import datetime
from multiprocessing import util
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from app.options import RunOptions
from app.pipeline import detect_events, run
from app.readers.base.reader import Batch
from app.readers.base.rejects import RejectLog
from app.readers.containers.unpack import Limits
from app.readers.csv.plain import plain_table
from app.reading import TrackFile
from app.resources import Resources, default_resources
from app.simulator.story import load_story
from app.simulator.story_tracks import tracks_csv
from app.workers.forkserver import context, die_with_parent
from detectors.behaviour.forest import Forest
from detectors.behaviour.motion import STEP_S, STEPS
from detectors.kernels.spoofing.lines import straightest
from detectors.kernels.tracks.fixes import Fixes
from detectors.kernels.tracks.resample import resampled
from detectors.tracks.reports import Reports, StaticReport
from geodata.jit import all_compiled

if TYPE_CHECKING:
    from multiprocessing.process import BaseProcess


ONE_TREE = Forest(
    feature=np.zeros((1, 1), dtype=np.uint8),
    threshold=np.zeros((1, 1), dtype=np.float32),
    expected=np.ones((1, 1)),
    path=np.ones((1, 2)),
    sample_path=1.0,
    features=1,
)
"""The smallest forest: it compiles what a model needs, where there is no model."""

FEW = 30
"""One report in this many of the demo story touches all that a run needs of the chart, in little time."""

WARMING = ("demo", "lightering_seen_by_satellite")
"""Stories that reach, together, every kernel of a run; a test holds that none is left out."""

NICENESS = 19
"""Priority of the compiler process, below that of the service's requests."""


def compile_kernels(niceness: int = 0) -> None:
    """Run stories, and the kernels that they leave out; every process then uses the cache."""
    os.nice(niceness)
    resources = default_resources()
    for story in WARMING:
        run_story(story, resources)
    resources.world.sea_distance_between_m(124.0, 38.0, np.array([123.0]), np.array([37.0]))
    row = np.zeros((1, ONE_TREE.features))
    ONE_TREE.scores(row)
    ONE_TREE.credits(row)
    a_day = np.arange(0.0, 86_400.0, 3600.0)
    one_track = np.array([0]), np.array([len(a_day)])
    straightest(np.zeros((2, 3)), np.zeros(2), 1, 1.0, 1.0)
    compile_plain_rows()
    resampled(Fixes(a_day, np.zeros(len(a_day)), np.zeros(len(a_day))), *one_track, STEP_S, STEPS)


def compile_plain_rows() -> None:
    """Read one plain row: the demo story is too short for the loop that reads large files."""
    table = plain_table(",", 1, {"mmsi": (0, pl.Int64)}, None)
    if table:
        table.frame(np.frombuffer(b"412000001\n", dtype=np.uint8), 1)


def run_story(name: str, resources: Resources) -> None:
    """Run a story, as a file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{name}.csv"
        path.write_text(tracks_csv(load_story(name)), encoding="utf-8")
        run([TrackFile(path.name, path)], RunOptions(), resources, Limits())


def examine_few(resources: Resources) -> None:
    """Examine some reports of the demo story, without a file to read: polars starts no thread."""
    detect_events([few_of_demo()], RunOptions(), resources)


def few_of_demo() -> Batch:
    """Return one report in `FEW` of the demo story, with static data."""
    rows = list(csv.DictReader(io.StringIO(tracks_csv(load_story("demo")))))[::FEW]
    time_s = [datetime.fromisoformat(row["timestamp"]).timestamp() for row in rows]
    numbers = {
        column: [float(row[name]) for row in rows]
        for name, column in (("lon", "lon_deg"), ("lat", "lat_deg"), ("sog", "sog_kn"), ("cog", "cog_deg"))
    }
    reports = Reports.of([int(row["mmsi"]) for row in rows], time_s, **numbers)
    names = {int(row["mmsi"]): row["name"] for row in rows}
    statics = tuple(StaticReport(mmsi, time_s[0], name=name) for mmsi, name in names.items())
    return Batch("demo", len(reports), reports, RejectLog("demo"), statics)


def _compile_in_background() -> None:
    die_with_parent()
    tempfile.tempdir = (
        util.get_temp_dir()
    )  # removed with the service, which kills this process if it has not ended
    compile_kernels(NICENESS)


def start_compiling() -> BaseProcess | None:
    """Compile in a background process where the cache is empty; None where it is not."""
    if all_compiled():
        return None
    process = context().Process(target=_compile_in_background, daemon=True)
    process.start()
    return process
