"""Weights of spoofing."""

from __future__ import annotations

from detectors.core.rules import CategoryWeights, Rule, StepWeights
from detectors.events import measures as around
from detectors.events.shared_rules import BEHAVIOUR, WHERE, WHO
from detectors.spoofing import measures as own

PRIOR = -2.2

RULES: tuple[Rule, ...] = (
    CategoryWeights(
        own.PATTERN,
        (
            (
                "jump",
                0.7,
                "its reports came from one place and then from another that it cannot have reached",
            ),
            ("interleaved", 0.6, "its MMSI was heard in turn from two places at the same time"),
            ("circling", 1.3, "its positions went round an exact circle"),
            (
                "frozen",
                0.8,
                "its position stayed the same to the last digit while it reported a speed",
            ),
            ("on_land", 1.0, "its positions ran in a straight line over land"),
            ("contradicts", 0.6, "its reported motion and its positions contradict one another"),
            ("too_smooth", 0.9, "its positions show none of the noise of a receiver"),
            (
                "area",
                -1.5,
                "many vessels showed it at once in one place: jamming of an area, not an act of one vessel",
            ),
        ),
    ),
    StepWeights(
        own.PATTERNS, "signs of false positions in the same time: {value:.0f}", ((2.0, 0.6), (3.0, 1.0))
    ),
    StepWeights(
        own.SHORTEST_STAY_H,
        "it was heard for at least {value:.1f} h at each of the two places",
        ((0.0, -0.5), (1.0, 0.0), (2.0, 0.4), (6.0, 0.7), (24.0, 0.9)),
    ),
    StepWeights(
        own.FEWEST_STAY_REPORTS,
        "at least {value:.0f} reports from each of the two places",
        ((0.0, -0.4), (10.0, 0.0), (20.0, 0.3)),
    ),
    StepWeights(
        own.JUMP_KM, "the two places lie {value:.0f} km apart", ((0.0, 0.0), (50.0, 0.2), (200.0, 0.4))
    ),
    CategoryWeights(own.RETURNED, ((True, 0.4, "and it came back to the first place as it had left it"),)),
    CategoryWeights(
        own.REPEATS_TRACK,
        ((True, -2.0, "one track follows the other: reports sent late or with a wrong clock"),),
    ),
    CategoryWeights(
        own.ONE_COORDINATE,
        ((True, -1.5, "one coordinate goes on as before, the other jumps: garbled reports"),),
    ),
    StepWeights(
        own.SEGMENTS,
        "{value:.0f} vessels under the MMSI: as MMSIs that many vessels share",
        ((2.0, 0.0), (3.0, -0.8), (5.0, -1.6), (10.0, -2.4)),
    ),
    StepWeights(own.ALTERNATING_H, "over {value:.1f} h", ((0.0, -0.3), (2.0, 0.2), (6.0, 0.5), (24.0, 0.7))),
    StepWeights(own.SEPARATION_KM, "{value:.0f} km apart", ((0.0, 0.0), (50.0, 0.2), (200.0, 0.3))),
    StepWeights(
        own.FEWER_REPORTS,
        "{value:.0f} reports of the one that was heard less",
        ((0.0, -1.0), (10.0, -0.3), (20.0, 0.0), (100.0, 0.2)),
    ),
    CategoryWeights(
        own.NAMES_REPORTED,
        (
            ("several", -0.9, "several names were declared under the MMSI: vessels that share it openly"),
            ("one", 0.4, "only one name was declared under the MMSI"),
        ),
    ),
    CategoryWeights(
        own.MMSI_FAULT,
        (
            ("default", -1.8, "an MMSI that transponders have before one is assigned"),
            (
                "malformed",
                -1.5,
                "an MMSI that is not that of a vessel: beacons and transponders not set up share such",
            ),
            ("unknown", 0.3, "an MMSI of a country that does not exist"),
        ),
    ),
    StepWeights(own.CIRCLE_H, "for {value:.1f} h", ((0.0, 0.0), (3.0, 0.3), (8.0, 0.5))),
    StepWeights(
        own.CIRCLE_OFF_SHARE,
        "off the circle by {value:.1%} of its radius on average",
        ((0.0, 0.4), (0.01, 0.0), (0.015, -0.4)),
    ),
    CategoryWeights(own.STEADY_RATE, ((True, 0.3, "and at a constant rate"),)),
    StepWeights(own.LAPS, "{value:.1f} times round", ((0.0, -0.3), (3.0, 0.0), (6.0, 0.3))),
    StepWeights(own.FROZEN_H, "for {value:.1f} h", ((0.0, 0.0), (3.0, 0.3), (8.0, 0.5), (24.0, 0.6))),
    StepWeights(
        own.REPORTED_KM,
        "its reported speed would have taken it {value:.0f} km",
        ((0.0, 0.0), (50.0, 0.3), (150.0, 0.5)),
    ),
    CategoryWeights(
        own.ONE_REPORT_REPEATED,
        ((True, -1.8, "one and the same report again and again: a feed that repeats the last one"),),
    ),
    StepWeights(own.LAND_KM, "{value:.0f} km over land", ((0.0, 0.0), (60.0, 0.5), (120.0, 0.8))),
    StepWeights(own.LAND_OFF_M, "at most {value:.0f} m off the line", ((0.0, 0.4), (100.0, 0.0))),
    CategoryWeights(
        own.CONTRADICTION,
        (
            ("less_speed", 0.2, "it reported a lower speed than its positions show"),
            ("more_speed", 0.1, "it reported a higher speed than its positions show"),
            ("other_course", 0.1, "it reported a course that its positions do not show"),
        ),
    ),
    StepWeights(own.CONTRADICTS_H, "for {value:.1f} h", ((0.0, 0.0), (4.0, 0.3), (12.0, 0.5))),
    StepWeights(
        own.CONTRADICTS_KN,
        "by {value:.0f} kn on average",
        ((0.0, 0.0), (8.0, 0.3)),
    ),
    StepWeights(
        own.CONTRADICTS_SHARE,
        "for {value:.0%} of the time in which it could: a sensor's fault lasts",
        ((0.0, 0.2), (0.5, 0.0), (0.7, -0.5)),
    ),
    CategoryWeights(
        own.ONE_SPEED_REPEATED, ((True, -0.9, "the same speed to the last digit throughout: a dead sensor"),)
    ),
    StepWeights(own.SMOOTH_H, "for {value:.1f} h under way", ((0.0, 0.0), (6.0, 0.3), (12.0, 0.5))),
    StepWeights(own.SMOOTH_OFF_M, "{value:.2f} m off the line on average", ((0.0, 0.3), (0.3, 0.0))),
    StepWeights(
        own.OTHERS_WITH_NOISE,
        "{value:.0f} other vessels, under way for as long, show such noise",
        ((0.0, -0.9), (3.0, 0.0), (10.0, 0.3)),
    ),
    StepWeights(
        own.AREA_VESSELS,
        "{value:.0f} vessels",
        ((0.0, -0.3), (8.0, -0.6), (20.0, -1.0)),
    ),
    CategoryWeights(
        around.INLAND, ((True, 0.2, "on land by the chart, which also draws rivers and docks as land"),)
    ),
    CategoryWeights(
        around.TRADE,
        (
            ("cargo", 0.4, "a tanker or cargo vessel"),
            ("service", -0.5, "a tug or other service vessel"),
            ("fishing", -0.6, "a fishing vessel: MMSIs and beacons are shared"),
            ("passenger", -0.4, "a passenger, fast or pleasure craft"),
        ),
    ),
    CategoryWeights(around.CLASS_B, ((True, -0.4, "a class B transponder, as small craft carry"),)),
    *WHERE,
    *WHO,
    *BEHAVIOUR,
)
