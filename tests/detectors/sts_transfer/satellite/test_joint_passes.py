"""Ships that a satellite hears for minutes: what one pass shows, what two show, and what none may."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support import HOUR, KNOT, T0, Spot, every, path, scene_of, still

from detectors import KIND_BY_NAME
from detectors.events.score import score
from detectors.kernels.satellite.moments import SEGMENT
from detectors.presets import params_for
from detectors.sts_transfer.detector import detect
from detectors.sts_transfer.params import StsParams
from detectors.sts_transfer.satellite.joint_passes import find_joint_passes
from detectors.sts_transfer.satellite.passes import find_pass_encounters
from detectors.vessels.vessel import Vessel

OPEN_SEA = Spot(124.0, 31.2)
MINE, THEIRS = np.array([0.0, 2.0, 5.0]) / 60, np.array([1.0, 3.0, 6.0]) / 60
"""Two ships in one pass, in hours: never heard in the same minute."""


def pass_of(mmsi, times, here_m=(0.0, 0.0), kn=1.2, course=40.0, at_h=0.0, t0=T0, **columns):
    """Reports of one pass: at a place at `at_h`, moving at a speed and course, and saying so."""
    along = np.radians(course)
    gone_m = (times - at_h) * HOUR * kn * KNOT
    columns = {"sog_kn": np.full(len(times), kn), "cog_deg": np.full(len(times), course), **columns}
    east_m, north_m = here_m[0] + gone_m * np.sin(along), here_m[1] + gone_m * np.cos(along)
    return path(mmsi, times, east_m, north_m, OPEN_SEA, t0, **columns)


def afar(mmsi, hour, east_m, t0=T0):
    """One report, far off and fast, of the pass before or after."""
    fast = {"sog_kn": np.array([10.0]), "cog_deg": np.array([270.0])}
    return path(mmsi, [hour], [east_m], [0.0], OPEN_SEA, t0, **fast)


def voyage(mmsi, *parts, side=1.0, t0=T0, before=-3.0, after=3.0):
    """What is received of a vessel that comes from afar, and goes: its side is its own."""
    return [afar(mmsi, before, side * 30_000.0, t0), *parts, afar(mmsi, after, side * 40_000.0, t0)]


def told(*parts, params=None):
    return detect(scene_of(*parts), params or StsParams()).findings


def pair(times=(MINE, THEIRS), gap_m=50.0, t0=T0, **how):
    """Two ships in one pass, `gap_m` abreast of one another, that move alike."""
    one = voyage(1, pass_of(1, times[0], t0=t0, **how), t0=t0)
    other = voyage(2, pass_of(2, times[1], (gap_m * 0.766, -gap_m * 0.643), t0=t0, **how), side=-1.0, t0=t0)
    return [*one, *other]


def test_one_pass_that_shows_two_alongside_and_moving_alike_is_told_with_what_was_observed():
    (meeting,) = told(*pair())
    assert (meeting.measures["tier"], meeting.measures["joint_passes"]) == ("passes", 1)
    assert meeting.end_s - meeting.start_s == pytest.approx(360.0)
    assert meeting.measures["contact_h"] == pytest.approx(4 / 60)  # both were heard from minute 1 to 5
    assert meeting.measures["min_separation_m"] == pytest.approx(50.0, abs=1.0)
    assert meeting.measures["relative_speed_kn"] < 0.1
    assert meeting.measures["mode"] == "drifting"


def test_the_sentence_says_that_it_was_a_moment_and_names_no_time_together():
    vessels = tuple(Vessel(key=str(n), mmsi=n) for n in (1, 2))
    (meeting,) = told(*pair((np.array([0.0, 4.0]) / 60, np.array([8.0, 12.0]) / 60), kn=4.5))
    measures = {**meeting.measures, "shore_distance_km": None}
    text = KIND_BY_NAME["sts_transfer"].sentence(meeting, vessels, measures)
    assert "observed together only for moments, at one pass of a receiver, under way, 50 m apart" in text
    assert "unknown" not in text


@pytest.mark.parametrize(("apart_m", "said"), [(0.4, "less than 10 m apart"), (10.2, "10 m apart")])
def test_no_distance_is_told_that_lies_within_the_error_of_a_fix(apart_m, said):
    vessels = tuple(Vessel(key=str(n), mmsi=n) for n in (1, 2))
    (meeting,) = told(*pair())
    measures = {**meeting.measures, "shore_distance_km": None, "min_separation_m": apart_m}
    assert f", {said} at the nearest" in KIND_BY_NAME["sts_transfer"].sentence(meeting, vessels, measures)


def test_one_pass_weighs_against_and_two_for():
    few, more = (
        next(
            r.weight
            for r in score(KIND_BY_NAME["sts_transfer"], {"joint_passes": n}).reasons
            if r.name == "joint_passes"
        )
        for n in (1, 2)
    )
    assert few < 0 < more


def test_ships_under_way_are_carried_to_one_another_over_minutes_in_which_they_sail_half_a_mile():
    times = np.array([0.0, 4.0]) / 60, np.array([8.0, 12.0]) / 60
    (meeting,) = told(*pair(times, kn=4.5))
    assert meeting.measures["mode"] == "under_way"
    assert meeting.measures["contact_h"] == 0.0  # they were never heard at one time
    assert meeting.measures["min_separation_m"] == pytest.approx(50.0, abs=1.0)
    assert meeting.measures["formation"] == "abreast"
    assert meeting.measures["speed_made_good_1_kn"] == pytest.approx(4.5, abs=0.1)


def under_way(gap_m=60.0, kn=(4.5, 4.5), course=(40.0, 40.0), *, abreast=True):
    """Two ships with one report each at each of two passes, three hours apart."""
    parts = []
    for n in (0, 1):
        across = np.radians(course[0] + (90.0 if abreast else 0.0))
        here_m = (n * gap_m * np.sin(across), n * gap_m * np.cos(across))
        for hour in (0.0, 3.0):
            at = np.array([hour + n * 4 / 60])
            parts.append(pass_of(n + 1, at, here_m, kn[n], course[n]))
    return parts


def test_two_passes_of_one_report_each_tell_two_that_sail_side_by_side():
    (meeting,) = told(*under_way())
    assert (meeting.measures["mode"], meeting.measures["joint_passes"]) == ("under_way", 2)
    assert meeting.measures["elapsed_h"] == pytest.approx(3 + 4 / 60)


def test_two_of_a_convoy_200_m_apart_are_not_together_at_any_pass():
    assert told(*under_way(200.0)) == ()
    assert told(*under_way(200.0, abreast=False)) == ()


def test_one_who_overtakes_near_by_is_not_told():
    """100 m off and a knot faster: alongside for a moment, and it is a satellite's moment."""
    one = voyage(1, pass_of(1, MINE, kn=3.0))
    other = voyage(2, pass_of(2, THEIRS, (40.0, -30.0), kn=4.0), side=-1.0)
    assert told(*one, *other) == ()


