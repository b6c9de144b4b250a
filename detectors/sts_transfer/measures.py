"""Measures of a ship-to-ship transfer."""

from __future__ import annotations

from detectors.core.measures import (
    CARGO,
    GEOMETRY,
    HISTORY,
    IDENTITY,
    MOTION,
    PLACE,
    RECEPTION,
    code,
    count,
    declared_in,
    flag,
    number,
    text,
)

TIER = code(
    "tier", GEOMETRY, "How near the encounter was: alongside, close, near or passes (observed for moments)."
)
TIER_BY = code(
    "tier_by", GEOMETRY, "What decided the tier: antennas (separation), hulls (hull clearance) or passes."
)
TIER_CONTACT_H = number(
    "tier_contact_h", "h", GEOMETRY, "Time observed in the event's tier, by what decided it; None for passes."
)
ELAPSED_H = number(
    "elapsed_h", "h", GEOMETRY, "Time from the begin to the end of the encounter, observed or not."
)
CONTACT_H = number(
    "contact_h", "h", GEOMETRY, "Time observed together within the separation at which the encounter ends."
)
NEAR_SHARE = number(
    "near_share",
    "share",
    GEOMETRY,
    "Share of the contact within 200 m, or with hulls close; None where the tier is near or passes.",
)
ALONGSIDE_SHARE = number(
    "alongside_share", "share", GEOMETRY, "Share of the contact alongside; None where the tier is another."
)
ALONGSIDE_CONTACT_H = number(
    "alongside_contact_h", "h", GEOMETRY, "Time observed in the tier alongside, antenna to antenna."
)
CLOSE_CONTACT_H = number(
    "close_contact_h", "h", GEOMETRY, "Time observed in the tier close, antenna to antenna."
)
NEAR_CONTACT_H = number(
    "near_contact_h", "h", GEOMETRY, "Time observed in the tier near, antenna to antenna."
)
UNDER_WAY_CONTACT_H = number(
    "under_way_contact_h",
    "h",
    GEOMETRY,
    "Time observed in the tier of encounters under way, antenna to antenna.",
)
CONTACT_WITHIN_50M_H = number(
    "contact_within_50m_h", "h", GEOMETRY, "Time observed with at most 50 m between the antennas."
)
CONTACT_WITHIN_200M_H = number(
    "contact_within_200m_h", "h", GEOMETRY, "Time observed with at most 200 m between the antennas."
)
CONTACT_WITHIN_500M_H = number(
    "contact_within_500m_h", "h", GEOMETRY, "Time observed with at most 500 m between the antennas."
)
MIN_SEPARATION_M = number(
    "min_separation_m", "m", GEOMETRY, "Least separation of the antennas while observed."
)
STAYED_SEPARATION_M = number(
    "stayed_separation_m",
    "m",
    GEOMETRY,
    "Separation within which they stayed for a time, not only passed, less the uncertainty of positions.",
)
MEDIAN_SEPARATION_M = number(
    "median_separation_m", "m", GEOMETRY, "Median separation of the antennas over the observed time."
)
P95_SEPARATION_M = number(
    "p95_separation_m", "m", GEOMETRY, "Separation not exceeded in 95 % of the observed time."
)
SEPARATION_SPREAD_M = number(
    "separation_spread_m",
    "m",
    GEOMETRY,
    "Range of the separation from its 20th to its 80th percentile over the observed time.",
)
SEPARATION_VARIATION_M = number(
    "separation_variation_m",
    "m",
    GEOMETRY,
    "Separation variation: that range less position rounding; None unless observed for long and often.",
)
POSITION_ROUNDING_M = number(
    "position_rounding_m",
    "m",
    GEOMETRY,
    "Greatest error of the separation by rounded positions of both vessels.",
)
HALF_LENGTHS_M = number(
    "half_lengths_m", "m", GEOMETRY, "Half of both declared lengths; None where either declares none."
)
HULL_SEPARATION_M = number(
    "hull_separation_m", "m", GEOMETRY, "Median estimated distance between the hulls over the observed time."
)
HULL_DISTANCE_ABREAST_M = number(
    "hull_distance_abreast_m",
    "m",
    GEOMETRY,
    "Estimated hull clearance within which they stayed while they lay abreast.",
)
HULL_DISTANCE_BY_ANTENNAS_M = number(
    "hull_distance_by_antennas_m",
    "m",
    GEOMETRY,
    "Hull clearance by antenna offsets of both within which they stayed, abreast or not.",
)
HULL_CLEARANCE_BY_ANTENNAS_M = number(
    "hull_clearance_by_antennas_m",
    "m",
    GEOMETRY,
    "Hull clearance by antenna offsets and headings of both, in a closely observed encounter.",
)
HULL_CLEARANCE_M = number(
    "hull_clearance_m",
    "m",
    GEOMETRY,
    "Hull clearance by declared or assumed lengths where they stayed, in a closely observed encounter.",
)
HULL_CLEARANCE_LIKELY_M = number(
    "hull_clearance_likely_m",
    "m",
    GEOMETRY,
    "Hull clearance by declared or assumed lengths where they stayed, in a less closely observed encounter.",
)
HULLS_ALONGSIDE_H = number(
    "hulls_alongside_h", "h", GEOMETRY, "Time observed side by side in the tier alongside, hull to hull."
)
HULLS_CLOSE_H = number(
    "hulls_close_h", "h", GEOMETRY, "Time observed side by side in the tier close, hull to hull."
)
HULLS_ABREAST_H = number(
    "hulls_abreast_h",
    "h",
    GEOMETRY,
    "Part of the time alongside, hull to hull, with parallel headings of both.",
)
HULLS_PLACED_BY_ANTENNA = count(
    "hulls_placed_by_antenna",
    "vessels",
    GEOMETRY,
    "Vessels of the two whose antenna offsets are known: 0, 1 or 2.",
)
HEADINGS_KNOWN = count(
    "headings_known",
    "vessels",
    GEOMETRY,
    "Vessels of the two whose reported headings can serve for relative bearings.",
)
HEADING_DIFFERENCE_DEG = number(
    "heading_difference_deg", "deg", GEOMETRY, "Angle between the mean reported headings of the two vessels."
)
IN_LINE_OFFSET_M = number(
    "in_line_offset_m",
    "m",
    GEOMETRY,
    "In-line offset: how far one lay ahead or astern of the other; None where it did not lie in line.",
)
BEAM_SIDE_OFFSET_M = number(
    "beam_side_offset_m",
    "m",
    GEOMETRY,
    "Beam-side offset less position rounding, the lesser of two; None where hull sizes give a clearance.",
)
INDEPENDENT_SWING_M = number(
    "independent_swing_m",
    "m",
    GEOMETRY,
    "Independent swing: shift of the other as seen from a vessel whose heading turned; None if not observed.",
)
RIGID_ABREAST = flag(
    "rigid_abreast", GEOMETRY, "By every usable heading the other kept its place to the beam side, near by."
)
FORMATION = code(
    "formation", GEOMETRY, "How two that make way lay: abreast or in_line; None where they make little way."
)
THIRD_VESSEL = text(
    "third_vessel",
    GEOMETRY,
    "MMSI or track key of the third vessel that lay longest between them; None for none.",
)
THIRD_VESSEL_BETWEEN_SHARE = number(
    "third_vessel_between_share",
    "share",
    GEOMETRY,
    "Share of the encounter in which that third vessel lay between them.",
)

