"""Day or night: the sun's elevation at a place and time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from geodata.geodesy import Bools, Floats, as_points

if TYPE_CHECKING:
    import numpy.typing as npt

    Counts = npt.NDArray[np.int64]

J2000_S = 946_728_000.0  # 2000-01-01 12:00 UTC as epoch seconds
DAY_S = 86_400.0
# The upper edge of the sun stands on the horizon when its centre is 0.833 degrees below:
# 34 minutes of refraction and 16 of the sun's radius (Nautical Almanac).
SUNRISE_DEG = -0.833
STEP_S = 900.0
COUNT_MAX = 100_000
"""Three years by the quarter of an hour, then coarser."""


def sun_elevation_deg(lon_deg: npt.ArrayLike, lat_deg: npt.ArrayLike, time_s: npt.ArrayLike) -> Floats:
    """Return how high the sun's centre stands above the horizon, degrees, without refraction.

    The low-precision formula of the Astronomical Almanac (page C5; Michalsky, Solar Energy 40,
    1988, 227-235), better than 0.02 degrees from 1950 to 2050.

    Parameters
    ----------
    lon_deg, lat_deg : array_like
        Positions, degrees.
    time_s : array_like
        Epoch seconds, UTC; one for all positions or one for each.

    Examples
    --------
    Noon at the equator on the equinox of 20 March 2024 (03:06 UTC), the sun almost overhead:

    >>> float(sun_elevation_deg(0.0, 0.0, 1710936000.0)[0].round())
    88.0
    """
    lon, lat = as_points(lon_deg, lat_deg)
    days = (np.asarray(time_s, dtype=np.float64) - J2000_S) / DAY_S
    mean_anomaly = np.radians(357.528 + 0.985_600_3 * days)
    mean_longitude = 280.460 + 0.985_647_4 * days
    ecliptic = np.radians(mean_longitude + 1.915 * np.sin(mean_anomaly) + 0.020 * np.sin(2.0 * mean_anomaly))
    obliquity = np.radians(23.439 - 4e-7 * days)
    right_ascension = np.arctan2(np.cos(obliquity) * np.sin(ecliptic), np.cos(ecliptic))
    declination = np.arcsin(np.sin(obliquity) * np.sin(ecliptic))
    sidereal_deg = 280.460_618_37 + 360.985_647_366_29 * days  # Greenwich, mean; Meeus 12.4
    hour_angle = np.radians(sidereal_deg % 360.0 + lon) - right_ascension
    sine = np.sin(np.radians(lat)) * np.sin(declination)
    sine = sine + np.cos(np.radians(lat)) * np.cos(declination) * np.cos(hour_angle)
    return np.asarray(np.degrees(np.arcsin(np.clip(sine, -1.0, 1.0))), dtype=np.float64)


def is_night(lon_deg: npt.ArrayLike, lat_deg: npt.ArrayLike, time_s: npt.ArrayLike) -> Bools:
    """Return where and when the sun is below the horizon, its upper edge included."""
    return np.asarray(sun_elevation_deg(lon_deg, lat_deg, time_s) < SUNRISE_DEG, dtype=np.bool_)


def night_shares(lon_deg: Floats, lat_deg: Floats, start_s: Floats, end_s: Floats) -> Floats:
    """Return the shares of spans of time that were night at their places.

    The sun's elevation is taken every quarter of an hour, and along the straight line between: sunset is then
    right to a quarter of a minute below 60 degrees of latitude. Spans over three years are looked at less
    often, and near the polar circles a night of minutes may be missed.

    Raises
    ------
    ValueError
        When a span ends before it begins.
    """
    if (end_s < start_s).any():
        row = int(np.argmax(end_s < start_s))
        raise ValueError(f"the span ends at {end_s[row]} s, before it begins at {start_s[row]} s")
    counts = np.minimum(((end_s - start_s) / STEP_S).astype(np.int64) + 2, COUNT_MAX)
    shares = np.empty(len(counts))
    ends = np.cumsum(counts)
    for part in np.split(np.arange(len(counts)), np.flatnonzero(np.diff(ends // COUNT_MAX)) + 1):
        shares[part] = _night_shares(lon_deg[part], lat_deg[part], start_s[part], end_s[part], counts[part])
    return shares


def _night_shares(lon: Floats, lat: Floats, start_s: Floats, end_s: Floats, counts: Counts) -> Floats:
    span = np.repeat(np.arange(len(counts)), counts)
    first = np.cumsum(counts) - counts
    share = (np.arange(len(span)) - first[span]) / (counts[span] - 1)
    times = start_s[span] + share * (end_s - start_s)[span]
    above = sun_elevation_deg(lon[span], lat[span], times) - SUNRISE_DEG
    dark, way = np.maximum(-above, 0.0), np.abs(above)
    steps = (dark[:-1] + dark[1:]) / np.maximum(way[:-1] + way[1:], 1e-12)
    steps = np.append(steps, 0.0)
    steps[first + counts - 1] = 0.0  # between two spans lies none
    return np.asarray(np.add.reduceat(steps, first) / (counts - 1))