@pytest.mark.parametrize("kn", [2.5, 5.0])
def test_two_whose_courses_cross_at_two_passes_are_not_told(kn):
    assert told(*under_way(20.0, (kn, kn), (40.0, 100.0))) == ()
    one = voyage(1, pass_of(1, MINE, kn=kn))
    other = voyage(2, pass_of(2, THEIRS, (20.0, 0.0), kn=kn, course=100.0), side=-1.0)
    assert told(*one, *other) == ()


def test_two_ferries_that_meet_at_each_crossing_are_not_told():
    parts = [
        part
        for hour in (0.0, 3.0, 6.0)
        for part in (
            pass_of(1, hour + MINE, kn=18.0, course=90.0, at_h=hour),
            pass_of(2, hour + THEIRS, (0.0, 60.0), kn=18.0, course=270.0, at_h=hour),
            pass_of(3, hour + MINE, (0.0, 90.0), kn=18.0, course=90.0, at_h=hour),
        )
    ]
    assert told(*parts) == ()


def anchored(gap_m, **columns):
    passes = np.concatenate([hour + MINE for hour in np.arange(0.0, 24.0, 2.0)])
    says = {"sog_kn": np.zeros(len(passes)), "nav_status": np.ones(len(passes)), **columns}
    return [
        still(
            n + 1, passes + n / 60, n * gap_m, 0.0, OPEN_SEA, **{k: v[: len(passes)] for k, v in says.items()}
        )
        for n in (0, 1)
    ]


