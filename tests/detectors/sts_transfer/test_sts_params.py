"""Each threshold of evidence and of hulls, changed for one request, changes what is told of a meeting."""

from dataclasses import dataclass, field, replace

import numpy as np
import pytest
from support import HOUR, KNOT, T0, every, meeting_pair, path, scene_of, still

from detectors.core.params import parameters
from detectors.presets import params_for
from detectors.sts_transfer.detector import detect
from detectors.sts_transfer.params import StsParams
from detectors.tracks.codes import AisClass
from detectors.tracks.reports import StaticReport

CLASS_B = 18
"""Type of the position reports of a class B set (ITU-R M.1371)."""


@dataclass(frozen=True)
class Story:
    """Tracks, one field changed, and a measure as it is told by default and with the change."""

    changed: str
    to: float | bool
    parts: tuple
    measure: str
    default: object
    then: object
    statics: list = field(default_factory=list)


def sailing(speed_kn, offset_m, hours=6.0, **columns):
    """Two that go east at one speed; the second lies (east, north) of the first."""
    times = every(5, 0, hours)
    gone = times * speed_kn * KNOT * HOUR
    return (
        path(1, times, gone, 0 * times, **{k: v[0](times) for k, v in columns.items()}),
        path(2, times, gone + offset_m[0], 0 * times + offset_m[1]),
    )


def circling():
    """The second goes round in 20 minutes, 40 m from its middle."""
    times = every(1, 0, 4)
    turn = 2 * np.pi * times * 3
    return still(1, times), path(2, times, 40 * np.cos(turn), 60 + 40 * np.sin(turn))


def visit(swing_m=8.0, shifts_h=12.0):
    """One that lies for a day, and shifts late in it; another that comes to it for three hours."""
    times = every(5, -12, 12)
    turn = 0.5 * times
    gone = np.where(times > shifts_h, 400.0, 0.0)
    host = path(1, times, swing_m * np.cos(turn) + gone, swing_m * np.sin(turn))
    away = np.interp(times, [-1, 0, 3, 4], [20_000, 60, 60, 20_000])
    return host, path(2, times, swing_m * np.cos(turn) + away, swing_m * np.sin(turn))


def comes_faster_and_faster():
    times = every(5, -6, 4)
    away = np.interp(times, [-6, -3, -1.5, 0, 4], [90_000, 60_000, 30_000, 60, 60])
    return still(1, times), path(2, times, away, 0 * times)


def unseen_for_a_while():
    """The second comes from afar, and is not heard for three hours on its way."""
    times = np.array([time for time in every(5, -8, 4) if not -6 < time < -3])
    away = np.interp(times, [-8, -6, -3, -1, 0, 4], [60_000, 60_000, 60_000, 30_000, 60, 60])
    return still(1, times), path(2, times, away, 0 * times)


def trawlers():
    times = every(5, -8, 16)
    corners = [-8, -6, 0, 0.3, 3, 3.3, 10, 12, 16]
    apart = np.interp(times, corners, [20_000, 900, 900, 60, 60, 900, 900, 20_000, 20_000])
    return still(1, times), path(2, times, apart, 0 * times)


def on_one_hull():
    times = every(5, 0, 16)
    east = np.interp(times, [0, 6, 10, 16], [0, 60 * 1852, 60 * 1852, 120 * 1852])
    return path(1, times, east, 0 * times), path(2, times, east, 0 * times + 12)


def strays():
    few, often = every(30, 0, 3), every(2, -4, 8)
    times = every(5, 0, 6)
    return (
        path(1, times, times * 900, 0 * times),
        path(2, few, few * 900, 0 * few + 30),
        path(2, often, 100_000 + often * 20_000, 0 * often + 9_000),
    )


def passes_by():
    """The second lies 60 m off for 40 minutes, and then at anchor at 400 m."""
    times = every(5, 0, 6)
    apart = np.interp(times, [0, 0.7, 0.8, 6], [60, 60, 400, 400])
    return still(1, times), path(2, times, apart, 0 * times)


def heard(times, apart_m):
    return still(1, times), still(2, times, apart_m)


SILENT = heard(np.array([t for t in every(10, 0, 6) if not 2.9 < t < 4.4]), 400.0)
PASSES = heard(np.array([t + k / 60 for t in np.arange(0, 30, 0.5) for k in range(4)]), 400.0)
WITH_A_HOLE = heard(np.array([t for t in every(1, 0, 1.9) if not 0.8 < t < 1.3]), 150.0)


