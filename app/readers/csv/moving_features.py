"""OGC Moving Features simple CSV (14-084r2): segments of tracks, times as offsets."""

from __future__ import annotations

import csv
import dataclasses
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from app.readers.base.aliases import plain
from app.readers.base.memory import by_size
from app.readers.base.reader import Batch, ReadError
from app.readers.base.rejects import Reject
from app.readers.base.whole import check_whole
from app.readers.csv.lines import LONGEST_LINE_BYTES
from app.readers.json.shapes.tracks import batch_from_tracks
from app.readers.values.numbers import MISSING_TEXTS, floats
from app.readers.values.times import epoch_seconds

if TYPE_CHECKING:
    from app.readers.base.reader import ReadOptions, Source
    from detectors.tracks.reports import Float64

BOUND, COLUMNS = "@stboundedby", "@columns"
UNITS_S = {"sec": 1.0, "minute": 60.0, "hour": 3600.0, "day": 86400.0}
FIRST_TIME_FIELD, UNIT_FIELD = 5, 7
FEWEST_FIELDS = 4
HEADER_ROWS = 2
ATTRIBUTES_FROM = 4

TAKEN_PER_BYTE = 19.0
"""At the peak (benchmarks/readers.py)."""


class MfCsv:
    """Rows of object, start, end, and the vertices passed between them, evenly spread in time."""

    name = "mf-csv"

    def recognises(self, head: bytes) -> bool:
        """Take a text that begins with the boundary line of the format."""
        return head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(BOUND.encode())

    def takes_bytes(self, source: Source) -> float:
        """Return the memory it takes (`Reader.takes_bytes`)."""
        return by_size(source, TAKEN_PER_BYTE)

    def read(self, source: Source, options: ReadOptions) -> Batch:
        """Read all segments. Raises ReadError where the two header lines are missing."""
        check_whole(source, "its segments are joined to tracks")
        with source.path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
            lines = [(i, line[:LONGEST_LINE_BYTES].strip()) for i, line in enumerate(file, 1)]
        rows = [(number, next(csv.reader([line]), [])) for number, line in lines if line]
        clock = _clock(rows[0][1], source.name)
        if len(rows) <= HEADER_ROWS or rows[1][1][0] != COLUMNS:
            raise ReadError(f"{source.name}: MF-CSV without a {COLUMNS} line and rows after it")
        names = [plain(name) for name in rows[1][1][3::2]]
        tracks, broken = _tracks(rows[HEADER_ROWS:], clock, names)
        batch = batch_from_tracks(tracks, source.name, options, self.name)
        for number, row in broken:
            batch.rejects.add(Reject.NOT_A_RECORD, number, ",".join(row))
        return dataclasses.replace(batch, rows=batch.rows + len(broken))


@dataclasses.dataclass(frozen=True)
class _Clock:
    """How the times of rows count: from when, in what unit; absolute times are read as they are."""

    start_s: float
    unit_s: float | None

    def seconds(self, texts: list[str]) -> Float64:
        """Return epoch seconds of times as rows write them, NaN where they are none.

        All of a file at once: a call for each takes milliseconds.
        """
        column = pl.Series(texts, dtype=pl.String)
        if self.unit_s is None:
            return epoch_seconds(column, is_utc=True).time_s
        offsets = floats(column.str.strip_chars().cast(pl.Float64, strict=False))
        seconds = self.start_s + offsets * self.unit_s
        return np.where(np.isfinite(seconds), seconds, np.nan)


def _clock(bound: list[str], name: str) -> _Clock:
    if len(bound) <= UNIT_FIELD or bound[0] != BOUND:
        raise ReadError(f"{name}: the first line should be {BOUND} with reference, bounds and unit")
    start_s = float(epoch_seconds(pl.Series([bound[FIRST_TIME_FIELD]])).time_s[0])
    return _Clock(start_s, UNITS_S.get(bound[UNIT_FIELD].strip().lower()))


def _tracks(
    rows: list[tuple[int, list[str]]], clock: _Clock, names: list[str]
) -> tuple[list[object], list[tuple[int, list[str]]]]:
    """Return tracks of our own shape; an end that begins the next segment is given once."""
    found: dict[str, list[dict[str, object]]] = {}
    broken = []
    texts = ([row[n] if n < len(row) else "" for _, row in rows] for n in (1, 2))
    starts_s, ends_s = map(clock.seconds, texts)
    for (number, row), start_s, end_s in zip(rows, starts_s, ends_s, strict=True):
        vertices = _vertices(row)
        if not vertices:
            broken.append((number, row))
            continue
        attributes = dict(zip(names, row[ATTRIBUTES_FROM:], strict=False))
        positions = found.setdefault(row[0], [])
        for time_s, place in zip(np.linspace(start_s, end_s, len(vertices)).tolist(), vertices, strict=True):
            position = {"time": None if np.isnan(time_s) else time_s, **place, **attributes}
            last = positions[-1] if positions else {}
            if all(last.get(key) == position[key] for key in ("time", "lon", "lat")):
                last.update(attributes)  # the attributes of the segment that begins here hold from here on
            else:
                positions.append(position)
    tracks: list[object] = [
        {"vessel": {"id": own_id}, "positions": positions} for own_id, positions in found.items()
    ]
    return tracks, broken


def _vertices(row: list[str]) -> list[dict[str, object]]:
    if len(row) < FEWEST_FIELDS or row[0].lower() in MISSING_TEXTS:
        return []
    numbers = row[3].split()
    if len(numbers) % 2:
        return []
    return [{"lon": lon, "lat": lat} for lon, lat in zip(numbers[::2], numbers[1::2], strict=True)]
