"""Measures of a raft."""

from __future__ import annotations

from detectors.core.measures import GEOMETRY, IDENTITY, count, declared_in, number

VESSELS = count("vessels", "vessels", GEOMETRY, "Vessels that lay in the crowd at any time of the raft.")
VESSELS_AT_ONCE = count("vessels_at_once", "vessels", GEOMETRY, "Most vessels in the crowd at one time.")
VESSEL_HOURS = number(
    "vessel_hours", "h", GEOMETRY, "Sum of the stays of all vessels in the crowd: vessel-hours."
)
EXTENT_M = number("extent_m", "m", GEOMETRY, "Greatest distance of a stay from the middle of the raft.")

VESSELS_LISTED = count(
    "vessels_listed",
    "vessels",
    IDENTITY,
    "Vessels named in the event: DPRK-flagged first, then by length of stay.",
)

MEASURES = declared_in(globals())
