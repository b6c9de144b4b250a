"""Which format a client accepts (RFC 9110, 12.5.1)."""

from __future__ import annotations

from app.outputs.formats import FORMATS

ALSO = {"application/json": "geojson", "application/*": "geojson", "text/*": "csv", "*/*": "geojson"}
"""Types that are not a format's own, and the format that they get."""


def accepted_format(accept: str | None) -> str | None:
    """Return the format that an Accept header asks for first, None where none satisfies it.

    >>> accepted_format("text/csv;q=0.5, application/vnd.google-earth.kml+xml"), accepted_format(None)
    ('kml', 'geojson')
    >>> accepted_format("image/png") is None
    True
    """
    if not accept or not accept.strip():
        return "geojson"
    types = {each.media_type.split(";")[0]: name for name, each in FORMATS.items()} | ALSO
    asked = sorted((_weighed(part) for part in accept.split(",")), key=lambda each: -each[1])
    return next((types[name] for name, weight in asked if weight > 0 and name in types), None)


def _weighed(part: str) -> tuple[str, float]:
    name, *parameters = (word.strip().lower() for word in part.split(";"))
    weight = next((word[2:] for word in parameters if word.startswith("q=")), "1")
    try:
        return name, float(weight)
    except ValueError:
        return name, 0.0