MODE = code("mode", MOTION, "How they moved: anchored, drifting or under_way.")
SPEED_MADE_GOOD_1_KN = number(
    "speed_made_good_1_kn", "kn", MOTION, "Speed made good of vessel 1 from begin to end of the encounter."
)
SPEED_MADE_GOOD_2_KN = number(
    "speed_made_good_2_kn", "kn", MOTION, "Speed made good of vessel 2 from begin to end of the encounter."
)
MEDIAN_SOG_1_KN = number(
    "median_sog_1_kn", "kn", MOTION, "Median reported speed over ground of vessel 1 in the encounter."
)
MEDIAN_SOG_2_KN = number(
    "median_sog_2_kn", "kn", MOTION, "Median reported speed over ground of vessel 2 in the encounter."
)
SOG_EXCESS_KN = number(
    "sog_excess_kn",
    "kn",
    MOTION,
    "SOG excess over the highest speed made good of such an encounter, of the faster of the two; 0 for none.",
)
RELATIVE_SPEED_KN = number("relative_speed_kn", "kn", MOTION, "Median relative speed of the two vessels.")
DRIFT_CORRELATION = number(
    "drift_correlation",
    "correlation",
    MOTION,
    "How alike they moved: 1 the same, 0 nothing in common; None where either hardly moved.",
)
DRIFT_KM = number(
    "drift_km", "km", MOTION, "Distance made good from begin to end of the encounter, the greater of the two."
)
AT_ANCHOR_SHARE_1 = number(
    "at_anchor_share_1",
    "share",
    MOTION,
    "Share of the reports of vessel 1 with a known status that are at anchor or moored.",
)
AT_ANCHOR_SHARE_2 = number(
    "at_anchor_share_2",
    "share",
    MOTION,
    "Share of the reports of vessel 2 with a known status that are at anchor or moored.",
)
FIXED_H = number(
    "fixed_h",
    "h",
    MOTION,
    "Time for which either lay fixed at one place, the day before and after counted; 0 where neither did.",
)
FIXED_OUTSIDE_DPRK_H = number(
    "fixed_outside_dprk_h",
    "h",
    MOTION,
    "The same outside DPRK territorial sea and disputed waters; None inside them.",
)
FASTEST_KN = number(
    "fastest_kn",
    "kn",
    MOTION,
    "Sustained speed of the faster vessel in the day before and after; None if neither was observed sailing.",
)
APPROACH_SPEED_1_KN = number(
    "approach_speed_1_kn",
    "kn",
    MOTION,
    "Speed made good of vessel 1 on its approach leg.",
)
APPROACH_SPEED_2_KN = number(
    "approach_speed_2_kn",
    "kn",
    MOTION,
    "Speed made good of vessel 2 on its approach leg.",
)
APPROACH_COURSE_1_DEG = number(
    "approach_course_1_deg", "deg", MOTION, "Course made good of vessel 1 on its approach leg."
)
APPROACH_COURSE_2_DEG = number(
    "approach_course_2_deg", "deg", MOTION, "Course made good of vessel 2 on its approach leg."
)
DEPARTURE_SPEED_1_KN = number(
    "departure_speed_1_kn",
    "kn",
    MOTION,
    "Speed made good of vessel 1 on its departure leg.",
)
DEPARTURE_SPEED_2_KN = number(
    "departure_speed_2_kn",
    "kn",
    MOTION,
    "Speed made good of vessel 2 on its departure leg.",
)
DEPARTURE_COURSE_1_DEG = number(
    "departure_course_1_deg", "deg", MOTION, "Course made good of vessel 1 on its departure leg."
)
DEPARTURE_COURSE_2_DEG = number(
    "departure_course_2_deg", "deg", MOTION, "Course made good of vessel 2 on its departure leg."
)

