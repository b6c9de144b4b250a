"""Reasons of a ship-to-ship transfer."""

from __future__ import annotations

from detectors.core.rules import Ladder, Rule, Words
from detectors.events.shared_rules import ANCHORAGE, BEHAVIOUR, DOUBTED, INLAND, WHERE, WHO

PRIOR = -2.2

RULES: tuple[Rule, ...] = (
    Words(
        "tier",
        (
            ("alongside", 1.0, "alongside: as near as ships made fast are taken to lie"),
            ("close", 0.6, "close: as near as hoses of large ships are taken to reach"),
        ),
    ),
    Ladder(
        "tier_contact_h",
        "h",
        "observed {told[tier]} for {value:.1f} h",
        ((0.0, -0.3), (0.5, 0.0), (1.0, 0.3), (2.0, 0.8), (4.0, 1.1), (48.0, 0.5), (96.0, 0.0)),
    ),
    Ladder(
        "elapsed_h",
        "h",
        "together for {value:.0f} h: a mooring or a lay-up more often than a transfer",
        ((72.0, -0.8), (120.0, -1.2)),
    ),
    Ladder(
        "near_share",
        "share",
        "near for only {value:.0%} of the time together: they passed by, and did not stay",
        ((0.0, -0.8), (0.5, 0.0)),
    ),
    Ladder(
        "alongside_share",
        "share",
        "alongside for only {value:.0%} of the time together: they swung near now and then",
        ((0.0, -0.6), (0.15, 0.0)),
    ),
    Ladder(
        "clear_water_m",
        "m",
        "watched closely, and {value:.0f} m of water between where they stayed, by lengths told or usual",
        ((0.0, 0.0), (50.0, -1.0), (100.0, -2.5), (150.0, -4.0)),
    ),
    Ladder(
        "placed_water_m",
        "m",
        "watched closely, and {value:.0f} m of water between their hulls where they stayed, both placed by "
        "their antennas",
        ((0.0, 0.0), (20.0, -1.0), (30.0, -2.5), (60.0, -4.0)),
    ),
    Ladder(
        "likely_water_m",
        "m",
        "{value:.0f} m of water between where they were seen to stay, by lengths told or usual",
        ((0.0, 0.0), (100.0, -0.6), (200.0, -1.2)),
    ),
    Words(
        "mode",
        (("under_way", -0.6, "under way side by side: company or escort more often than a transfer"),),
    ),
    Words("formation", (("in_line", -2.5, "one ahead of the other, as a tug and her tow"),)),
    Ladder(
        "in_line_m",
        "m",
        "one lay {value:.0f} m ahead or astern of the other, not beside her: a craft on a line, or a quay",
        ((0.0, -3.0),),
    ),
    Ladder(
        "abeam_m",
        "m",
        "one lay {value:.0f} m to the side of the other's keel, by her bow: two made fast are no farther "
        "apart than they are broad",
        ((0.0, 0.0), (70.0, -0.8), (85.0, -1.6)),
    ),
    Ladder(
        "swung_m",
        "m",
        "each swung on her own: while a bow turned, the other moved by {value:.0f} m as seen from her deck, "
        "and kept her place on the chart",
        ((0.0, -1.6),),
    ),
    Ladder(
        "loose_m",
        "m",
        "the distance between them changed by {value:.0f} m: two made fast keep theirs",
        ((80.0, -0.9),),
    ),
    Words(
        "company",
        (
            ("met", 0.3, "they came together for it and parted after"),
            (
                "mostly",
                -0.3,
                "before and after it they were in company for longer than seen apart",
            ),
            ("always", -0.6, "they were not seen apart for long before or after: they keep company"),
        ),
    ),
    Ladder(
        "fixed_excuse_h",
        "h",
        "one of them lay fixed for {value:.0f} h: a platform, a berth or a lay-up more often than a ship at "
        "anchor",
        ((12.0, -2.0),),
    ),
    Ladder(
        "one_track_h",
        "h",
        "sailed near one another for {value:.1f} h, as two sets on one hull do, or two made fast",
        ((1.0, -2.0), (8.0, -2.8)),
    ),
    Ladder(
        "fastest_kn",
        "kn",
        "one of them sails at {value:.0f} kn: a launch, a ferry or a patrol craft more often than a tanker",
        ((17.0, -0.6), (20.0, -1.0)),
    ),
    Ladder(
        "stray_ratio",
        "times",
        "{value:.0f} times as many reports under one number came from elsewhere meanwhile: garbled or shared",
        ((3.0, -1.0), (10.0, -1.5)),
    ),
    Ladder(
        "draught_change_m",
        "m",
        "a draught changed by {value:.1f} m (typed by the crew)",
        ((0.3, 0.5), (1.0, 0.8)),
    ),
    Ladder(
        "earlier_meetings",
        "meetings",
        "they met {value:.0f} times before in these data: a routine",
        ((3.0, -0.4), (8.0, -0.8)),
    ),
    ANCHORAGE,
    Ladder(
        "least_length_m",
        "m",
        "a craft of {value:.0f} m: a launch or a boat",
        ((0.0, -0.8), (25.0, 0.0)),
    ),
    Words("small_craft", ((True, -0.4, "a class B set, as small craft carry"),)),
    Words("boats_work", ((True, -0.8, "and not both say that they carry cargo: the work of boats"),)),
    Words(
        "same_words",
        (
            (
                True,
                -2.0,
                "both say that they are one ship: her reports under a second number, or two sets",
            ),
        ),
    ),
    Ladder(
        "fixes_least",
        "reports",
        "only {value:.0f} reports of one vessel during the meeting",
        ((0.0, -0.6), (4.0, 0.0)),
    ),
    Ladder(
        "port_excuse_km",
        "km",
        "{told[port_distance_km]:.1f} km from {told[port]} by the chart, {value:.1f} km at most: "
        "meetings are ordinary there",
        ((0.0, -2.0), (5.0, -1.2), (10.0, -0.4), (20.0, 0.0)),
    ),
    Ladder(
        "shore_distance_km",
        "km",
        "{value:.1f} km from the shore",
        ((0.0, -0.3), (10.0, 0.0), (22.224, 0.3)),
    ),
    Ladder("night_share", "share", "by night for {value:.0%} of the time", ((0.5, 0.2),)),
    Words(
        "trade",
        (
            ("cargo", 0.5, "both are tankers or cargo ships"),
            ("service", -1.5, "a tug, pilot or other service vessel: such meetings are their work"),
            ("fishing", -1.3, "both are fishing vessels"),
            ("passenger", -1.0, "a passenger, fast or pleasure craft"),
        ),
    ),
    Ladder(
        "joint_passes",
        "passes",
        "observed only for moments; passes of a receiver at which they were together: {value:.0f}",
        ((1.0, -0.6), (2.0, 0.6), (3.0, 0.9), (5.0, 1.3)),
    ),
    Ladder(
        "dprk_silences_near",
        "silences",
        "{value:.0f} silences of these vessels before or after, among ships that were heard, left time for "
        "DPRK waters",
        ((1.0, 0.4), (2.0, 0.6)),
    ),
    Ladder(
        "third_between_share",
        "share",
        "{told[third_between]}, who met both meanwhile, lay between them for {value:.0%} of the time",
        ((0.7, -2.5),),
    ),
    Ladder(
        "says_faster_kn",
        "kn",
        "one of them says that she sails {value:.0f} kn faster than any who meet so can: that or her "
        "positions are false",
        ((4.0, -2.0),),
    ),
    DOUBTED,
    Words(
        "in_jammed_area",
        ((True, -2.2, "many vessels showed false positions there at one time: jamming of an area"),),
    ),
    INLAND,
    *WHERE,
    *WHO,
    *BEHAVIOUR,
)
