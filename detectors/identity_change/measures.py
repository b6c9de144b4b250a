"""Measures of an identity change."""

from __future__ import annotations

from detectors.core.measures import (
    GEOMETRY,
    IDENTITY,
    MOTION,
    RECEPTION,
    code,
    count,
    declared_in,
    flag,
    number,
    text,
)

TOGETHER_H = number(
    "together_h", "h", GEOMETRY, "Observed time under way in which the two MMSIs were at one place."
)
MEDIAN_SEPARATION_M = number(
    "median_separation_m", "m", GEOMETRY, "Median separation of the two antennas while at one place."
)
OFFSET_M = number(
    "offset_m",
    "m",
    GEOMETRY,
    "Length of the mean offset of one antenna from the other, ahead and to the side.",
)
SPREAD_M = number(
    "spread_m",
    "m",
    GEOMETRY,
    "Root mean square distance of the offsets from their mean: the noise of positions.",
)
SEPARATED_H = number(
    "separated_h", "h", GEOMETRY, "Observed time under way in which the two MMSIs were clearly separated."
)

DISTANCE_KM = number(
    "distance_km", "km", MOTION, "Distance from the last report of the old MMSI to the first of the new one."
)
PREDICTED_POSITION_ERROR_M = number(
    "predicted_position_error_m",
    "m",
    MOTION,
    "Distance from the place projected by the better of both motions; the greater of two in a swap.",
)
SPEED_KN = number(
    "speed_kn",
    "kn",
    MOTION,
    "The lower speed made good on the two sides of the change; the lowest in a swap.",
)

PATTERN = code("pattern", IDENTITY, "What was observed: static_data, handover, two_mmsis or swap.")
STATIC_CHANGES = text(
    "static_changes", IDENTITY, "Each declared field that changed, from what to what; None for no change."
)
CHANGES = count("changes", "changes", IDENTITY, "Changes of declared fields under the MMSI.")
NAME_CHANGED = flag("name_changed", IDENTITY, "The declared name changed.")
CALLSIGN_CHANGED = flag("callsign_changed", IDENTITY, "The declared call sign changed.")
IMO_CHANGED = flag("imo_changed", IDENTITY, "The declared IMO number changed.")
FLAG_CHANGED = flag("flag_changed", IDENTITY, "The declared flag changed.")
DECLARED_SIZE_CHANGE_M = number(
    "declared_size_change_m",
    "m",
    IDENTITY,
    "Greatest change of the declared length or beam; None for no change.",
)
IMO_INVALID = flag("imo_invalid", IDENTITY, "The declared IMO number has a wrong check digit.")
MMSI_FAULT = code(
    "mmsi_fault",
    IDENTITY,
    "What is wrong with the MMSI: unknown (no such country) or malformed (no vessel's); None for nothing.",
)
FLAG_CONTRADICTS = flag(
    "flag_contradicts", IDENTITY, "The declared flag is not that of the country of the MMSI."
)
SIZE_AGAINST_TYPE = code(
    "size_against_type",
    IDENTITY,
    "A declared length unusually large for a vessel of this sort: fishing or class_b; None otherwise.",
)
SEGMENTS_AT_ONCE = count(
    "segments_at_once", "segments", IDENTITY, "Most segments of the MMSI that were received over one time."
)
OLD_MMSI = text("old_mmsi", IDENTITY, "The MMSI that ended in a handover.")
NEW_MMSI = text("new_mmsi", IDENTITY, "The MMSI that began in a handover.")
SAME_NAME = flag(
    "same_name", IDENTITY, "Both identities declare the same name; None where either declares none."
)
SAME_IMO = flag(
    "same_imo", IDENTITY, "Both identities declare the same IMO number; None where either declares none."
)
SAME_SIZE = flag(
    "same_size",
    IDENTITY,
    "Both identities declare equal length and beam; None otherwise.",
)
SAME_FLAG = flag(
    "same_flag", IDENTITY, "Both MMSIs are of the same country; None where the country of either is unknown."
)
CLASS_A_AND_B = flag(
    "class_a_and_b", IDENTITY, "One of the two MMSIs is of a class A transponder, the other of class B."
)

GAP_MIN = number(
    "gap_min",
    "min",
    RECEPTION,
    "Time from the last report before to the first after, below 0 in overlap; the longer of two in a swap.",
)
NOT_HEARD_AFTER_H = number(
    "not_heard_after_h", "h", RECEPTION, "Time from the last report of the old MMSI to the end of the data."
)
NOT_HEARD_BEFORE_H = number(
    "not_heard_before_h",
    "h",
    RECEPTION,
    "Time from the begin of the data to the first report of the new MMSI.",
)

MEASURES = declared_in(globals())
