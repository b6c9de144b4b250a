"""Events as KML: places with a time span, for Google Earth and other globes with a time slider."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import Element, SubElement, tostring

from app.outputs.colours import BAND_COLOURS
from app.outputs.flat import clean, narrow_row

if TYPE_CHECKING:
    from app.outputs.flat import Collection

NAMESPACE = "http://www.opengis.net/kml/2.2"

LINE_PIXELS = "3"

STATED_ELSEWHERE = ("start", "end", "summary", "top_reasons")
"""Columns that are no extended data, as the time span and the description hold them."""

NO_MARKUP = str.maketrans({"<": "‹", ">": "›"})  # noqa: RUF001 - signs that resemble the ones replaced
"""Globes show a description as HTML, whatever is escaped: a name must not become a link or a script."""


def kml(collection: Collection) -> bytes:
    """Return one placemark per event, with begin and end, styled by its band."""
    root = Element("kml", xmlns=NAMESPACE)
    document = SubElement(root, "Document")
    _text(document, "name", "Darkwake: events")
    for band, colour in BAND_COLOURS.items():
        _style(document, band, _opaque(colour))
    for feature in collection["features"]:
        _placemark(document, feature)
    written: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def _style(document: Element, band: str, colour: str) -> None:
    """Add the style of a band; without an icon of its own a globe tints its pin: nothing is downloaded."""
    style = SubElement(document, "Style", id=band)
    for part in ("IconStyle", "LabelStyle"):
        _text(SubElement(style, part), "color", colour)
    line = SubElement(style, "LineStyle")
    _text(line, "color", colour)
    _text(line, "width", LINE_PIXELS)


def _opaque(colour: str) -> str:
    """Return a colour as KML writes it: opacity, blue, green, red."""
    red, green, blue = colour[:2], colour[2:4], colour[4:]
    return f"ff{blue}{green}{red}"


def _placemark(document: Element, feature: dict[str, Any]) -> None:
    """Add an event. The order of the elements is that of the schema."""
    row = narrow_row(feature)
    placemark = SubElement(document, "Placemark", id=f"event-{feature['id']}")
    _text(placemark, "name", feature["properties"]["label"])
    _text(placemark, "description", f"{row['summary']}\n\nReasons: {row['top_reasons']}")
    span = SubElement(placemark, "TimeSpan")
    _text(span, "begin", row["start"])
    if row["end"]:
        _text(span, "end", row["end"])
    _text(placemark, "styleUrl", f"#{row['band']}")
    data = SubElement(placemark, "ExtendedData")
    for name, value in row.items():
        if value not in (None, "") and name not in STATED_ELSEWHERE:
            _text(SubElement(data, "Data", name=name), "value", str(value))
    _geometry(placemark, feature["geometry"])


def _geometry(parent: Element, geometry: dict[str, Any]) -> None:
    kind, coordinates = geometry["type"], geometry["coordinates"]
    if kind == "MultiLineString":
        parts = SubElement(parent, "MultiGeometry")
        for line in coordinates:
            _geometry(parts, {"type": "LineString", "coordinates": line})
        return
    element = SubElement(parent, kind)
    if kind == "LineString":
        _text(element, "tessellate", "1")
    points = [coordinates] if kind == "Point" else coordinates
    _text(element, "coordinates", " ".join(f"{lon},{lat}" for lon, lat in points))


def _text(parent: Element, name: str, text: str) -> None:
    SubElement(parent, name).text = str(clean(text)).translate(NO_MARKUP)
