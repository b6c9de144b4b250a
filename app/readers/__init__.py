"""Bytes of a file -> position and static reports, with a reason for every reject."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import numpy as np
from polars.exceptions import PanicException

from app.readers.base.memory import check_room, free_bytes
from app.readers.base.one_track import check_one_vessel
from app.readers.base.reader import Batch, Reader, ReadError, ReadOptions, Source
from app.readers.base.rejects import Reject
from app.readers.columnar.excel import Excel
from app.readers.columnar.geopackage import GeoPackage
from app.readers.columnar.shapefile import Shapefile
from app.readers.columnar.tables import Arrow, Parquet
from app.readers.containers.unpack import Limits, Member, unpacked
from app.readers.containers.unreadable import named_format, unnamed_binary
from app.readers.csv.delimited import Delimited
from app.readers.csv.moving_features import MfCsv
from app.readers.json.reader import SHAPES, Json, LoggedJson, NdJson
from app.readers.json.shapes.tracks import batch_from_tracks
from app.readers.nmea.reader import Nmea
from app.readers.values.vessels import too_many
from app.readers.xml.gpx import Gpx
from app.readers.xml.kml import Kml
from app.readers.xml.rows import XmlRows

if TYPE_CHECKING:
    from pathlib import Path

READERS: tuple[Reader, ...] = (
    Parquet(),
    Arrow(),
    GeoPackage(),
    Shapefile(),
    Excel(),
    Gpx(),
    Kml(),
    XmlRows(),
    MfCsv(),
    LoggedJson(),
    NdJson(),
    Json(),
    Nmea(),
    Delimited(),
)
"""Every format that is read, in the order of asking: the most specific signature first."""

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

    `name` is what the user calls it (default: the path). The content decides the format, never the
    name. Raises ReadError where nothing can be used, and says what would be right. A member of an
    archive that cannot be used is a warning of the first batch, if another can.
    """
    shown = name or str(path)
    limits = limits or Limits()
    options = dataclasses.replace(options or ReadOptions(), max_vessels=limits.max_vessels)
    batches: list[Batch] = []
    with unpacked(path, shown, limits) as found:
        faults = list(found.passed_over)
        for member in found.members:
            rows = sum(batch.rows for batch in batches)
            following = dataclasses.replace(options, first_row=options.first_row + rows)
            try:
                batches.append(_read(member, following))
            except ReadError as fault:
                faults.append(str(fault))
    _check_vessels(batches, limits.max_vessels, shown)
    if not batches:
        raise ReadError("; ".join(faults) or f"{shown}: an archive without any track file")
    if faults:
        warnings = (*batches[0].warnings, *faults)
        batches[0] = dataclasses.replace(batches[0], warnings=warnings)
    return batches


def _check_vessels(batches: list[Batch], most: int, name: str) -> None:
    """Raise ReadError where all batches together have too many vessels."""
    if sum(len(batch.reports) for batch in batches) <= most:
        return
    count = len(np.unique(np.concatenate([batch.reports.vessels[0] for batch in batches])))
    if count > most:
        raise ReadError(too_many(count, most, name))


def _read(member: Member, options: ReadOptions) -> Batch:
    reader, free = reader_for(member.source), free_bytes()
    check_room(member.source.name, reader.takes_bytes(member.source), free)
    try:
        batch = reader.read(member.source, dataclasses.replace(options, free_bytes=free))
    except PanicException as fault:  # no Exception: it would end the run, and the other files with it
        raise ReadError(
            f"{member.source.name}: damaged, and no reader can make out where: {fault}"
        ) from fault
    batch = dataclasses.replace(batch, encoding=member.source.encoding)
    check_one_vessel(batch, batch.header)
    if not member.is_truncated:
        return batch
    batch.rejects.add(Reject.TRUNCATED, member.lines, member.lost)
    return dataclasses.replace(batch, rows=batch.rows + 1, warnings=(*batch.warnings, BROKE_OFF))


def reader_for(source: Source) -> Reader:
    """Return the reader that recognises a file. Raises ReadError where none does."""
    for reader in READERS:
        if reader.recognises(source.head):
            return reader
    stranger = named_format(source.head)
    if stranger:
        raise ReadError(f"{source.name}: {stranger}")
    binary = unnamed_binary(source.head)
    names = dict.fromkeys([*(r.name for r in READERS), *(s.name for s in SHAPES)])
    raise ReadError(
        f"{source.name}: no track format is recognised. It begins with {_shown(source.head)}"
        f"{' - ' + binary if binary else ''}; "
        f"formats read: {', '.join(names)}"
    )


def _shown(head: bytes) -> str:
    start = head[:SHOWN_BYTES]
    if all(byte in PRINTABLE for byte in start):
        return repr(start.decode("ascii"))
    return f"the bytes {start.hex(' ')}"


__all__ = [
    "READERS",
    "SHAPES",
    "Batch",
    "Limits",
    "ReadError",
    "ReadOptions",
    "batch_from_tracks",
    "read_file",
    "reader_for",
]
