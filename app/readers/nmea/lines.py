"""The grammar of lines: text -> one row per sentence, with time and receiver of its line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np
import polars as pl
import pyarrow as pa

from app.readers.nmea.around import Form, times_around
from app.readers.nmea.json_lines import plain_lines
from app.readers.nmea.text import is_sound
from app.readers.nmea.timing import (
    TAG_GROUP,
    TAG_SOURCE,
    TAG_TIME,
    TRAILING_SOURCE,
    TRAILING_TIME,
    clock_times,
    epochs,
    gatehouse_times,
    prefix_times,
    receivers,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CHUNK_BYTES = 1 << 23
LONGEST_LINE_CHARS = 4096
"""A longer line is none: sentences have 82 characters, tag blocks and trailers a few hundred."""
TAGS = r"((?:\\[^\\]*\\)*)"
SENTENCE = (
    rf"^([^\\!$]*){TAGS}\s*([^\\!$]*)[!$](([A-Z-]{{2}}VD[MO]),(\d{{1,2}}),(\d{{1,2}}),(\d{{0,2}}),"
    r"([^,*]{0,2}),([^,*]*),(\d))(?:\*([0-9A-Fa-f]{2})(.*)|([\s,;|\"'()\]}].*)?)$"
)
"""VDM and VDO of IEC 61162-1, and what may stand around them; its groups are `GROUPS`.

