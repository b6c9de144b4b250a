"""VesselFinder and VT Explorer: each vessel an object with an ``AIS`` part."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.readers.base.layouts import ANTENNA, Layout
from app.readers.json.shapes.base import first_object
from app.readers.json.shapes.flat import flat_batch

if TYPE_CHECKING:
    from app.readers.base.reader import Batch
    from app.readers.json.shapes.base import Parsed

LAYOUT = Layout("vesselfinder", pinned={**ANTENNA, "ship_type": "TYPE"}, is_utc=True)


class VesselFinder:
    """Lists of ``{"AIS": {...}}``, with or without master and voyage data beside it."""

    name = "vesselfinder"
    layout = LAYOUT

    def recognises(self, document: object) -> bool:
        """Take a list whose first record has an ``AIS`` object with an MMSI, or such an object."""
        record = document if isinstance(document, dict) else first_object(document)
        part = record.get("AIS") if record else None
        return isinstance(part, dict) and "MMSI" in part

    def read(self, parsed: Parsed) -> Batch:
        """Read the ``AIS`` parts as flat records."""
        rows = parsed.document if isinstance(parsed.document, list) else [parsed.document]
        return flat_batch([self.record(row) for row in rows], parsed, LAYOUT, rows)

    def record(self, row: object) -> object:
        """Return the ``AIS`` part of one vessel."""
        return row.get("AIS") if isinstance(row, dict) else row
