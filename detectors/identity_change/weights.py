"""Reasons of an identity change."""

from __future__ import annotations

from detectors.core.rules import CategoryWeights, Rule, StepWeights
from detectors.events import measures as around
from detectors.events.shared_rules import BEHAVIOUR, WHERE, WHO
from detectors.identity_change import measures as own

PRIOR = -2.6

RULES: tuple[Rule, ...] = (
    CategoryWeights(own.NAME_CHANGED, ((True, 0.6, "her name changed"),)),
    CategoryWeights(own.CALLSIGN_CHANGED, ((True, 0.4, "her call sign changed"),)),
    CategoryWeights(own.IMO_CHANGED, ((True, 1.2, "her IMO number changed, which a hull keeps for life"),)),
    CategoryWeights(own.FLAG_CHANGED, ((True, 0.6, "the flag that she claims changed"),)),
    StepWeights(
        own.DECLARED_SIZE_CHANGE_M, "her dimensions changed by {value:.0f} m", ((0.0, 0.8), (50.0, 1.0))
    ),
    CategoryWeights(
        own.IMO_INVALID, ((True, 0.3, "an IMO number that cannot be one: its check digit is wrong"),)
    ),
    CategoryWeights(
        own.MMSI_FAULT,
        (
            ("unknown", 0.7, "a number of a country that does not exist"),
            ("malformed", 0.3, "a number that is no ship's"),
        ),
    ),
    CategoryWeights(own.FLAG_CONTRADICTS, ((True, 0.6, "the flag that she claims is not her number's"),)),
    CategoryWeights(
        own.SIZE_AGAINST_TYPE,
        (
            ("fishing", 0.5, "a fishing vessel, and long for one, by her own words"),
            ("class_b", 0.4, "a class B set on a ship that is long for one, by her own words"),
        ),
    ),
    StepWeights(
        own.SEGMENTS_AT_ONCE,
        "{value:.0f} hulls sent under the number at one time: a default or shared number",
        ((1.0, 0.0), (2.0, -0.6), (4.0, -1.2)),
    ),
    CategoryWeights(
        own.PATTERN,
        (
            ("handover", 1.4, "one number ended and another began at her place, with her motion"),
            ("two_mmsis", 1.0, "two numbers on one track"),
            ("swap", 2.0, "two numbers were exchanged: each goes on at the other's place, with its motion"),
        ),
    ),
    StepWeights(own.GAP_MIN, "{value:.0f} min between the two", ((-60.0, 0.3), (15.0, 0.0), (40.0, -0.4))),
    StepWeights(
        own.OFFSET_M,
        "their antennas lay {value:.0f} m from one another on average",
        ((0.0, 0.7), (12.0, 0.0), (20.0, -0.6)),
    ),
    StepWeights(own.TOGETHER_H, "together under way for {value:.1f} h", ((6.0, 0.3), (24.0, 0.5))),
    StepWeights(
        own.SEPARATED_H,
        "seen apart under way for {value:.1f} h at other times: two hulls, side by side for a while",
        ((0.5, -1.5),),
    ),
    CategoryWeights(own.CLASS_A_AND_B, ((True, -0.6, "one set of class A, one of class B: often a spare"),)),
    CategoryWeights(
        own.SAME_NAME,
        (
            (True, -1.2, "one name under both: a spare set, or a number changed openly"),
            (False, 0.4, "another name under each number"),
        ),
    ),
    CategoryWeights(
        own.SAME_IMO,
        (
            (True, -1.0, "one IMO number under both: nothing is hidden"),
            (False, 0.7, "another IMO number under each"),
        ),
    ),
    CategoryWeights(own.SAME_SIZE, ((True, 0.6, "both tell the same dimensions"),)),
    CategoryWeights(own.SAME_FLAG, ((False, 0.3, "numbers of two countries"),)),
    CategoryWeights(
        around.TRADE,
        (
            ("cargo", 0.3, "a tanker or cargo ship"),
            ("service", -1.2, "a tug or other service vessel: made fast alongside, or working"),
            ("fishing", -0.3, "a fishing vessel: sets and nets' beacons are exchanged"),
            ("passenger", -0.6, "a passenger, fast or pleasure craft"),
        ),
    ),
    *WHERE,
    *WHO,
    *BEHAVIOUR,
)
