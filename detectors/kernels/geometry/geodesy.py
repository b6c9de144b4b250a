"""Distances on the WGS 84 ellipsoid, inside kernels."""

from __future__ import annotations

import math
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from detectors.core.angles import wrapped_deg
from geodata.jit import at, helper

T = TypeVar("T", float, npt.NDArray[np.float64])

WGS84_A_M = 6378137.0
"""Equatorial radius in metres (WGS 84)."""

WGS84_E2 = 6.69437999014e-3
"""First eccentricity squared (WGS 84)."""

SPHERE_M = 6371008.8
"""Mean radius in metres (IUGG)."""

RAD = math.pi / 180.0


@helper
def wrap_one_deg(angle: float) -> float:
    """Bring an angle less than a turn and a half from zero into [-180, 180), by a turn at most.

    As `wrapped_deg`, which divides: exact where the angle is there already, and without a call that would
    keep a loop from doing several at once.
    """
    if angle >= 180.0:
        return angle - 360.0
    if angle < -180.0:
        return angle + 360.0
    return angle


@helper
def metres_per_degree(lat_deg: T) -> tuple[T, T]:
    """Return metres per degree of longitude and of latitude at a latitude, or at each of several.

    From the ellipsoid's radii of curvature. At separations of 1 km and latitudes below 80 degrees the tangent
    plane they span is within 0.1 m of the geodesic (tests/detectors/kernels/geometry/test_geodesy.py).
    """
    sin_lat = np.sin(lat_deg * RAD)
    q = 1.0 - WGS84_E2 * sin_lat * sin_lat
    # Two radii, because the ellipsoid is curved differently along the meridian and across it.
    prime_vertical_m = WGS84_A_M / np.sqrt(q)
    meridian_m = WGS84_A_M * (1.0 - WGS84_E2) / (q * np.sqrt(q))
    return prime_vertical_m * np.cos(lat_deg * RAD) * RAD, meridian_m * RAD


STEPS_PER_DEG = 20
"""Lines per degree in the table of `scale_at`. It has one past the pole, where the next line is read too."""
_EAST_M, _NORTH_M = metres_per_degree(np.arange(-90 * STEPS_PER_DEG, 90 * STEPS_PER_DEG + 2) / STEPS_PER_DEG)


@helper
def scale_at(lat_deg: float) -> tuple[float, float]:
    """Return what `metres_per_degree` does, read from a table: a fifth of the time, to 1 part in 10 million.

    Between its lines, 0.05 degrees apart, the table is read linearly. Near the poles, where a degree of
    longitude shrinks to nothing, the error is still below 0.1 mm per degree of it.
    """
    position = (lat_deg + 90.0) * STEPS_PER_DEG
    line = int(position)
    share = position - line
    east_m, north_m = at(_EAST_M, line), at(_NORTH_M, line)
    return (
        east_m + share * (at(_EAST_M, line + 1) - east_m),
        north_m + share * (at(_NORTH_M, line + 1) - north_m),
    )


@helper
def plane_m(lon_a: T, lat_a: T, lon_b: T, lat_b: T) -> tuple[T, T]:
    """Return east and north metres from a to b on the plane that touches halfway between them.

    For two places, or for as many pairs as the columns have rows. Halfway, so that swapping a and b changes
    the signs and nothing else (rule 2). A plane, because on it straight paths and circles have closed
    solutions.
    """
    east_m, north_m = metres_per_degree(0.5 * (lat_a + lat_b))
    return wrapped_deg(lon_b - lon_a) * east_m, (lat_b - lat_a) * north_m


SHORT_DEG, TEMPERATE_DEG = 0.2, 70.0
"""Bounds of `short_m`: differences of both coordinates, and latitude; degrees."""

COSINE = tuple((-1) ** n / math.factorial(2 * n) for n in range(8))
"""The first terms of the series of the cosine: to 1 part in 10^11 up to 70 degrees."""


@helper
def is_short(dlon_deg: float, dlat_deg: float, lat_deg: float) -> bool:
    """Return whether `short_m` is as good as `sphere_m`."""
    is_near = abs(dlat_deg) <= SHORT_DEG and abs(dlon_deg) <= SHORT_DEG
    return is_near and abs(lat_deg) <= TEMPERATE_DEG


@helper
def short_m(dlon_deg: float, dlat_deg: float, lat_deg: float) -> float:
    """Return the distance as `sphere_m` does, by the plane: within 2 parts in 100,000 where it is short.

    Metres; differences in degrees, `lat_deg` is halfway. Only sums, products and a root: a loop does several
    at once.
    """
    lat2 = (lat_deg * RAD) * (lat_deg * RAD)
    # The series of the cosine in nested form: no call, which would keep the loop from doing several at
    # once.
    high_terms = COSINE[4] + lat2 * (COSINE[5] + lat2 * (COSINE[6] + lat2 * COSINE[7]))
    east_deg = dlon_deg * (
        COSINE[0] + lat2 * (COSINE[1] + lat2 * (COSINE[2] + lat2 * (COSINE[3] + lat2 * high_terms)))
    )
    return SPHERE_M * RAD * math.sqrt(dlat_deg * dlat_deg + east_deg * east_deg)


@helper
def sphere_m(lon_a: float, lat_a: float, lon_b: float, lat_b: float) -> float:
    """Return the great-circle distance in metres at any range, within 0.6 % of the geodesic (haversine)."""
    half_dlat = 0.5 * (lat_b - lat_a) * RAD
    half_dlon = 0.5 * wrapped_deg(lon_b - lon_a) * RAD
    # The haversine keeps its digits at short range, where the arc cosine would lose them.
    haversine = (
        math.sin(half_dlat) ** 2 + math.cos(lat_a * RAD) * math.cos(lat_b * RAD) * math.sin(half_dlon) ** 2
    )
    # Opposite places may come out above 1 by rounding.
    return 2.0 * SPHERE_M * math.asin(math.sqrt(min(1.0, haversine)))
