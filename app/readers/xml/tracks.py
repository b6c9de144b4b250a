"""What GPX and KML share: XML in, tracks of our own shape out."""

from __future__ import annotations

import dataclasses
import re
from typing import TYPE_CHECKING, Protocol

from app.readers.base.memory import by_size
from app.readers.base.reader import Batch, ReadError
from app.readers.base.rejects import Reject
from app.readers.base.whole import check_whole
from app.readers.json.shapes.tracks import batch_from_tracks
from app.readers.xml.stream import Stream, UnsafeXml

if TYPE_CHECKING:
    from app.readers.base.reader import ReadOptions, Source
    from app.readers.xml.stream import Element

BROKE_OFF = "the XML breaks off or is malformed ({fault}): read as far as it went"
NO_MMSI = "{form} names no MMSI: its tracks are identified by their names"

TAKEN_PER_BYTE = 8.0
"""At the peak (benchmarks/readers.py)."""


class Gatherer(Protocol):
    """Collects tracks while a file is read."""

    tracks: list[object]
    parts: list[int]
    """The part of the file within which the name of each track holds."""

    def __init__(self, file_name: str, /) -> None:
        """Begin a file."""
        ...

    def start(self, element: Element) -> None:
        """See an element open."""
        ...

    def end(self, path: list[Element]) -> None:
        """See the last element of the path close."""
        ...

    def close(self) -> None:
        """End the file, wherever it ends: what is open is gathered as far as it went."""
        ...


class XmlTracksReader:
    """A format of XML tracks: `name` is that of its root, `gatherer` collects the tracks of a file."""

    name: str
    gatherer: type[Gatherer]

    def recognises(self, head: bytes) -> bool:
        """Return whether the root element has the name of the format."""
        return root_is(head, self.name.encode())

    def takes_bytes(self, source: Source) -> float:
        """Return the memory it takes (`Reader.takes_bytes`)."""
        return by_size(source, TAKEN_PER_BYTE)

    def read(self, source: Source, options: ReadOptions) -> Batch:
        """Read every track. Raises ReadError where there is none, or for unsafe XML."""
        return read_xml(source, options, self.name, self.gatherer(source.name))


def root_is(head: bytes, name: bytes) -> bool:
    """Return whether the first element of an XML text has this local name."""
    found = re.search(rb"<(?![?!])(?:[\w.-]+:)?([\w.-]+)", head)
    return b"\x00" not in head and found is not None and found[1].lower() == name


def read_xml(source: Source, options: ReadOptions, form: str, gatherer: Gatherer) -> Batch:
    """Read a file through a gatherer. Raises ReadError where nothing in it can be used."""
    check_whole(source, "its tracks are gathered")
    try:
        fault = Stream(gatherer.end, gatherer.start).read(source.path)
    except UnsafeXml as unsafe:
        raise ReadError(f"{source.name}: refused: {unsafe}") from unsafe
    gatherer.close()
    if not gatherer.tracks:
        why = f": {fault}" if fault else ""
        raise ReadError(f"{source.name}: {form} without any track point{why}")
    batch = batch_from_tracks(gatherer.tracks, source.name, options, form, gatherer.parts)
    if batch.own_ids:
        warnings = (*batch.warnings, NO_MMSI.format(form=form))
        batch = dataclasses.replace(batch, warnings=warnings)
    return batch if fault is None else with_fault(batch, fault)


def with_fault(batch: Batch, fault: str) -> Batch:
    """Return a batch that counts the fault and warns where its XML broke off."""
    batch.rejects.add(Reject.NOT_A_RECORD, 0, fault)
    warnings = (*batch.warnings, BROKE_OFF.format(fault=fault))
    return dataclasses.replace(batch, rows=batch.rows + 1, warnings=warnings)
