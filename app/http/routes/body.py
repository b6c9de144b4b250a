"""A request's body, written to disk: decoded by its Content-Encoding, within the size limit."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Protocol

import anyio.to_thread

from app.disk import noticing_full_disk
from app.errors import EncodingError, TooLargeError
from app.readers.base.reader import ReadError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from typing import BinaryIO

    from fastapi import Request

GZIP_FORM = 16 + zlib.MAX_WBITS
PIECE_BYTES = 1 << 20
"""Decompressed so much at a time: a decompression bomb is noticed before it fills the memory."""


class Decoder(Protocol):
    """Undoes a Content-Encoding, a chunk at a time."""

    def pieces(self, chunk: bytes) -> Iterator[bytes]:
        """Return what a chunk holds. Raises ReadError where it is damaged."""
        ...

    def check_end(self) -> None:
        """Raise ReadError where the body broke off."""
        ...


class Plain:
    """No encoding: every chunk is as it was sent."""

    def pieces(self, chunk: bytes) -> Iterator[bytes]:
        """Return the chunk itself."""
        yield chunk

    def check_end(self) -> None:
        """Do nothing: no part can be missing."""


class Gunzip:
    """gzip (RFC 1952), of one member or of several."""

    def __init__(self) -> None:
        self._member = zlib.decompressobj(GZIP_FORM)

    def pieces(self, chunk: bytes) -> Iterator[bytes]:
        """Return what a chunk holds, in pieces of bounded size."""
        try:
            while chunk:
                if self._member.eof:
                    self._member = zlib.decompressobj(GZIP_FORM)
                yield self._member.decompress(chunk, PIECE_BYTES)
                chunk = self._member.unconsumed_tail or self._member.unused_data.lstrip(b"\0")
        except zlib.error as fault:
            raise ReadError(
                f"the body is not valid gzip, though its Content-Encoding says gzip: {fault}"
            ) from None

    def check_end(self) -> None:
        """Raise ReadError for a body that ends before its gzip does."""
        if not self._member.eof:
            raise ReadError("the body's gzip breaks off before its end: send it again")


def decoder_of(request: Request) -> Decoder:
    """Return what undoes a request's Content-Encoding. Raises EncodingError for one that is not known."""
    encoding = request.headers.get("content-encoding", "identity").strip().lower()
    if encoding in {"", "identity"}:
        return Plain()
    if encoding in {"gzip", "x-gzip"}:
        return Gunzip()
    raise EncodingError(f"Content-Encoding {encoding!r} is not supported: send the body as it is, or in gzip")


async def save_body(request: Request, path: Path, max_bytes: int, take: Callable[[int], None]) -> None:
    """Write a request's body to disk, unpacked as its Content-Encoding says.

    `take` is told of the bytes before they are written. Raises TooLargeError as soon as the body is larger
    than `max_bytes`, packed or unpacked; EncodingError for an encoding that is not known; ReadError for one
    that is damaged; DiskFullError.
    """
    decoder = decoder_of(request)
    with noticing_full_disk(), path.open("wb") as file:
        target = Target(file, max_bytes, take)
        async for chunk in request.stream():
            await anyio.to_thread.run_sync(target.write, decoder.pieces(chunk))
    decoder.check_end()


class Target:
    """A file that takes `max_bytes` at most."""

    def __init__(self, file: BinaryIO, max_bytes: int, take: Callable[[int], None]) -> None:
        self._file, self._max_bytes, self._take = file, max_bytes, take
        self._bytes_left = max_bytes

    def write(self, pieces: Iterator[bytes]) -> None:
        """Write pieces. Raises TooLargeError for one too many."""
        for piece in pieces:
            self._bytes_left -= len(piece)
            if self._bytes_left < 0:
                raise TooLargeError(
                    f"the body is larger than {self._max_bytes} bytes: send the tracks in parts"
                )
            self._take(len(piece))
            self._file.write(piece)
