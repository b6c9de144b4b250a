"""aisstream.io: every AIS message in an envelope of type, metadata and message."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.readers.base.layouts import Layout
from app.readers.json.shapes.base import first_object
from app.readers.json.shapes.flat import flat_batch

if TYPE_CHECKING:
    from app.readers.base.reader import Batch
    from app.readers.json.shapes.base import Parsed

NAMES = {
    "UserID": "mmsi",
    "MessageID": "msg_type",
    "Longitude": "lon",
    "Latitude": "lat",
    "Sog": "sog",
    "Cog": "cog",
    "TrueHeading": "heading",
    "NavigationalStatus": "nav_status",
    "ImoNumber": "imo",
    "Name": "name",
    "CallSign": "callsign",
    "Type": "ship_type",
    "ShipType": "ship_type",
    "Destination": "destination",
    "MaximumStaticDraught": "draught_m",
}
DIMENSION = {"A": "to_bow_m", "B": "to_stern_m", "C": "to_port_m", "D": "to_starboard_m"}
ALL = ("mmsi", "time", *dict.fromkeys(NAMES.values()), *DIMENSION.values())
LAYOUT = Layout("aisstream", pinned={name: name for name in ALL}, is_utc=True)
MSG_TYPES = {
    "BaseStationReport": 4,
    "ShipStaticData": 5,
    "StandardSearchAndRescueAircraftReport": 9,
    "StandardClassBPositionReport": 18,
    "ExtendedClassBPositionReport": 19,
    "AidsToNavigationReport": 21,
    "StaticDataReport": 24,
    "LongRangeAisBroadcastMessage": 27,
}
"""Message names that identify a type; a ``PositionReport`` is 1, 2 or 3."""


class AisStream:
    """Messages as the service streams them, one per line or in a list."""

    name = "aisstream"
    layout = LAYOUT

    def recognises(self, document: object) -> bool:
        """Take records with ``MessageType`` and ``Message``."""
        record = first_object(document)
        return record is not None and {"MessageType", "Message"} <= set(record)

    def read(self, parsed: Parsed) -> Batch:
        """Lay the messages flat and read them as records."""
        rows = parsed.document if isinstance(parsed.document, list) else []
        return flat_batch([self.record(row) for row in rows], parsed, LAYOUT, rows)

    def record(self, row: object) -> object:
        """Lay one message flat."""
        return _flat(row)


def _flat(row: object) -> object:
    if not isinstance(row, dict):
        return row
    kind = row.get("MessageType")
    meta = row.get("MetaData", row.get("Metadata"))
    message = row.get("Message")
    body = message.get(kind) if isinstance(message, dict) and isinstance(kind, str) else None
    record: dict[str, object] = dict.fromkeys(ALL)
    if isinstance(meta, dict):
        record |= {"mmsi": meta.get("MMSI"), "time": meta.get("time_utc")}
    if isinstance(body, dict):
        record |= _said(body)
        for part in ("ReportA", "ReportB"):
            report = body.get(part)
            if isinstance(report, dict) and report.get("Valid", True):
                record |= _said(report)
    record["msg_type"] = MSG_TYPES.get(str(kind), record["msg_type"])
    return record


def _said(body: dict[str, object]) -> dict[str, object]:
    declared = {ours: body[theirs] for theirs, ours in NAMES.items() if theirs in body}
    size = body.get("Dimension")
    if isinstance(size, dict):
        declared |= {ours: size.get(theirs) for theirs, ours in DIMENSION.items()}
    return declared
