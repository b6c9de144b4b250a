"""JSON documents and NDJSON: parsed safely, then read by shape."""

from __future__ import annotations

import dataclasses
import re
from typing import TYPE_CHECKING

import numpy as np
from pydantic_core import from_json

from app.readers.base import Batch, ReadError
from app.readers.csv_lines import bounded_lines
from app.readers.rejects import EXAMPLE_TEXT_CHARS, Reject
from app.readers.shapes.aishub import AisHub
from app.readers.shapes.aisstream import AisStream
from app.readers.shapes.base import Parsed, Shape
from app.readers.shapes.flat import SHAPES_READ, Flat
from app.readers.shapes.geojson import GeoJson
from app.readers.shapes.gpsd import Gpsd
from app.readers.shapes.marinetraffic import MarineTrafficArrays
from app.readers.shapes.tracks import TracksShape
from app.readers.shapes.vesselfinder import VesselFinder

if TYPE_CHECKING:
    from pathlib import Path

    from app.readers.base import ReadOptions, Source

SHAPES: tuple[Shape, ...] = (
    TracksShape(),
    GeoJson(),
    AisHub(),
    MarineTrafficArrays(),
    VesselFinder(),
    AisStream(),
    Gpsd(),
    Flat(),
)
"""Every shape of JSON that is read, in the order of asking; flat records take what is left."""

LARGEST_JSON_BYTES = 1 << 30
LONGEST_RECORD_BYTES = 1 << 26
"""A line of NDJSON may hold a whole track."""
BOM = b"\xef\xbb\xbf"
OPENING = re.compile(rb"(?:\xef\xbb\xbf)?\s*[\[{]")


class Json:
    """One JSON document."""

    name = "json"

    def recognises(self, head: bytes) -> bool:
        """Take what opens like a JSON document."""
        return OPENING.match(head) is not None

    def read(self, source: Source, options: ReadOptions) -> Batch:
        """Read the whole document. Raises ReadError where it is broken or of no known shape."""
        if source.path.stat().st_size > LARGEST_JSON_BYTES:
            raise ReadError(
                f"{source.name}: a JSON document of more than {LARGEST_JSON_BYTES >> 20:,} MiB; "
                "write one record per line (NDJSON) or cut it by day"
            )
        document = parsed(source.path.read_bytes(), source.name)
        return _by_shape(Parsed(document, self.name, source.name, options))


class NdJson:
    """One JSON object per line."""

    name = "ndjson"

    def recognises(self, head: bytes) -> bool:
        """Take what has a whole JSON object on its first line and begins one on the next."""
        lines = [line for line in head.removeprefix(BOM).split(b"\n") if line.strip()]
        return len(lines) > 1 and lines[1].lstrip().startswith(b"{") and _is_object(lines[0])

    def read(self, source: Source, options: ReadOptions) -> Batch:
        """Read all lines; a line that is no JSON object is a counted reject."""
        numbers, records, broken = _lines(source.path)
        line = np.array(numbers, dtype=np.int64)
        batch = _by_shape(Parsed(records, self.name, source.name, options, line))
        for number, text in broken:
            batch.rejects.add(Reject.NOT_A_RECORD, number, text)
        return dataclasses.replace(batch, rows=batch.rows + len(broken))


def parsed(content: bytes, name: str) -> object:
    """Parse a JSON document. Raises ReadError that says where it is broken."""
    try:
        return from_json(content.removeprefix(BOM), allow_inf_nan=False)
    except ValueError as fault:
        raise ReadError(f"{name}: not valid JSON: {fault}") from fault


def _by_shape(parsed: Parsed) -> Batch:
    for shape in SHAPES:
        if shape.recognises(parsed.document):
            return shape.read(parsed)
    raise ReadError(f"{parsed.name}: JSON, but of no known shape; {SHAPES_READ}")


def _is_object(line: bytes) -> bool:
    try:
        return isinstance(from_json(line), dict)
    except ValueError:
        return False


def _lines(path: Path) -> tuple[list[int], list[object], list[tuple[int, str]]]:
    numbers, records, broken = [], [], []
    with path.open("rb") as file:
        for number, raw in bounded_lines(file, LONGEST_RECORD_BYTES):
            line = raw.removeprefix(BOM) if number == 1 else raw
            if not line.strip():
                continue
            try:
                record = from_json(line, allow_inf_nan=False)
            except ValueError:
                text = line[:EXAMPLE_TEXT_CHARS].decode("utf-8", "replace").rstrip()
                broken.append((number, text))
                continue
            numbers.append(number)
            records.append(record)
    return numbers, records, broken
