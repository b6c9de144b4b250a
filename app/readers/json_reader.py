"""JSON documents and NDJSON: parsed safely, then read by shape."""

from __future__ import annotations

import dataclasses
import re
from typing import TYPE_CHECKING

import numpy as np
from pydantic_core import from_json

from app.readers.aliases import NEEDED, resolve
from app.readers.base import Batch, ReadError
from app.readers.columns import batch_of
from app.readers.csv_lines import LONGEST_LINE_BYTES
from app.readers.json_tracks import batch_from_tracks
from app.readers.layouts import layout_of
from app.readers.records import keys_of, table_of
from app.readers.rejects import Reject, RejectLog

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from app.readers.base import ReadOptions, Source
    from detectors.tracks.reports import Int64

LARGEST_JSON_BYTES = 1 << 30
BOM = b"\xef\xbb\xbf"
OPENING = re.compile(rb"(?:\xef\xbb\xbf)?\s*[\[{]")
SHAPES = (
    'read are {"tracks": [{"vessel": {...}, "positions": [...]}]}, a list of flat records, or one '
    "record per line"
)


class Json:
    """A JSON document: our own request shape, or a list of flat records."""

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
        if isinstance(document, dict) and isinstance(document.get("tracks"), list):
            return batch_from_tracks(document["tracks"], source.name, options)
        records = _records_in(document)
        if records is None:
            raise ReadError(f"{source.name}: JSON, but of no known shape; {SHAPES}")
        return _flat(records, self.name, source.name, options)


class NdJson:
    """One JSON object per line."""

    name = "ndjson"

    def recognises(self, head: bytes) -> bool:
        """Take what has a whole JSON object on each of its first two lines."""
        lines = [line for line in head.removeprefix(BOM).split(b"\n") if line.strip()]
        return (
            len(lines) > 1
            and all(_is_object(line) for line in lines[:1])
            and (lines[1].lstrip().startswith(b"{"))
        )

    def read(self, source: Source, options: ReadOptions) -> Batch:
        """Read all lines; a line that is no JSON object is a counted reject."""
        numbers, records, broken = _lines(source.path)
        batch = _flat(records, self.name, source.name, options, np.array(numbers, dtype=np.int64))
        for number, text in broken:
            batch.rejects.add(Reject.NOT_A_RECORD, number, text)
        return dataclasses.replace(batch, rows=batch.rows + len(broken))


def parsed(content: bytes, name: str) -> object:
    """Parse a JSON document. Raises ReadError that says where it is broken."""
    try:
        return from_json(content.removeprefix(BOM), allow_inf_nan=False)
    except ValueError as fault:
        raise ReadError(f"{name}: not valid JSON: {fault}") from fault


def _is_object(line: bytes) -> bool:
    try:
        return isinstance(from_json(line), dict)
    except ValueError:
        return False


def _lines(path: Path) -> tuple[list[int], list[object], list[tuple[int, str]]]:
    numbers, records, broken = [], [], []
    with path.open("rb") as file:
        for number, raw in enumerate(file, start=1):
            line = raw.removeprefix(BOM) if number == 1 else raw
            if not line.strip():
                continue
            try:
                record = from_json(line[:LONGEST_LINE_BYTES], allow_inf_nan=False)
            except ValueError:
                broken.append(
                    (number, line[:LONGEST_LINE_BYTES].decode("utf-8", "replace").rstrip())
                )
                continue
            numbers.append(number)
            records.append(record)
    return numbers, records, broken


def _records_in(document: object) -> Sequence[object] | None:
    """Return the list of records of a document: itself, or the one list of objects inside it."""
    if isinstance(document, list):
        return document
    if not isinstance(document, dict):
        return None
    lists = [v for v in document.values() if isinstance(v, list) and v and isinstance(v[0], dict)]
    return lists[0] if len(lists) == 1 else None


def _flat(
    records: Sequence[object],
    form: str,
    name: str,
    options: ReadOptions,
    line: Int64 | None = None,
) -> Batch:
    keys = keys_of(records)
    layout = layout_of(keys, form)
    columns = {ours: keys[place] for ours, place in resolve(keys, layout.pinned).items()}
    missing = [ours for ours in NEEDED if ours not in columns]
    if not keys:
        raise ReadError(f"{name}: JSON without any record in it; {SHAPES}")
    if missing:
        raise ReadError(
            f"{name}: no key for {' or '.join(missing)} in its records, which have: "
            f"{', '.join(keys[:40])}. Needed are a time, lat and lon, and best an mmsi"
        )
    return batch_of(table_of(records, columns, line=line), layout, name, options)


__all__ = ["Json", "NdJson", "RejectLog", "parsed"]
