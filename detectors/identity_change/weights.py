"""Reasons of an identity change."""

from __future__ import annotations

from detectors.core.rules import Ladder, Rule, Words
from detectors.events.shared_rules import BEHAVIOUR, WHERE, WHO

PRIOR = -2.6

RULES: tuple[Rule, ...] = (
    Words("name_changed", ((True, 0.6, "her name changed"),)),
    Words("callsign_changed", ((True, 0.4, "her call sign changed"),)),
    Words("imo_changed", ((True, 1.2, "her IMO number changed, which a hull keeps for life"),)),
    Words("flag_changed", ((True, 0.6, "the flag that she claims changed"),)),
    Ladder("size_change_told_m", "m", "her dimensions changed by {value:.0f} m", ((0.0, 0.8), (50.0, 1.0))),
    Words("imo_invalid", ((True, 0.3, "an IMO number that cannot be one: its check digit is wrong"),)),
    Words(
        "mid",
        (
            ("unknown", 0.7, "a number of a country that does not exist"),
            ("malformed", 0.3, "a number that is no ship's"),
        ),
    ),
    Words("flag_contradicts", ((True, 0.6, "the flag that she claims is not her number's"),)),
    Words(
        "size_against_type",
        (
            ("fishing", 0.5, "a fishing vessel, and long for one, by her own words"),
            ("class_b", 0.4, "a class B set on a ship that is long for one, by her own words"),
        ),
    ),
    Ladder(
        "hulls_at_once",
        "hulls",
        "{value:.0f} hulls sent under the number at one time: a default or shared number",
        ((1.0, 0.0), (2.0, -0.6), (4.0, -1.2)),
    ),
    Words(
        "sort",
        (
            ("handover", 1.4, "one number ended and another began at her place, with her motion"),
            ("two_numbers", 1.0, "two numbers on one track"),
            ("swap", 2.0, "two numbers were exchanged: each goes on at the other's place, with its motion"),
        ),
    ),
    Ladder("gap_min", "min", "{value:.0f} min between the two", ((-60.0, 0.3), (15.0, 0.0), (40.0, -0.4))),
    Ladder(
        "offset_m",
        "m",
        "their antennas lay {value:.0f} m from one another on average",
        ((0.0, 0.7), (12.0, 0.0), (20.0, -0.6)),
    ),
    Ladder("together_h", "h", "together under way for {value:.1f} h", ((6.0, 0.3), (24.0, 0.5))),
    Ladder(
        "seen_apart_h",
        "h",
        "seen apart under way for {value:.1f} h at other times: two hulls, side by side for a while",
        ((0.5, -1.5),),
    ),
    Words("set_and_spare", ((True, -0.6, "one set of class A, one of class B: often a spare"),)),
    Words(
        "same_name",
        (
            (True, -1.2, "one name under both: a spare set, or a number changed openly"),
            (False, 0.4, "another name under each number"),
        ),
    ),
    Words(
        "same_imo",
        (
            (True, -1.0, "one IMO number under both: nothing is hidden"),
            (False, 0.7, "another IMO number under each"),
        ),
    ),
    Words("same_size", ((True, 0.6, "both tell the same dimensions"),)),
    Words("same_flag", ((False, 0.3, "numbers of two countries"),)),
    Words(
        "trade",
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
