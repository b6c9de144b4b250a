"""The values that AIS defines as not available, and the MMSIs that are not vessels.

Sentinels and MMSI formats are those of ITU-R M.1371-5 and M.585-9.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from app.readers.base.rejects import Reject
from detectors.tracks.codes import LONG_RANGE_MSG_TYPE, MAKERS_NUMBERS, NAV_STATUS_UNKNOWN

if TYPE_CHECKING:
    from detectors.tracks.reports import Bool, Float32, Float64, Int64, UInt8

HIGHEST_LAT_DEG, HIGHEST_LON_DEG, FULL_CIRCLE_DEG = 90.0, 180.0, 360.0
LAT_NOT_AVAILABLE_DEG = 91.0
LON_NOT_AVAILABLE_DEG = 181.0
SOG_NOT_AVAILABLE_KN = 102.3
COG_WRAP_DEG = 409.6
"""A course kept as signed 12-bit tenths turns negative past 204.7: this much must be added back."""
LONG_RANGE_UNCERTAINTY_M = 93.0
"""Half of 1/10 minute of latitude: type 27 is rounded to that."""
EARLIEST_TIME_S = 631152000.0
"""1990-01-01: before AIS existed. Clocks that restart at 1970 end here."""
LATEST_TIME_S = 4102444800.0
"""2100-01-01. Nanoseconds that overflow (2262) end here."""
STATION_MSG_TYPES = {
    4: Reject.BASE_STATION,
    9: Reject.SAR_AIRCRAFT,
    21: Reject.AID_TO_NAVIGATION,
}
LOWEST_MID, HIGHEST_MID = 201, 775
"""Maritime identification digits in use (ITU table of MIDs)."""
STATION_NUMBERS: tuple[tuple[Reject, int, int], ...] = (
    (Reject.BASE_STATION, LOWEST_MID * 10_000, (HIGHEST_MID + 1) * 10_000),
    (Reject.SAR_AIRCRAFT, 111_000_000, 112_000_000),
    (Reject.DISTRESS_BEACON, 970_000_000, 971_000_000),
    (Reject.DISTRESS_BEACON, 972_000_000, 973_000_000),
    (Reject.DISTRESS_BEACON, 974_000_000, 975_000_000),
    (Reject.AUXILIARY_CRAFT, 980_000_000, 990_000_000),
    (Reject.AID_TO_NAVIGATION, 990_000_000, 1_000_000_000),
)
"""Numbers from the first up to below the second are no vessels: 00MIDxxxx, 111, 970, 98, 99 ..."""

SHIPS_FROM, SHIPS_BELOW = 112_000_000, 970_000_000
"""No station has an MMSI from the first up to below the second."""


def speeds(sog_kn: Float64) -> Float32:
    """Return speed over ground with NaN for 102.3 (not available), beyond it, and below zero."""
    kn = _single(sog_kn)
    kn[(kn < 0) | (kn > SOG_NOT_AVAILABLE_KN - 0.05)] = np.nan
    return kn


def courses(cog_deg: Float64) -> Float32:
    """Return course over ground with NaN for 360 (not available) and what is no angle.

    A negative course is a known overflow in NOAA's files and is mended.

    >>> courses(np.array([-196.5, 360.0, 90.0])).tolist()
    [213.10000610351562, nan, 90.0]
    """
    negative = cog_deg < 0
    return angles(np.where(negative, cog_deg + COG_WRAP_DEG, cog_deg) if negative.any() else cog_deg)


def _single(values: Float64) -> Float32:
    """Return values in single precision; what is too large for it becomes infinite."""
    with np.errstate(over="ignore"):
        return values.astype(np.float32)


def angles(deg: Float64) -> Float32:
    """Return angles in [0, 360) with NaN for everything else (heading 511 among it)."""
    angle = _single(deg)
    angle[(angle < 0) | (angle >= FULL_CIRCLE_DEG)] = np.nan
    return angle


def small_codes(values: Float64, highest: int, unknown: int) -> UInt8:
    """Return whole numbers from 0 to `highest` as bytes, and `unknown` for everything else."""
    good = (values >= 0) & (values <= highest) & (values == np.floor(values))
    return np.where(good, values, unknown).astype(np.uint8)


def nav_statuses(values: Float64) -> UInt8:
    """Return navigational status 0-15; everything else is "not defined"."""
    return small_codes(values, NAV_STATUS_UNKNOWN, NAV_STATUS_UNKNOWN)


def uncertainties(msg_type: UInt8) -> Float32:
    """Return half the rounding of a position in metres: known for type 27 only, else 0."""
    return np.where(msg_type == LONG_RANGE_MSG_TYPE, LONG_RANGE_UNCERTAINTY_M, 0).astype(np.float32)


def suspect_mmsis(mmsi: Int64) -> Int64:
    """Return the rows whose MMSI lies in the ranges of stations (`STATION_NUMBERS`)."""
    return np.flatnonzero((mmsi < SHIPS_FROM) | (mmsi >= SHIPS_BELOW))


def stations(mmsi: Int64) -> list[tuple[Reject, Bool]]:
    """Return, per kind of station that is no vessel, the rows with its MMSI.

    An MMSI that fits no rule at all is kept as a vessel with a false identity; so is the default MMSI of a
    transponder that was never configured.
    """
    given = ~np.isin(mmsi, MAKERS_NUMBERS)
    return [
        (reason, given & (mmsi >= lowest) & (mmsi < beyond)) for reason, lowest, beyond in STATION_NUMBERS
    ]


def station_messages(msg_type: UInt8) -> list[tuple[Reject, Bool]]:
    """Return, per kind of station, the rows with a message that only such stations send."""
    return [(reason, msg_type == number) for number, reason in STATION_MSG_TYPES.items()]


def suspect_positions(lon_deg: Float64, lat_deg: Float64) -> Int64:
    """Return the rows in which `positions` may find a fault."""
    fine = lon_deg != 0
    for values, highest in ((lon_deg, HIGHEST_LON_DEG), (lat_deg, HIGHEST_LAT_DEG)):
        fine &= (values >= -highest) & (values <= highest)
    return np.flatnonzero(~fine)


def positions(lon_deg: Float64, lat_deg: Float64) -> list[tuple[Reject, Bool]]:
    """Return, per fault of a position, the rows that have it; the first that fits is the reason."""
    lon_known, lat_known = ~np.isnan(lon_deg), ~np.isnan(lat_deg)
    away = (lat_deg == LAT_NOT_AVAILABLE_DEG) | (lon_deg == LON_NOT_AVAILABLE_DEG)
    return [
        (Reject.NO_POSITION, ~(lon_known & lat_known)),
        (Reject.BAD_POSITION, np.isinf(lon_deg) | np.isinf(lat_deg)),
        (Reject.POSITION_NOT_AVAILABLE, away),
        (Reject.LATITUDE_OUT_OF_RANGE, np.abs(lat_deg) > HIGHEST_LAT_DEG),
        (Reject.LONGITUDE_OUT_OF_RANGE, np.abs(lon_deg) > HIGHEST_LON_DEG),
        (Reject.ZERO_POSITION, (lon_deg == 0) & (lat_deg == 0)),
    ]


def suspect_times(time_s: Float64) -> Int64:
    """Return the rows in which `times` finds a fault."""
    return np.flatnonzero(~((time_s >= EARLIEST_TIME_S) & (time_s < LATEST_TIME_S)))


def times(time_s: Float64) -> list[tuple[Reject, Bool]]:
    """Return, per fault of a time, the rows that have it."""
    inside = (time_s >= EARLIEST_TIME_S) & (time_s < LATEST_TIME_S)
    return [(Reject.NO_TIME, np.isnan(time_s)), (Reject.TIME_OUT_OF_RANGE, ~inside)]
