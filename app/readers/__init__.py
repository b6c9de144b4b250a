"""Bytes of a file -> position and static reports, with a reason for every reject."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from app.readers.base import Batch, Reader, ReadError, ReadOptions, Source
from app.readers.containers import Limits, Member, unpacked
from app.readers.delimited import Delimited
from app.readers.json_reader import Json, NdJson
from app.readers.json_tracks import batch_from_tracks
from app.readers.nmea.reader import Nmea
from app.readers.rejects import Reject

if TYPE_CHECKING:
    from pathlib import Path

READERS: tuple[Reader, ...] = (Nmea(), NdJson(), Json(), Delimited())
"""Every format that is read, in the order of asking: the most telling signature first."""

SHOWN_BYTES = 24
PRINTABLE = bytes(range(32, 127)) + b"\t\r\n"
BROKE_OFF = "the packed file broke off before its end: read as far as it went"


def read_file(
    path: Path,
    name: str | None = None,
    limits: Limits | None = None,
    options: ReadOptions | None = None,
) -> list[Batch]:
    """Read one file, packed or plain, and return a batch for each track file in it.

    `name` is what the user calls it (default: the path). The format is told from the content, never
    from the name. Raises ReadError where nothing can be used, and says what would be right.
    """
    shown = name or str(path)
    options = options or ReadOptions()
    batches: list[Batch] = []
    with unpacked(path, shown, limits or Limits()) as members:
        for member in members:
            rows = sum(batch.rows for batch in batches)
            batches.append(
                _read(member, dataclasses.replace(options, first_row=options.first_row + rows))
            )
    return batches


def _read(member: Member, options: ReadOptions) -> Batch:
    batch = reader_for(member.source).read(member.source, options)
    if not member.is_truncated:
        return batch
    batch.rejects.add(Reject.TRUNCATED, member.lines, member.lost)
    return dataclasses.replace(batch, rows=batch.rows + 1, warnings=(*batch.warnings, BROKE_OFF))


def reader_for(source: Source) -> Reader:
    """Return the reader that recognises a file. Raises ReadError where none does."""
    for reader in READERS:
        if reader.recognises(source.head):
            return reader
    formats = ", ".join(reader.name for reader in READERS)
    raise ReadError(
        f"{source.name}: no track format is recognised. It begins with {_shown(source.head)}; "
        f"formats read: {formats}"
    )


def _shown(head: bytes) -> str:
    start = head[:SHOWN_BYTES]
    if all(byte in PRINTABLE for byte in start):
        return repr(start.decode("ascii"))
    return f"the bytes {start.hex(' ')}"


__all__ = [
    "READERS",
    "Batch",
    "Limits",
    "ReadError",
    "ReadOptions",
    "batch_from_tracks",
    "read_file",
    "reader_for",
]
