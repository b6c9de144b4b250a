"""Events as Cursor on Target, one a line: markers for the maps of coast guards (TAK)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import Element, SubElement, tostring

from app.outputs.colours import BAND_COLOURS
from app.outputs.flat import narrow_row, one_line

if TYPE_CHECKING:
    from app.outputs.flat import Collection

SPOT_MARKER, FUSED_BY_MACHINE = "b-m-p-s-m", "m-f"
"""Type and origin of a marker: it says nothing of friend or foe."""

NOT_KNOWN = "9999999.0"
"""How Cursor on Target says that a height or an error is not known."""

SHOWN = timedelta(days=1)
"""Maps fade a marker that is not sent again within a day of the data."""


def cot(collection: Collection) -> bytes:
    """Return one marker a line for each event, where it began; `time` is that up to which the data speak.

    There is no root element: a server takes the file as it is, line by line. `uid` does not change from run
    to run, so that a later run sets no second marker.
    """
    now = collection["report"]["now"]
    return b"".join(_marker(feature, now) + b"\n" for feature in collection["features"])


def _marker(feature: dict[str, Any], now: str) -> bytes:
    row = narrow_row(feature)
    event = Element(
        "event",
        version="2.0",
        uid=f"darkwake-{feature['id']}",
        type=SPOT_MARKER,
        how=FUSED_BY_MACHINE,
        time=now,
        start=row["start"],
        stale=_stale(now),
    )
    place = {"lat": str(row["lat"]), "lon": str(row["lon"])}
    SubElement(event, "point", place, hae=NOT_KNOWN, ce=NOT_KNOWN, le=NOT_KNOWN)
    detail = SubElement(event, "detail")
    SubElement(detail, "contact", callsign=one_line(feature["properties"]["label"]))
    SubElement(detail, "remarks").text = one_line(f"{row['summary']} Reasons: {row['top_reasons']}")
    SubElement(detail, "color", argb=_argb(BAND_COLOURS[row["band"]]))
    SubElement(detail, "archive")
    written: bytes = tostring(event, encoding="utf-8")
    return written


def _stale(now: str) -> str:
    return (datetime.fromisoformat(now) + SHOWN).isoformat().replace("+00:00", "Z")


def _argb(colour: str) -> str:
    """Return an opaque colour as TAK writes it: a whole number of 32 bits with a sign."""
    return str(int(f"ff{colour}", 16) - (1 << 32))
