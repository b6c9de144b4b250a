"""Thresholds of the evidence of a meeting, a part of those of ship-to-ship transfers.

None of them decides whether a meeting is told: they decide what is measured of it, and so how it scores.
"""

from __future__ import annotations

from dataclasses import dataclass

from detectors.core.params import Params, knob

_FIXED = "our choice: noise of positions is 10 m; a ship of 80 m at anchor swings through more than a hundred"
_STRAY = "our choice: strays come one by one, and a ship that was there is heard again and again"
_BETWEEN = (
    "a second reader's scenes: two feeders on the two sides of one hull were told as a transfer between one "
    "another, high, in 20 of 20"
)
_COMPANY = "our choice: coming alongside and casting off take less"
_ONE_TRACK = "our choice: no two hulls lie side by side at more than 6 kn, but two sets on one hull do"
_FASTEST = "our choice: a ship's own speed, not that of one wild fix"


@dataclass(frozen=True)
class EvidenceParams(Params):
    """Thresholds of what a meeting's tracks tell, beyond how close."""

    motion_step_min: float = knob(
        10.0,
        unit="min",
        low=1,
        high=60,
        meaning="Motion is compared, and the days round a meeting are looked at, over this time.",
        source="our choice: noise of position of 10 m at each end is then 0.05 kn",
    )
    moved_min_m: float = knob(
        100.0,
        unit="m",
        low=1,
        high=10000,
        meaning="Vessels that did not move this far in all were still: how alike they moved is not told.",
        source="our choice: well above the noise of position, 10 m",
    )
    stayed_min: float = knob(
        30.0,
        unit="min",
        low=1,
        high=1440,
        meaning="The separation within which two were for this time in all (at most half the time observed) "
        "is where they stayed, however near they passed by.",
        source="our choice: the least contact of the close tier; no cargo moves in less",
    )
    formation_from_kn: float = knob(
        2.0,
        unit="kn",
        low=0.1,
        high=15,
        meaning="Where both make good this much, it is told whether one was ahead of the other.",
        source="our choice: more than wind and current usually give ships that lie stopped",
    )
    in_line_max_deg: float = knob(
        30.0,
        unit="deg",
        low=1,
        high=89,
        meaning="One within this angle of the other's course, ahead or astern, is in line with her.",
        source="our choice: a tow yaws, and two side by side have one another abeam",
    )
    in_line_room_share: float = knob(
        0.5,
        unit="share",
        low=0,
        high=2,
        meaning="Antennas nearer than this share of half of both lengths have no room to be in line.",
        source="our choice: antennas off the middle of their hulls, towards one another, need half of it",
    )
    beside_share: float = knob(
        0.5,
        unit="share",
        low=0.1,
        high=1,
        meaning="Hulls that lay side by side for this share of the contact lie abreast, wherever they drift.",
        source="our choice: a current carries ships made fast any way; a tow never lies side by side",
    )
    at_anchor_share: float = knob(
        0.5,
        unit="share",
        low=0.05,
        high=1,
        meaning='A vessel that says "at anchor" or "moored" in this share of her reports lay at anchor.',
        source="our choice: most of the time, because crews set the status late",
    )
    still_max_kn: float = knob(
        0.1,
        unit="kn",
        low=0.01,
        high=2,
        meaning="Two that made good at most this, in a meeting of still_min_h, lay at anchor.",
        source="our choice: 190 m in an hour, less than any drift",
    )
    still_min_h: float = knob(
        1.0,
        unit="h",
        low=0.1,
        high=24,
        meaning="Shorter meetings do not show by their positions alone that two lay at anchor.",
        source="our choice: a drift shows within an hour",
    )
    approach_h: float = knob(
        1.0,
        unit="h",
        low=0.1,
        high=12,
        meaning="Approach and departure are the way made good in this time before and after.",
        source="our choice: long enough for a course, short enough to be the way to the meeting",
    )
    said_after_h: float = knob(
        48.0,
        unit="h",
        low=1,
        high=720,
        meaning="Draught and destination that a crew types until so long after a meeting are told with it.",
        source="our choice: crews type them late",
    )
    company_look_h: float = knob(
        24.0,
        unit="h",
        low=1,
        high=168,
        meaning="Whether two were apart or in company is looked at for so long before and after a meeting.",
        source="our choice: a day, as the tasks of a port's own craft repeat daily",
    )
    apart_min_km: float = knob(
        5.0,
        unit="km",
        low=0.5,
        high=100,
        meaning="Farther from one another than this two are apart, nearer in company.",
        source="our choice: beyond it two are not on one task",
    )
    parted_min_h: float = knob(
        0.5,
        unit="h",
        low=0.1,
        high=24,
        meaning="Apart for this long before a meeting two came together for it, after it they parted.",
        source=_COMPANY,
    )
    company_min_h: float = knob(
        3.0,
        unit="h",
        low=0.1,
        high=336,
        meaning="In company for longer than this, and longer than apart, two keep company mostly.",
        source=_COMPANY,
    )
    between_overlap_share: float = knob(
        0.5,
        unit="share",
        low=0.05,
        high=1,
        meaning="A third ship is looked at for lying between two where she met both for more than this share "
        "of their meeting.",
        source=_BETWEEN,
    )
    between_aside_min_m: float = knob(
        5.0,
        unit="m",
        low=0,
        high=100,
        meaning="She lies between them where the antennas of both are at least this far to either side of "
        "her keel, where her bow is known.",
        source=_BETWEEN,
    )
    between_apart_min_deg: float = knob(
        120.0,
        unit="deg",
        low=60,
        high=180,
        meaning="Where her bow is not known, she lies between them if they are farther apart than this as "
        "seen from her.",
        source=_BETWEEN,
    )
    one_track_within_m: float = knob(
        100.0,
        unit="m",
        low=1,
        high=2000,
        meaning="Two sets on one hull are never farther apart than this.",
        source=_ONE_TRACK,
    )
    one_track_from_kn: float = knob(
        6.0,
        unit="kn",
        low=1,
        high=60,
        meaning="Two that sail within one_track_within_m of one another at this speed are on one track.",
        source=_ONE_TRACK,
    )
    fastest_from_kn: float = knob(
        3.0,
        unit="kn",
        low=0.1,
        high=30,
        meaning="Steps at this speed and more show how fast she sails.",
        source="our choice: above drifting and manoeuvring",
    )
    fastest_share: float = knob(
        0.9,
        unit="share",
        low=0.5,
        high=1,
        meaning="She sails as fast as this share of those steps at most.",
        source=_FASTEST,
    )
    fastest_seen_min: float = knob(
        30.0,
        unit="min",
        low=1,
        high=1440,
        meaning="Seen to sail for less, it is not told how fast.",
        source=_FASTEST,
    )
    fixed_within_m: float = knob(
        40.0,
        unit="m",
        low=1,
        high=1000,
        meaning="A vessel that stays this near to one place lies fixed to the ground.",
        source=_FIXED,
    )
    fixed_share: float = knob(
        0.95,
        unit="share",
        low=0.5,
        high=1,
        meaning="This share of her reports must be so near.",
        source="our choice: one report in twenty may be wild",
    )
    fixed_reports_min: float = knob(
        20.0,
        unit="reports",
        low=2,
        high=1000,
        meaning="Fewer reports do not show that she lies fixed.",
        source="our choice: enough to tell a share of one in twenty",
    )
    fixed_look_h: float = knob(
        24.0,
        unit="h",
        low=0,
        high=168,
        meaning="Her reports of so long before and after a meeting count too.",
        source="our choice: two tides before and two after, through which a ship at anchor swings",
    )
    stray_reports_max: float = knob(
        9.0,
        unit="reports",
        low=1,
        high=1000,
        meaning="A hull with more reports during a meeting was there: its reports are no strays.",
        source=_STRAY,
    )
    small_craft_below_m: float = knob(
        60.0,
        unit="m",
        low=10,
        high=400,
        meaning="A class B set speaks of a small craft, unless she says that she is this long or longer.",
        source="as large_m of identity_change: a class B set on a longer ship is itself a sign of deception",
    )
    others_max: float = knob(
        100.0,
        unit="vessels",
        low=20,
        high=1000,
        meaning="Other slow vessels near a meeting are counted up to this many.",
        source="our choice: bounds the cost of places where ships lie in hundreds; more than any weight asks",
    )
