"""Pieces of JSON -> columns, by polars where records are flat, by objects where something is odd."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from app.readers.base.aliases import ALIASES, plain
from app.readers.base.records import IDENTIFIERS, column, identifiers, keys_of, shown
from app.readers.base.rejects import EXAMPLE_TEXT_CHARS
from app.readers.json.pieces import NotAListError, Piece
from app.readers.json.values import value_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from detectors.tracks.reports import Bool, Int64

    _Found = tuple[list[str], pl.DataFrame, Int64, Bool]
    """Keys, wanted columns, line numbers and which rows are objects, of one piece."""

SURROGATE = re.compile(rb"\\u[dD][89a-fA-F]")
"""Half of a character beyond 16 bits: polars takes a lone one for a zero byte."""
SAMPLED = 200
DEEPEST = 100
"""Polars descends into nested values without a bound of its own."""
MOST_KEYS = 1000
PLAIN_TYPES = (pl.Int64, pl.UInt64, pl.Int128, pl.Float64, pl.String, pl.Null)
NO_SINGLE_VALUE = r"^(?:true|false|\[|\{)"
"""What polars makes of values that are no number or text, where other records have a text."""
FRACTION = r"^-?\d+(?:\.\d*[1-9]|\.?\d*[eE]-)"
"""A text that may have been a number that names no vessel: only the objects show it."""
IDENTIFIER_NAMES = frozenset(alias for ours in IDENTIFIERS for alias in (plain(ours), *ALIASES[ours]))
REFUSED = (pl.exceptions.PolarsError, pl.exceptions.PanicException)


@dataclass
class Columns:
    """The wanted columns of all records, under the file's own keys, and every key that occurs."""

    keys: dict[str, None] = field(default_factory=dict)
    frames: list[pl.DataFrame] = field(default_factory=list)
    lines: list[Int64] = field(default_factory=list)
    records: list[Bool] = field(default_factory=list)
    """Per piece, which rows are JSON objects."""

    @property
    def line(self) -> Int64:
        """Number of each record, from 1."""
        return np.concatenate([np.empty(0, np.int64), *self.lines])

    @property
    def is_record(self) -> Bool:
        """Which rows are JSON objects."""
        return np.concatenate([np.empty(0, bool), *self.records])

    def first(self, key: str) -> list[object]:
        """Return what the first records hold under a key, nothing where it is not held."""
        return (
            self.frames[0][key].head(SAMPLED).to_list()
            if self.frames and key in self.frames[0].columns
            else []
        )

    def frame(self, columns: Mapping[str, str]) -> pl.DataFrame:
        """Return columns under our names; `columns` maps them to the records' keys."""
        return pl.DataFrame({ours: self._joined(theirs) for ours, theirs in columns.items()})

    def _joined(self, key: str) -> pl.Series:
        parts = [
            frame[key] if key in frame.columns else pl.Series(key, [None], pl.Null).new_from_index(0, size)
            for frame, size in zip(self.frames, map(len, self.lines), strict=True)
        ]
        kinds = {part.dtype for part in parts} - {pl.Null()}
        kind = kinds.pop() if len(kinds) == 1 else pl.String if pl.String() in kinds else pl.Float64
        return pl.concat([part.cast(kind) for part in parts])


def columns_in(
    pieces: Iterable[Piece],
    is_wanted: Callable[[str], bool],
    record_of: Callable[[object], object] | None = None,
    *,
    is_list: bool = False,
) -> Columns:
    """Gather the wanted columns of all pieces.

    `record_of` flattens one parsed record where it is nested. `is_list` says that the pieces
    are one document: an element that is no JSON then raises NotAListError, else it is a row of nothing.
    """
    columns = Columns()
    for piece in pieces:
        found = None if record_of else _quickly(piece, is_wanted, is_list=is_list)
        keys, frame, line, is_record = found or _by_objects(piece, is_wanted, record_of, is_list=is_list)
        columns.keys |= dict.fromkeys(keys)
        columns.frames.append(frame)
        columns.lines.append(line)
        columns.records.append(is_record)
    return columns


