"""Signal K deltas: values by path, in SI units, of one vessel at one time."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from app.readers.base.layouts import Layout
from app.readers.json.shapes.base import first_object
from app.readers.json.shapes.flat import flat_batch
from app.readers.values.units import KNOTS_PER_MPS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.readers.base.reader import Batch
    from app.readers.json.shapes.base import Parsed

MMSI = re.compile(r"mmsi:(\d{1,9})$")
OWN_SHIP = "vessels.self"
STATIONS = {
    "atons": "AtoN",
    "shore": "Base Station",
    "basestations": "Base Station",
    "aircraft": "SAR Airborne",
    "sar": "SAR Airborne",
}
"""Contexts that are no vessels, in the words that tell them apart (`vocabulary.STATIONS`)."""
SCALES = {
    "navigation.speedOverGround": ("sog", KNOTS_PER_MPS),
    "navigation.courseOverGroundTrue": ("cog", 180 / math.pi),
    "navigation.headingTrue": ("heading", 180 / math.pi),
}
NAMES = {
    "navigation.state": "nav_status",
    "navigation.destination.commonName": "destination",
    "communication.callsignVhf": "callsign",
    "registrations.imo": "imo",
    "name": "name",
    "design.beam": "beam_m",
}
PARTS = {
    "navigation.position": {"longitude": "lon", "latitude": "lat"},
    "design.length": {"overall": "length_m"},
    "design.draft": {"maximum": "draught_m", "current": "draught_m"},
    "design.aisShipType": {"id": "ship_type"},
    "communication": {"callsignVhf": "callsign"},
    "registrations": {"imo": "imo"},
    "": {"name": "name"},
}
STATES = {
    "motoring": 0,
    "anchored": 1,
    "not under command": 2,
    "moored": 5,
    "aground": 6,
    "fishing": 7,
    "sailing": 8,
}
KEYS = ("mmsi", "time", "lon", "lat", "sog", "cog", "heading", "nav_status", "ais_class")
STATIC = ("name", "callsign", "imo", "destination", "length_m", "beam_m", "draught_m", "ship_type")
LAYOUT = Layout("signalk", pinned={key: key for key in (*KEYS, *STATIC)}, is_utc=True)


class SignalK:
    """Deltas, one per line, in a list, or alone. Values of one vessel and one time are one record."""

    name = "signalk"

    def recognises(self, document: object) -> bool:
        """Take objects with a list of updates of which one holds values by path."""
        record = document if isinstance(document, dict) else first_object(document)
        return record is not None and any(True for _ in _updates(record))

    def read(self, parsed: Parsed) -> Batch:
        """Join the values to records, and read these."""
        deltas = parsed.document if isinstance(parsed.document, list) else [parsed.document]
        gathered = _Gathered(_identities(deltas))
        for number, delta in enumerate(deltas):
            gathered.take(delta, number)
        lines = np.arange(1, len(deltas) + 1) if parsed.line is None else parsed.line
        line = lines[np.array(gathered.origin, dtype=np.int64)]
        return flat_batch(gathered.records, replace(parsed, line=line), LAYOUT)


@dataclass
class _Gathered:
    """Records, the delta that began each, and which of them stands for a vessel at a time.

    `identities` maps contexts to the MMSI that some delta gives them: the own ship's is not in its context.
    """

    identities: dict[str, object]
    records: list[object] = field(default_factory=list)
    origin: list[int] = field(default_factory=list)
    current: dict[tuple[str, str], int] = field(default_factory=dict)

    def take(self, delta: object, number: int) -> None:
        """Add what a delta says; what is none keeps its place as no record."""
        if not isinstance(delta, dict) or not isinstance(delta.get("updates"), list):
            self.records.append(None)
            self.origin.append(number)
            return
        context = _context(delta)
        for update in _updates(delta):
            self._add(context, update.get("timestamp"), _said(update), number)

    def _add(self, context: str, time: object, said: dict[str, object], number: int) -> None:
        """Complete the record of a vessel and a time; a value that differs, of another source, begins one."""
        place = self.current.get((context, str(time)))
        known = None if place is None else self.records[place]
        if isinstance(known, dict) and all(known[name] in (None, value) for name, value in said.items()):
            known.update(said)
            return
        self.current[context, str(time)] = len(self.records)
        self.records.append(_begun(context, time, self.identities.get(context)) | said)
        self.origin.append(number)


def _context(delta: dict[str, object]) -> str:
    return str(delta.get("context") or OWN_SHIP)


def _updates(delta: dict[str, object]) -> Iterator[dict[str, object]]:
    found = delta.get("updates")
    for update in found if isinstance(found, list) else []:
        if isinstance(update, dict) and isinstance(update.get("values"), list):
            yield update


def _entries(update: dict[str, object]) -> Iterator[tuple[object, object]]:
    values = update["values"]
    for entry in values if isinstance(values, list) else []:
        if isinstance(entry, dict) and isinstance(entry.get("path"), str):
            yield entry["path"], entry.get("value")


def _identities(deltas: list[object]) -> dict[str, object]:
    """Return the MMSI that a value gives to a context, where the context does not name it."""
    found: dict[str, object] = {}
    for delta in deltas:
        for update in _updates(delta) if isinstance(delta, dict) else ():
            for path, value in _entries(update):
                mmsi = value.get("mmsi") if path == "" and isinstance(value, dict) else None
                if (path == "mmsi" or mmsi) and isinstance(delta, dict):
                    found[_context(delta)] = mmsi or value
    return found


def _begun(context: str, time: object, identity: object) -> dict[str, object]:
    """Return a record of which only vessel and time are known."""
    record: dict[str, object] = dict.fromkeys((*KEYS, *STATIC))
    group, _, own = context.partition(".")
    mmsi = MMSI.search(context)
    vessel = mmsi[1] if mmsi else identity or own or context
    return record | {"mmsi": vessel, "time": time, "ais_class": STATIONS.get(group)}


def _said(update: dict[str, object]) -> dict[str, object]:
    said: dict[str, object] = {}
    for path, value in _entries(update):
        said |= _value(str(path), value)
    return {name: value for name, value in said.items() if value is not None}


def _value(path: str, value: object) -> dict[str, object]:
    """Return one value under our names, in our units; nothing for a path that is of no use."""
    if path in PARTS and isinstance(value, dict):
        return {ours: value[theirs] for theirs, ours in PARTS[path].items() if theirs in value}
    if path in SCALES:
        name, scale = SCALES[path]
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        return {name: float(value) * scale} if is_number else {}  # type: ignore[arg-type]
    if path == "navigation.state":
        return {"nav_status": STATES.get(str(value))}
    return {NAMES[path]: value} if path in NAMES else {}
