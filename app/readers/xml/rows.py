"""Providers' XML: one element per position, its values in attributes or in child elements."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from app.readers.base.aliases import plain
from app.readers.base.layouts import ANTENNA, Layout, layout_of
from app.readers.base.memory import by_size
from app.readers.base.reader import Batch, ReadError
from app.readers.base.records import keys_of
from app.readers.base.whole import check_whole
from app.readers.json.shapes.base import Parsed
from app.readers.json.shapes.flat import flat_batch
from app.readers.xml.stream import Stream, UnsafeXml
from app.readers.xml.tracks import with_fault

if TYPE_CHECKING:
    from app.readers.base.reader import ReadOptions, Source
    from app.readers.xml.stream import Element

SIGNATURE = re.compile(rb"^(?:\xef\xbb\xbf)?\s*<.*?(?:\bmmsi\s*=|<mmsi>)", re.IGNORECASE | re.DOTALL)

TAKEN_PER_BYTE = 8.0
"""At the peak (benchmarks/readers.py)."""


class XmlRows:
    """XML of MarineTraffic (attributes), VesselFinder (child elements) and their like."""

    name = "xml"

    def recognises(self, head: bytes) -> bool:
        """Take XML in which an MMSI is given near the beginning."""
        return b"\x00" not in head and SIGNATURE.match(head) is not None

    def takes_bytes(self, source: Source) -> float:
        """Return the memory it takes (`Reader.takes_bytes`)."""
        return by_size(source, TAKEN_PER_BYTE)

    def read(self, source: Source, options: ReadOptions) -> Batch:
        """Read every record. Raises ReadError for broken or unsafe XML, or one without records."""
        check_whole(source, "its records are gathered")
        gatherer = _Gatherer()
        try:
            fault = Stream(gatherer.end, gatherer.start).read(source.path)
        except UnsafeXml as unsafe:
            raise ReadError(f"{source.name}: refused: {unsafe}") from unsafe
        if fault and not gatherer.records:
            raise ReadError(f"{source.name}: not valid XML: {fault}")
        layout = layout_of(keys_of(gatherer.records), self.name)
        if layout.format == self.name:
            layout = Layout(self.name, pinned={**ANTENNA, "ship_type": "TYPE"})
        parsed = Parsed(None, self.name, source.name, options)
        batch = flat_batch(gatherer.records, parsed, layout)
        return batch if fault is None else with_fault(batch, fault)


class _Gatherer:
    """Collects records: an element with an MMSI among its attributes or its children."""

    def __init__(self) -> None:
        self.records: list[object] = []
        self._children: list[dict[str, str]] = [{}]

    def start(self, element: Element) -> None:
        self._children.append(dict(element.attributes))

    def end(self, path: list[Element]) -> None:
        values = self._children.pop()
        if any(plain(name) == "mmsi" for name in values):
            self.records.append(values)
        elif not values:
            self._children[-1][path[-1].name] = path[-1].text
