import numpy as np
import pytest
from support import T0, every, path, scene_of, still

from detectors.core.params import overridden
from detectors.events.area import Area
from detectors.events.event import make_events
from detectors.sts_transfer.detector import detect
from detectors.sts_transfer.params import StsParams
from detectors.tracks.reports import StaticReport
from detectors.vessels.watch_list import WatchList

VLCC = (333.0, 60.0)
AFRAMAX = (250.0, 44.0)
COASTER = (90.0, 14.0)
TOLD = ("length_m", "beam_m", "antenna_ahead_m", "antenna_abeam_m")


def meeting_of(across_m, along_m, sizes, headings=(0.0, 0.0), params=None, hours=3.0, course=None, minutes=5):
    """Two still vessels: the second lies `across_m` east and `along_m` north of the first.

    A size is length and beam, and how far ahead of the middle the antenna stands where that is told.
    """
    times = every(minutes, 0, hours)
    columns = [{"heading_deg": np.full(len(times), h)} for h in headings]
    drift = np.zeros(len(times))
    if course is not None:
        columns = [{"cog_deg": np.full(len(times), course), "sog_kn": np.full(len(times), 2.0)}] * 2
        drift = times * 2 * 1852
    statics = [
        StaticReport(n, T0, **dict(zip(TOLD, (*size, 0.0) if len(size) == 3 else size, strict=False)))
        for n, size in zip((1, 2), sizes, strict=True)
        if size
    ]
    parts = (
        path(1, times, 0 * times, drift, **columns[0]),
        path(2, times, 0 * times + across_m, drift + along_m, **columns[1]),
    )
    found = detect(scene_of(*parts, statics=statics), params or StsParams()).findings
    return found[0].measures if found else None


def test_two_vlccs_side_by_side_with_antennas_90_m_apart_are_alongside():
    told = meeting_of(90.0, 0.0, (VLCC, VLCC))
    assert told["near_share"] == pytest.approx(1.0)
    assert told["tier_contact_h"] == told["hulls_alongside_h"]
    assert (told["tier"], told["tier_by"]) == ("alongside", "hulls")
    assert told["hull_separation_m"] == pytest.approx(30, abs=0.5)
    assert told["min_separation_m"] == pytest.approx(90, abs=0.5)
    assert told["hulls_alongside_h"] == pytest.approx(3, abs=0.01)


@pytest.mark.parametrize("headings", [(0.0, 0.0), (0.0, 180.0), (350.0, 10.0), (90.0, 270.0)])
def test_antennas_at_opposite_ends_do_not_part_hulls(headings):
    """250 m tankers, antennas 50 m across and 110 m along: 120 m from antenna to antenna."""
    turned = (110.0, 50.0) if headings[0] == 90.0 else (50.0, 110.0)
    told = meeting_of(*turned, (AFRAMAX, AFRAMAX), headings)
    assert told["tier"] == "alongside"
    assert told["hull_separation_m"] == pytest.approx(6, abs=12)


@pytest.mark.parametrize(
    ("ahead_m", "other_ahead_m", "along_m", "headings", "tier"),
    [
        (-100, 100, 280, (0.0, 0.0), ("alongside", "hulls")),  # bridges aft and forward: 80 m lengthwise
        (-100, -100, 280, (0.0, 180.0), ("alongside", "hulls")),  # both aft, bows opposed
        (100, -100, 60, (0.0, 0.0), ("close", "antennas")),  # bridges side by side, hulls in line
        (-100, -100, -60, (0.0, 180.0), ("close", "antennas")),  # stern to stern
    ],
)
def test_hulls_are_placed_by_their_antennas(ahead_m, other_ahead_m, along_m, headings, tier):
    sizes = [(*AFRAMAX, float(metres)) for metres in (ahead_m, other_ahead_m)]
    told = meeting_of(50.0, along_m, sizes, headings)
    assert (told["tier"], told["tier_by"]) == tier
    assert told["hulls_placed_by_antenna"] == 2
    assert told["hulls_alongside_h"] == pytest.approx(3.0 if tier[1] == "hulls" else 0.0, abs=0.01)


def test_an_antenna_to_one_side_tells_the_water_between():
    """Antennas 90 m apart abreast, each 15 m to the far side of its middle: the middles are 60 m apart."""
    apart = dict(zip((1, 2), (-15.0, 15.0), strict=True))
    statics = [
        StaticReport(n, T0, length_m=250.0, beam_m=44.0, antenna_ahead_m=-90.0, antenna_abeam_m=apart[n])
        for n in (1, 2)
    ]
    times = every(5, 0, 3)
    north = {"heading_deg": np.zeros(len(times))}
    parts = still(1, times, **north), still(2, times, east_m=90.0, **north)
    (meeting,) = detect(scene_of(*parts, statics=statics), StsParams()).findings
    assert meeting.measures["hull_distance_abreast_m"] == pytest.approx(90.0 - 30.0 - 44.0, abs=0.5)


