"""The layout of AIS messages, as data (ITU-R M.1371-5, annex 8, tables 48 to 94)."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf


@dataclass(frozen=True)
class Number:
    """A whole number in a payload: first bit, bits, and the value of one unit.

    Raw values from `missing` on mean "not available" where a type has its own sentinel; the common
    ones are known to `rules`.
    """

    name: str
    start: int
    width: int
    unit: float = 1.0
    is_signed: bool = False
    missing: float = inf


@dataclass(frozen=True)
class Text:
    """A text in six-bit characters: first bit, characters."""

    name: str
    start: int
    chars: int


MINUTE_1E4 = 1 / 600_000
"""1/10000 minute in degrees; long-range reports have 1/10 minute."""
MINUTE_1E1 = 1 / 600

TYPE_BITS, MMSI_START, MMSI_BITS, PART_START, PART_BITS = 6, 8, 30, 38, 2


def _position(start: int, second: int) -> tuple[Number, ...]:
    """Return longitude, latitude, course, heading and second, which follow one another."""
    return (
        Number("lon", start, 28, MINUTE_1E4, is_signed=True),
        Number("lat", start + 28, 27, MINUTE_1E4, is_signed=True),
        Number("cog", start + 55, 12, 0.1),
        Number("heading", start + 67, 9),
        Number("second", second, 6),
    )


def _dimensions(start: int) -> tuple[Number, ...]:
    return (
        Number("to_bow_m", start, 9),
        Number("to_stern_m", start + 9, 9),
        Number("to_port_m", start + 18, 6),
        Number("to_starboard_m", start + 24, 6),
    )


CLASS_A = (Number("nav_status", 38, 4), Number("sog", 50, 10, 0.1), *_position(61, 137))
CLASS_B = (Number("sog", 46, 10, 0.1), *_position(57, 133))
CLASS_B_EXTENDED: tuple[Number | Text, ...] = (
    *CLASS_B,
    Text("name", 143, 20),
    Number("ship_type", 263, 8),
    *_dimensions(271),
)
STATIC_AND_VOYAGE: tuple[Number | Text, ...] = (
    Number("imo", 40, 30),
    Text("callsign", 70, 7),
    Text("name", 112, 20),
    Number("ship_type", 232, 8),
    *_dimensions(240),
    Number("draught_m", 294, 8, 0.1),
    Text("destination", 302, 20),
)
STATIC_PART_A = (Text("name", 40, 20),)
STATIC_PART_B: tuple[Number | Text, ...] = (
    Number("ship_type", 40, 8),
    Text("callsign", 90, 7),
    *_dimensions(132),
)
LONG_RANGE = (
    Number("nav_status", 40, 4),
    Number("lon", 44, 18, MINUTE_1E1, is_signed=True),
    Number("lat", 62, 17, MINUTE_1E1, is_signed=True),
    Number("sog", 79, 6, missing=63),
    Number("cog", 85, 9, missing=511),
)

PARTS = 4
"""Kinds are numbered by message type times this, plus the part number of type 24."""
FIELDS: dict[int, tuple[Number | Text, ...]] = {
    1 * PARTS: CLASS_A,
    2 * PARTS: CLASS_A,
    3 * PARTS: CLASS_A,
    5 * PARTS: STATIC_AND_VOYAGE,
    18 * PARTS: CLASS_B,
    19 * PARTS: CLASS_B_EXTENDED,
    24 * PARTS: STATIC_PART_A,
    24 * PARTS + 1: STATIC_PART_B,
    27 * PARTS: LONG_RANGE,
}
"""The kinds that give positions or static data."""