SAME_STATIC_DATA = flag(
    "same_static_data",
    IDENTITY,
    "Same static data: both declare one IMO number, or one name and size without two different IMO numbers.",
)
SMALL_CRAFT = flag(
    "small_craft",
    IDENTITY,
    "One has a class B transponder and does not declare the length of a large vessel.",
)
SMALL_CRAFT_WITHOUT_CARGO = flag(
    "small_craft_without_cargo",
    IDENTITY,
    "One is such a small craft, and not both declare that they are cargo vessels or tankers.",
)

FISHING_GEAR = flag(
    "fishing_gear",
    IDENTITY,
    "One declares a name as buoys of nets have it: gear, or the charge of a battery.",
)
DRIFTING_STRING = count(
    "drifting_string",
    "objects",
    IDENTITY,
    "Objects, the two among them, that drift as one and are never under way in all the time seen, without "
    "heading, IMO number or the length of a ship; 0 where one of the two is none such.",
)

DRAUGHT_BEFORE_1_M = number(
    "draught_before_1_m", "m", CARGO, "Last declared draught of vessel 1 before the encounter."
)
DRAUGHT_AFTER_1_M = number(
    "draught_after_1_m",
    "m",
    CARGO,
    "Last newly declared draught of vessel 1 from its begin to some time after.",
)
DRAUGHT_BEFORE_2_M = number(
    "draught_before_2_m", "m", CARGO, "Last declared draught of vessel 2 before the encounter."
)
DRAUGHT_AFTER_2_M = number(
    "draught_after_2_m",
    "m",
    CARGO,
    "Last newly declared draught of vessel 2 from its begin to some time after.",
)
DRAUGHT_CHANGE_M = number(
    "draught_change_m",
    "m",
    CARGO,
    "Change of declared draught, either way, the greater of the two vessels; None where not declared anew.",
)
DESTINATION_BEFORE_1 = text(
    "destination_before_1", CARGO, "Last declared destination of vessel 1 before the encounter."
)
DESTINATION_AFTER_1 = text(
    "destination_after_1",
    CARGO,
    "Last newly declared destination of vessel 1 from its begin to some time after.",
)
DESTINATION_BEFORE_2 = text(
    "destination_before_2", CARGO, "Last declared destination of vessel 2 before the encounter."
)
DESTINATION_AFTER_2 = text(
    "destination_after_2",
    CARGO,
    "Last newly declared destination of vessel 2 from its begin to some time after.",
)

