"""Weights of an identity change."""

from __future__ import annotations

from detectors.core.rules import CategoryWeights, Rule, StepWeights
from detectors.events import measures as around
from detectors.events.shared_rules import BEHAVIOUR, WHERE, WHO
from detectors.identity_change import measures as own

PRIOR = -2.6

RULES: tuple[Rule, ...] = (
    CategoryWeights(own.NAME_CHANGED, ((True, 0.6, "its declared name changed"),)),
    CategoryWeights(own.CALLSIGN_CHANGED, ((True, 0.4, "its declared call sign changed"),)),
    CategoryWeights(
        own.IMO_CHANGED, ((True, 1.2, "its declared IMO number changed, which a hull keeps for life"),)
    ),
    CategoryWeights(own.FLAG_CHANGED, ((True, 0.6, "the flag that it declares changed"),)),
    StepWeights(
        own.DECLARED_SIZE_CHANGE_M,
        "its declared dimensions changed by {value:.0f} m",
        ((0.0, 0.8), (50.0, 1.0)),
    ),
    CategoryWeights(
        own.IMO_INVALID, ((True, 0.3, "an IMO number that is not valid: its check digit is wrong"),)
    ),
    CategoryWeights(
        own.MMSI_FAULT,
        (
            ("unknown", 0.7, "an MMSI of a country that does not exist"),
            ("malformed", 0.3, "an MMSI that is not that of a vessel"),
        ),
    ),
    CategoryWeights(own.FLAG_CONTRADICTS, ((True, 0.6, "the declared flag is not that of the MMSI"),)),
    CategoryWeights(
        own.SIZE_AGAINST_TYPE,
        (
            ("fishing", 0.5, "declares a fishing vessel, and a length unusual for one"),
            ("class_b", 0.4, "a class B transponder on a vessel that declares a length unusual for one"),
        ),
    ),
    StepWeights(
        own.SEGMENTS_AT_ONCE,
        "{value:.0f} vessels sent under the MMSI at one time: a default or shared MMSI",
        ((1.0, 0.0), (2.0, -0.6), (4.0, -1.2)),
    ),
    CategoryWeights(
        own.PATTERN,
        (
            ("handover", 1.4, "one MMSI ended and another began at its place, with its motion"),
            ("two_mmsis", 1.0, "two MMSIs on one track"),
            ("swap", 2.0, "two MMSIs were exchanged: each goes on at the other's place, with its motion"),
        ),
    ),
    StepWeights(own.GAP_MIN, "{value:.0f} min between the two", ((-60.0, 0.3), (15.0, 0.0), (40.0, -0.4))),
    StepWeights(
        own.OFFSET_M,
        "the two antennas were {value:.0f} m apart on average",
        ((0.0, 0.7), (12.0, 0.0), (20.0, -0.6)),
    ),
    StepWeights(own.TOGETHER_H, "together under way for {value:.1f} h", ((6.0, 0.3), (24.0, 0.5))),
    StepWeights(
        own.SEPARATED_H,
        "seen separated under way for {value:.1f} h at other times: two vessels, side by side for a while",
        ((0.5, -1.5),),
    ),
    CategoryWeights(
        own.CLASS_A_AND_B, ((True, -0.6, "one transponder of class A, one of class B: often a spare"),)
    ),
    CategoryWeights(
        own.SAME_NAME,
        (
            (True, -1.2, "the same name under both: a spare transponder, or an MMSI changed openly"),
            (False, 0.4, "a different name under each MMSI"),
        ),
    ),
    CategoryWeights(
        own.SAME_IMO,
        (
            (True, -1.0, "the same IMO number under both: nothing is hidden"),
            (False, 0.7, "a different IMO number under each MMSI"),
        ),
    ),
    CategoryWeights(own.SAME_SIZE, ((True, 0.6, "both declare the same dimensions"),)),
    CategoryWeights(own.SAME_FLAG, ((False, 0.3, "MMSIs of two countries"),)),
    CategoryWeights(
        around.TRADE,
        (
            ("cargo", 0.3, "a tanker or cargo vessel"),
            ("service", -1.2, "a tug or other service vessel: made fast alongside, or at work"),
            ("fishing", -0.3, "a fishing vessel: transponders and net beacons are exchanged"),
            ("passenger", -0.6, "a passenger, fast or pleasure craft"),
        ),
    ),
    *WHERE,
    *WHO,
    *BEHAVIOUR,
)
