"""Relative bearing: where one vessel lay along the heading of the other, and independent swing."""

from __future__ import annotations

from dataclasses import dataclass

from detectors.core.params import Params, parameter

_ASTERN = (
    "scenes of a second independent simulator: craft on a line astern of a tanker were reported as made "
    "fast, in 11 of 12"
)
_FOURTH = "scenes of a fourth independent simulator, with the figures of its author: "


@dataclass(frozen=True)
class BearingParams(Params):
    """Relative bearing: where one vessel lay along the heading of the other, and independent swing."""

    reports_min: float = parameter(
        10.0,
        unit="reports",
        low=2,
        high=1000,
        meaning="A relative bearing is measured from at least this many reports of a heading.",
        source=_ASTERN,
    )
    in_line_beam_share: float = parameter(
        0.5,
        unit="share",
        low=0.05,
        high=1,
        meaning="A vessel whose offset across the other's centreline is less than this share of half of the "
        "declared beams lies ahead or astern of it, not beside it.",
        source=_ASTERN + "; two side by side are separated across the centreline by half of both beams",
    )
    in_line_beams_min_m: float = parameter(
        20.0,
        unit="m",
        low=1,
        high=200,
        meaning="Nearer than half of both lengths, an in-line offset is reported only where half of the "
        "declared beams is this much, because the error of positions may otherwise place a vessel alongside "
        "ahead of the other.",
        source="our choice: positions err by 10 m, half of this; those of a feeder of 45 m, in scenes of a "
        "third independent simulator, by 13 m",
    )
    in_line_share: float = parameter(
        0.6,
        unit="share",
        low=0.05,
        high=1,
        meaning="An in-line offset is reported where this share of the reports of each heading shows it.",
        source="scenes of a second independent simulator: 0.61 to 0.96 of craft on a line astern; 0.56 at "
        "most of ships made fast whose clocks were wrong by minutes",
    )
    in_line_alone_min_m: float = parameter(
        75.0,
        unit="m",
        low=20,
        high=1000,
        meaning="So far ahead or astern, in_line_aside_share alone shows that the vessel lay in line, "
        "whatever the beams.",
        source="our choice: two made fast whose antennas are so far apart along the centreline are 100 m "
        "long on average and 15 m broad, twice what errors of positions come to",
    )
    in_line_aside_share: float = parameter(
        0.07,
        unit="share",
        low=0.01,
        high=0.5,
        meaning="A vessel lies in line whose offset to the side of the other's centreline is at most this "
        "share of how far it lies ahead or astern.",
        source="our choice: antennas of two alike are separated along the centreline by 0.76 of the length "
        "at most (a Danish feed), and ships are broad by a seventh of it: 0.19, less the error of headings "
        "and positions",
    )
    heading_jump_max_deg: float = parameter(
        30.0,
        unit="deg",
        low=1,
        high=180,
        meaning="A heading that turns by more than this between two reports, in the median, is not used.",
        source="our choice: ships that swing with the tide turn half a circle in an hour or two; noise in "
        "place of a heading turns a quarter of a circle in the median",
    )
    heading_copied_within_deg: float = parameter(
        1.0,
        unit="deg",
        low=0,
        high=20,
        meaning="A heading so near to the course over ground may be a copy of the course, not of a compass.",
        source="our definition: headings are whole degrees, courses tenths",
    )
    heading_copied_share_max: float = parameter(
        0.8,
        unit="share",
        low=0,
        high=1,
        meaning="A heading that copies the course at a larger share of the reports is not used.",
        source="our choice: leeway, current and the noise of a course at rest separate the two at most "
        "reports of a ship; files made by programs copy it",
    )
    abreast_aside_max_m: float = parameter(
        70.0,
        unit="m",
        low=10,
        high=200,
        meaning="Two made fast are separated by at most this across the centreline: for a vessel that keeps "
        "its place so near, assumed lengths do not show a hull clearance.",
        source=_FOURTH + "55 m at most of those made fast; the broadest tankers, of 60 m and their fenders",
    )
    rigid_max_m: float = parameter(
        20.0,
        unit="m",
        low=1,
        high=200,
        meaning="A vessel that keeps its place as seen from the other is, in the median, at most this far "
        "from the middle of its positions.",
        source=_FOURTH + "4 to 15 m of two made fast at anchor",
    )
    swing_turned_min_deg: float = parameter(
        45.0,
        unit="deg",
        low=5,
        high=180,
        meaning="A heading has turned where at a fifth of the reports it was farther than this from its "
        "mean direction.",
        source="our choice: at less, a neighbour moves too little as seen from the other vessel",
    )
    swing_min_m: float = parameter(
        40.0,
        unit="m",
        low=5,
        high=500,
        meaning="An independent swing is one where the vessel's place as seen from the turning vessel was, "
        "in the median, this far from the middle of its positions.",
        source=_FOURTH + "86 to 229 m of neighbours at anchor, 4 to 15 m of two made fast",
    )
    swing_times_min: float = parameter(
        3.0,
        unit="times",
        low=1,
        high=20,
        meaning="An independent swing is also this many times as far as the vessel moved on the chart.",
        source=_FOURTH + "neighbours 15 to 27 m on the chart; two made fast up to 163 m there",
    )
    gap_max_min: float = parameter(
        20.0,
        unit="min",
        low=1,
        high=240,
        meaning="The relative bearing is not known inside a longer gap between the reports of the other "
        "vessel.",
        source="our definition: the least bound of contact (contact.floor_min)",
    )
