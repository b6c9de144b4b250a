"""Physical lines of a delimited file: how many fields each has, and its text."""

from __future__ import annotations

import csv
import io
from array import array
from collections import deque
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import IO, TYPE_CHECKING

import numpy as np

from app.readers.csv.dialect import Dialect, split

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from detectors.tracks.reports import Bool, Int64, UInt8

CHUNK_BYTES = 1 << 23
"""Twice as much at a time, or half, is slower (benchmarks/speed.py)."""
LONGEST_LINE_BYTES = 1 << 20
LINE_FEED, RETURN = ord("\n"), ord("\r")
COUNTED_BYTES = 1 << 18
"""Lines are counted in so much at a time: what is compared stays at hand."""
MOST_JOINED_LINES = 5
"""A quoted field may run over a few lines; one that runs further was never closed."""


@dataclass(frozen=True, eq=False)
class Piece:
    """Whole lines of a file; `first` is the number of the first of them, from 1, `lines` how many.

    `text` holds until the next piece is asked for: all pieces of a file are read into one place.
    """

    text: UInt8
    first: int
    lines: int

    @cached_property
    def content(self) -> bytes:
        """The lines as bytes of their own."""
        return self.text.tobytes()

    @property
    def numbers(self) -> Int64:
        """The numbers of the lines in their file."""
        return np.arange(self.first, self.first + self.lines, dtype=np.int64)

    @cached_property
    def has_quotes(self) -> bool:
        """Return whether any field may stand in quotes."""
        return b'"' in self.content

    @property
    def has_open_quotes(self) -> bool:
        """Return whether a quote is still open at the end of some line."""
        return self.has_quotes and _leaves_quotes_open(self.text)


def pieces_of(path: Path, skip_lines: int = 0) -> Iterator[Piece]:
    """Give a file in pieces of whole lines. The last one gets a line feed if it has none."""
    number = skip_lines + 1
    with path.open("rb") as file:
        for _ in range(skip_lines):
            file.readline()
        for text in _whole_lines(file):
            lines = _lines_in(text)
            yield Piece(text, number, lines)
            number += lines


def _whole_lines(file: IO[bytes]) -> Iterator[UInt8]:
    """Give a file in whole lines, each time in the same place: new memory costs more than reading."""
    buffer, held = bytearray(CHUNK_BYTES + 1), 0
    while read := file.readinto(memoryview(buffer)[held:-1]):  # type: ignore[attr-defined]
        filled = held + read
        end = buffer.rfind(b"\n", 0, filled) + 1
        if end:
            yield np.frombuffer(buffer, dtype=np.uint8, count=end)
        else:  # a line longer than the buffer
            buffer = buffer[:filled] + bytes(len(buffer))
        held = filled - end
        buffer[:held] = buffer[end:filled]
    if held:
        buffer[held : held + 1] = b"\n"
        yield np.frombuffer(buffer, dtype=np.uint8, count=held + 1)


def _lines_in(text: UInt8) -> int:
    starts = range(0, len(text), COUNTED_BYTES)
    return sum(int(np.count_nonzero(text[at : at + COUNTED_BYTES] == LINE_FEED)) for at in starts)


def _leaves_quotes_open(view: UInt8) -> bool:
    quotes = np.flatnonzero(view == ord('"'))
    ends = np.flatnonzero(view == LINE_FEED)
    return bool((np.searchsorted(quotes, ends) % 2).any())


@dataclass(frozen=True)
class Fields:
    """Of each line: how many fields it has, whether the last of them is empty, whether it is blank."""

    count: Int64
    ends_empty: Bool
    is_blank: Bool


def field_counts(pieces: Iterable[Piece], delimiter: str) -> Fields:
    """Count the fields of each line. Delimiters between double quotes do not count.

    Memory is one piece and ten bytes per line.
    """
    nothing = np.empty(0, dtype=bool)
    found = [Fields(np.empty(0, dtype=np.int64), nothing, nothing)]
    found += [_counted(piece.text, delimiter) for piece in pieces]
    columns = ((part.count, part.ends_empty, part.is_blank) for part in found)
    return Fields(*(np.concatenate(column) for column in zip(*columns, strict=True)))


