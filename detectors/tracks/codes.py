"""Small closed vocabularies of AIS, stored as one byte per report."""

from enum import IntEnum


class Receiver(IntEnum):
    """The kind of receiver of a report."""

    UNKNOWN = 0
    TERRESTRIAL = 1
    SATELLITE = 2
    DYNAMIC = 3
    """A receiver that moves, on a ship or an aircraft."""


class AisClass(IntEnum):
    """Class of the transponder (ITU-R M.1371)."""

    UNKNOWN = 0
    A = 1
    B = 2


NAV_STATUS_UNKNOWN = 15
"""Navigational status "not defined", the default of ITU-R M.1371."""

MSG_TYPE_UNKNOWN = 0
"""No AIS message has type 0: the source did not name the type."""

LONG_RANGE_MSG_TYPE = 27
"""Long-range report (ITU-R M.1371): position in steps of 1/10 minute."""

MAKERS_NUMBERS = (0, 111_111_111, 123_456_789, 987_654_321, 999_999_999)
"""MMSIs that transponders send before they are configured."""
