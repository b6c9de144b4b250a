"""Measures of spoofing."""

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

PATTERN = code(
    "pattern",
    GEOMETRY,
    "Plainest sign: area, jump, interleaved, circling, frozen, on_land, contradicts or too_smooth.",
)
ALSO = text("also", GEOMETRY, "Other signs of the MMSI in the same time, in the same words, joined by +.")
PATTERNS = count("patterns", "patterns", GEOMETRY, "Different signs of the MMSI in the same time.")

JUMP_KM = number("jump_km", "km", GEOMETRY, "Distance between the two places of a jump.")
RETURNED = flag("returned", GEOMETRY, "After the jump the track went back to the segment that it had left.")
REPEATS_TRACK = flag(
    "repeats_track",
    GEOMETRY,
    "The positions of one place follow the track of the other: reports sent late or with a wrong time.",
)
ALTERNATIONS = count(
    "alternations", "alternations", GEOMETRY, "Impossible steps to and fro between segments of the MMSI."
)
SEPARATION_KM = number(
    "separation_km", "km", GEOMETRY, "Median distance of the steps between segments received in turn."
)
ONE_COORDINATE = flag(
    "one_coordinate",
    GEOMETRY,
    "In most such steps one coordinate stays and the other leaps: garbled reports.",
)
CIRCLE_KM = number("circle_km", "km", GEOMETRY, "Radius of the circle that the positions follow.")
CIRCLE_OFF_SHARE = number(
    "circle_off_share",
    "share",
    GEOMETRY,
    "Average distance of positions from the circle, as share of its radius.",
)
LAPS = number("laps", "laps", GEOMETRY, "Times that the positions went round the circle.")
LAND_KM = number("land_km", "km", GEOMETRY, "Distance between the ends of the straight line over land.")
LAND_OFF_M = number(
    "land_off_m", "m", GEOMETRY, "Greatest distance of a position from the straight line over land."
)
SMOOTH_OFF_M = number(
    "smooth_off_m",
    "m",
    GEOMETRY,
    "Root mean square distance of reports to the side of the line between their neighbours.",
)
AREA_EXTENT_KM = number(
    "area_extent_km", "km", GEOMETRY, "Greatest distance of a false position from the middle of the area."
)
AREA_PATTERNS = text(
    "area_patterns", GEOMETRY, "Signs observed in the area, joined by +: circling, frozen, jump."
)

REQUIRED_KN = number("required_kn", "kn", MOTION, "Speed that the jump would require.")
CIRCLE_KN = number("circle_kn", "kn", MOTION, "Median speed made good between reports on the circle.")
STEADY_RATE = flag("steady_rate", MOTION, "The positions go round the circle at a constant rate.")
REPORTED_KN = number(
    "reported_kn",
    "kn",
    MOTION,
    "Median reported speed over ground while frozen or contradicted by the positions.",
)
REPORTED_KM = number(
    "reported_km",
    "km",
    MOTION,
    "Distance that the reported speed would have made while the position was frozen.",
)
LAND_KN = number("land_kn", "kn", MOTION, "Speed made good along the straight line over land.")
CONTRADICTION = code(
    "contradiction",
    MOTION,
    "How reported motion contradicts positions: less_speed, more_speed (than made good) or other_course.",
)
CONTRADICTS_KN = number(
    "contradicts_kn", "kn", MOTION, "Mean difference of reported speed and speed made good; None for courses."
)
CONTRADICTS_DEG = number(
    "contradicts_deg",
    "deg",
    MOTION,
    "Mean difference of reported course and course made good; None for speeds.",
)
CONTRADICTS_SHARE = number(
    "contradicts_share",
    "share",
    MOTION,
    "Share of the MMSI's whole comparable time in which its reports contradict positions in this way.",
)
MADE_GOOD_KN = number(
    "made_good_kn", "kn", MOTION, "Median speed made good while the reports contradict the positions."
)
ONE_SPEED_REPEATED = flag(
    "one_speed_repeated", MOTION, "All reports of the contradiction have one and the same speed."
)

SEGMENTS = count("segments", "segments", IDENTITY, "Segments of the MMSI that were received in turn.")
NAMES_REPORTED = code(
    "names_reported",
    IDENTITY,
    "Names declared under an MMSI received in turn: one or several; None where none is declared.",
)
MMSI_FAULT = code(
    "mmsi_fault",
    IDENTITY,
    "What is wrong with the MMSI: default, malformed or unknown (no such country); None for nothing or "
    "areas.",
)
AREA_VESSELS = count("area_vessels", "vessels", IDENTITY, "MMSIs with false positions in the area.")
AREA_VESSELS_AT_ONCE = count(
    "area_vessels_at_once", "vessels", IDENTITY, "Most MMSIs with false positions in the area at one time."
)
VESSELS_LISTED = count("vessels_listed", "vessels", IDENTITY, "Vessels named in the event of an area.")

JUMP_MIN = number("jump_min", "min", RECEPTION, "Time between the reports before and after the jump.")
STAY_BEFORE_H = number("stay_before_h", "h", RECEPTION, "Time of the stay before the jump.")
STAY_THERE_H = number("stay_there_h", "h", RECEPTION, "Time of the stay after the jump.")
SHORTEST_STAY_H = number(
    "shortest_stay_h", "h", RECEPTION, "The shorter of the stays before and after the jump."
)
FEWEST_STAY_REPORTS = count(
    "fewest_stay_reports", "reports", RECEPTION, "Fewest reports of either stay, before or after the jump."
)
ALTERNATING_H = number(
    "alternating_h", "h", RECEPTION, "Time over which the MMSI was received in turn from its segments."
)
FEWER_REPORTS = count(
    "fewer_reports",
    "reports",
    RECEPTION,
    "Reports of the segment with the second most of those received in turn.",
)
CIRCLE_H = number("circle_h", "h", RECEPTION, "Time over which the positions follow the circle.")
CIRCLE_REPORTS = count("circle_reports", "reports", RECEPTION, "Reports on the circle.")
FROZEN_H = number("frozen_h", "h", RECEPTION, "Time over which the position stayed the same to the digit.")
FROZEN_REPORTS = count("frozen_reports", "reports", RECEPTION, "Reports of the same position.")
ONE_REPORT_REPEATED = flag(
    "one_report_repeated",
    RECEPTION,
    "All of them have one speed and course too: a feed that repeats one report.",
)
LAND_H = number("land_h", "h", RECEPTION, "Time over which the positions follow the straight line over land.")
CONTRADICTS_H = number(
    "contradicts_h", "h", RECEPTION, "Time over which reported motion contradicts the positions."
)
CONTRADICTS_REPORTS = count(
    "contradicts_reports", "reports", RECEPTION, "Reports over which motion contradicts the positions."
)
SMOOTH_H = number("smooth_h", "h", RECEPTION, "Time under way on stretches without the noise of a receiver.")
SMOOTH_LEGS = count("smooth_legs", "legs", RECEPTION, "Stretches of track without the noise of a receiver.")
SMOOTH_REPORTS = count("smooth_reports", "reports", RECEPTION, "Reports judged on those stretches.")
OTHERS_WITH_NOISE = count(
    "others_with_noise",
    "vessels",
    RECEPTION,
    "Other vessels, under way for as long, that show the noise of a receiver.",
)
AREA_H = number("area_h", "h", RECEPTION, "Time from the first to the last sign in the area.")

MEASURES = declared_in(globals())
