"""Lines with something in front of their JSON: the time of a log, the topic of a message.

Such a file is written anew as plain NDJSON, with what stood in front as members of each object.
"""

from __future__ import annotations

import dataclasses
import json
import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from app.readers.base.reader import HEAD_BYTES, Source
from app.readers.base.rejects import EXAMPLE_TEXT_CHARS, Example
from app.readers.csv.lines import lines_at
from app.readers.json.pieces import lines
from app.readers.json.values import value_of
from app.readers.nmea.around import Form, times_around

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from app.readers.base.reader import Batch, ReadOptions
    from app.readers.json.pieces import Piece

PREFIX, LOGGED_AT = "_logged_behind", "_logged_at"
"""Members that objects get: the text in front of them, and the time in it, epoch seconds."""
LONGEST_PREFIX = 300
PREFIXED = re.compile(rb"\s*([^{}\"]{1,%d})(\{.*\})\s*" % LONGEST_PREFIX, re.DOTALL)
"""A quotation mark would be that of a field, or of a cut object."""
LOOKED_AT_LINES = 20


def prefixed_objects(head: bytes) -> list[dict[str, object]]:
    """Return the objects of the first lines that stand behind something; none where most lines have none."""
    rows = [line for line in head.split(b"\n") if line.strip()]
    rows = (
        rows[: max(1, len(rows) - 1)][:LOOKED_AT_LINES] if len(head) >= HEAD_BYTES else rows[:LOOKED_AT_LINES]
    )
    found = [record for record in map(_object_behind, rows) if record is not None]
    return found if len(found) * 2 > len(rows) else []


def _object_behind(line: bytes) -> dict[str, object] | None:
    match = PREFIXED.fullmatch(line)
    if match is None or not match[1].strip():
        return None
    try:
        record = value_of(match[2])
    except ValueError:
        return None
    prefix = match[1].decode("utf-8", "replace").strip()
    return {PREFIX: prefix, **record} if isinstance(record, dict) else None


def read_logged(source: Source, options: ReadOptions, read: Callable[[Source, ReadOptions], Batch]) -> Batch:
    """Read a file through a plain copy of it; examples of rejects are shown as they stand in the file."""
    with tempfile.TemporaryDirectory(prefix="darkwake-") as folder:
        path = Path(folder) / "plain"
        form = Form(base_s=options.time_base_s)
        with path.open("wb") as out:
            for piece in lines(source.path):
                out.write(_plain(piece, form))
        with path.open("rb") as file:
            head = file.read(HEAD_BYTES)
        batch = read(Source(source.name, path, head), options)
    _show_original(batch, source)
    return dataclasses.replace(batch, warnings=(*batch.warnings, *form.doubts))


def logged_in(keys: Iterable[str]) -> dict[str, str]:
    """Return the column of the times in front of records, if any of these keys is it."""
    return {LOGGED_AT: LOGGED_AT} if LOGGED_AT in keys else {}


def with_logged_times(frame: pl.DataFrame, logged: pl.DataFrame) -> pl.DataFrame:
    """Return columns under our names, with the time in front where a record has none itself."""
    if LOGGED_AT not in logged.columns:
        return frame
    own, log = frame["time"], logged[LOGGED_AT].cast(pl.Float64)
    if own.dtype == pl.String:
        log = (log * 1e6).round().cast(pl.Int64).cast(pl.Datetime("us")).dt.strftime("%Y-%m-%dT%H:%M:%S%.6fZ")
    return frame.with_columns(pl.select(pl.coalesce(own, log)).to_series().alias("time"))


def _plain(piece: Piece, form: Form) -> bytes:
    """Return the lines of a piece with what stood in front of an object as its last members."""
    rows = piece.content.split(b"\n")
    found = [PREFIXED.fullmatch(row) for row in rows]
    prefixes = [match[1].decode("utf-8", "replace").strip() if match else None for match in found]
    texts = pl.Series(prefixes, dtype=pl.String)
    seconds = times_around(texts, texts.clear(len(texts)), form).tolist()
    return b"\n".join(
        row if match is None else _with_members(match[2], prefix, time_s)
        for row, match, prefix, time_s in zip(rows, found, prefixes, seconds, strict=True)
    )


def _with_members(record: bytes, prefix: str | None, time_s: float) -> bytes:
    members: dict[str, object] = {PREFIX: prefix}
    if np.isfinite(time_s):
        members[LOGGED_AT] = time_s
    more = json.dumps(members).encode()
    is_empty = not record[1:-1].strip()
    return more if is_empty else record[:-1].rstrip() + b"," + more[1:]


def _show_original(batch: Batch, source: Source) -> None:
    examples = batch.rejects.examples
    wanted = [example.line for kept in examples.values() for example in kept]
    texts = lines_at(source.path, wanted)
    for reason, kept in examples.items():
        examples[reason] = [
            Example(e.file, e.line, texts.get(e.line, e.text)[:EXAMPLE_TEXT_CHARS]) for e in kept
        ]