def placed(across_m, along_m, other_bow=0.0):
    """Return the event of two of 250 m, bridges aft, whose antennas are so far apart."""
    statics = [
        StaticReport(n, T0, length_m=250.0, beam_m=44.0, antenna_ahead_m=-100.0, antenna_abeam_m=5.0)
        for n in (1, 2)
    ]
    times = every(5, 0, 12)
    parts = [
        still(n, times, across_m * (n - 1), along_m * (n - 1), heading_deg=np.full(len(times), bow))
        for n, bow in ((1, 0.0), (2, other_bow))
    ]
    made = scene_of(*parts, statics=statics)
    (event,) = make_events(detect(made, StsParams()).findings, made, WatchList(), Area("all"))
    return event


@pytest.mark.parametrize(
    ("across_m", "along_m", "other_bow", "gap_m", "weight"),
    [
        (50.0, 0.0, 0.0, 6.0, None),
        (40.0, 180.0, 180.0, 6.0, None),  # bows opposed: the middles are 50 m apart across and 20 along
        (84.0, 0.0, 0.0, 40.0, -2.5),  # abreast
        (30.0, 275.0, 0.0, 25.0, -1.0),  # off the quarter
        (150.0, 0.0, 0.0, 106.0, -4.0),
    ],
)
def test_water_between_hulls_that_are_placed_weighs_sooner(across_m, along_m, other_bow, gap_m, weight):
    event = placed(across_m, along_m, other_bow)
    assert (
        event.measures["hull_distance_by_antennas_m"]
        == event.measures["hull_clearance_by_antennas_m"]
        == pytest.approx(gap_m, abs=0.5)
    )
    assert event.measures["hull_clearance_m"] is None
    assert [r.weight for r in event.score.reasons if r.name == "hull_clearance_by_antennas_m"] == [
        weight
    ] * bool(weight)


def test_hulls_are_not_placed_by_a_course_that_two_adrift_make():
    """Bows opposed and north and south, bridges aft, carried east at 1.5 kn; headings are not sent."""
    times = every(5, 0, 8)
    east = times * 1.5 * 1852
    says = {"cog_deg": np.full(len(times), 90.0), "sog_kn": np.full(len(times), 1.5)}
    statics = [
        StaticReport(n, T0, length_m=180.0, beam_m=30.0, antenna_ahead_m=-65.0, antenna_abeam_m=0.0)
        for n in (1, 2)
    ]
    parts = path(1, times, east, 0 * times, **says), path(2, times, east + 34, 0 * times + 130, **says)
    (meeting,) = detect(scene_of(*parts, statics=statics), StsParams()).findings
    assert meeting.measures["hull_clearance_by_antennas_m"] is None
    assert meeting.measures["hulls_placed_by_antenna"] == 2


def test_of_hulls_across_one_another_no_gap_is_told():
    assert placed(50.0, 0.0, other_bow=90.0).measures["hull_distance_by_antennas_m"] is None


@pytest.mark.parametrize("ahead_m", [130.0, -600.0])
def test_an_antenna_that_is_not_on_its_hull_is_not_believed(ahead_m):
    sizes = [(*AFRAMAX, ahead_m), AFRAMAX]
    assert meeting_of(50.0, 110.0, sizes) == meeting_of(50.0, 110.0, (AFRAMAX, AFRAMAX))


def test_how_many_of_two_tell_their_antennas_is_told():
    one = meeting_of(50.0, 110.0, ((*AFRAMAX, -90.0), AFRAMAX))
    assert (one["hulls_placed_by_antenna"], one["hull_distance_by_antennas_m"]) == (1, None)
    assert (
        meeting_of(50.0, 110.0, ((*AFRAMAX, -90.0), (*AFRAMAX, 0.0)))["hulls_placed_by_antenna"] == 2
    )  # in the middle
    assert meeting_of(50.0, 110.0, (AFRAMAX, AFRAMAX))["hulls_placed_by_antenna"] == 0
    assert meeting_of(50.0, 110.0, (AFRAMAX, None))["hulls_placed_by_antenna"] is None


def test_the_course_stands_in_for_a_heading_that_is_not_sent():
    assert meeting_of(50.0, 110.0, (AFRAMAX, AFRAMAX), course=0.0)["tier"] == "alongside"


def test_bow_to_stern_is_not_alongside():
    """A tow, and two that ride at anchor in line: near by their antennas, never side by side."""
    told = meeting_of(5.0, 150.0, (AFRAMAX, (40.0, 12.0)))
    assert told["tier"] == "close"
    assert told["tier_by"] == "antennas"
    assert told["hulls_alongside_h"] == 0
    assert meeting_of(5.0, 100.0, (AFRAMAX, (40.0, 12.0)))["hulls_alongside_h"] == 0


