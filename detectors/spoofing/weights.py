"""Reasons of spoofing."""

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
                "her reports came from one place and then from another that she cannot have reached",
            ),
            ("interleaved", 0.6, "her number was heard in turn from two places at the same time"),
            ("circling", 1.3, "her positions went round an exact circle"),
            (
                "frozen",
                0.8,
                "her position stayed the same to the digit while she said that she was under way",
            ),
            ("on_land", 1.0, "her positions ran in a straight line over land"),
            ("contradicts", 0.6, "what she said of her motion and her positions contradict one another"),
            ("too_smooth", 0.9, "her positions show none of the noise of a receiver"),
            (
                "area",
                -1.5,
                "many vessels showed it at once in one place: jamming of an area, no act of one ship",
            ),
        ),
    ),
    StepWeights(own.PATTERNS, "{value:.0f} signs of it in one time", ((2.0, 0.6), (3.0, 1.0))),
    StepWeights(
        own.SHORTEST_STAY_H,
        "each of the two places was lived in for at least {value:.1f} h",
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
    CategoryWeights(own.RETURNED, ((True, 0.4, "and she came back to the first one as she had left it"),)),
    CategoryWeights(
        own.REPEATS_TRACK,
        ((True, -2.0, "one follows the way of the other: reports sent late or under a wrong clock"),),
    ),
    CategoryWeights(
        own.ONE_COORDINATE,
        ((True, -1.5, "one coordinate goes on as before, the other leaps: garbled reports"),),
    ),
    StepWeights(
        own.SEGMENTS,
        "{value:.0f} hulls under the number: as numbers are that many ships share",
        ((2.0, 0.0), (3.0, -0.8), (5.0, -1.6), (10.0, -2.4)),
    ),
    StepWeights(own.ALTERNATING_H, "over {value:.1f} h", ((0.0, -0.3), (2.0, 0.2), (6.0, 0.5), (24.0, 0.7))),
    StepWeights(own.SEPARATION_KM, "{value:.0f} km apart", ((0.0, 0.0), (50.0, 0.2), (200.0, 0.3))),
    StepWeights(
        own.FEWER_REPORTS,
        "{value:.0f} reports of the hull heard less",
        ((0.0, -1.0), (10.0, -0.3), (20.0, 0.0), (100.0, 0.2)),
    ),
    CategoryWeights(
        own.NAMES_REPORTED,
        (
            ("several", -0.9, "several names were told under the number: ships that share it openly"),
            ("one", 0.4, "one name only was told under the number"),
        ),
    ),
    CategoryWeights(
        own.MMSI_FAULT,
        (
            ("default", -1.8, "a number that sets carry before they are given one"),
            ("malformed", -1.5, "a number that is no ship's: beacons and unset transponders share them"),
            ("unknown", 0.3, "a number of a country that does not exist"),
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
        "her speed would have taken her {value:.0f} km",
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
            ("less_speed", 0.2, "she said a lower speed than her positions make"),
            ("more_speed", 0.1, "she said a higher speed than her positions make"),
            ("other_course", 0.1, "she said a course that her positions do not make"),
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
        own.ONE_SPEED_REPEATED, ((True, -0.9, "one speed to the digit throughout: a dead sensor"),)
    ),
    StepWeights(own.SMOOTH_H, "for {value:.1f} h under way", ((0.0, 0.0), (6.0, 0.3), (12.0, 0.5))),
    StepWeights(own.SMOOTH_OFF_M, "{value:.2f} m abeam on average", ((0.0, 0.3), (0.3, 0.0))),
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
            ("cargo", 0.4, "a tanker or cargo ship"),
            ("service", -0.5, "a tug or other service vessel"),
            ("fishing", -0.6, "a fishing vessel: numbers and beacons are shared"),
            ("passenger", -0.4, "a passenger, fast or pleasure craft"),
        ),
    ),
    CategoryWeights(around.CLASS_B, ((True, -0.4, "a class B set, as small craft carry"),)),
    *WHERE,
    *WHO,
    *BEHAVIOUR,
)
