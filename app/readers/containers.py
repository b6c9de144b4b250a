"""Packed files -> plain ones in a temporary folder, within limits."""

from __future__ import annotations

import gzip
import tempfile
import zlib
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING

from app.readers.base import HEAD_BYTES, ReadError, Source

if TYPE_CHECKING:
    from collections.abc import Iterator

CHUNK_BYTES = 1 << 20
GZIP_MAGIC = b"\x1f\x8b"
MEBIBYTE = 1 << 20


@dataclass(frozen=True)
class Limits:
    """How large a file may be.

    `max_ratio` bounds unpacked over packed size, and is judged only past `ratio_judged_bytes`:
    small files of few words pack very well.
    """

    max_file_bytes: int = 16 << 30
    max_unpacked_bytes: int = 4 << 30
    max_ratio: float = 200.0
    ratio_judged_bytes: int = 64 << 20


@dataclass(frozen=True)
class Member:
    """A plain file to read.

    Where its packed form broke off before its end, the last line that was begun is cut off: `lost`
    is its text, `lines` its number.
    """

    source: Source
    is_truncated: bool = False
    lost: str = ""
    lines: int = 0


@contextmanager
def unpacked(path: Path, name: str, limits: Limits) -> Iterator[list[Member]]:
    """Give the plain files that a file holds; temporary ones vanish at the end.

    Raises ReadError for a file that is missing, no file, empty, or larger than the limits.
    """
    packed_bytes = _size(path, name, limits)
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
    if not head.startswith(GZIP_MAGIC):
        yield [Member(Source(name, path, head))]
        return
    with tempfile.TemporaryDirectory(prefix="darkwake-") as folder:
        plain = Path(folder) / "member"
        is_truncated = _gunzip(path, plain, packed_bytes, name, limits)
        lost, lines = _cut_to_whole_lines(plain) if is_truncated else ("", 0)
        with plain.open("rb") as file:
            head = file.read(HEAD_BYTES)
        yield [Member(Source(name, plain, head), is_truncated, lost, lines)]


def _cut_to_whole_lines(plain: Path) -> tuple[str, int]:
    """Cut off a last line that has no end: half a number is a wrong number."""
    with plain.open("r+b") as file:
        lines, last = 0, b""
        for line in file:
            lines, last = lines + 1, line
        if last.endswith(b"\n") or lines <= 1:
            return "", lines
        file.truncate(file.seek(0, 2) - len(last))
    return last[:CHUNK_BYTES].decode("utf-8", "replace"), lines


def _size(path: Path, name: str, limits: Limits) -> int:
    if not path.exists():
        raise ReadError(f"{name}: no such file")
    if not path.is_file():
        raise ReadError(f"{name}: a folder or device, not a file")
    size = path.stat().st_size
    if size == 0:
        raise ReadError(f"{name}: the file is empty")
    if size > limits.max_file_bytes:
        raise ReadError(
            f"{name}: {size // MEBIBYTE:,} MiB, more than the limit of "
            f"{limits.max_file_bytes // MEBIBYTE:,} MiB. Cut it by day and read the parts"
        )
    return size


def _gunzip(path: Path, plain: Path, packed_bytes: int, name: str, limits: Limits) -> bool:
    """Unpack, and return whether the file broke off before its end."""
    with gzip.open(path) as packed, plain.open("wb") as out:
        try:
            _copy(packed, out, packed_bytes, name, limits)
        except (EOFError, zlib.error, gzip.BadGzipFile) as fault:
            if out.tell() == 0:
                raise ReadError(
                    f"{name}: damaged gzip, nothing could be unpacked: {fault}"
                ) from fault
            return True
        if out.tell() == 0:
            raise ReadError(f"{name}: the file is empty once unpacked")
    return False


def _copy(
    packed: gzip.GzipFile, out: IO[bytes], packed_bytes: int, name: str, limits: Limits
) -> None:
    while chunk := packed.read1(CHUNK_BYTES):
        out.write(chunk)
        size = out.tell()
        if size > limits.max_unpacked_bytes:
            raise ReadError(
                f"{name}: unpacks to more than {limits.max_unpacked_bytes // MEBIBYTE:,} MiB, the "
                "limit. Cut it by day and read the parts"
            )
        if size > limits.ratio_judged_bytes and size > limits.max_ratio * packed_bytes:
            raise ReadError(
                f"{name}: unpacks to more than {limits.max_ratio:g} times its size: refused, as "
                "files made to fill a disk do that"
            )
