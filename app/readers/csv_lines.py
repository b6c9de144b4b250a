"""Physical lines of a delimited file: how many fields each has, and what it says."""

from __future__ import annotations

import mmap
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from app.readers.dialect import split

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from detectors.tracks.reports import Bool, Int64

CHUNK_BYTES = 1 << 24
LONGEST_LINE_BYTES = 1 << 20
MOST_JOINED_LINES = 5
"""A quoted field may run over a few lines; one that runs further was never closed."""


@dataclass(frozen=True)
class Record:
    """One record read with care: its first line (from 1) and its fields."""

    line: int
    fields: list[str]


def count_lines(path: Path) -> int:
    """Return the number of lines, a last one without line feed included."""
    with path.open("rb") as file:
        feeds, last = 0, b"\n"
        while chunk := file.read(CHUNK_BYTES):
            feeds += chunk.count(b"\n")
            last = chunk[-1:]
    return feeds + (last != b"\n")


def has_quotes(path: Path) -> bool:
    """Tell whether a double quote stands anywhere in the file."""
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as view:
        return view.find(b'"') >= 0


def field_counts(path: Path, delimiter: str, skip_lines: int) -> tuple[Int64, Bool]:
    """Return the number of fields of each line, and which lines are blank.

    Delimiters between double quotes do not count. Memory is one chunk and nine bytes per line.
    """
    counts, blanks, carry, skipped = [], [], b"", 0
    with path.open("rb") as file:
        while chunk := file.read(CHUNK_BYTES):
            cut = chunk.rfind(b"\n") + 1
            piece, carry = carry + chunk[:cut], chunk[cut:] if cut else carry + chunk
            for found, blank in _counted(piece, delimiter):
                counts.append(found[max(0, skip_lines - skipped) :])
                blanks.append(blank[max(0, skip_lines - skipped) :])
                skipped += len(found)
    for found, blank in _counted(carry + b"\n" if carry else b"", delimiter):
        counts.append(found[max(0, skip_lines - skipped) :])
        blanks.append(blank[max(0, skip_lines - skipped) :])
    return np.concatenate(counts or [np.empty(0, int)]), np.concatenate(
        blanks or [np.empty(0, bool)]
    )


def _counted(piece: bytes, delimiter: str) -> Iterator[tuple[Int64, Bool]]:
    if not piece:
        return
    view = np.frombuffer(piece, dtype=np.uint8)
    ends = np.flatnonzero(view == ord("\n"))
    starts = np.concatenate([[0], ends[:-1] + 1])
    splits = view == ord(delimiter)
    quotes = view == ord('"')
    if quotes.any():
        before = np.concatenate([[0], np.cumsum(quotes)])
        opened = np.repeat(before[starts], ends - starts + 1)
        splits &= (before[: len(view)] - opened) % 2 == 0
    places = np.flatnonzero(splits)
    found = np.searchsorted(places, ends) - np.searchsorted(places, starts)
    ink = np.flatnonzero(view > ord(" "))
    blank = np.searchsorted(ink, ends) == np.searchsorted(ink, starts)
    yield found + 1, blank


def lines_at(path: Path, wanted: list[int]) -> dict[int, str]:
    """Return the text of some lines (numbers from 1), reading no further than the last."""
    texts: dict[int, str] = {}
    last, missing = max(wanted, default=0), set(wanted)
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            if number in missing:
                texts[number] = line[:LONGEST_LINE_BYTES].decode("utf-8", "replace").rstrip("\r\n")
            if number >= last:
                break
    return texts


def careful_records(path: Path, delimiter: str, skip_lines: int, fields: int) -> Iterator[Record]:
    """Read line by line where quotes and line feeds make a file doubtful.

    A field in quotes may run over a few lines if the record then has its full number of fields; a
    quote that is never closed costs its own line only.
    """
    with path.open("rb") as file:
        lines = [(i, _text(line)) for i, line in enumerate(file, start=1) if i > skip_lines]
    place = 0
    while place < len(lines):
        number, text = lines[place]
        taken = 1
        record = split(text, delimiter)
        if text.count('"') % 2:
            taken, record = _joined(lines[place : place + MOST_JOINED_LINES], delimiter, fields)
        if text.strip():
            yield Record(number, record)
        place += taken


def _text(line: bytes) -> str:
    return line[:LONGEST_LINE_BYTES].decode("utf-8", "replace").rstrip("\r\n")


def _joined(lines: list[tuple[int, str]], delimiter: str, fields: int) -> tuple[int, list[str]]:
    text = lines[0][1]
    for more in range(1, len(lines)):
        text += " " + lines[more][1]
        if text.count('"') % 2 == 0 and len(record := split(text, delimiter)) == fields:
            return more + 1, record
    return 1, lines[0][1].replace('"', "").split(delimiter)
