"""Reasons of a dark period."""

from __future__ import annotations

from detectors.core.rules import LOWEST, Ladder, Rule, Slope, Words
from detectors.events.shared_rules import INLAND, WHERE, WHO

PRIOR = -2.5

RULES: tuple[Rule, ...] = (
    Ladder(
        "gap_h",
        "h",
        "not observed for {value:.1f} h",
        ((6.0, 0.2), (12.0, 0.5), (24.0, 0.8), (96.0, 1.2), (720.0, 1.0)),
    ),
    Ladder(
        "unexplained_h",
        "h",
        "{value:.1f} h that sailing from the last to the next report does not explain",
        ((LOWEST, -0.8), (2.0, 0.0), (4.0, 0.4), (12.0, 0.8)),
    ),
    Ladder(
        "dprk_stay_at_most_h",
        "h",
        "leaves at most {value:.1f} h for a stay in DPRK waters at her cruising speed",
        ((2.0, 0.5), (12.0, 0.8)),
    ),
    Words("dark_call", ((True, 0.5, "both ends near one port, with time for a berth: a call not observed"),)),
    Ladder(
        "terminal_stay_at_most_h",
        "h",
        "leaves at most {value:.1f} h for a stay at Vostochny or Nakhodka",
        ((12.0, 0.2),),
    ),
    Words("headed_for_dprk", ((True, 0.3, "on a course that brought her nearer to DPRK waters"),)),
    Ladder(
        "dprk_line_nm",
        "nm",
        "{value:.1f} nm from the DPRK's territorial sea at an end of the silence",
        ((0.0, 0.3), (5.0, 0.0)),
    ),
    Ladder(
        "draught_change_m",
        "m",
        "her draught was told {value:.1f} m different afterwards (the crew types it)",
        ((0.5, 0.3),),
    ),
    Words(
        "round_trip",
        (("same_port", 0.2, "she came back to the port that she had sailed from: a voyage without an end"),),
    ),
    Ladder(
        "earlier_dprk_silences",
        "silences",
        "{value:.0f} of her earlier silences left time for DPRK waters",
        ((1.0, 0.2), (3.0, 0.4)),
    ),
    Words("lay_still", ((True, -0.7, "lay still before, and was heard next at the same place"),)),
    Words(
        "too_far",
        ((True, -0.5, "farther than ships are taken to sail in that time: another ship, or a false place"),),
    ),
    Words(
        "reception",
        (("unknown", -0.7, "too few ships near to say whether she would have been heard"),),
    ),
    Words(
        "number_goes_on",
        ((True, -1.5, "another number goes on from her place: told as a change of identity"),),
    ),
    Slope(
        "not_by_reception",
        "expected in {told[reports_expected_bins]:.1f} bins of time; nobody receives her by chance with a "
        "probability of {told[silence_by_chance]:.3f}",
        0.6,
        -4.0,
        1.0,
    ),
    Slope(
        "not_by_own_kit",
        "{told[own_silences]:.1f} other silences of hers that reception does not explain: her set or habit",
        0.6,
        -2.5,
        0.0,
    ),
    Ladder(
        "gap_in_own_intervals",
        "intervals",
        "{value:.0f} times her usual time between reports",
        ((0.0, -1.2), (12.0, 0.0), (100.0, 0.3)),
    ),
    Ladder(
        "fixes_before",
        "reports",
        "{value:.0f} reports in the hours before: she was hardly heard before the silence",
        ((0.0, -0.6), (4.0, 0.0)),
    ),
    Ladder(
        "fixes_of_number_inside",
        "reports",
        "{value:.0f} reports under her number from elsewhere meanwhile: shared or false number",
        ((1.0, -1.0),),
    ),
    Ladder(
        "port_excuse_km",
        "km",
        "{told[port_distance_km]:.1f} km from {told[port]} by the chart, {value:.1f} km at most: "
        "sets are often switched off there",
        ((0.0, -1.0), (5.0, -0.5), (10.0, 0.0)),
    ),
    Words(
        "trade",
        (
            ("cargo", 0.3, "a tanker or cargo ship"),
            ("service", -0.5, "a tug, pilot or other service vessel"),
            ("fishing", -0.8, "a fishing vessel"),
            ("passenger", -0.6, "a passenger, fast or pleasure craft"),
        ),
    ),
    Words("class_b", ((True, -0.5, "a class B set: weaker, and heard less far"),)),
    INLAND,
    *WHERE,
    *WHO,
)
