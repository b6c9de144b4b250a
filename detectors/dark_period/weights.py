"""Weights of a dark period."""

from __future__ import annotations

from detectors.core.rules import LOWEST, CategoryWeights, LinearWeight, Rule, StepWeights
from detectors.dark_period import measures as own
from detectors.events import measures as around
from detectors.events.shared_rules import INLAND, WHERE, WHO

PRIOR = -2.5

RULES: tuple[Rule, ...] = (
    StepWeights(
        own.GAP_H,
        "not observed for {value:.1f} h",
        ((6.0, 0.2), (12.0, 0.5), (24.0, 0.8), (96.0, 1.2), (720.0, 1.0)),
    ),
    StepWeights(
        own.UNEXPLAINED_H,
        "{value:.1f} h that sailing from the last to the next report does not explain",
        ((LOWEST, -0.8), (2.0, 0.0), (4.0, 0.4), (12.0, 0.8)),
    ),
    StepWeights(
        own.DPRK_STAY_AT_MOST_H,
        "leaves at most {value:.1f} h for a stay in DPRK waters at its cruising speed",
        ((2.0, 0.5), (12.0, 0.8)),
    ),
    CategoryWeights(
        own.DARK_CALL,
        (
            (
                True,
                0.5,
                "both ends near one port, with time for a stay at a berth: a call that was not observed",
            ),
        ),
    ),
    StepWeights(
        own.TERMINAL_STAY_AT_MOST_H,
        "leaves at most {value:.1f} h for a stay at Vostochny or Nakhodka",
        ((12.0, 0.2),),
    ),
    CategoryWeights(own.HEADED_FOR_DPRK, ((True, 0.3, "on a course that brought it nearer to DPRK waters"),)),
    StepWeights(
        own.DPRK_LINE_NM,
        "{value:.1f} nm from the DPRK's indicative territorial sea at an end of the gap",
        ((0.0, 0.3), (5.0, 0.0)),
    ),
    StepWeights(
        own.DRAUGHT_CHANGE_M,
        "its declared draught was {value:.1f} m different afterwards (typed by the crew)",
        ((0.5, 0.3),),
    ),
    CategoryWeights(
        own.ROUND_TRIP,
        (("same_port", 0.2, "it came back to the port that it had sailed from: no other call was observed"),),
    ),
    StepWeights(
        own.EARLIER_DPRK_GAPS,
        "earlier gaps of this vessel that left time for DPRK waters: {value:.0f}",
        ((1.0, 0.2), (3.0, 0.4)),
    ),
    CategoryWeights(
        own.STATIONARY,
        ((True, -0.7, "lay still before the gap, and was not heard elsewhere after it"),),
    ),
    CategoryWeights(
        own.TOO_FAR,
        (
            (
                True,
                -0.5,
                "farther than vessels are taken to sail in that time: another vessel, or a false position",
            ),
        ),
    ),
    CategoryWeights(
        own.RECEPTION,
        (("unknown", -0.7, "too few vessels near to say whether it would have been heard"),),
    ),
    CategoryWeights(
        own.IDENTITY_CONTINUES,
        ((True, -1.5, "another MMSI goes on from its place: reported as a change of identity"),),
    ),
    LinearWeight(
        own.NOT_BY_RECEPTION,
        "reports were expected in {reports_expected_bins:.1f} intervals; a gap this long has "
        "a probability of {gap_by_chance:.3f} by chance",
        0.6,
        -4.0,
        1.0,
    ),
    LinearWeight(
        own.NOT_BY_TRANSPONDER,
        "{own_gaps:.1f} other gaps of this vessel that reception does not explain: its "
        "transponder or its habit",
        0.6,
        -2.5,
        0.0,
    ),
    StepWeights(
        own.GAP_IN_OWN_INTERVALS,
        "the gap is {value:.0f} times as long as the time that usually lies between its reports",
        ((0.0, -1.2), (12.0, 0.0), (100.0, 0.3)),
    ),
    StepWeights(
        own.REPORTS_BEFORE,
        "{value:.0f} reports in the hours before: it was hardly heard before the gap",
        ((0.0, -0.6), (4.0, 0.0)),
    ),
    StepWeights(
        own.SAME_MMSI_REPORTS_MEANWHILE,
        "{value:.0f} reports under its MMSI from elsewhere meanwhile: a shared or false MMSI",
        ((1.0, -1.0),),
    ),
    StepWeights(
        around.PORT_DISTANCE_MAX_KM,
        "{port_distance_km:.1f} km from {port} by the chart, {value:.1f} km at most: "
        "transponders are often switched off there",
        ((0.0, -1.0), (5.0, -0.5), (10.0, 0.0)),
    ),
    CategoryWeights(
        around.TRADE,
        (
            ("cargo", 0.3, "a tanker or cargo vessel"),
            ("service", -0.5, "a tug, pilot or other service vessel"),
            ("fishing", -0.8, "a fishing vessel"),
            ("passenger", -0.6, "a passenger, fast or pleasure craft"),
        ),
    ),
    CategoryWeights(around.CLASS_B, ((True, -0.5, "a class B transponder: weaker, and heard less far"),)),
    INLAND,
    *WHERE,
    *WHO,
)