def hulls(across_m, along_m=0.0, first=0.0, second=0.0):
    """Two still vessels and where their bows point; the second as a number or one for each report."""
    times = every(5, 0, 3)
    bows = [np.broadcast_to(np.asarray(bow, dtype=np.float64), times.shape) for bow in (first, second)]
    return (
        still(1, times, heading_deg=bows[0].copy()),
        still(2, times, across_m, along_m, heading_deg=bows[1].copy()),
    )


def astern(aside_m=4.0, share=1.0, astern_m=150.0):
    """A craft astern of a large ship, for a share of the reports so far to one side of its centreline."""
    times = every(5, 0, 3)
    aside = np.where(np.arange(len(times)) < share * len(times), aside_m, 24.0)
    bow = {"heading_deg": np.zeros(len(times))}
    return path(1, times, 0 * times, 0 * times, **bow), path(2, times, aside, 0 * times - astern_m, **bow)


def seen_from_a_deck(aside_m, ahead_m=0.0, turns_deg=180.0, *, keeps_place=False):
    """One whose bow turns, and another who turns with it as one, or keeps its place on the chart."""
    times = every(5, 0, 12)
    bow = turns_deg * (0.5 - 0.5 * np.cos(times))
    rad = np.radians(0 * bow if keeps_place else bow)
    east, north = ahead_m * np.sin(rad) + aside_m * np.cos(rad), ahead_m * np.cos(rad) - aside_m * np.sin(rad)
    heading = {"heading_deg": bow % 360.0}
    return path(1, times, 0 * times, 0 * times, **heading), path(2, times, east, north, **heading)


def drifting_apart(minutes, hours):
    """The distance between two goes from 60 to 260 m and back every two hours."""
    times = every(minutes, 0, hours)
    return still(1, times), path(2, times, 160 - 100 * np.cos(np.pi * times), 0 * times)


def by_course():
    times = every(5, 0, 3)
    columns = {"cog_deg": np.zeros(len(times)), "sog_kn": np.full(len(times), 2.0)}
    north = times * 2 * 1852
    return path(1, times, 0 * times, north, **columns), path(2, times, 0 * times + 50, north + 110, **columns)


def carried_sideways():
    """Two made fast that a current sets east at 3.4 kn, and whose bows swing round in the last third."""
    times = every(5, 0, 6)
    east = times * 3.4 * KNOT * HOUR
    bow = {"heading_deg": np.where(times < 4, 0.0, 90.0)}
    return path(1, times, east, 0 * times, **bow), path(2, times, east - 18, 0 * times, **bow)


def sized(length_m, beam_m=None):
    return [StaticReport(mmsi, T0, length_m=length_m, beam_m=beam_m) for mmsi in (1, 2, 412000001, 412000002)]


