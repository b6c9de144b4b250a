"""JSON of any size, cut into pieces of whole records, one record per line: memory stays bounded."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from app.readers.base.rejects import EXAMPLE_TEXT_CHARS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import IO

    from detectors.tracks.reports import Int64

PIECE_BYTES = 1 << 23
LONGEST_RECORD_BYTES = 1 << 26
"""A line of NDJSON may hold a whole track."""
BOM = b"\xef\xbb\xbf"
OPENING_OF_LIST = re.compile(rb"(?:\xef\xbb\xbf)?\s*\[")
ESCAPED = re.compile(rb"\\.", re.DOTALL)
NEVER_JSON = b"\x00"
QUOTE, COMMA, LINE_FEED = ord('"'), ord(","), ord("\n")
MARKS = bytes(sign if sign in b'"{}[],' else 0 for sign in range(256))
"""Keeps the structural characters of JSON, and blanks the rest."""
STEPS = np.array([(sign in b"{[") - (sign in b"}]") for sign in range(256)], dtype=np.int64)
NO_BREAKS = bytes(ord(" ") if sign in b"\r\n" else sign for sign in range(256))
"""Between values a line break is a blank; inside a text JSON has none."""


class NotAListError(Exception):
    """A document that is no list of records, or is broken: it must be read as a whole."""


@dataclass(frozen=True)
class Piece:
    """Some records, one per line; `first` is the number of the first line, from 1."""

    content: bytes
    first: int


def lines(path: Path) -> Iterator[Piece]:
    """Give NDJSON in pieces of whole lines. A line beyond the longest is cut, so that it is no JSON."""
    number, is_over = 1, False
    with path.open("rb") as file:
        held = file.read(len(BOM)).removeprefix(BOM)
        while chunk := file.read(PIECE_BYTES):
            if len(held) > LONGEST_RECORD_BYTES:
                held, is_over = held[:EXAMPLE_TEXT_CHARS] + NEVER_JSON, True
            if is_over:
                _, feed, tail = chunk.partition(b"\n")
                chunk, is_over = feed + tail, not feed
            held += chunk
            end = held.rfind(b"\n") + 1
            if end:
                yield Piece(held[:end], number)
                number += held.count(b"\n", 0, end)
                held = held[end:]
    if held:
        yield Piece(held, number)


def elements(path: Path) -> Iterator[Piece]:
    """Give the elements of a JSON list in pieces, each element on its own line.

    The elements themselves are not looked at. Raises NotAListError where the list does not begin, or
    does not end with the document, or an element is longer than a record may be.
    """
    number = 1
    with path.open("rb") as file:
        held = _opened(file.read(PIECE_BYTES))
        while True:
            commas, end = _structure(held)
            if end >= 0:
                _check_end(held[end + 1 :], file)
                yield Piece(_on_lines(held[:end], commas), number)
                return
            if len(commas):
                last = int(commas[-1])
                yield Piece(_on_lines(held[:last], commas[:-1]), number)
                number += len(commas)
                held = held[last + 1 :]
            more = file.read(PIECE_BYTES)
            if not more or len(held) > LONGEST_RECORD_BYTES:
                raise NotAListError
            held += more


def _opened(start: bytes) -> bytes:
    opening = OPENING_OF_LIST.match(start)
    if opening is None:
        raise NotAListError
    return start[opening.end() :]


def _structure(held: bytes) -> tuple[Int64, int]:
    """Return where the commas between elements stand, and the list's closing bracket (-1: not here)."""
    plain = ESCAPED.sub(b"__", held) if b"\\" in held else held
    view = np.frombuffer(plain.translate(MARKS), dtype=np.uint8)
    places = np.flatnonzero(view)
    signs = view[places]
    is_quote = signs == QUOTE
    outside = (np.cumsum(is_quote) % 2 == 0) & ~is_quote
    places, signs = places[outside], signs[outside]
    depth = 1 + np.cumsum(STEPS[signs])
    ends = np.flatnonzero(depth == 0)
    commas = places[(signs == COMMA) & (depth == 1)]
    if not len(ends):
        return commas, -1
    end = int(places[ends[0]])
    return commas[commas < end], end


def _check_end(rest: bytes, file: IO[bytes]) -> None:
    while rest:
        if rest.strip():
            raise NotAListError
        rest = file.read(PIECE_BYTES)


def _on_lines(content: bytes, commas: Int64) -> bytes:
    view = np.frombuffer(bytearray(content.translate(NO_BREAKS)), dtype=np.uint8)
    view[commas] = LINE_FEED
    return view.tobytes()
