"""Measures of loitering."""

from __future__ import annotations

from detectors.core.measures import HISTORY, MOTION, RECEPTION, count, declared_in, flag, number

LINGERING_H = number(
    "lingering_h", "h", MOTION, "Observed time at or below the loitering speed; long gaps are left out."
)
ELAPSED_H = number("elapsed_h", "h", MOTION, "Time from the first to the last report of the loitering.")
DRIFT_KM = number("drift_km", "km", MOTION, "Distance from the first to the last report of the loitering.")
DRIFT_KN = number("drift_kn", "kn", MOTION, "That distance over the elapsed time.")
RADIUS_KM = number(
    "radius_km", "km", MOTION, "Distance of the farthest report from the median position of the loitering."
)
COURSE_CHANGE_DEG = number(
    "course_change_deg",
    "degrees",
    MOTION,
    "Angle between the courses made good in the hour before and after; None under 1 km made good in either.",
)
ANCHORED_SHARE = number(
    "anchored_share", "share", MOTION, "Share of its reports with the status at anchor or moored."
)

REPORTS = count("reports", "reports", RECEPTION, "Reports of the vessel during the loitering.")
LONGEST_GAP_MIN = number(
    "longest_gap_min", "min", RECEPTION, "Longest gap between two reports during the loitering."
)

BESIDE_OBSERVED_VESSEL = flag(
    "beside_observed_vessel", HISTORY, "An STS transfer of the vessel overlaps the loitering."
)
IN_PORT_CALL = flag(
    "in_port_call", HISTORY, "A flagged port call of the vessel, at a named port, overlaps the loitering."
)

MEASURES = declared_in(globals())
