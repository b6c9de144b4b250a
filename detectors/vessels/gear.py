"""Names of fishing gear and buoys: senders that are no vessels, under numbers as vessels have them."""

from __future__ import annotations

import re

BATTERY = re.compile(r"\b\d{1,3}\s?%|\d{1,3}\s?PCT\b|(?<![\d.])\d{1,2}(\.\d{1,2})?\s?V(OLT)?\b")
"""Net buoys tell the charge of their battery in their name: `NET-3-85%`, `BUOY 12.4V`."""

TELLING = frozenset(
    (
        "NET",
        "NETS",
        "GILLNET",
        "DRIFTNET",
        "FISHNET",
        "NETMARK",
        "NETMARKER",
        "NETBUOY",
        "BUOY",
        "BUOYS",
        "GEAR",
    )
)
"""One of these is in the name of gear."""

GEAR_WORDS = TELLING | frozenset(
    (
        "LONGLINE",
        "LINE",
        "MARK",
        "MARKER",
        "FISH",
        "FISHING",
        "GILL",
        "DRIFT",
        "RADIO",
        "AIS",
        "TRACKER",
        "FLAG",
    )
)
"""Words of which the names of gear are made; a number or a single letter may stand beside them."""


def is_gear_name(name: str | None) -> bool:
    """Return whether a declared name is that of fishing gear or a buoy.

    >>> is_gear_name("NET 85%"), is_gear_name("BUOY-12V"), is_gear_name("GILL NET 7")
    (True, True, True)
    >>> is_gear_name("BUOY TENDER 3"), is_gear_name("LADY JOHNET"), is_gear_name("HENRY V")
    (False, False, False)
    """
    text = (name or "").upper()
    if BATTERY.search(text):
        return True
    words = {word for word in re.findall(r"[^\W\d_]+", text) if len(word) > 1}
    return bool(words & TELLING) and words <= GEAR_WORDS