def test_two_at_anchor_240_m_apart_for_a_day_are_neighbours():
    assert told(*anchored(240.0)) == ()
    (meeting,) = told(*anchored(60.0))
    assert meeting.measures["mode"] == "anchored"


def test_two_places_rounded_to_type_27_say_nothing_and_one_beside_an_exact_one_does():
    rounded = {"uncertainty_m": np.full(3, 93.0)}
    exact, coarse = pass_of(1, MINE), [pass_of(n, THEIRS, (30.0, -30.0), **rounded) for n in (1, 2)]
    assert told(*voyage(1, coarse[0]), *voyage(2, coarse[1], side=-1.0)) == ()
    (meeting,) = told(*voyage(1, exact), *voyage(2, coarse[1], side=-1.0))
    assert meeting.measures["tier"] == "passes"


def test_two_that_drift_a_mile_apart_are_not_told():
    assert told(*pair(gap_m=1852.0)) == ()


def test_one_report_of_a_ship_is_what_a_garbled_number_gives():
    assert told(*pair((MINE, THEIRS[:1]))) == ()


def test_two_minutes_of_a_pass_are_a_moment():
    assert told(*pair((np.array([0.0, 1.5]) / 60, np.array([0.5, 2.0]) / 60))) == ()


@pytest.mark.parametrize("hour", [-0.8, 0.9])
def test_who_is_heard_elsewhere_within_the_hour_had_no_time_for_a_transfer(hour):
    assert told(*pair(), afar(1, hour, 16_000.0), afar(1, -hour, 16_000.0)) == ()
    assert len(told(*pair(), afar(1, hour, 16_000.0))) == 1  # two hours are left on the other side


def test_of_a_ship_first_heard_in_the_pass_no_silence_is_known():
    one = voyage(1, pass_of(1, MINE))[1:]
    other = voyage(2, pass_of(2, THEIRS, (30.0, 30.0)), side=-1.0)[1:]
    assert len(told(*one, *other)) == 1  # three hours follow
    assert told(one[0], other[0]) == ()


def test_a_pass_between_that_places_them_apart_parts_the_meeting():
    """Two moments of two hours together, and a third between in which one is 5 km off."""
    apart = [pass_of(1, np.array([1.5])), pass_of(2, np.array([1.52]), (5000.0, 0.0))]
    assert len(told(*under_way())) == 1
    assert told(*under_way(), *apart) == ()


def test_a_pass_between_that_places_them_near_but_not_together_parts_nothing():
    near = [pass_of(1, np.array([1.5]), kn=4.5), pass_of(2, np.array([1.5]), (200.0, -200.0), kn=4.5)]
    (meeting,) = find_pass_encounters(scene_of(*under_way(), *near), StsParams())
    assert meeting.passes == 2


def test_two_who_pass_one_another_at_a_knot_each_time_anyone_listens_do_not_lie_together():
    parts = [
        pass_of(n + 1, np.array([hour]), (30.0 * n, 0.0), 2.0 + n, at_h=hour)
        for hour in (0.0, 3.0)
        for n in (0, 1)
    ]
    alike = [
        pass_of(n + 1, np.array([hour]), (30.0 * n, 0.0), 2.0, at_h=hour)
        for hour in (0.0, 3.0)
        for n in (0, 1)
    ]
    assert len(told(*alike)) == 1
    assert told(*parts) == ()


def test_passes_that_a_longer_silence_parts_are_two_moments():
    late = [pass_of(n + 1, np.array([5.0]), (n * 46.0, n * -39.0), 4.5) for n in (0, 1)]
    assert told(*under_way()[::2], *late) == ()


