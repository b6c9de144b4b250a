"""Packed files -> plain ones in a temporary folder, within limits."""

from __future__ import annotations

import bz2
import gzip
import lzma
import struct
import tempfile
import zipfile
import zlib
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import TYPE_CHECKING, Protocol

import pyarrow as pa

from app.disk import noticing_full_disk
from app.readers.base.reader import HEAD_BYTES, MOST_VESSELS, ReadError, Source
from app.readers.containers.documents import SIDES, WORKBOOK, check_document, shapefiles
from app.readers.containers.encoding import as_utf8

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

CHUNK_BYTES = 1 << 20
MEBIBYTE = 1 << 20
ZIP_MAGIC = b"PK\x03\x04"
EMPTY_ZIP_MAGIC = b"PK\x05\x06"
IGNORED_NAMES = ("__MACOSX", ".DS_Store", "Thumbs.db")
"""What desktop systems add to archives by themselves."""
BROKEN = (EOFError, OSError, zlib.error, lzma.LZMAError, pa.ArrowException, zipfile.BadZipFile)
"""What the unpackers raise on damaged files."""
BROKEN_ZIP = (*BROKEN, NotImplementedError, ValueError, IndexError, RuntimeError, struct.error)
"""What zipfile raises besides, by accident of its parsing."""


class Stream(Protocol):
    """Unpacked bytes, a piece at a time."""

    def read(self, size: int, /) -> bytes:
        """Return at most `size` bytes, none at the end."""
        ...

    def close(self) -> None:
        """Let go of the file."""
        ...


def _open_zstd(path: Path) -> Stream:
    stream: Stream = pa.CompressedInputStream(pa.OSFile(str(path)), "zstd")
    return stream


STREAMS: tuple[tuple[str, bytes, Callable[[Path], Stream]], ...] = (
    ("gzip", b"\x1f\x8b", gzip.open),
    ("zstd", b"\x28\xb5\x2f\xfd", _open_zstd),
    ("bz2", b"BZh", bz2.open),
    ("xz", b"\xfd7zXZ\x00", lzma.open),
)
"""Packings of a single file: name, first bytes, how to open."""


@dataclass(frozen=True)
class Limits:
    """How large a file may be, and how deep and wide an archive.

    `max_unpacked_bytes` bounds all members together. `max_ratio` bounds unpacked over packed size,
    and is judged only past `ratio_judged_bytes`: small repetitive files compress very well.
    `max_nesting` counts packings around a file: two allow an archive of packed files, or a zip in
    a zip. `max_vessels` bounds the vessels of all members together.
    """

    max_file_bytes: int = 16 << 30
    max_unpacked_bytes: int = 4 << 30
    max_ratio: float = 200.0
    ratio_judged_bytes: int = 64 << 20
    max_members: int = 1000
    max_nesting: int = 2
    max_vessels: int = MOST_VESSELS


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


@dataclass
class Unpacked:
    """The plain files of one file, and what was skipped."""

    members: list[Member] = field(default_factory=list)
    passed_over: list[str] = field(default_factory=list)


@contextmanager
def unpacked(path: Path, name: str, limits: Limits) -> Iterator[Unpacked]:
    """Give the plain files that a file holds; temporary ones vanish at the end.

    Raises ReadError for a file that is missing, no file, empty, or larger than the limits.
    """
    size = checked_size(path, name, limits)
    with tempfile.TemporaryDirectory(prefix="darkwake-") as folder:
        work = _Work(Path(folder), limits, size)
        work.take(path, name, 0)
        yield work.found


def checked_size(path: Path, name: str, limits: Limits) -> int:
    """Return the bytes of a file. Raises ReadError if it is none, empty or too large."""
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


