"""Measures of a dark meeting."""

from __future__ import annotations

from detectors.core.measures import GEOMETRY, MOTION, RECEPTION, count, declared_in, flag, number

FEASIBLE_ENCOUNTER_H = number(
    "feasible_encounter_h",
    "h",
    GEOMETRY,
    "Longest time that the two could have spent together there, at cruising speed to it and from it.",
)
CANDIDATE_PARTNERS = count(
    "candidate_partners",
    "vessels",
    GEOMETRY,
    "Candidate partners with feasible encounters, for the one of the two events that has more of them.",
)

SAILING_DISTANCE_KM = number(
    "sailing_distance_km",
    "km",
    MOTION,
    "Distance from the last report of the vessel in a dark period to the place and on to its next report.",
)
SPEED_NEEDED_KN = number(
    "speed_needed_kn",
    "kn",
    MOTION,
    "Speed needed for that distance in the time of the gap that the encounter would leave.",
)

SIDES_OBSERVED = count(
    "sides_observed", "vessels", RECEPTION, "Vessels of the two that were observed loitering there: 1, or 0."
)
RECEPTION_GOOD = flag(
    "reception_good", RECEPTION, "Reception was good in every dark period that the event is built from."
)

MEASURES = declared_in(globals())