def test_passes_of_two_pairs_are_no_meeting_of_either():
    mine_then, mine_now, hers_then, hers_now = under_way()
    another = replace(hers_now, vessel=np.array([3]))
    assert len(told(mine_then, mine_now, hers_then, hers_now)) == 1
    assert told(mine_then, mine_now, hers_then, another) == ()


def test_one_pass_of_one_and_two_of_the_other_are_one_joint_pass():
    times = np.array([0.0, 12.0, 28.0]) / 60, np.array([1.0, 4.0, 27.0]) / 60
    (meeting,) = told(*pair(times))
    assert meeting.measures["joint_passes"] == 1


def test_who_is_heard_for_long_has_no_moments_and_costs_nothing():
    scene = scene_of(still(1, every(1, 0, 1)), still(2, np.array([0.0, 0.1]), sog_kn=np.zeros(2)))
    assert find_joint_passes(scene, StsParams()).moments[:, SEGMENT].tolist() == [1.0]


def test_sets_that_send_no_speed_are_judged_by_what_they_made_good():
    none = {"sog_kn": np.full(3, np.nan), "cog_deg": np.full(3, np.nan)}
    assert len(told(*pair(**none))) == 1
    assert told(*pair(kn=4.5, gap_m=130.0, **none)) == ()


def test_a_ship_that_is_heard_all_the_time_must_meet_the_other_tiers():
    """Alongside for five minutes, and heard to come and to go: no satellite's silence explains the rest."""
    hours = every(3, -3, 3)
    way = np.where(np.abs(hours) < 0.05, 0.0, hours * 9260)
    parts = [path(n + 1, hours, way * (1 - 2 * n) + 30 * n, 0 * hours, OPEN_SEA) for n in (0, 1)]
    assert told(*parts) == ()


def test_the_published_rule_has_no_such_tier():
    assert told(*pair(), params=params_for("gfw").by_name["sts_transfer"]) == ()


@settings(deadline=None, max_examples=25)
@given(shift_s=st.integers(0, 700), kn=st.floats(0.0, 5.5), gap_m=st.floats(5.0, 90.0), flip=st.booleans())
def test_neither_the_clock_nor_the_order_nor_the_speed_decides_what_a_pass_shows(shift_s, kn, gap_m, flip):
    parts = pair(gap_m=gap_m, kn=kn, t0=T0 + shift_s)
    (meeting,) = told(*(parts[::-1] if flip else parts))
    (same,) = told(*pair(gap_m=gap_m, kn=kn))
    assert meeting.start_s - same.start_s == pytest.approx(shift_s)
    for name in ("contact_h", "min_separation_m", "joint_passes", "mode", "relative_speed_kn"):
        value = same.measures[name]
        assert meeting.measures[name] == (
            pytest.approx(value, abs=1e-6) if isinstance(value, float) else value
        )


@pytest.mark.parametrize("numbers", [(1, 2), (2, 1)])
def test_a_pass_apart_parts_a_meeting_whoever_is_numbered_first(numbers):
    """Between two joint passes one is heard near and then 5 km off, the other all the while."""
    joint = np.concatenate([hour + np.array([0.0, 3.0, 6.0]) / 60 for hour in (0.0, 1.6, 5.2, 6.8)])
    theirs = np.sort(np.concatenate((joint, 3.2 + np.array([0.0, 25.0]) / 60)))
    often = np.sort(np.concatenate((joint, 3.2 + np.arange(0.0, 26.0, 5.0) / 60))) + 20 / 3600
    north_m = np.where(
        np.isclose(theirs, 3.2), -450.0, np.where(np.isclose(theirs, 3.2 + 25 / 60), -5000.0, 0.0)
    )
    slow = np.full(len(theirs), 0.1), np.full(len(often), 0.1)
    ships = (
        path(numbers[0], theirs, 0 * theirs, north_m, OPEN_SEA, sog_kn=slow[0], cog_deg=0 * theirs),
        path(numbers[1], often, 0 * often, 0 * often + 90.0, OPEN_SEA, sog_kn=slow[1], cog_deg=0 * often),
    )
    assert [met.passes for met in find_pass_encounters(scene_of(*ships), StsParams())] == [2, 2]