The checksum may be missing, but not broken: behind the fill bits then stands nothing, or a delimiter.
"""
GROUPS = (
    "before",
    "tags",
    "prefix",
    "body",
    "kind",
    "total",
    "part",
    "sequence",
    "channel",
    "payload",
    "fill_bits",
    "check",
    "trailer",
    "unchecked_trailer",
)
ONLY_TAGS = rf"^{TAGS}$"
TAG_BODY = r"\\([^\\*]*)\*?([^\\]*)\\"
LOOKS_LIKE = r"[!$][A-Z-]{2}VD[MO],"
PIECES = re.compile(r"(?=[!$][A-Z-]{2}VD[MO],)")
OTHER_STARTS = r"^[$!#]|(?:^|[\s,;|\"\]])[!$][A-Z]{4,6},"
"""Comments, and other sentences than those of AIS, with something in front or not."""
KEPT = bytes(range(32, 127)) + b"\t\n"
PRINTABLE = bytes(byte if byte in KEPT else ord("?") for byte in range(256))
"""Bytes outside ASCII stand in no sentence: a question mark in their place fails the checksum."""


def chunks(path: Path) -> Iterator[pl.DataFrame]:
    """Give the lines of a file in pieces of bounded size: ``line`` (from 1) and ``text``."""
    before, carry = 0, b""
    with path.open("rb") as file:
        while piece := file.read(CHUNK_BYTES):
            cut = piece.rfind(b"\n") + 1
            if cut == 0 and len(carry) < CHUNK_BYTES:
                carry += piece
                continue
            whole, carry = carry + piece[:cut], piece[cut:]
            frame = _lines(whole, before)
            before += len(frame)
            yield frame.filter(pl.col("text") != "")
    if carry:
        yield _lines(carry + b"\n", before).filter(pl.col("text") != "")


def _lines(whole: bytes, before: int) -> pl.DataFrame:
    content = whole.translate(PRINTABLE)
    if not content.endswith(b"\n"):
        content += b"\n"
    ends = np.flatnonzero(np.frombuffer(content, dtype=np.uint8) == ord("\n")) + 1
    offsets = np.concatenate([[0], ends]).astype(np.int64)
    arrow = pa.LargeStringArray.from_buffers(len(ends), pa.py_buffer(offsets), pa.py_buffer(content))
    text = pl.Series("text", pl.from_arrow(arrow)).str.strip_chars(" \t\r\n?")
    return pl.DataFrame({"line": np.arange(len(ends), dtype=np.int64) + before + 1, "text": text})


def sentences(lines: pl.DataFrame, form: Form | None = None) -> pl.DataFrame:
    """Return one row per sentence, context line or faulty line, in the order of the file.

    ``is_sentence`` marks VDM and VDO; of these ``is_sound`` says whether the checksums agree, and
    ``is_unchecked`` that the sentence has none.
    ``is_context`` marks lines that only describe the next sentence (tag blocks, ``$PGHP``).
    ``is_fault`` marks text that is neither, nor any other sentence or note. ``time_s`` and
    ``receiver`` are those of the line itself, ``clock_s`` the time of day of a marker.
    ``series`` and ``group`` number what the parts of one message share, ``sender`` the source that
    a tag block names.
    """
    form = form or Form()
    units = _split(plain_lines(lines))
    part = _parts(units["text"])
    is_sentence = part["body"].is_not_null()
    gatehouse = gatehouse_times(units["text"])
    tags = part["tags"].set(~is_sentence, None).fill_null(units["text"].str.extract(ONLY_TAGS))
    is_context = ~is_sentence & ((tags != "") | gatehouse["time_s"].is_not_null()).fill_null(value=False)
    looks_alike = units["text"].str.contains(LOOKS_LIKE)
    is_note = units["text"].str.contains(OTHER_STARTS) & ~looks_alike
    if form.header is not None:
        is_note |= units["text"] == form.header.text
    is_unchecked = is_sentence & part["check"].is_null()
    source = tags.str.extract(TAG_SOURCE)
    return units.select("line", "is_more").with_columns(
        part["payload"],
        *(part[name].cast(pl.UInt8) for name in ("total", "part", "fill_bits")),
        _time(part, tags, gatehouse["time_s"], form),
        clock_times(units["text"]).alias("clock_s"),
        _receiver(part, source, gatehouse["source"]),
        part.select(pl.struct("kind", "total", "sequence", "channel").hash().alias("series"))["series"],
        _hashed(source, "sender"),
        _hashed(tags.str.extract(TAG_GROUP), "group"),
        is_sentence.alias("is_sentence"),
        is_context.alias("is_context"),
        (~is_sentence & ~is_context & ~is_note).alias("is_fault"),
        is_unchecked.alias("is_unchecked"),
        pl.Series(
            "is_sound",
            (is_sound(part["body"], part["check"]) | is_unchecked.to_numpy()) & _tags_are_sound(tags),
        ),
    )


def _parts(texts: pl.Series) -> pl.DataFrame:
    """Take lines apart; all is null where a line is no sentence."""
    part = texts.str.extract_groups(SENTENCE).struct.unnest()
    part.columns = list(GROUPS)
    return part.with_columns(trailer=pl.coalesce("trailer", "unchecked_trailer"))


def _hashed(column: pl.Series, name: str) -> pl.Series:
    """Return a number for each text, null for none: whole lines need not be kept for a key."""
    return column.hash().set(column.is_null(), None).alias(name)


def _split(lines: pl.DataFrame) -> pl.DataFrame:
    """Part the lines that hold several sentences; ``is_more`` marks the second and later ones."""
    several = lines["text"].str.count_matches(LOOKS_LIKE) > 1
    several &= lines["text"].str.len_bytes() <= LONGEST_LINE_CHARS
    single = lines.filter(~several).with_columns(is_more=pl.lit(value=False))
    if not several.any():
        return single
    rows = [
        (line, piece, number > 0)
        for line, text in lines.filter(several).iter_rows()
        for number, piece in enumerate(_pieces(text))
    ]
    more = pl.DataFrame(rows, schema=single.schema, orient="row")
    return pl.concat([single, more]).sort("line", maintain_order=True)


def _pieces(text: str) -> list[str]:
    """Split a line before each sentence; text before the first stays with it."""
    first, *rest = [piece for piece in PIECES.split(text) if piece]
    if re.match(LOOKS_LIKE, first):
        return [first, *rest]
    return [first + rest[0], *rest[1:]]


def _time(part: pl.DataFrame, tags: pl.Series, gatehouse: pl.Series, form: Form) -> pl.Series:
    """Return the time that a line gives: in its tag block, in front, behind, or as ``$PGHP``."""
    seconds = epochs(tags.str.extract(TAG_TIME))
    if form.header is None:
        for values in (
            prefix_times(part["before"]),
            prefix_times(part["prefix"]),
            epochs(part["trailer"].str.extract(TRAILING_TIME)),
        ):
            seconds = np.where(np.isnan(seconds), values, seconds)
    rows = np.flatnonzero(np.isnan(seconds))
    if len(rows):
        some = part[rows]
        before = some.select(pl.concat_str("before", "prefix", ignore_nulls=True)).to_series()
        seconds[rows] = times_around(before, some["trailer"], form)
    own = pl.Series(seconds).fill_nan(None)
    return pl.select(pl.coalesce(own, gatehouse)).to_series().alias("time_s")


def _receiver(part: pl.DataFrame, source: pl.Series, gatehouse: pl.Series) -> pl.Series:
    """Return the kind of receiver that a line names, null where it does not."""
    sources = (source, part["trailer"].str.extract(TRAILING_SOURCE), gatehouse)
    kind = receivers(pl.select(pl.coalesce(*sources)).to_series())
    return kind.set(kind == 0, None).alias("receiver")


def _tags_are_sound(tags: pl.Series) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Return where every tag block agrees with its checksum; one without is taken as it is."""
    sound = np.ones(len(tags), dtype=bool)
    rows = np.flatnonzero((tags != "").fill_null(value=False).to_numpy())
    rest = tags.gather(rows)
    while len(rows):
        part = rest.str.extract_groups(TAG_BODY).struct.unnest()
        unchecked = (part["2"] == "").fill_null(value=True).to_numpy()
        sound[rows] &= is_sound(part["1"], part["2"]) | unchecked
        rest = rest.str.replace(TAG_BODY, "")
        left = (rest != "").to_numpy()
        rows, rest = rows[left], rest.filter(left)
    return sound
