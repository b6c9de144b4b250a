"""Speeds that contradict the motion of their vessels: converted, and told in the report."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from detectors.tracks.speed_units import UNKNOWN_UNIT, speeds_in_knots

if TYPE_CHECKING:
    from app.report import FileRead, Report
    from detectors.tracks.speed_units import SpeedChange
    from detectors.tracks.tracks import Tracks

CONVERTED = "by the motion of {vessels} in {unit}: converted"
DROPPED = "by the motion of {vessels} in {unit}: not used"


def with_speeds_in_knots(tracks: Tracks, read: Report) -> tuple[Tracks, Report]:
    """Return tracks whose speeds agree with their motion, and a report that says what was changed."""
    ends = np.cumsum([file.rows for file in read.files])
    file_of_row = np.searchsorted(ends, tracks.source_row, side="right").astype(np.int64)
    speeds, changes = speeds_in_knots(tracks, file_of_row, max(1, len(ends)))
    if speeds is None:
        return tracks, read
    files = list(read.files)
    notes = []
    for change in changes:
        file = files[change.file]
        files[change.file] = _with_note(file, _text(change))
        notes.append(f"{file.name}: speeds are {_text(change)}")
    report = replace(read, files=tuple(files), warnings=(*read.warnings, *notes))
    return replace(tracks, sog_kn=speeds), report


def _text(change: SpeedChange) -> str:
    vessels = "all vessels" if change.vessels == change.of else f"{change.vessels} of {change.of} vessels"
    form = DROPPED if change.unit == UNKNOWN_UNIT else CONVERTED
    return form.format(vessels=vessels, unit=change.unit)


def _with_note(file: FileRead, note: str) -> FileRead:
    columns = tuple(
        replace(column, note="; ".join(filter(None, (column.note, note))))
        if column.read_as == "sog_kn"
        else column
        for column in file.columns
    )
    return replace(file, columns=columns)