SLOW_VESSELS_WITHIN_2NM = count(
    "slow_vessels_within_2nm",
    "vessels",
    PLACE,
    "Other slow vessels within 2 nautical miles halfway through the encounter, counted up to a limit.",
)
ANCHORAGE_VESSELS = count(
    "anchorage_vessels",
    "vessels",
    PLACE,
    "The same outside DPRK territorial sea and disputed waters; None inside.",
)

REPORTS_1 = count("reports_1", "reports", RECEPTION, "Reports of vessel 1 during the encounter.")
REPORTS_2 = count("reports_2", "reports", RECEPTION, "Reports of vessel 2 during the encounter.")
REPORTS_LEAST = count(
    "reports_least", "reports", RECEPTION, "Reports of the vessel that has fewer of the two."
)
LONGEST_GAP_MIN = number(
    "longest_gap_min", "min", RECEPTION, "Longest gap of either vessel within the encounter."
)
JOINT_PASSES = count(
    "joint_passes",
    "passes",
    RECEPTION,
    "Receiver passes at which they were together; only of the tier passes.",
)
STRAY_RATIO = number(
    "stray_ratio",
    "times",
    RECEPTION,
    "Reports under its MMSI from elsewhere per report here; None unless a vessel has few reports here.",
)

PROXIMITY_HISTORY = code(
    "proximity_history",
    HISTORY,
    "Prior proximity: always, mostly, met (separated before and after) or part; None where not known.",
)
PRIOR_PROXIMITY_H = number(
    "prior_proximity_h",
    "h",
    HISTORY,
    "Time within a few kilometres of one another in the day before and after.",
)
SEPARATED_BEFORE_H = number(
    "separated_before_h",
    "h",
    HISTORY,
    "Time separated by more than a few kilometres in the day before; None where positions are not known.",
)
SEPARATED_AFTER_H = number(
    "separated_after_h",
    "h",
    HISTORY,
    "Time separated by more than a few kilometres in the day after; None where positions are not known.",
)
SAME_TRACK_H = number(
    "same_track_h",
    "h",
    HISTORY,
    "Time sailing at speed too near one another for two vessels not made fast, in the day before and after.",
)
EARLIER_ENCOUNTERS = count(
    "earlier_encounters",
    "encounters",
    HISTORY,
    "Earlier STS transfers of the same two vessels in these data.",
)
DPRK_GAPS_NEAR = count(
    "dprk_gaps_near",
    "gaps",
    HISTORY,
    "Dark periods of either, in good reception and near in time, that left time for a stay in DPRK waters.",
)
SUSPECT_POSITIONS = code(
    "suspect_positions",
    HISTORY,
    "Why positions of one of them are suspect: frozen, circling or jump; None where they are not.",
)
IN_JAMMED_AREA = flag(
    "in_jammed_area",
    HISTORY,
    "A spoofing event of an area overlaps it in time, and names one of the two or holds the place.",
)

MEASURES = declared_in(globals())