VLCCS, AFRAMAXES = sized(333.0, 60.0), sized(250.0, 44.0)
COPIES = tuple(
    replace(part, cog_deg=((part.heading_deg + 0.4) % 360.0).astype(np.float32))
    for part in seen_from_a_deck(135)
)
NEIGHBOURS = seen_from_a_deck(200, keeps_place=True)
LOOSE_AT_ANCHOR = tuple(
    path(n, every(5, 0, 12), n * 150.0 + 15.0 * (n - 1) * np.sin(3.0 * every(5, 0, 12)), 0 * every(5, 0, 12),
         heading_deg=90.0 - 90.0 * np.cos(every(5, 0, 12)))
    for n in (1, 2)
)  # fmt: skip
BREATHING = tuple(
    path(n, every(5, 0, 12), (n - 1) * (40.0 + 5.0 * np.sin(3.0 * every(5, 0, 12))), 0 * every(5, 0, 12),
         heading_deg=0 * every(5, 0, 12))
    for n in (1, 2)
)  # fmt: skip
BRIDGES_TOGETHER = [
    StaticReport(n, T0, length_m=250.0, beam_m=44.0, antenna_ahead_m=ahead_m, antenna_abeam_m=0.0)
    for n, ahead_m in ((1, 100.0), (2, -100.0))
]
"""One bridge forward, the other aft: side by side where the hulls are in line."""
LARGE_AND_SMALL = [
    StaticReport(1, T0, length_m=250.0, beam_m=44.0),
    StaticReport(2, T0, length_m=60.0, beam_m=10.0),
]
LATE = [
    StaticReport(412000002, T0 - HOUR, draught_m=3.0),
    StaticReport(412000002, T0 + 90 * HOUR, draught_m=9.0),
]
TO_AND_FRO = np.where(np.arange(len(every(5, 0, 3))) % 2, 90.0, 105.0)
LONG_CLASS_B = [StaticReport(412000002, T0, length_m=80.0, ais_class=AisClass.B)]
HALF_ACROSS = np.where(np.arange(len(every(5, 0, 3))) % 2, 90.0, 0.0)
CAME = meeting_pair(60.0, 4.0, away_m=40_000.0)
WATCHED = meeting_pair(450.0, 4.0)
PASSER_BY = path(500000001, every(5, 0, 4), (every(5, 0, 4) - 2) * 9260, 0 * every(5, 0, 4) + 1500)
SMALL = [
    still(n, every(5, 0, 4), (n - 1) * 150.0, msg_type=np.full(len(every(5, 0, 4)), CLASS_B)) for n in (1, 2)
]
ROUND = [
    still(500000000 + n, every(10, -3, 8), 2500 * np.cos(0.25 * n), 2500 * np.sin(0.25 * n))
    for n in range(25)
]
BETWEEN = [still(n, every(5, 0, 6), 25.0 * side) for n, side in ((1, -1), (2, 1))]
AHEAD = still(3, every(5, 0, 6), 0.0, 8.0)  # from it the two lie 145 degrees apart
FOR_A_WHILE = (*BETWEEN, still(3, every(5, 0, 2.5), 0.0))
BOW = {"heading_deg": np.zeros(len(every(5, 0, 6)))}
ASIDE = [still(n, every(5, 0, 6), 12.0 * x, 40.0 * x, **BOW) for n, x in ((1, -1), (2, 1), (3, 0))]
AT_ANCHOR = {"nav_status": (lambda times: np.where(times < 4.5, 1, 0),)}

NEAR = pytest.approx

