"""Text in other encodings -> UTF-8, where the bytes show the encoding."""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING

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
CHUNK_CHARS = 1 << 20
TEXT_BYTES = frozenset(range(32, 256)) | set(b"\t\r\n")
LONGEST_CHAR_BYTES = 4
ASCII = 128


def encoding_of(head: bytes) -> str:
    """Return the encoding of a text from its first bytes; UTF-8 by default.

    Bytes that are nowhere UTF-8 are Windows-1252, as European exports are.

    >>> encoding_of(b"H" + bytes([0xD8]) + b"EGH")
    'cp1252'
    """
    for mark, encoding in MARKS:
        if head.startswith(mark):
            return encoding
    if not TEXT_BYTES.issuperset(head):
        return "utf-8"
    body = head[:-LONGEST_CHAR_BYTES] if len(head) >= HEAD_BYTES else head
    lossy = body.decode("utf-8", errors="ignore")
    has_multibyte = not lossy.isascii()
    is_broken = len(lossy.encode()) < len(body)
    readable = _reads_as(body, "cp1252")
    return "cp1252" if is_broken and not has_multibyte and readable else "utf-8"


def as_utf8(path: Path, head: bytes, new_file: Callable[[], Path]) -> tuple[Path, bytes]:
    """Return a file and its first bytes, rewritten as UTF-8 where they are something else."""
    encoding = encoding_of(head)
    if encoding == "utf-8" or named_format(head) or not any(byte < ASCII for byte in head):
        return path, head
    plain = new_file()
    with (
        path.open(encoding=encoding, errors="replace", newline="") as text,
        plain.open("w", encoding="utf-8", newline="") as out,
    ):
        while chunk := text.read(CHUNK_CHARS):
            out.write(chunk)
    with plain.open("rb") as file:
        return plain, file.read(HEAD_BYTES)


def _reads_as(body: bytes, encoding: str) -> bool:
    try:
        body.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True
