"""Events as flat rows: what tables of every format are made of."""

from __future__ import annotations

import re
from typing import Any

Collection = dict[str, Any]

NOT_XML = re.compile(r"[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that no XML may hold (XML 1.0, production 2)."""

VESSEL_FIELDS = ("mmsi", "id", "imo", "name", "callsign", "flag", "ship_type_text", "length_m")
"""What a flat table gives of each vessel, with `_1`, `_2` after the name."""

PLAIN_FIELDS = (
    "kind", "start", "end", "duration_h", "score", "score_prior", "band", "summary", "params_hash", "version",
    "software",
)  # fmt: skip


def flat_rows(collection: Collection) -> list[dict[str, Any]]:
    """Return one flat row per event.

    Vessel fields end in the vessel's number (`mmsi_1`, `mmsi_2`), each measure has its column, reasons and
    areas are text, and the position is that of the event's first point.
    """
    return [_flat(feature) for feature in collection["features"]]


def _flat(feature: dict[str, Any]) -> dict[str, Any]:
    properties = feature["properties"]
    row = {"event_id": feature["id"]} | {name: properties[name] for name in PLAIN_FIELDS}
    row["lon_deg"], row["lat_deg"] = _first_point(feature["geometry"]["coordinates"])
    for number, vessel in enumerate(properties["vessels"], start=1):
        row |= {f"{name}_{number}": vessel[name] for name in VESSEL_FIELDS}
        row[f"listed_{number}"] = vessel["listed"]["entry"] if vessel["listed"] else None
    row |= properties["measures"]
    row = {name: _plain(value) for name, value in row.items()}
    row["reasons"] = "; ".join(f"{r['text']} ({r['weight']:+.2f})" for r in properties["reasons"])
    for name in ("areas", "members", "part_of"):
        row[name] = "; ".join(properties[name])
    return row


def _plain(value: object) -> object:
    """Return text without characters that XML cannot hold: names are received as sent."""
    if not isinstance(value, str):
        return value
    return NOT_XML.sub("", value).replace("]]>", "]]")


def _first_point(coordinates: list[Any]) -> list[float]:
    return coordinates if isinstance(coordinates[0], float) else _first_point(coordinates[0])