STORIES = [
    Story("motion.step_min", 20, circling(), "relative_speed_kn", NEAR(0.26, abs=0.02), NEAR(0, abs=0.02)),
    Story("motion.moved_min_m", 9000, sailing(0.5, (0, 80)), "drift_correlation", NEAR(1, abs=0.01), None),
    Story("motion.formation_from_kn", 1, sailing(1.2, (140, 0)), "formation", None, "in_line"),
    Story("motion.in_line_max_deg", 50, sailing(2.6, (100, 84)), "formation", "abreast", "in_line"),
    Story("contact.stayed_min", 90, passes_by(), "hull_clearance_m", 0, NEAR(250, abs=1)),
    Story(
        "motion.in_line_room_share", 2, sailing(2.6, (100, 0)), "formation", "in_line", "abreast", sized(85.0)
    ),
    Story(
        "motion.beside_share", 0.9, carried_sideways(), "formation", "abreast", "in_line", sized(30.0, 14.0)
    ),
    Story("motion.at_anchor_share", 0.9, sailing(0.6, (0, 60), **AT_ANCHOR), "mode", "anchored", "drifting"),
    Story("motion.still_max_kn", 0.5, sailing(0.3, (0, 60)), "mode", "drifting", "anchored"),
    Story("motion.still_min_h", 10, meeting_pair(40.0, 5.0), "mode", "anchored", "drifting"),
    Story(
        "motion.approach_h",
        5,
        comes_faster_and_faster(),
        "approach_speed_2_kn",
        NEAR(10.8, 0.1),
        NEAR(8.6, 0.1),
    ),
    Story("craft.static_data_after_h", 120, CAME, "draught_after_2_m", None, 9.0, LATE),
    Story("proximity.look_h", 1, CAME, "separated_before_h", NEAR(2.4, abs=0.3), NEAR(0.7, abs=0.2)),
    Story("proximity.step_min", 60, CAME, "separated_before_h", NEAR(2.5, abs=0.1), NEAR(2.0, abs=0.1)),
    Story(
        "proximity.bridge_max_h", 1, unseen_for_a_while(), "separated_before_h", NEAR(8), NEAR(4.8, abs=0.1)
    ),
    Story("craft.others_speed_max_kn", 8, (*CAME, PASSER_BY), "slow_vessels_within_2nm", 0, 1),
    Story("bearing.gap_max_min", 2, seen_from_a_deck(135), "beam_side_offset_m", NEAR(135, abs=1), None),
    Story("proximity.separated_min_km", 90, CAME, "proximity_history", "met", "always"),
    Story("proximity.split_min_h", 6, CAME, "proximity_history", "met", "always"),
    Story("proximity.together_min_h", 20, trawlers(), "proximity_history", "mostly", "met"),
    Story("clearance.likely_reports_min", 100, SILENT, "hull_clearance_likely_m", NEAR(250, abs=1), None),
    Story(
        "third_vessel.overlap_share", 0.3, FOR_A_WHILE, "third_vessel_between_share", 0, NEAR(0.41, abs=0.02)
    ),
    Story("third_vessel.apart_min_deg", 150, (*BETWEEN, AHEAD), "third_vessel_between_share", 1, 0),
    Story("third_vessel.aside_min_m", 15, (*ASIDE,), "third_vessel_between_share", 1, 0),
    Story("proximity.same_track_within_m", 5, on_one_hull(), "same_track_h", NEAR(12, abs=1), 0),
    Story("proximity.same_track_from_kn", 12, on_one_hull(), "same_track_h", NEAR(12, abs=1), 0),
    Story("proximity.fastest_from_kn", 20, comes_faster_and_faster(), "fastest_kn", NEAR(10.8, 0.05), None),
    Story(
        "proximity.fastest_share",
        0.5,
        comes_faster_and_faster(),
        "fastest_kn",
        NEAR(10.8, 0.05),
        NEAR(5.4, 0.05),
    ),
    Story(
        "proximity.fastest_seen_min", 1200, comes_faster_and_faster(), "fastest_kn", NEAR(10.8, 0.05), None
    ),
    Story("craft.fixed_within_m", 5, visit(), "fixed_h", NEAR(24, abs=0.1), 0),
    Story("craft.fixed_share", 0.6, visit(shifts_h=9.0), "fixed_h", 0, NEAR(24, abs=0.1)),
    Story("craft.fixed_reports_min", 900, visit(), "fixed_h", NEAR(24, abs=0.1), 0),
    Story("craft.fixed_look_h", 1, visit(), "fixed_h", NEAR(24, abs=0.1), NEAR(5, abs=0.3)),
    Story("craft.stray_reports_max", 3, strays(), "stray_ratio", NEAR(12, abs=3), None),
    Story("clearance.watched_reports_min", 500, WATCHED, "hull_clearance_m", NEAR(300, abs=20), None),
    Story(
        "clearance.watched_share", 0.5, WITH_A_HOLE, "hull_clearance_m", None, NEAR(120, abs=1), sized(30.0)
    ),
    Story("clearance.watched_contact_h", 100, PASSES, "hull_clearance_m", NEAR(250, abs=1), None),
    Story("clearance.watched_gap_max_min", 120, SILENT, "hull_clearance_m", None, NEAR(250, abs=1)),
    Story("clearance.watched_gap_share", 0.3, SILENT, "hull_clearance_m", None, NEAR(250, abs=1)),
    Story(
        "clearance.assumed_length_m", 60, WATCHED, "hull_clearance_m", NEAR(300, abs=20), NEAR(390, abs=20)
    ),
    Story(
        "clearance.assumed_length_class_b_m",
        150,
        (*SMALL,),
        "hull_clearance_m",
        NEAR(90, abs=1),
        NEAR(0, abs=1),
    ),
    Story("bearing.reports_min", 40, astern(), "in_line_offset_m", NEAR(150), None, LARGE_AND_SMALL),
    Story(
        "bearing.in_line_beam_share", 0.9, astern(16), "in_line_offset_m", None, NEAR(150), LARGE_AND_SMALL
    ),
    Story(
        "bearing.in_line_beams_min_m",
        30,
        astern(astern_m=60),
        "in_line_offset_m",
        NEAR(60),
        None,
        LARGE_AND_SMALL,
    ),
    Story(
        "bearing.in_line_share", 0.9, astern(4, 0.7, 60), "in_line_offset_m", NEAR(60), None, LARGE_AND_SMALL
    ),
    Story("bearing.in_line_alone_min_m", 200, astern(), "in_line_offset_m", NEAR(150), None),
    Story("bearing.in_line_aside_share", 0.02, astern(), "in_line_offset_m", NEAR(150), None),
    Story(
        "bearing.heading_jump_max_deg", 2, seen_from_a_deck(135), "beam_side_offset_m", NEAR(135, abs=1), None
    ),
    Story("bearing.heading_copied_share_max", 1, COPIES, "beam_side_offset_m", None, NEAR(135, abs=1)),
    Story("bearing.heading_copied_within_deg", 0, COPIES, "beam_side_offset_m", None, NEAR(135, abs=1)),
    Story("bearing.abreast_aside_max_m", 50, seen_from_a_deck(60, 250), "rigid_abreast", True, False),
    Story("bearing.rigid_max_m", 1, BREATHING, "rigid_abreast", True, False),
    Story("bearing.swing_turned_min_deg", 170, NEIGHBOURS, "independent_swing_m", NEAR(174, abs=5), None),
    Story("bearing.swing_min_m", 400, NEIGHBOURS, "independent_swing_m", NEAR(174, abs=5), None),
    Story("bearing.swing_times_min", 20, LOOSE_AT_ANCHOR, "independent_swing_m", NEAR(130, abs=5), None),
    Story(
        "clearance.variation_contact_min_h",
        2,
        drifting_apart(5, 4),
        "separation_variation_m",
        None,
        NEAR(162, abs=8),
    ),
    Story(
        "clearance.variation_reports_min_per_h",
        1,
        drifting_apart(30, 8),
        "separation_variation_m",
        None,
        NEAR(100, abs=1),
    ),
    Story("craft.small_craft_below_m", 100, CAME, "small_craft", False, True, LONG_CLASS_B),
    Story("craft.others_max", 20, (*meeting_pair(60.0, 4.0), *ROUND), "slow_vessels_within_2nm", 25, 20),
    Story("hulls.reach_tiers", False, hulls(90), "tier", "alongside", "close", VLCCS),
    Story("hulls.placed_by_antenna", False, hulls(50, 60), "tier", "close", "alongside", BRIDGES_TOGETHER),
    Story("hulls.length_max_m", 300, hulls(90), "tier", "alongside", "close", VLCCS),
    Story("hulls.beam_max_m", 50, hulls(90), "tier", "alongside", "close", VLCCS),
    Story("hulls.alongside_enter_m", 20, hulls(90), "tier", "alongside", "close", VLCCS),
    Story("hulls.alongside_leave_m", 36, hulls(TO_AND_FRO), "hulls_alongside_h", NEAR(3, 0.1), 0, VLCCS),
    Story("hulls.course_from_kn", 5, by_course(), "tier", "alongside", "close", AFRAMAXES),
    Story("hulls.parallel_max_deg", 10, hulls(90, second=20), "hulls_alongside_h", NEAR(3, 0.1), 0, VLCCS),
    Story(
        "hulls.parallel_share",
        0.4,
        hulls(90, second=HALF_ACROSS),
        "hull_distance_abreast_m",
        None,
        NEAR(30),
        VLCCS,
    ),
    Story("hulls.abreast_share", 0.9, hulls(40), "hulls_alongside_h", NEAR(3, 0.1), 0, VLCCS),
]