class _Work:
    """Unpacking of one file: where to, how much so far, what was found."""

    def __init__(self, folder: Path, limits: Limits, packed_bytes: int) -> None:
        self.found = Unpacked()
        self._folder = folder
        self._limits = limits
        self._packed_bytes = packed_bytes
        self._unpacked_bytes = 0
        self._files = 0

    def take(self, path: Path, name: str, depth: int, *, is_truncated: bool = False) -> None:
        """Unpack a file until it is plain, and note what it holds."""
        with path.open("rb") as file:
            head = file.read(HEAD_BYTES)
        if head.startswith((ZIP_MAGIC, EMPTY_ZIP_MAGIC)):
            if self._workbook(path, name):
                return
            self._check_depth(name, depth)
            self._zip(path, name, depth)
            return
        for packing, magic, opener in STREAMS:
            if head.startswith(magic):
                self._check_depth(name, depth)
                self._stream(path, name, depth, packing, opener)
                return
        lost, lines = _cut_to_whole_lines(path) if is_truncated else ("", 0)
        plain, head, encoding = as_utf8(path, head, self._new_file)
        if is_truncated:
            head = head[: plain.stat().st_size]
        self.found.members.append(Member(Source(name, plain, head, encoding), is_truncated, lost, lines))

    def _check_depth(self, name: str, depth: int) -> None:
        if depth >= self._limits.max_nesting:
            raise ReadError(
                f"{name}: packed more than {self._limits.max_nesting} times over; unpack it first"
            )

    def _new_file(self) -> Path:
        self._files += 1
        return self._folder / f"{self._files}"

    def _stream(
        self, path: Path, name: str, depth: int, packing: str, opener: Callable[[Path], Stream]
    ) -> None:
        plain = self._new_file()
        try:
            stream = opener(path)
            is_whole = self._copy(stream, plain, name)
            stream.close()
        except BROKEN as fault:
            raise ReadError(f"{name}: damaged {packing}: {fault}") from fault
        if plain.stat().st_size == 0:
            what = (
                "the file is empty once unpacked"
                if is_whole
                else f"damaged {packing}, nothing could be unpacked"
            )
            raise ReadError(f"{name}: {what}")
        self.take(plain, name, depth + 1, is_truncated=not is_whole)

    def _workbook(self, path: Path, name: str) -> bool:
        """Take an Excel workbook as one file: packed anew without compression, within the limits."""
        try:
            with zipfile.ZipFile(path) as archive:
                check_document(archive, name)
                if WORKBOOK not in archive.namelist():
                    return False
                packed = self._repacked(archive, name)
        except BROKEN_ZIP as fault:
            raise ReadError(f"{name}: damaged zip: {fault}") from fault
        with packed.open("rb") as file:
            self.found.members.append(Member(Source(name, packed, file.read(HEAD_BYTES))))
        return True

    def _repacked(self, archive: zipfile.ZipFile, name: str) -> Path:
        packed, plain = self._new_file().with_suffix(".xlsx"), self._new_file()
        with zipfile.ZipFile(packed, "w") as out:
            for info in archive.infolist():
                if info.filename.endswith((".xml", ".rels")):
                    with archive.open(info) as stream:
                        self._copy(stream, plain, f"{name}/{info.filename}")
                    out.write(plain, info.filename)
        plain.unlink(missing_ok=True)
        return packed

    def _zip(self, path: Path, name: str, depth: int) -> None:
        try:
            archive = zipfile.ZipFile(path)
        except BROKEN_ZIP as fault:
            raise ReadError(f"{name}: damaged zip: {fault}") from fault
        with archive:
            infos = [info for info in archive.infolist() if not info.filename.endswith("/")]
            if not infos:
                raise ReadError(f"{name}: an archive without files")
            if len(infos) > self._limits.max_members:
                raise ReadError(f"{name}: {len(infos):,} members, more than {self._limits.max_members:,}")
            groups = shapefiles([info.filename for info in infos if not info.flag_bits & 1])
            for shp, parts in groups.items():
                self._shapefile(archive, parts, f"{name}/{shp}")
            taken = {part for parts in groups.values() for part in parts}
            for info in infos:
                if info.filename not in taken:
                    self._zip_member(archive, info, f"{name}/{info.filename}", depth)

    def _shapefile(self, archive: zipfile.ZipFile, parts: list[str], name: str) -> None:
        """Unpack the files of one shapefile beside each other, under one name."""
        base = self._new_file()
        for part in parts:
            plain = base.with_suffix(PurePosixPath(part).suffix.lower())
            if plain.suffix in SIDES:
                with archive.open(part) as stream:
                    self._copy(stream, plain, f"{name} ({plain.suffix})")
        with base.with_suffix(".shp").open("rb") as file:
            head = file.read(HEAD_BYTES)
        self.found.members.append(Member(Source(name, base.with_suffix(".shp"), head)))

    def _zip_member(self, archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str, depth: int) -> None:
        if any(part in IGNORED_NAMES for part in PurePosixPath(info.filename).parts):
            return
        if not _is_inside(info.filename):
            self.found.passed_over.append(f"{name}: its path leads out of the archive: not read")
            return
        if info.flag_bits & 1:
            self.found.passed_over.append(f"{name}: needs a password: not read")
            return
        plain = self._new_file()
        try:
            with archive.open(info) as stream:
                is_whole = self._copy(stream, plain, name)
        except BROKEN_ZIP as fault:
            self.found.passed_over.append(f"{name}: damaged: {fault}")
            return
        if plain.stat().st_size:
            self.take(plain, name, depth + 1, is_truncated=not is_whole)
        else:
            self.found.passed_over.append(f"{name}: the file is empty")

    def _copy(self, stream: Stream, plain: Path, name: str) -> bool:
        """Unpack into a file, and return whether its end was reached undamaged."""
        with noticing_full_disk(), plain.open("wb") as out:
            while True:
                try:
                    chunk = _piece(stream)
                except BROKEN:
                    return False
                if not chunk:
                    return True
                out.write(chunk)
                self._unpacked_bytes += len(chunk)
                self._check_volume(name)

    def _check_volume(self, name: str) -> None:
        limits, size = self._limits, self._unpacked_bytes
        if size > limits.max_unpacked_bytes:
            raise ReadError(
                f"{name}: unpacks to more than {limits.max_unpacked_bytes // MEBIBYTE:,} MiB, the "
                "limit. Cut it by day and read the parts"
            )
        if size > limits.ratio_judged_bytes and size > limits.max_ratio * self._packed_bytes:
            raise ReadError(
                f"{name}: unpacks to more than {limits.max_ratio:g} times its size: refused, as "
                "files made to fill a disk do that"
            )


def _piece(stream: Stream) -> bytes:
    """Read what is there, so that a damaged place costs no more than what follows it."""
    read1 = getattr(stream, "read1", None)
    piece: bytes = read1(CHUNK_BYTES) if read1 else stream.read(CHUNK_BYTES)
    return piece


def _is_inside(filename: str) -> bool:
    """Tell whether a member's path stays within its archive, by the rules of either system."""
    windows, posix = PureWindowsPath(filename), PurePosixPath(filename)
    leads_out = ".." in windows.parts or ".." in posix.parts
    return not (leads_out or windows.drive or windows.root or posix.is_absolute())


def _cut_to_whole_lines(plain: Path) -> tuple[str, int]:
    """Cut off a last line that has no end: a cut value is a wrong value."""
    lines, end, size = 0, 0, 0
    with plain.open("r+b") as file:
        while chunk := file.read(CHUNK_BYTES):
            lines += chunk.count(b"\n")
            end = size + chunk.rfind(b"\n") + 1 if b"\n" in chunk else end
            size += len(chunk)
        if end in (0, size):
            return "", lines
        file.seek(end)
        lost = file.read(CHUNK_BYTES)
        file.truncate(end)
    return lost.decode("utf-8", "replace"), lines + 1
