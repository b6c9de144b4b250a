"""Words that sentences of several kinds share: places, times, numbers."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from detectors.core.findings import Finding
    from detectors.core.measures import Values


def place_text(lon_deg: float, lat_deg: float) -> str:
    """Return a position as a person reads it.

    >>> place_text(124.0, -38.25)
    '38.250S 124.000E'
    """
    north_south, east_west = ("N" if lat_deg >= 0 else "S"), ("E" if lon_deg >= 0 else "W")
    return f"{abs(lat_deg):.3f}{north_south} {abs(lon_deg):.3f}{east_west}"


def time_text(time_s: float) -> str:
    """Return a time to the minute.

    >>> time_text(1709280000.0)
    '2024-03-01 08:00 UTC'
    """
    return datetime.fromtimestamp(time_s, UTC).strftime("%Y-%m-%d %H:%M UTC")


def shore_text(measures: Values) -> str:
    """Return how far from the shore a place lies, as the end of a clause; nothing where it is not known."""
    shore_km = measures.get("shore_distance_km")
    return "" if shore_km is None else f", {number_text(shore_km)} km from the shore"


def number_text(value: object, digits: int = 0) -> str:
    """Return a number with so many digits, or that it is not known."""
    return f"{value:.{digits}f}" if isinstance(value, (int, float)) else "an unknown number of"


def span_text(finding: Finding) -> str:
    """Return from when to when a finding was observed, as the beginning of a sentence."""
    return f"Between {time_text(finding.start_s)} and {time_text(finding.end_s or finding.start_s)}"


def where_text(finding: Finding, values: Values) -> str:
    """Return the first place of a finding, with its distance from the shore where that is known.

    Of several places the distance is the least of all: it need not be that of the first.
    """
    nearest = " at the nearest of its places" if len(finding.path) > 1 and shore_text(values) else ""
    return f"near {place_text(*finding.path[0])}{shore_text(values)}{nearest}"
