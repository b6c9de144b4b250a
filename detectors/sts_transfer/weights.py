"""Weights of a ship-to-ship transfer."""

from __future__ import annotations

from detectors.core.rules import CategoryWeights, Rule, StepWeights
from detectors.events import measures as around
from detectors.events.shared_rules import BEHAVIOUR, INLAND, WHERE, WHO, anchorage, suspect
from detectors.sts_transfer import measures as own

PRIOR = -2.2

RULES: tuple[Rule, ...] = (
    CategoryWeights(
        own.TIER,
        (
            ("alongside", 1.0, "alongside: as near as two vessels made fast are taken to lie"),
            ("close", 0.6, "close: as near as the hoses of large vessels are taken to reach"),
        ),
    ),
    StepWeights(
        own.TIER_CONTACT_H,
        "observed {tier} for {value:.1f} h",
        ((0.0, -0.3), (0.5, 0.0), (1.0, 0.3), (2.0, 0.8), (4.0, 1.1), (48.0, 0.5), (96.0, 0.0)),
    ),
    StepWeights(
        own.ELAPSED_H,
        "together for {value:.0f} h: a mooring or a lay-up more often than a transfer",
        ((72.0, -0.8), (120.0, -1.2)),
    ),
    StepWeights(
        own.NEAR_SHARE,
        "near for only {value:.0%} of the time together: the two passed by and did not stay",
        ((0.0, -0.8), (0.5, 0.0)),
    ),
    StepWeights(
        own.ALONGSIDE_SHARE,
        "alongside for only {value:.0%} of the time together: the two swung near now and then",
        ((0.0, -0.6), (0.15, 0.0)),
    ),
    StepWeights(
        own.HULL_CLEARANCE_M,
        "watched closely, with {value:.0f} m of clearance between the hulls where the two "
        "stayed, by declared or usual lengths",
        ((0.0, 0.0), (50.0, -1.0), (100.0, -2.5), (150.0, -4.0)),
    ),
    StepWeights(
        own.HULL_CLEARANCE_BY_ANTENNAS_M,
        "watched closely, with {value:.0f} m of clearance between the hulls where the two "
        "stayed, both placed by their antennas",
        ((0.0, 0.0), (20.0, -1.0), (30.0, -2.5), (60.0, -4.0)),
    ),
    StepWeights(
        own.HULL_CLEARANCE_LIKELY_M,
        "{value:.0f} m of clearance between the hulls where the two were seen to stay, by "
        "declared or usual lengths",
        ((0.0, 0.0), (100.0, -0.6), (200.0, -1.2)),
    ),
    CategoryWeights(
        own.MODE,
        (
            (
                "under_way",
                -0.6,
                "under way side by side: sailing in convoy or an escort more often than a transfer",
            ),
        ),
    ),
    CategoryWeights(own.FORMATION, (("in_line", -2.5, "one ahead of the other, as a tug and its tow"),)),
    StepWeights(
        own.IN_LINE_OFFSET_M,
        "one lay {value:.0f} m ahead or astern of the other, not beside it: a craft on a "
        "line, or berths along a quay",
        ((0.0, -3.0),),
    ),
    StepWeights(
        own.BEAM_SIDE_OFFSET_M,
        "one lay {value:.0f} m to the side of the other's centre line, by its heading: two "
        "vessels made fast are no farther apart than their beams",
        ((0.0, 0.0), (70.0, -0.8), (85.0, -1.6)),
    ),
    StepWeights(
        own.INDEPENDENT_SWING_M,
        "each swung on its own: while the heading of one turned, the other moved by "
        "{value:.0f} m relative to it and stayed in place on the chart",
        ((0.0, -1.6),),
    ),
    StepWeights(
        own.SEPARATION_VARIATION_M,
        "the separation varied by {value:.0f} m: that of two vessels made fast stays the same",
        ((80.0, -0.9),),
    ),
    CategoryWeights(
        own.PROXIMITY_HISTORY,
        (
            ("met", 0.3, "the two came together for it and separated afterwards"),
            (
                "mostly",
                -0.3,
                "before and after it the two were near one another for longer than they were seen separated",
            ),
            ("always", -0.6, "the two were not seen separated for long before or after: they sail together"),
        ),
    ),
    StepWeights(
        own.FIXED_OUTSIDE_DPRK_H,
        "one of the two lay fixed for {value:.0f} h: a platform, a berth or a lay-up more "
        "often than a vessel at anchor",
        ((12.0, -2.0),),
    ),
    StepWeights(
        own.SAME_TRACK_H,
        "the two sailed on one track for {value:.1f} h, as two transponders on one vessel "
        "do, or two vessels made fast",
        ((1.0, -2.0), (8.0, -2.8)),
    ),
    StepWeights(
        own.FASTEST_KN,
        "one of the two sails at {value:.0f} kn: a launch, a ferry or a patrol craft more "
        "often than a tanker",
        ((17.0, -0.6), (20.0, -1.0)),
    ),
    StepWeights(
        own.STRAY_RATIO,
        "{value:.0f} times as many reports under one of the MMSIs came from elsewhere "
        "meanwhile: garbled or shared",
        ((3.0, -1.0), (10.0, -1.5)),
    ),
    StepWeights(
        own.DRAUGHT_CHANGE_M,
        "a declared draught changed by {value:.1f} m (typed by the crew)",
        ((0.3, 0.5), (1.0, 0.8)),
    ),
    StepWeights(
        own.EARLIER_ENCOUNTERS,
        "the two had {value:.0f} encounters before in these data: a routine",
        ((3.0, -0.4), (8.0, -0.8)),
    ),
    anchorage(own.ANCHORAGE_VESSELS),
    StepWeights(
        around.LEAST_LENGTH_M,
        "a craft of {value:.0f} m: a launch or a boat",
        ((0.0, -0.8), (25.0, 0.0)),
    ),
    CategoryWeights(own.SMALL_CRAFT, ((True, -0.4, "a class B transponder, as small craft carry"),)),
    CategoryWeights(
        own.SMALL_CRAFT_WITHOUT_CARGO,
        ((True, -0.8, "and not both declare a cargo vessel or tanker: the work of small craft"),),
    ),
    CategoryWeights(
        own.FISHING_GEAR,
        ((True, -4.0, "one declares the name of fishing gear or a buoy, which is no vessel"),),
    ),
    StepWeights(
        own.DRIFTING_STRING,
        "{value:.0f} objects drift as one and were never under way: buoys of a net rather than ships",
        ((3.0, -3.0),),
    ),
    CategoryWeights(
        own.SAME_STATIC_DATA,
        (
            (
                True,
                -2.0,
                (
                    "both declare the static data of one vessel: its reports under a second MMSI, or "
                    "two transponders"
                ),
            ),
        ),
    ),
    StepWeights(
        own.REPORTS_LEAST,
        "only {value:.0f} reports of one vessel during the encounter",
        ((0.0, -0.6), (4.0, 0.0)),
    ),
    StepWeights(
        around.PORT_DISTANCE_MAX_KM,
        "{port_distance_km:.1f} km from {port} by the chart, {value:.1f} km at most: "
        "encounters are ordinary there",
        ((0.0, -2.0), (5.0, -1.2), (10.0, -0.4), (20.0, 0.0)),
    ),
    StepWeights(
        around.SHORE_DISTANCE_KM,
        "{value:.1f} km from the shore",
        ((0.0, -0.3), (10.0, 0.0), (22.224, 0.3)),
    ),
    StepWeights(around.NIGHT_SHARE, "by night for {value:.0%} of the time", ((0.5, 0.2),)),
    CategoryWeights(
        around.TRADE,
        (
            ("cargo", 0.5, "both are tankers or cargo vessels"),
            ("service", -1.5, "a tug, pilot or other service vessel: such encounters are its work"),
            ("fishing", -1.3, "both are fishing vessels"),
            ("passenger", -1.0, "a passenger, fast or pleasure craft"),
        ),
    ),
    StepWeights(
        own.JOINT_PASSES,
        "observed only for moments; passes of a receiver at which the two were together: {value:.0f}",
        ((1.0, -0.6), (2.0, 0.6), (3.0, 0.9), (5.0, 1.3)),
    ),
    StepWeights(
        own.DPRK_GAPS_NEAR,
        "gaps of the two before or after, while vessels near them were heard, that left time "
        "for DPRK waters: {value:.0f}",
        ((1.0, 0.4), (2.0, 0.6)),
    ),
    StepWeights(
        own.THIRD_VESSEL_BETWEEN_SHARE,
        "{third_vessel}, which was near both meanwhile, lay between the two for {value:.0%} of the time",
        ((0.7, -2.5),),
    ),
    StepWeights(
        own.SOG_EXCESS_KN,
        "one of the two reports a speed {value:.0f} kn above what such an encounter allows: "
        "its speed or its positions are false",
        ((4.0, -2.0),),
    ),
    suspect(own.SUSPECT_POSITIONS),
    CategoryWeights(
        own.IN_JAMMED_AREA,
        ((True, -2.2, "many vessels showed false positions there at one time: jamming of an area"),),
    ),
    INLAND,
    *WHERE,
    *WHO,
    *BEHAVIOUR,
)
