"""Measures of a cluster of ship-to-ship transfers."""

from __future__ import annotations

from detectors.core.measures import (
    GEOMETRY,
    HISTORY,
    IDENTITY,
    PLACE,
    RECEPTION,
    code,
    count,
    declared_in,
    flag,
    number,
    text,
)

ENCOUNTERS = count("encounters", "encounters", GEOMETRY, "STS transfers that the cluster is built from.")
HUB_ENCOUNTERS = count(
    "hub_encounters", "encounters", GEOMETRY, "STS transfers of the cluster with the hub vessel."
)
PARTNERS = count("partners", "vessels", GEOMETRY, "Other vessels with an STS transfer with the hub vessel.")
SEGMENTS = count(
    "segments",
    "vessels",
    GEOMETRY,
    "Vessels linked by its STS transfers; segments of one MMSI count separately.",
)
AT_ONCE = count("at_once", "vessels", GEOMETRY, "Most vessels beside the hub vessel at one time.")
CONTACT_H = number("contact_h", "h", GEOMETRY, "Time observed together, summed over all STS transfers.")
SPAN_H = number(
    "span_h", "h", GEOMETRY, "Time from the first beginning to the last end of the STS transfers."
)
LONGEST_PAUSE_H = number(
    "longest_pause_h", "h", GEOMETRY, "Longest time between two STS transfers of the hub vessel."
)
EXTENT_KM = number(
    "extent_km", "km", GEOMETRY, "Greatest distance of an STS transfer from the first of them."
)
TIER = code(
    "tier",
    GEOMETRY,
    "Innermost tier of its STS transfers: alongside, close, near or passes (the least exact).",
)

HUB = text(
    "hub", IDENTITY, "MMSI or track key of the hub vessel, the one with most STS transfers in the cluster."
)

SLOW_VESSELS_WITHIN_2NM = count(
    "slow_vessels_within_2nm",
    "vessels",
    PLACE,
    "Most other slow vessels within 2 nautical miles of any of the STS transfers, halfway through it.",
)
ANCHORAGE_VESSELS = count(
    "anchorage_vessels",
    "vessels",
    PLACE,
    "Other slow vessels within 2 nautical miles; None in DPRK territorial sea or disputed waters.",
)

REPORTS_LEAST = count(
    "reports_least", "reports", RECEPTION, "Fewest reports of one vessel during one of the STS transfers."
)

BEST_ENCOUNTER_SCORE = number(
    "best_encounter_score",
    "score",
    HISTORY,
    "Highest score among the STS transfers that the cluster is built from.",
)
SUSPECT_POSITIONS = code(
    "suspect_positions",
    HISTORY,
    "First reason for suspect positions: frozen, circling or jump; None unless all STS transfers have one.",
)
IN_JAMMED_AREA = flag(
    "in_jammed_area",
    HISTORY,
    "A spoofing event of an area overlaps it in time, and names one of its vessels or holds its place.",
)

MEASURES = declared_in(globals())