def _quickly(piece: Piece, is_wanted: Callable[[str], bool], *, is_list: bool) -> _Found | None:
    """Read a piece with polars; None where it is not plain enough for that."""
    content = piece.content
    if _is_deep(content) or SURROGATE.search(content):
        return None
    try:
        schema = pl.scan_ndjson(io.BytesIO(content), infer_schema_length=None).collect_schema()
        wanted = {key: kind for key, kind in schema.items() if is_wanted(key)}
        if not wanted or len(schema) > MOST_KEYS or not all(k in PLAIN_TYPES for k in wanted.values()):
            return None
        frame = pl.read_ndjson(io.BytesIO(content), schema=wanted)
    except REFUSED:
        return None
    line = _lines_of(piece, len(frame))
    has_gap = is_list and len(line) != content.count(b"\n") + 1
    if has_gap or len(line) != len(frame) or _has_no_single_values(frame) or _has_odd_identifiers(frame):
        return None
    wide = [pl.col(name).cast(pl.Float64) for name, k in wanted.items() if k in (pl.UInt64, pl.Int128)]
    return list(schema), frame.with_columns(wide), line, np.ones(len(frame), dtype=bool)


def _is_deep(content: bytes) -> bool:
    """Tell whether some value may be nested deeper than polars should be asked to follow."""
    openings = content.count(b"[") + content.count(b"{")
    return openings > content.count(b"\n") + 1 + DEEPEST


def _has_no_single_values(frame: pl.DataFrame) -> bool:
    texts = [name for name in frame.columns if frame[name].dtype == pl.String]
    odd = [pl.col(name).str.contains(NO_SINGLE_VALUE).any() for name in texts]
    return bool(texts) and any(frame.select(odd).row(0))


def _has_odd_identifiers(frame: pl.DataFrame) -> bool:
    return any(_has_fraction(frame[key]) for key in frame.columns if _names_vessels(key))


def _has_fraction(ids: pl.Series) -> bool:
    if ids.dtype.is_float():
        return bool((ids != ids.floor()).any())
    return ids.dtype == pl.String and bool(ids.str.contains(FRACTION).any())


def _names_vessels(key: str) -> bool:
    return plain(key) in IDENTIFIER_NAMES


def _lines_of(piece: Piece, rows: int) -> Int64:
    """Return the numbers of the lines that hold records: all of them, where there are as many."""
    count = piece.content.count(b"\n") + (not piece.content.endswith(b"\n"))
    if rows == count:
        return np.arange(piece.first, piece.first + count, dtype=np.int64)
    return _lines_with_ink(piece)


def _lines_with_ink(piece: Piece) -> Int64:
    """Return the numbers of the lines that are not blank."""
    view = np.frombuffer(piece.content, dtype=np.uint8)
    ends = np.append(np.flatnonzero(view == ord("\n")), len(view))
    ink = np.cumsum(view > ord(" "), dtype=np.int64)[ends - 1] if len(view) else np.zeros(1, np.int64)
    filled = np.diff(ink, prepend=0) > 0
    return np.flatnonzero(filled).astype(np.int64) + piece.first


def _by_objects(
    piece: Piece,
    is_wanted: Callable[[str], bool],
    record_of: Callable[[object], object] | None,
    *,
    is_list: bool,
) -> _Found:
    numbers, rows = [], []
    for number, text in enumerate(piece.content.split(b"\n"), start=piece.first):
        if not text.strip() and not is_list:
            continue
        numbers.append(number)
        rows.append(_parsed(text, is_list=is_list))
    records = [record_of(row) for row in rows] if record_of else rows
    keys = keys_of(records)
    objects = [record if isinstance(record, dict) else {} for record in records]
    frame = pl.DataFrame(
        {
            key: (identifiers if _names_vessels(key) else column)([r.get(key) for r in objects])
            for key in keys
            if is_wanted(key)
        }
    )
    is_record = np.array([isinstance(record, dict) for record in records], dtype=bool)
    return keys, frame, np.array(numbers, dtype=np.int64), is_record


def _parsed(text: bytes, *, is_list: bool = False) -> object:
    try:
        return value_of(text)
    except ValueError as fault:
        if is_list:
            raise NotAListError from fault
        return None


def texts_of(pieces: Iterable[Piece], wanted: Sequence[int]) -> list[str]:
    """Return some records, by their numbers, as compact JSON; what is none as it stands in the file."""
    found = dict(_found(pieces, set(wanted)))
    return [found.get(number, "") for number in wanted]


def _found(pieces: Iterable[Piece], missing: set[int]) -> Iterator[tuple[int, str]]:
    last = max(missing, default=0)
    for piece in pieces:
        if piece.first > last:
            return
        size = piece.content.count(b"\n") + 1
        if any(piece.first <= number < piece.first + size for number in missing):
            texts = piece.content.split(b"\n")
            for number in sorted(n for n in missing if piece.first <= n < piece.first + size):
                yield number, _shown(texts[number - piece.first])


def _shown(text: bytes) -> str:
    try:
        return shown(value_of(text))
    except ValueError:
        return text[:EXAMPLE_TEXT_CHARS].decode("utf-8", "replace").rstrip()
