"""Where one vessel lay as seen along the heading of the other: ahead, abeam, or swinging on its own."""

from __future__ import annotations

from dataclasses import dataclass

from detectors.core.params import Params, parameter

_ASTERN = "a second reader's scenes: craft on a line astern of a tanker were told as made fast, in 11 of 12"
_FOURTH = "a fourth reader's scenes, of which he gave the figures: "


@dataclass(frozen=True)
class BearingParams(Params):
    """Where one vessel lay as seen along the heading of the other: ahead, abeam, or swinging on its own."""

    reports_min: float = parameter(
        10.0,
        unit="reports",
        low=2,
        high=1000,
        meaning="How one lay as seen from the other is told from so many reports of a bow.",
        source=_ASTERN,
    )
    in_line_beam_share: float = parameter(
        0.5,
        unit="share",
        low=0.05,
        high=1,
        meaning="Whoever is apart from the line of a ship's keel by less than this share of half the beams "
        "that are told lies ahead or astern of her, not beside.",
        source=_ASTERN + "; two side by side are apart across the keel by half of both beams",
    )
    in_line_beams_min_m: float = parameter(
        20.0,
        unit="m",
        low=1,
        high=200,
        meaning="Nearer than half of both lengths it is told only where half of the beams that are told is "
        "this much: else the error of positions may put one who lies beside a ship ahead of her.",
        source="our choice: positions err by 10 m, half of this; a third reader's feeder of 45 m, by 13 m",
    )
    in_line_share: float = parameter(
        0.6,
        unit="share",
        low=0.05,
        high=1,
        meaning="It is told where this share of the reports of each bow shows it.",
        source="a second reader's scenes: 0.61 to 0.96 of craft on a line astern; 0.56 at most of ships made "
        "fast whose clocks were wrong by minutes",
    )
    in_line_alone_min_m: float = parameter(
        75.0,
        unit="m",
        low=20,
        high=1000,
        meaning="So far ahead or astern, in_line_aside_share tells that she lay in line, whatever the beams.",
        source="our choice: two made fast whose antennas are so far apart along the keel are 100 m long on "
        "average and 15 m broad, twice what errors of positions come to",
    )
    in_line_aside_share: float = parameter(
        0.07,
        unit="share",
        low=0.01,
        high=0.5,
        meaning="In line is who lies to the side of the keel by at most this share of how far ahead she is.",
        source="our choice: antennas of two alike are apart along the keel by 0.76 of the length at most (a "
        "Danish feed), and ships are broad by a seventh of it: 0.19, less what bows and positions err by",
    )
    heading_jump_max_deg: float = parameter(
        30.0,
        unit="deg",
        low=1,
        high=180,
        meaning="A bow that turns by more than this between two reports, in the median, tells nothing.",
        source="our choice: ships that swing with the tide turn half a circle in an hour or two; noise in "
        "place of a heading turns a quarter in the median",
    )
    heading_copied_within_deg: float = parameter(
        1.0,
        unit="deg",
        low=0,
        high=20,
        meaning="A bow so near to the course over ground may be the course once more, not a compass.",
        source="our definition: headings are whole degrees, courses tenths",
    )
    heading_copied_share_max: float = parameter(
        0.8,
        unit="share",
        low=0,
        high=1,
        meaning="A bow that is the course once more at a larger share of the reports tells nothing.",
        source="our choice: leeway, current and the noise of a course at rest part the two at most reports "
        "of a ship; files made by programs copy it",
    )
    abreast_aside_max_m: float = parameter(
        70.0,
        unit="m",
        low=10,
        high=200,
        meaning="Two made fast lie no farther apart across the keel: lengths that are only assumed do not "
        "show water between who keeps her place so near.",
        source=_FOURTH + "55 m at most of those made fast; the broadest tankers, of 60 m and their fenders",
    )
    rigid_max_m: float = parameter(
        20.0,
        unit="m",
        low=1,
        high=200,
        meaning="Who keeps her place as seen from a deck is on the median no farther from the middle of it.",
        source=_FOURTH + "4 to 15 m of two made fast at anchor",
    )
    swing_turned_min_deg: float = parameter(
        45.0,
        unit="deg",
        low=5,
        high=180,
        meaning="A bow has turned where at a fifth of the reports it was farther from its mean direction.",
        source="our choice: by less, a neighbour moves too little as seen from the deck",
    )
    swing_min_m: float = parameter(
        40.0,
        unit="m",
        low=5,
        high=500,
        meaning="She swung on her own where her place as seen from that deck was on the median so far from "
        "the middle of all.",
        source=_FOURTH + "86 to 229 m of neighbours at anchor, 4 to 15 m of two made fast",
    )
    swing_times_min: float = parameter(
        3.0,
        unit="times",
        low=1,
        high=20,
        meaning="And this many times as far as on the chart, where she kept her place.",
        source=_FOURTH + "neighbours 15 to 27 m on the chart; two made fast up to 163 m there",
    )
    gap_max_min: float = parameter(
        20.0,
        unit="min",
        low=1,
        high=240,
        meaning="Where the other lay is not known inside a longer gap between its reports.",
        source="our definition: the least bound of contact (contact.floor_min)",
    )
