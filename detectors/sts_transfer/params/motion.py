"""Motion of the two during the encounter."""

from __future__ import annotations

from dataclasses import dataclass

from detectors.core.params import Params, parameter


@dataclass(frozen=True)
class MotionParams(Params):
    """Motion of the two during the encounter."""

    step_min: float = parameter(
        10.0,
        unit="min",
        low=1,
        high=60,
        meaning="Motion is compared over steps of this time.",
        source="our choice: noise of position of 10 m at each end is then 0.05 kn",
    )
    moved_min_m: float = parameter(
        100.0,
        unit="m",
        low=1,
        high=10000,
        meaning="Vessels that did not move this far in all were still: the correlation of their motion is "
        "not measured.",
        source="our choice: well above the noise of position, 10 m",
    )
    formation_from_kn: float = parameter(
        2.0,
        unit="kn",
        low=0.1,
        high=15,
        meaning="The formation is measured where both vessels make good at least this speed.",
        source="our choice: more than wind and current usually give ships that lie stopped",
    )
    in_line_max_deg: float = parameter(
        30.0,
        unit="deg",
        low=1,
        high=89,
        meaning="A vessel within this angle of the other's course, ahead or astern, is in line with it.",
        source="our choice: a tow yaws, and two side by side have one another on the beam",
    )
    in_line_room_share: float = parameter(
        0.5,
        unit="share",
        low=0,
        high=2,
        meaning="Antennas nearer than this share of half of both lengths have no room to be in line.",
        source="our choice: antennas off the middle of their hulls, towards one another, need half of it",
    )
    beside_share: float = parameter(
        0.5,
        unit="share",
        low=0.1,
        high=1,
        meaning="Hulls that lay side by side for this share of the contact lie abreast, wherever they drift.",
        source="our choice: a current carries ships made fast any way; a tow never lies side by side",
    )
    at_anchor_share: float = parameter(
        0.5,
        unit="share",
        low=0.05,
        high=1,
        meaning='A vessel that reports "at anchor" or "moored" in this share of its reports lay at anchor.',
        source="our choice: most of the time, because crews set the status late",
    )
    still_max_kn: float = parameter(
        0.1,
        unit="kn",
        low=0.01,
        high=2,
        meaning="Two that made good at most this, in an encounter of still_min_h, lay at anchor.",
        source="our choice: 190 m in an hour, less than any drift",
    )
    still_min_h: float = parameter(
        1.0,
        unit="h",
        low=0.1,
        high=24,
        meaning="Shorter encounters do not show by their positions alone that two lay at anchor.",
        source="our choice: a drift shows within an hour",
    )
    approach_h: float = parameter(
        1.0,
        unit="h",
        low=0.1,
        high=12,
        meaning="The approach and departure legs are the motion made good in this time before and after.",
        source="our choice: long enough for a course, short enough to belong to the encounter",
    )
