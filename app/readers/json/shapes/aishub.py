"""AISHub: an array of a header and the records, in human or in raw AIS units."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.readers.base.layouts import AIS_UNITS, ANTENNA, Layout
from app.readers.base.reader import Batch, ReadError
from app.readers.json.shapes.base import first_object
from app.readers.json.shapes.flat import flat_batch

if TYPE_CHECKING:
    from app.readers.json.shapes.base import Parsed

HEADER_KEYS = {"ERROR", "USERNAME", "FORMAT"}
PINNED = {**ANTENNA, "time": "TIME", "ship_type": "TYPE", "destination": "DEST"}
HUMAN = Layout("aishub", pinned=PINNED, is_utc=True)
RAW = Layout(
    "aishub",
    pinned=PINNED,
    is_utc=True,
    factors=AIS_UNITS,
)
"""Raw units of ITU-R M.1371: 1/10000 minute, 1/10 knot, 1/10 degree, 1/10 metre."""


class AisHub:
    """Answers of AISHub's web service."""

    name = "aishub"

    def recognises(self, document: object) -> bool:
        """Take a list that begins with the service's header."""
        header = first_object(document)
        return header is not None and len(HEADER_KEYS & set(header)) > 1

    def read(self, parsed: Parsed) -> Batch:
        """Read the records. Raises ReadError with the service's message where it refused."""
        header = first_object(parsed.document) or {}
        if header.get("ERROR"):
            message = header.get("ERROR_MESSAGE", "no reason given")
            raise ReadError(f"{parsed.name}: AISHub answered with an error: {message}")
        parts = parsed.document[1:] if isinstance(parsed.document, list) else []
        records = [record for part in parts if isinstance(part, list) for record in part]
        is_raw = str(header.get("FORMAT", "")).upper() == "AIS"
        return flat_batch(records, parsed, RAW if is_raw else HUMAN)
