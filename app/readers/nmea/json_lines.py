"""Lines of JSON that carry sentences -> plain lines: the time in front, the sentences behind it.

AIS-catcher and other loggers write an object per message, with the sentences as a text or a list; others
write an object in front of each sentence.
"""

from __future__ import annotations

import re
from functools import lru_cache
from json import JSONDecoder
from typing import TYPE_CHECKING

import polars as pl

from app.readers.base.aliases import ALIASES, plain

if TYPE_CHECKING:
    from collections.abc import Iterator

SENTENCE = re.compile(r"[!$][A-Z-]{2}VD[MO],\d")
CARRIES = r"^[^{!$\\]{0,300}\{.*[!$][A-Z-]{2}VD[MO],"
BRACKETS = re.compile(r"\s*\[[^\[\]{}\"]*\]\s*[^\s,\]]")
"""Something in brackets and more behind it: the prefix of a log, and no list."""
TIME_KEYS = ("rxuxtime", "toa", "rxtime", *ALIASES["time"])
"""The most exact first."""
PLACE_NAMES = frozenset((*ALIASES["lat"], *ALIASES["lon"]))
TIME_TEXT = re.compile(r"\d{10}(\.\d+)?|\d{13,19}|\d{4}-?\d\d-?\d\d[T _]?\d\d:?\d\d.*")
DECODER = JSONDecoder()
DEEPEST = 4
_name = lru_cache(4096)(plain)
"""Every line has the same keys."""


def plain_lines(lines: pl.DataFrame) -> pl.DataFrame:
    """Return lines (``line``, ``text``) with those of JSON made plain."""
    rows = lines["text"].str.contains(CARRIES).arg_true()
    if not len(rows):
        return lines
    texts = [plain_line(text) for text in lines["text"].gather(rows)]
    return lines.with_columns(lines["text"].scatter(rows, pl.Series(texts, dtype=pl.String)))


def plain_line(text: str) -> str:
    """Return the time and the sentences of a line with an object; the line itself where it holds none.

    >>> plain_line('{"rxtime": "20240304040200", "nmea": ["!AIVDM,1,1,,A,x,0*00"]}')
    '20240304040200;!AIVDM,1,1,,A,x,0*00'
    """
    found = _object_in(text)
    if found is None:
        return text
    prefix, record, rest = found
    sentences = "".join([*_sentences(record), rest.strip()])
    time = _time_of(record)
    return f"{prefix if time is None else time + ';'}{sentences}" if SENTENCE.search(sentences) else text


def is_json_of_sentences(head: bytes) -> bool:
    """Return whether a file that opens like JSON is raw AIS.

    That are objects that carry sentences and no decoded place beside them, and sentences behind brackets.
    """
    lines = [line for line in head.decode("utf-8", "replace").split("\n") if line.strip()]
    if not lines or SENTENCE.search(lines[0]) is None:
        return False
    if BRACKETS.match(lines[0]):
        return True
    found = [_object_in(line) for line in lines if SENTENCE.search(line)]
    records = [part[1] for part in found if part is not None]
    return found[0] is not None and not any(_has_place(record) for record in records)


def _has_place(record: dict[str, object]) -> bool:
    return any(_name(key) in PLACE_NAMES for key in record)


def _object_in(text: str) -> tuple[str, dict[str, object], str] | None:
    """Return what stands before, in and after the first object of a line; None where none is whole."""
    start = text.find("{")
    sentence = SENTENCE.search(text)
    if start < 0 or (sentence is not None and sentence.start() < start):
        return None
    try:
        record, end = DECODER.raw_decode(text, start)
    except (ValueError, RecursionError):
        return None
    return (text[:start], record, text[end:]) if isinstance(record, dict) else None


def _sentences(value: object, depth: int = 0) -> Iterator[str]:
    """Give the texts with sentences, wherever they stand."""
    if isinstance(value, str):
        if "VD" in value and SENTENCE.search(value):
            yield re.sub(r"\s*[\r\n]+\s*", "", value)
    elif isinstance(value, dict | list) and depth < DEEPEST:
        for part in value.values() if isinstance(value, dict) else value:
            yield from _sentences(part, depth + 1)


def _time_of(record: dict[str, object]) -> str | None:
    """Return the time of an object as it stands there; the second of the minute is none."""
    by_name = {_name(key): value for key, value in record.items()}
    values = (by_name[key] for key in TIME_KEYS if key in by_name)
    texts = (str(value) for value in values if isinstance(value, str | int | float))
    return next((text for text in texts if TIME_TEXT.fullmatch(text.strip())), None)
