"""Units as names of columns, formats and cells give them, and how many of our own units each is."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

KNOTS_PER_MPS = 3600 / 1852
KNOTS_PER_KMH = 1000 / 1852
KNOTS_PER_MPH = 1609.344 / 1852
METRES_PER_FOOT = 0.3048

SPEEDS_KN: dict[str, float] = {
    **dict.fromkeys(("kn", "kt", "kts", "kns", "knot", "knots", "nmh", "nmih"), 1.0),
    **dict.fromkeys(("ms", "mps", "mts", "ms1", "meterspersecond", "metrespersecond"), KNOTS_PER_MPS),
    **dict.fromkeys(("kmh", "kph", "kmph", "kmhr", "kilometersperhour", "kmt"), KNOTS_PER_KMH),
    "mph": KNOTS_PER_MPH,
}
"""The codes of UN/CEFACT (MTS, KMH) among them."""
ANGLES_DEG: dict[str, float] = {
    **dict.fromkeys(("deg", "degs", "degree", "degrees", "dd", "decdeg", "decimaldegrees", "wgs84"), 1.0),
    **dict.fromkeys(("degt", "true", "degtrue", "gradi", "grad", "도", "度"), 1.0),
    **dict.fromkeys(("rad", "radian", "radians"), math.degrees(1.0)),
}
LENGTHS_M: dict[str, float] = {
    **dict.fromkeys(("m", "mtr", "mtrs", "meter", "meters", "metre", "metres", "米"), 1.0),
    **dict.fromkeys(("ft", "feet", "foot"), METRES_PER_FOOT),
    **dict.fromkeys(("dm", "decimeters", "decimetres"), 0.1),
    **dict.fromkeys(("cm", "centimeters", "centimetres"), 0.01),
}
QUANTITIES: Mapping[str, Mapping[str, float]] = {
    "sog": SPEEDS_KN,
    "cog": ANGLES_DEG,
    "heading": ANGLES_DEG,
    "lat": ANGLES_DEG,
    "lon": ANGLES_DEG,
    **dict.fromkeys(
        ("length_m", "beam_m", "draught_m", "to_bow_m", "to_stern_m", "to_port_m", "to_starboard_m"),
        LENGTHS_M,
    ),
}
"""For each of our columns that is measured: the units that it may be written in."""
OUR_UNITS = {id(SPEEDS_KN): "kn", id(ANGLES_DEG): "deg", id(LENGTHS_M): "m"}
PARTS: dict[str, float] = {"x10": 0.1, "10": 0.1, "tenths": 0.1, "x100": 0.01, "100": 0.01}
"""Behind a unit: so many of these are one of it."""
TENTH = re.compile(r"^(?:01|110|x10)")
"""0.1 kn, 1/10 kn and x10 kn, without punctuation."""


@dataclass(frozen=True)
class Unit:
    """What one step of a column is: its name, and how many of our units it is."""

    name: str
    factor: float = 1.0


def unit_of(text: str, ours: str) -> Unit | None:
    """Return the unit that a plain text names for one of our columns, None where it names none.

    >>> unit_of("knotsx10", "sog"), unit_of("ft", "length_m"), unit_of("over", "sog")
    (Unit(name='0.1 kn', factor=0.1), Unit(name='ft', factor=0.3048), None)
    """
    units = QUANTITIES.get(ours)
    if units is None or not text:
        return None
    bare, part = TENTH.sub("", text), 0.1 if TENTH.match(text) else 1.0
    for ending, share in PARTS.items():
        if bare not in units and bare.endswith(ending):
            bare, part = bare.removesuffix(ending), share
            break
    own = OUR_UNITS[id(units)]
    if not bare and part != 1.0 and not text.isdigit():
        return Unit(f"{part:g} {own}", part)
    if bare not in units:
        return None
    factor = units[bare]
    name = own if factor == 1.0 else bare
    return Unit(name if part == 1.0 else f"{part:g} {name}", factor * part)


def plain_unit(text: str) -> str:
    """Return the text of a unit without case, punctuation and blanks; a degree sign is a degree.

    >>> plain_unit("km/h"), plain_unit("°")
    ('kmh', 'deg')
    """
    return re.sub(r"[\W_]", "", text.lower().replace("°", "deg"))


def knots_per(unit: object) -> float:
    """Return how many knots one unit is; 1 where none is named.

    >>> round(knots_per("m/s"), 3), knots_per("kn")
    (1.944, 1.0)
    """
    return SPEEDS_KN.get(plain_unit(str(unit)), 1.0)
