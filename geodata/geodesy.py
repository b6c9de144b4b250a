"""Positions on the WGS84 ellipsoid as points in space, and geodesic distances.

Nearest-neighbour searches run in earth-centred space, where the antimeridian and the poles are
nothing special. A chord is turned into the geodesic along the surface afterwards.
"""

from __future__ import annotations

from functools import cache
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
from pyproj import Geod

Floats: TypeAlias = npt.NDArray[np.float64]
Ints: TypeAlias = npt.NDArray[np.int64]
Bools: TypeAlias = npt.NDArray[np.bool_]

NAUTICAL_MILE_M = 1852.0
SEMI_MAJOR_M = 6_378_137.0  # WGS84, NIMA TR8350.2
ECCENTRICITY_SQUARED = 6.694_379_990_14e-3  # WGS84, NIMA TR8350.2
FAR_M = 1_000_000.0  # up to here a chord gives the geodesic to within 1 in 100,000


@cache
def wgs84() -> Geod:
    """Return the geodesic solver of the WGS84 ellipsoid (Karney 2013, in PROJ)."""
    return Geod(ellps="WGS84")


def as_points(lon_deg: npt.ArrayLike, lat_deg: npt.ArrayLike) -> tuple[Floats, Floats]:
    """Return longitudes and latitudes as equally long float64 columns.

    Parameters
    ----------
    lon_deg, lat_deg : array_like
        Degrees; scalars count as one point.

    Raises
    ------
    ValueError
        When the columns differ in length or hold a value that is no position.
    """
    lon = np.atleast_1d(np.ascontiguousarray(lon_deg, dtype=np.float64))
    lat = np.atleast_1d(np.ascontiguousarray(lat_deg, dtype=np.float64))
    if lon.shape != lat.shape or lon.ndim != 1:
        raise ValueError(
            f"lon_deg has shape {lon.shape} and lat_deg {lat.shape}; both must be columns of one length"
        )
    bad = ~((np.abs(lon) <= 180.0) & (np.abs(lat) <= 90.0))  # noqa: PLR2004 - the whole circle
    if bad.any():
        row = int(np.flatnonzero(bad)[0])
        raise ValueError(
            f"row {row} is lon {lon[row]}, lat {lat[row]}; "
            "longitudes run from -180 to 180 and latitudes from -90 to 90 degrees"
        )
    return lon, lat


def to_ecef(lon_deg: Floats, lat_deg: Floats) -> Floats:
    """Return points of the ellipsoid's surface in earth-centred space.

    Returns
    -------
    Float64 array, shape (n, 3), metres.
    """
    lon, lat = np.radians(lon_deg), np.radians(lat_deg)
    normal_m = SEMI_MAJOR_M / np.sqrt(1.0 - ECCENTRICITY_SQUARED * np.sin(lat) ** 2)
    return np.column_stack(
        (
            normal_m * np.cos(lat) * np.cos(lon),
            normal_m * np.cos(lat) * np.sin(lon),
            normal_m * (1.0 - ECCENTRICITY_SQUARED) * np.sin(lat),
        )
    )


def from_ecef(points_m: Floats) -> tuple[Floats, Floats]:
    """Return longitude and latitude, degrees, of points that lie on the surface."""
    across_m = np.hypot(points_m[:, 0], points_m[:, 1])
    lat = np.arctan2(points_m[:, 2], (1.0 - ECCENTRICITY_SQUARED) * across_m)
    return np.degrees(np.arctan2(points_m[:, 1], points_m[:, 0])), np.degrees(lat)


def geodesic_m(lon1_deg: Floats, lat1_deg: Floats, lon2_deg: Floats, lat2_deg: Floats) -> Floats:
    """Return the geodesic distance between points, row by row, in metres."""
    _, _, distance_m = wgs84().inv(lon1_deg, lat1_deg, lon2_deg, lat2_deg)
    return np.asarray(distance_m, dtype=np.float64)


def chord_m(lon1_deg: Floats, lat1_deg: Floats, lon2_deg: Floats, lat2_deg: Floats) -> Floats:
    """Return the straight distance through the earth, row by row, in metres: never more than the geodesic."""
    away_m = to_ecef(lon2_deg, lat2_deg) - to_ecef(lon1_deg, lat1_deg)
    return np.asarray(np.sqrt((away_m * away_m).sum(axis=1)))


def chord_to_geodesic_m(chord_m: Floats, lon_deg: Floats, lat_deg: Floats, ends_m: Floats) -> Floats:
    """Return the distance along the surface that belongs to a chord.

    Up to `FAR_M` the arc of the ellipsoid's mean radius at the point, which is within 1 in 100,000
    of the geodesic; beyond it the geodesic itself.

    Parameters
    ----------
    chord_m : Float64 array
        Straight distances in space.
    lon_deg, lat_deg : Float64 array
        Where the chords begin.
    ends_m : Float64 array, shape (n, 3)
        Where they end, in earth-centred space.
    """
    squared = 1.0 - ECCENTRICITY_SQUARED * np.sin(np.radians(lat_deg)) ** 2
    radius_m = SEMI_MAJOR_M * np.sqrt(1.0 - ECCENTRICITY_SQUARED) / squared
    result = 2.0 * radius_m * np.arcsin(np.minimum(chord_m / (2.0 * radius_m), 1.0))
    far = np.flatnonzero(chord_m > FAR_M)
    if far.size:
        end_lon, end_lat = from_ecef(ends_m[far])
        result[far] = geodesic_m(lon_deg[far], lat_deg[far], end_lon, end_lat)
    return np.asarray(result, dtype=np.float64)
