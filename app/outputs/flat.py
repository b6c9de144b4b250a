"""Events as flat rows: what tables of every format are made of."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

Collection = dict[str, Any]
Row = dict[str, Any]

NOT_XML = re.compile(r"[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that no XML may hold (XML 1.0, production 2)."""

TEXT, NUMBER, WHOLE, TIME = "text", "number", "whole number", "time"
"""What a column holds; a time is RFC 3339 text until a format makes a date-time of it."""

PLACE_AND_TIME = {
    "id": TEXT, "kind": TEXT, "band": TEXT, "score": NUMBER, "start": TIME, "end": TIME, "duration_h": NUMBER,
    "lon": NUMBER, "lat": NUMBER, "end_lon": NUMBER, "end_lat": NUMBER,
}  # fmt: skip
OF_VESSEL = {"mmsi": WHOLE, "imo": WHOLE, "name": TEXT, "flag": TEXT, "type": TEXT, "length": NUMBER}
"""What is given of each vessel, with `_1`, `_2` after the name. `length` is in metres."""

CONTEXT = {"zones": TEXT, "listed_by": TEXT, "summary": TEXT, "top_reasons": TEXT}

NARROW = {
    **PLACE_AND_TIME,
    **{f"{name}_{number}": type_ for number in (1, 2) for name, type_ in OF_VESSEL.items()},
    **CONTEXT,
}
"""The columns that most users need: every event has the same ones."""

MORE_OF_VESSEL = {"id": TEXT, "callsign": TEXT, "listed": TEXT}
MORE = {
    "score_prior": NUMBER, "reasons": TEXT, "members": TEXT, "part_of": TEXT, "params_hash": TEXT,
    "version": WHOLE, "software": TEXT,
}  # fmt: skip
"""What wide rows have besides, before the measures."""

REASONS_SHOWN = 3


def narrow_row(feature: dict[str, Any]) -> Row:
    """Return an event under the columns of `NARROW`; a third vessel and those after it are left out.

    The place is where the event began; the end is given where it ended elsewhere.
    """
    properties = feature["properties"]
    points = list(_points(feature["geometry"]["coordinates"]))
    row = dict.fromkeys(NARROW) | {"id": feature["id"], "listed_by": properties["measures"].get("listed_by")}
    row |= {name: properties[name] for name in PLACE_AND_TIME if name in properties}
    row["lon"], row["lat"] = points[0]
    if len(points) > 1:
        row["end_lon"], row["end_lat"] = points[-1]
    for number, vessel in enumerate(properties["vessels"][:2], start=1):
        row |= _numbered(vessel, number, OF_VESSEL)
    ranked = sorted(properties["reasons"], key=lambda r: -abs(r["weight"]))
    row |= {
        "zones": "; ".join(properties["areas"]),
        "summary": properties["summary"],
        "top_reasons": "; ".join(map(_reason_text, ranked[:REASONS_SHOWN])),
    }
    return {name: clean(value) for name, value in row.items()}


def wide_row(feature: dict[str, Any]) -> Row:
    """Return an event with everything that a flat row can hold: all vessels, all reasons, each measure."""
    properties = feature["properties"]
    row = narrow_row(feature) | {name: properties[name] for name in MORE if name in properties}
    for number, vessel in enumerate(properties["vessels"], start=1):
        row |= _numbered(vessel, number, [*OF_VESSEL, *MORE_OF_VESSEL])
    row["reasons"] = "; ".join(map(_reason_text, properties["reasons"]))
    row |= {name: "; ".join(properties[name]) for name in ("members", "part_of")}
    return {name: clean(value) for name, value in (row | properties["measures"]).items()}


def with_milliseconds(time: str) -> str:
    """Return an RFC 3339 time in the one form that has milliseconds.

    >>> with_milliseconds("2024-03-01T08:00:00Z"), with_milliseconds("2024-03-01T08:00:00.250Z")
    ('2024-03-01T08:00:00.000Z', '2024-03-01T08:00:00.250Z')
    """
    return time if "." in time else time.replace("Z", ".000Z")


def clean(value: object) -> object:
    """Return text without characters that XML cannot hold: names are received as sent."""
    return NOT_XML.sub("", value) if isinstance(value, str) else value


def one_line(text: str) -> str:
    """Return a text without line breaks and signs that no XML may hold."""
    return " ".join(NOT_XML.sub("", text).split())


def vessel_values(vessel: dict[str, Any]) -> Row:
    """Return what tables give of a vessel, under the names of `OF_VESSEL` and `MORE_OF_VESSEL`."""
    entry = vessel["listed"]["entry"] if vessel["listed"] else None
    return vessel | {"type": vessel["ship_type_text"], "length": vessel["length_m"], "listed": entry}


def _numbered(vessel: dict[str, Any], number: int, columns: Iterable[str]) -> Row:
    values = vessel_values(vessel)
    return {f"{name}_{number}": values[name] for name in columns}


def _reason_text(reason: dict[str, Any]) -> str:
    return f"{reason['text']} ({reason['weight']:+.2f})"


def _points(coordinates: list[Any]) -> list[list[float]]:
    """Return the points of a point, a line or several lines."""
    if isinstance(coordinates[0], float):
        return [coordinates]
    return [point for part in coordinates for point in _points(part)]