@pytest.mark.parametrize("story", STORIES, ids=lambda s: s.changed)
def test_a_threshold_changed_for_one_request_changes_what_is_told(story):
    scene = scene_of(*story.parts, statics=story.statics)

    def told(changes):
        found = detect(
            scene, params_for("default", {"sts_transfer": changes}).by_name["sts_transfer"]
        ).findings
        first = next(f for f in found if f.vessels == (0, 1))
        return first.measures[story.measure]

    assert told({}) == story.default
    assert told({story.changed: str(story.to)}) == story.then


def test_every_threshold_of_evidence_and_hulls_has_such_a_story():
    decide_what_is_reported = ("encounter.", "contact.", "satellite.")
    names = {each.name for each in parameters(StsParams) if not each.name.startswith(decide_what_is_reported)}
    assert {story.changed for story in STORIES} == names | {"contact.stayed_min"}


@pytest.mark.parametrize(("types", "water_m"), [((1, 1), 0), ((18, 1), 45), ((1, 18), 45), ((18, 18), 90)])
def test_a_length_not_told_is_assumed_by_the_class_of_the_set(types, water_m):
    """Two at 150 m for four hours: within the length of ships, and beyond that of small craft."""
    times = every(5, 0, 4)
    parts = [
        still(n, times, 150.0 * n, msg_type=np.full(len(times), kind))
        for n, kind in enumerate(types, start=1)
    ]
    (meeting,) = detect(scene_of(*parts), params_for("default").by_name["sts_transfer"]).findings
    assert meeting.measures["hull_clearance_m"] == pytest.approx(water_m, abs=1)
