"""Digitraffic's MQTT: a topic with the MMSI, and a payload that has none."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from app.readers.base.layouts import Layout
from app.readers.json.logged import PREFIX
from app.readers.json.shapes.base import first_object
from app.readers.json.shapes.flat import flat_batch
from app.readers.json.values import value_of

if TYPE_CHECKING:
    from app.readers.base.reader import Batch
    from app.readers.json.shapes.base import Parsed

TOPIC = re.compile(r"\bvessels(?:-v\d)?/(\d{1,9})/(location|metadata)s?\b")
ANY_TOPIC = re.compile(r"\bvessels(?:-v\d)?/(?:status\b|\d{1,9}/)")
MILLISECONDS_FROM = 1e11
NAMES = {
    "lon": "lon",
    "lat": "lat",
    "sog": "sog",
    "cog": "cog",
    "heading": "heading",
    "navStat": "nav_status",
    "name": "name",
    "callSign": "callsign",
    "imo": "imo",
    "destination": "destination",
    "type": "ship_type",
    "refA": "to_bow_m",
    "refB": "to_stern_m",
    "refC": "to_port_m",
    "refD": "to_starboard_m",
    "referencePointA": "to_bow_m",
    "referencePointB": "to_stern_m",
    "referencePointC": "to_port_m",
    "referencePointD": "to_starboard_m",
}
ALL = tuple(dict.fromkeys(("mmsi", "time", "draught_m", *NAMES.values())))
LAYOUT = Layout("digitraffic", pinned={name: name for name in ALL}, is_utc=True, factors={"draught_m": 0.1})


class DigitrafficTopics:
    """Messages with their topic: in front of the payload on a line, or in an object around it."""

    name = "digitraffic"
    layout = LAYOUT

    def recognises(self, document: object) -> bool:
        """Take records of which the first has a topic of vessels, or of the service's own state."""
        record = first_object(document)
        return record is not None and ANY_TOPIC.search(_topic(record)) is not None

    def read(self, parsed: Parsed) -> Batch:
        """Lay the messages flat and read them as records."""
        rows = parsed.document if isinstance(parsed.document, list) else []
        return flat_batch([self.record(row) for row in rows], parsed, LAYOUT, rows)

    def record(self, row: object) -> object:
        """Lay one message flat; what is of no vessel, such as the status topic, is no record."""
        topic = TOPIC.search(_topic(row)) if isinstance(row, dict) else None
        payload = _payload(row) if isinstance(row, dict) else None
        return _flat(topic, payload) if topic and payload else None


def _topic(row: dict[str, object]) -> str:
    topic = row.get("topic", row.get(PREFIX))
    return topic if isinstance(topic, str) else ""


def _payload(row: dict[str, object]) -> dict[str, object] | None:
    payload = row.get("payload", row)
    if isinstance(payload, str):
        try:
            payload = value_of(payload.encode())
        except ValueError:
            return None
    return payload if isinstance(payload, dict) else None


def _flat(topic: re.Match[str], payload: dict[str, object]) -> dict[str, object]:
    record: dict[str, object] = dict.fromkeys(ALL)
    if payload.get("type") == "Feature":
        payload = _of_feature(payload)
    record |= {ours: payload[theirs] for theirs, ours in NAMES.items() if theirs in payload}
    record["mmsi"] = topic[1]
    if topic[2] == "location":
        return record | {"time": _seconds(payload.get("time", payload.get("timestampExternal")))}
    return record | {"time": _seconds(payload.get("timestamp")), "draught_m": payload.get("draught")}


def _of_feature(feature: dict[str, object]) -> dict[str, object]:
    """Flatten the payload of the first version, a feature; its `timestamp` is a second of the minute."""
    properties, geometry = feature.get("properties"), feature.get("geometry")
    place = geometry.get("coordinates") if isinstance(geometry, dict) else None
    lon, lat, *_ = [*(place if isinstance(place, list) else []), None, None]
    return {**(properties if isinstance(properties, dict) else {}), "lon": lon, "lat": lat}


def _seconds(time: object) -> object:
    """Return a time in seconds: locations have these, metadata have milliseconds."""
    is_number = isinstance(time, int | float) and not isinstance(time, bool)
    if is_number and time > MILLISECONDS_FROM:  # type: ignore[operator]
        return time / 1000  # type: ignore[operator]
    return time
