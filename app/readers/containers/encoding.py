"""Text in other encodings, or with other line ends -> UTF-8 with line feeds, where the bytes show it."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

import numpy as np

from app.readers.base.aliases import ALIASES, plain
from app.readers.base.reader import HEAD_BYTES
from app.readers.containers.unreadable import named_format

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
"""Byte order marks; the longer ones first, as one begins like another."""
REGIONAL = ("cp949", "gb18030", "big5", "shift_jis", "cp1251")
"""Encodings of spreadsheets in Korea, China, Japan and Russia: taken where a column's name is one we know."""
FOREIGN_NAMES = frozenset(name for names in ALIASES.values() for name in names if not name.isascii())
CHUNK_CHARS = 1 << 20
TEXT_BYTES = frozenset(range(32, 256)) | set(b"\t\r\n")
LONGEST_CHAR_BYTES = 4
ASCII = 128
MOST_ZEROS, FEW_ZEROS, SHORTEST_JUDGED = 0.4, 0.02, 8
"""Of the bytes of plain characters in UTF-16, every second is zero, and none of the others."""
UTF_8 = "utf-8"


def encoding_of(head: bytes) -> str:
    """Return the encoding of a text from its first bytes; UTF-8 by default.

    Bytes that are nowhere UTF-8 are Windows-1252, as European exports are, or a regional encoding if the name
    of a column can be read in it.

    >>> encoding_of(b"H" + bytes([0xD8]) + b"EGH"), encoding_of("a,b,c".encode("utf-16-le"))
    ('cp1252', 'utf-16-le')
    """
    for mark, encoding in MARKS:
        if head.startswith(mark):
            return encoding
    if not TEXT_BYTES.issuperset(head):
        return _utf_16_without_mark(head) or UTF_8
    body = head[:-LONGEST_CHAR_BYTES] if len(head) >= HEAD_BYTES else head
    lossy = body.decode(UTF_8, errors="ignore")
    is_broken = len(lossy.encode()) < len(body)
    if not is_broken or not lossy.isascii():
        return _regional(body) or UTF_8 if is_broken else UTF_8
    return _regional(body) or ("cp1252" if _reads_as(body, "cp1252") else UTF_8)


def _utf_16_without_mark(head: bytes) -> str | None:
    pairs = np.frombuffer(head[: len(head) // 2 * 2], dtype=np.uint8).reshape(-1, 2)
    if len(pairs) < SHORTEST_JUDGED // 2:
        return None
    first, second = (pairs == 0).mean(axis=0)
    for zeros, others, encoding in ((second, first, "utf-16-le"), (first, second, "utf-16-be")):
        if zeros > MOST_ZEROS and others < FEW_ZEROS:
            return encoding
    return None


def _regional(body: bytes) -> str | None:
    """Return the regional encoding in which the first line names a column that we know, None for none."""
    line = body.lstrip().partition(b"\n")[0]
    for encoding in REGIONAL:
        if not _reads_as(line, encoding):
            continue
        names = re.split(r"[,;\t|(\[]", line.decode(encoding))
        if any(plain(name) in FOREIGN_NAMES for name in names):
            return encoding
    return None


def as_utf8(path: Path, head: bytes, new_file: Callable[[], Path]) -> tuple[Path, bytes, str | None]:
    """Return a file, its first bytes and its encoding, rewritten as UTF-8 with line feeds where it must be.

    The encoding of what is no text is None.
    """
    encoding = encoding_of(head)
    is_text = TEXT_BYTES.issuperset(head) or encoding != UTF_8
    if named_format(head) or not is_text:
        return path, head, None
    has_returns_only = b"\r" in head and b"\n" not in head and encoding == UTF_8
    if not has_returns_only and (encoding == UTF_8 or not any(byte < ASCII for byte in head)):
        return path, head, UTF_8
    plain = new_file()
    with (
        path.open(encoding=encoding, errors="replace", newline="") as text,
        plain.open("w", encoding=UTF_8, newline="") as out,
    ):
        while chunk := text.read(CHUNK_CHARS):
            out.write(chunk.replace("\r", "\n") if has_returns_only else chunk)
    with plain.open("rb") as file:
        return plain, file.read(HEAD_BYTES), encoding


def _reads_as(body: bytes, encoding: str) -> bool:
    try:
        body.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True
