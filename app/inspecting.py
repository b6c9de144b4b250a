"""How track files are understood, told without detecting anything: `darkwake inspect`, `POST /v1/inspect`."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from app.errors import NoPositionsError
from app.interpreting import interpreting_while_cheap
from app.outputs.geojson import report_of
from app.pipeline import tracks_in
from app.reading import read_files

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from app.options import RunOptions
    from app.readers.containers.unpack import Limits
    from app.reading import TrackFile
    from app.report import Report
    from app.resources import Resources

TOLD = (
    "files",
    "format",
    "rows",
    "positions",
    "duplicates",
    "vessels",
    "start",
    "end",
    "rejects",
    "warnings",
)
"""Of the report of a run: what does not depend on detection."""


def inspection(
    files: Sequence[TrackFile],
    options: RunOptions,
    resources: Resources,
    limits: Limits,
    progress: Callable[[str], None] = lambda _: None,
) -> dict[str, Any]:
    """Return how each file was understood, ready to be written as JSON.

    A file without any usable position is told too: `positions` is then 0.
    """
    batches, faults = read_files(files, options, limits, progress)
    report = report_of(_report(batches, options, resources, faults, progress))
    return {name: report[name] for name in TOLD}


def _report(
    batches: list[Any],
    options: RunOptions,
    resources: Resources,
    faults: Sequence[str],
    progress: Callable[[str], None],
) -> Report:
    try:
        with interpreting_while_cheap() if resources.interprets else nullcontext():
            tracks, read, duplicates = tracks_in(batches, options, faults, progress)
    except NoPositionsError as error:
        return error.report
    return replace(
        read,
        positions=len(tracks.time_s),
        duplicates=duplicates,
        vessels=len(tracks.vessel),
        start_s=float(tracks.time_s.min()),
        end_s=float(tracks.time_s.max()),
    )
