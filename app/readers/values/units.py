"""Units of speed, as formats with free text name them."""

from __future__ import annotations

KNOTS_PER_MPS = 3600 / 1852
KNOTS_PER_KMH = 1000 / 1852
UNITS_KN: dict[str, float] = {
    "m/s": KNOTS_PER_MPS,
    "mps": KNOTS_PER_MPS,
    "mts": KNOTS_PER_MPS,
    "ms-1": KNOTS_PER_MPS,
    "km/h": KNOTS_PER_KMH,
    "kmh": KNOTS_PER_KMH,
    "kph": KNOTS_PER_KMH,
    "km/hr": KNOTS_PER_KMH,
}
"""Other than knots; the codes of UN/CEFACT (MTS, KMH) among them."""


def knots_per(unit: object) -> float:
    """Return how many knots one unit is; 1 where none is named.

    >>> round(knots_per("m/s"), 3), knots_per("kn")
    (1.944, 1.0)
    """
    return UNITS_KN.get(str(unit).strip().lower(), 1.0)