def _counted(view: UInt8, delimiter: str) -> Fields:
    ends = np.flatnonzero(view == LINE_FEED)
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
    last = ends - 1 - ((ends > 0) & (view[ends - 1] == RETURN))
    return Fields(found + 1, (last >= starts) & (view[last] == ord(delimiter)), blank)


def bounded_lines(file: IO[bytes], longest: int) -> Iterator[tuple[int, bytes]]:
    """Give the number (from 1) and text of each line; what exceeds the longest is skipped."""
    number = 0
    while line := file.readline(longest):
        number += 1
        rest = line
        while rest and not rest.endswith(b"\n"):
            rest = file.readline(longest)
        yield number, line


def lines_at(path: Path, wanted: list[int]) -> dict[int, str]:
    """Return the text of some lines (numbers from 1), reading no further than the last."""
    texts: dict[int, str] = {}
    last, missing = max(wanted, default=0), set(wanted)
    with path.open("rb") as file:
        for number, line in bounded_lines(file, LONGEST_LINE_BYTES):
            if number in missing:
                texts[number] = line.decode("utf-8", "replace").rstrip("\r\n")
            if number >= last:
                break
    return texts


def texts_in(piece: Piece, wanted: list[int]) -> list[str]:
    """Return the texts of some lines of a piece, by their numbers in the file."""
    ends = np.flatnonzero(piece.text == LINE_FEED)
    found = []
    for number in wanted:
        place = number - piece.first
        start = int(ends[place - 1]) + 1 if place else 0
        line = piece.text[start : min(int(ends[place]), start + LONGEST_LINE_BYTES)]
        found.append(line.tobytes().decode("utf-8", "replace").rstrip("\r\n"))
    return found


def mend(path: Path, plain: Path, dialect: Dialect) -> Int64:
    """Write a copy with quotes only where they belong; return the line number of each record.

    A field in quotes may run over a few lines if the record then has its full number of fields; it
    becomes one line. A quote that is never closed costs its own line only. An empty record of full
    width stands before all others, with line 0: polars goes by the width of the first.
    """
    width, skip = len(dialect.header), dialect.first_line - 1
    numbers = array("q", [0])
    with path.open("rb") as file, plain.open("wb") as out:
        out.write((dialect.delimiter * (width - 1)).encode() + b"\n")
        rest = iter(file)
        number = sum(1 for _ in islice(rest, skip))
        held: deque[bytes] = deque()
        while line := held.popleft() if held else next(rest, b""):
            number += 1
            numbers.append(number)
            joined = 0
            if line.count(b'"') % 2:
                held.extend(islice(rest, MOST_JOINED_LINES - len(held)))
                line, joined = _joined(line, held, dialect.delimiter, width)
            out.write(_plainly(line, dialect.delimiter) + b"\n")
            number += joined
    return np.array(numbers, dtype=np.int64)


def _plainly(line: bytes, delimiter: str) -> bytes:
    """Return a record with quotes around the fields that need them, and nowhere else."""
    bare = line.rstrip(b"\r\n")
    if b'"' not in bare:
        return bare
    out = io.StringIO()
    fields = split(bare.decode("utf-8", "replace"), delimiter)
    csv.writer(out, delimiter=delimiter, lineterminator="").writerow(fields)
    return out.getvalue().replace("\n", " ").encode()


def _joined(line: bytes, following: deque[bytes], delimiter: str, width: int) -> tuple[bytes, int]:
    """Return a record whose quotes are closed, and how many of the following lines it took."""
    whole = line.rstrip(b"\r\n")
    for count, more in enumerate(following, start=1):
        whole += b" " + more.rstrip(b"\r\n")
        is_closed = whole.count(b'"') % 2 == 0
        if is_closed and len(split(whole.decode("utf-8", "replace"), delimiter)) == width:
            for _ in range(count):
                following.popleft()
            return whole, count
    return line.replace(b'"', b""), 0
