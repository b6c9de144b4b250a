"""The units of gpsd's AIS reports (AIS object, gpsd's page on JSON; units of AIVDM.html).

Each report says by `scaled` whether it is in degrees and knots, or in the whole numbers that were sent:
their unit depends on the type of message.
"""

from __future__ import annotations

LONG_RANGE_TYPE = 27
POSITION_TYPES = frozenset({1, 2, 3, 4, 9, 18, 19, 21, LONG_RANGE_TYPE})
"""Of other types a place is that of a station, of an area or of a measurement: not where the sender is."""
PARTS = {"lon": 600_000, "lat": 600_000, "speed": 10, "course": 10, "draught": 10}
"""So many of a raw number are a degree, a knot, a metre."""
LONG_RANGE_PARTS = {"lon": 600, "lat": 600}
"""Whole knots and whole degrees of course beside them."""
LONG_RANGE_MISSING = {"speed": 63, "course": 511}


def in_degrees_and_knots(report: dict[str, object]) -> dict[str, object]:
    """Return an AIS report in degrees, knots and metres; a place that is not the sender's is left out.

    >>> in_degrees_and_knots({"type": 27, "lon": 75000, "lat": 18600, "speed": 12, "scaled": False})["lat"]
    31.0
    """
    kind = report.get("type")
    if isinstance(kind, int) and kind not in POSITION_TYPES:
        report = report | {"lon": None, "lat": None}
    if kind == LONG_RANGE_TYPE:
        report = report | {key: None for key, none in LONG_RANGE_MISSING.items() if report.get(key) == none}
    if not _is_raw(report):
        return report
    parts = LONG_RANGE_PARTS if kind == LONG_RANGE_TYPE else PARTS
    return report | {key: _divided(report[key], by) for key, by in parts.items() if key in report}


def _is_raw(report: dict[str, object]) -> bool:
    """Return whether a report is in the numbers that were sent: whole ones, where it does not say."""
    scaled = report.get("scaled")
    if isinstance(scaled, bool):
        return not scaled
    places = (report.get("lon"), report.get("lat"))
    return not any(isinstance(value, float) and not value.is_integer() for value in places)


def _divided(value: object, by: int) -> object:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return value / by if is_number else value  # type: ignore[operator]
