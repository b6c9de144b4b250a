"""Measures of a dark period."""

from __future__ import annotations

from detectors.core.measures import (
    CARGO,
    HISTORY,
    MOTION,
    PLACE,
    code,
    count,
    declared_in,
    flag,
    number,
    text,
)
from detectors.core.measures import RECEPTION as RECEPTION_GROUP

SOG_BEFORE_KN = number("sog_before_kn", "kn", MOTION, "Reported speed over ground in the last report before.")
COG_BEFORE_DEG = number(
    "cog_before_deg", "deg", MOTION, "Reported course over ground in the last report before."
)
CRUISE_SPEED_KN = number(
    "cruise_speed_kn",
    "kn",
    MOTION,
    "Cruising speed: median of the vessel's reported speeds under way; an assumed speed where it has none.",
)
DISTANCE_KM = number(
    "distance_km", "km", MOTION, "Great-circle distance from the last report before to the first after."
)
SEA_DISTANCE_KM = number(
    "sea_distance_km", "km", MOTION, "Least distance along water between the same two reports."
)
IMPLIED_SPEED_KN = number(
    "implied_speed_kn",
    "kn",
    MOTION,
    "Least speed that the distance along water requires in the time of the gap.",
)
UNEXPLAINED_H = number(
    "unexplained_h",
    "h",
    MOTION,
    "Length of the gap less the time to sail that distance at cruising speed; all of it while the gap lasts.",
)
TOO_FAR = flag(
    "too_far", MOTION, "The next report is farther along water than vessels are assumed to sail in that time."
)
STATIONARY = flag(
    "stationary",
    MOTION,
    "It reported next to no speed in the last report; the next report, if any, is from the same place.",
)
HEADED_FOR_DPRK = flag(
    "headed_for_dprk",
    MOTION,
    "The reported course at the last report, followed at cruising speed, brings it nearer to DPRK waters.",
)

DRAUGHT_BEFORE_M = number("draught_before_m", "m", CARGO, "Last declared draught before the gap.")
DRAUGHT_AFTER_M = number("draught_after_m", "m", CARGO, "First declared draught after the gap.")
DRAUGHT_CHANGE_M = number(
    "draught_change_m",
    "m",
    CARGO,
    "Difference of the two declared draughts, either way; the crew types them.",
)
DESTINATION_BEFORE = text("destination_before", CARGO, "Last declared destination before the gap.")
DESTINATION_AFTER = text("destination_after", CARGO, "First declared destination after the gap.")

DPRK_LINE_NM = number(
    "dprk_line_nm",
    "nm",
    PLACE,
    "Distance of the nearer end of the gap from the indicative DPRK territorial sea; 0 inside.",
)
DPRK_STAY_AT_MOST_H = number(
    "dprk_stay_at_most_h",
    "h",
    PLACE,
    "Longest possible stay in DPRK territorial sea or disputed waters at cruising speed; 0 out of reach.",
)
DPRK_STAY_AT_BOUND_H = number(
    "dprk_stay_at_bound_h",
    "h",
    PLACE,
    "The same at the speed that no vessel is assumed to exceed, or at cruising speed where that is higher.",
)
DPRK_PORTS_IN_REACH = count(
    "dprk_ports_in_reach", "ports", PLACE, "DPRK ports that the vessel could have reached during the gap."
)
DPRK_PORT_STAY_AT_MOST_H = number(
    "dprk_port_stay_at_most_h",
    "h",
    PLACE,
    "Longest possible stay at any one DPRK port at cruising speed; 0 out of reach.",
)
DPRK_PORTS = text(
    "dprk_ports", PLACE, "Up to five DPRK ports in reach, each with its longest possible stay, longest first."
)
DARK_CALL = flag(
    "dark_call",
    PLACE,
    "The gap begins and ends near one DPRK port or Russian terminal, with time left for a call not observed.",
)
DARK_CALL_PORT = text("dark_call_port", PLACE, "Name of that port or terminal; of several the nearest.")
TERMINAL_STAY_AT_MOST_H = number(
    "terminal_stay_at_most_h",
    "h",
    PLACE,
    "Longest possible stay at Vostochny or Nakhodka at cruising speed; 0 out of reach.",
)
WORKING_AREAS_IN_REACH = text(
    "working_areas_in_reach",
    PLACE,
    "Ids of the areas with reported transfers with DPRK vessels that it could have reached, comma-separated.",
)

GAP_H = number("gap_h", "h", RECEPTION_GROUP, "Length of the gap, until now while it lasts.")
GRADE = count(
    "grade", "grade", RECEPTION_GROUP, "Grade of the gap by its length, from 0 (shortest) to 5 (longest)."
)
IS_OPEN = flag("is_open", RECEPTION_GROUP, "The gap lasts: no later report of the vessel was received.")
MEDIAN_INTERVAL_MIN = number(
    "median_interval_min",
    "min",
    RECEPTION_GROUP,
    "Median time between reports of the vessel's own track, this gap left out; None with too few reports.",
)
GAP_IN_OWN_INTERVALS = number(
    "gap_in_own_intervals",
    "intervals",
    RECEPTION_GROUP,
    "Length of the gap in units of that median time between reports.",
)
REPORTS_BEFORE = count(
    "reports_before", "reports", RECEPTION_GROUP, "Reports of the vessel in the hours before the gap."
)
SAME_MMSI_REPORTS_MEANWHILE = count(
    "same_mmsi_reports_meanwhile",
    "reports",
    RECEPTION_GROUP,
    "Reports under the same MMSI during the gap, from another segment of it.",
)
RECEPTION = code(
    "reception",
    RECEPTION_GROUP,
    "good (a gap by chance is improbable), poor (chance explains it) or unknown (too little evidence).",
)
RECEPTION_BASIS = code(
    "reception_basis",
    RECEPTION_GROUP,
    "Evidence for the reception class: neighbours, same water, background or none.",
)
GAP_BY_CHANCE = number(
    "gap_by_chance",
    "probability",
    RECEPTION_GROUP,
    "Probability that no report is received by chance although the vessel goes on transmitting.",
)
REPORTS_EXPECTED_BINS = number(
    "reports_expected_bins",
    "bins",
    RECEPTION_GROUP,
    "Expected number of time bins with a report, had the vessel gone on transmitting.",
)
NEIGHBOURS_H = number(
    "neighbours_h", "h", RECEPTION_GROUP, "Vessel-hours of other vessels observed near it, per time bin."
)
OWN_GAPS = number(
    "own_gaps",
    "gaps",
    RECEPTION_GROUP,
    "Other gaps of the vessel that reception does not explain, each weighed by how surprising it is.",
)
NOT_BY_RECEPTION = number(
    "not_by_reception",
    "log-odds",
    RECEPTION_GROUP,
    "Log-odds of a transponder switched off against chance, assuming that it never failed before.",
)
NOT_BY_TRANSPONDER = number(
    "not_by_transponder",
    "log-odds",
    RECEPTION_GROUP,
    "What the vessel's own other gaps add to those log-odds: 0, or below for a transponder that often fails.",
)

EARLIER_DPRK_GAPS = count(
    "earlier_dprk_gaps",
    "gaps",
    HISTORY,
    "Earlier long dark periods of the vessel that left time for a stay in DPRK waters.",
)
IDENTITY_CONTINUES = flag(
    "identity_continues",
    HISTORY,
    "A handover to another MMSI was flagged at the last report before the gap.",
)
ROUND_TRIP = code(
    "round_trip",
    HISTORY,
    "Port calls before and after: same_port, same_country or other; None unless both were observed near "
    "it in time.",
)

MEASURES = declared_in(globals())