def test_two_small_ships_150_m_apart_are_not_alongside_whatever_they_say():
    told = meeting_of(150.0, 0.0, (COASTER, COASTER))
    assert (told["tier"], told["tier_by"]) == ("close", "antennas")
    assert told["hull_separation_m"] == pytest.approx(136, abs=1)


def test_without_headings_half_the_beams_are_taken_off_and_no_more():
    assert meeting_of(90.0, 0.0, (VLCC, VLCC), (np.nan, np.nan))["tier"] == "alongside"
    assert meeting_of(50.0, 110.0, (AFRAMAX, AFRAMAX), (np.nan, np.nan))["tier"] == "close"


def test_hulls_across_one_another_are_not_side_by_side():
    told = meeting_of(90.0, 0.0, (VLCC, VLCC), (0.0, 90.0))
    assert told["tier"] == "close"


def test_unknown_dimensions_leave_it_at_antennas():
    told = meeting_of(90.0, 0.0, (VLCC, None))
    assert (told["tier"], told["hull_separation_m"]) == ("close", None)


@pytest.mark.parametrize("size", [(1022.0, 126.0), (250.0, 126.0), (20.0, 60.0), (0.0, 0.0)])
def test_dimensions_that_no_ship_has_are_not_believed(size):
    told = meeting_of(150.0, 0.0, (size, VLCC))
    assert (told["tier_by"], told["hull_separation_m"]) == ("antennas", None)


def test_large_ships_are_told_by_their_hulls_alone_where_antennas_are_too_far_for_the_time():
    """Twenty minutes alongside with antennas 260 m apart: no tier of antennas, but hulls that touch."""
    assert meeting_of(62.0, 250.0, (VLCC, VLCC), hours=0.35)["tier_by"] == "hulls"
    off = overridden(StsParams(), {"hulls.reach_tiers": False})
    assert meeting_of(62.0, 250.0, (VLCC, VLCC), hours=0.35, params=off) is None


def test_silence_is_no_contact_of_hulls_either():
    times = every(5, 0, 6)
    heard = times[(times <= 0.05) | (times >= 3.5)]
    statics = [StaticReport(n, T0, length_m=333.0, beam_m=60.0) for n in (1, 2)]
    north = {"heading_deg": np.zeros(len(times))}
    less = {"heading_deg": np.zeros(len(heard))}
    scene = scene_of(
        path(1, times, 0 * times, 0 * times, **north),
        path(2, heard, 0 * heard + 90, 0 * heard, **less),
        statics=statics,
    )
    (meeting,) = detect(scene, StsParams()).findings
    assert meeting.measures["hulls_alongside_h"] == pytest.approx(2.5, abs=0.1)


@pytest.mark.parametrize(("across_m", "weight"), [(46.0, None), (250.0, -4.0)])
def test_hulls_abreast_with_water_between_are_neighbours_at_anchor(across_m, weight):
    """Two of 190 m swing to their anchors 250 m apart, less than their lengths, and never made fast."""
    times = every(5, 0, 12)
    words = [StaticReport(n, T0, length_m=190.0, beam_m=30.0) for n in (1, 2)]
    parts = [still(n, times, east_m=across_m * (n - 1), heading_deg=np.zeros(len(times))) for n in (1, 2)]
    made = scene_of(*parts, statics=words)
    (event,) = make_events(detect(made, StsParams()).findings, made, WatchList(), Area("all"))
    assert event.measures["hull_distance_abreast_m"] == pytest.approx(across_m - 30.0, abs=1)
    assert [r.weight for r in event.score.reasons if r.name == "hull_clearance_m"] == (
        [weight] if weight else []
    )


def test_of_hulls_whose_bows_are_seldom_told_the_time_near_by_antennas_counts_too():
    """Made fast all the time; one sends its heading in the first hour alone, and a wrong one after it."""
    times = every(5, 0, 6)
    bows = np.where(times <= 1.5, 0.0, 90.0)
    statics = [StaticReport(n, T0, length_m=180.0, beam_m=40.0) for n in (1, 2)]
    parts = (
        still(1, times, heading_deg=np.zeros(len(times))),
        still(2, times, 70.0, heading_deg=bows),
    )
    (meeting,) = detect(scene_of(*parts, statics=statics), StsParams()).findings
    assert (meeting.measures["tier"], meeting.measures["tier_by"]) == ("alongside", "hulls")
    assert meeting.measures["hulls_close_h"] < 0.5 * meeting.measures["contact_h"]
    assert meeting.measures["near_share"] == pytest.approx(1.0)
