"""One who is heard all the time beside one whom satellites hear for moments, both sailing."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support import HOUR, KNOT, T0, Spot, every, path, scene_of

from detectors.core.params import overridden
from detectors.kernels.satellite.cuts import cuts
from detectors.kernels.satellite.moments import END, FIRST, SEGMENT
from detectors.kernels.tracks.fixes import Fixes
from detectors.sts_transfer.detector import detect
from detectors.sts_transfer.params import StsParams
from detectors.sts_transfer.satellite.joint_passes import find_joint_passes
from detectors.sts_transfer.satellite.passes import find_pass_encounters

OPEN_SEA = Spot(124.0, 31.2)
PASSES = (0.5, 3.0, 6.2)
"""Hours at which a satellite comes by."""


def moments_at(hours):
    return np.concatenate([hour + np.array([0.0, 2.0, 5.0]) / 60 for hour in hours])


def voyage(mmsi, times, ahead_m=0.0, right_m=0.0, kn=4.5, course=40.0, t0=T0, **columns):
    """A ship on one course at one speed, that says so; where it is at hour 0 is given along its way."""
    times, along = np.asarray(times, float), np.radians(course)
    gone_m = ahead_m + times * HOUR * kn * KNOT
    east_m = gone_m * np.sin(along) + right_m * np.cos(along)
    north_m = gone_m * np.cos(along) - right_m * np.sin(along)
    says = {"sog_kn": np.full(len(times), kn), "cog_deg": np.full(len(times), course), **columns}
    return path(mmsi, times, east_m, north_m, OPEN_SEA, t0, **says)


def heard(start_h=-1.0, end_h=8.0, minutes=3):
    return every(minutes, start_h, end_h)


def told(*parts, params=None):
    return detect(scene_of(*parts), params or StsParams()).findings


@pytest.mark.parametrize(("steady", "rare"), [(1, 2), (2, 1)])
def test_two_that_sail_side_by_side_are_told_though_satellites_alone_hear_the_one(steady, rare):
    (meeting,) = told(voyage(steady, heard()), voyage(rare, moments_at(PASSES), right_m=50.0))
    assert (meeting.measures["tier"], meeting.measures["joint_passes"]) == ("passes", 3)
    assert (meeting.measures["mode"], meeting.measures["formation"]) == ("under_way", "abreast")
    assert meeting.measures["min_separation_m"] == pytest.approx(50.0, abs=3.0)  # the sea is round
    assert meeting.end_s - meeting.start_s == pytest.approx((6.2 - 0.5) * HOUR + 900, abs=600)
    assert meeting.measures["contact_h"] < 1.0  # silence is never contact


def test_with_both_heard_all_the_time_the_ordinary_tiers_tell_it():
    (meeting,) = told(voyage(1, heard()), voyage(2, heard(), right_m=50.0))
    assert (meeting.measures["tier"], meeting.measures["mode"]) == ("alongside", "under_way")


@pytest.mark.parametrize(
    "other",
    [
        voyage(2, moments_at(PASSES), right_m=250.0),  # abreast in a convoy
        voyage(2, moments_at(PASSES), ahead_m=-400.0),  # astern in a convoy
        voyage(2, moments_at(PASSES[:1]), right_m=50.0),  # one pass
        voyage(2, moments_at(PASSES[:1]), right_m=50.0, kn=5.4),  # overtaking
        voyage(2, moments_at((0.5, 1.5)), right_m=50.0),  # for an hour
        voyage(2, moments_at((0.5, 5.5)), right_m=50.0),  # a longer silence parts the passes
    ],
)
def test_who_keeps_its_distance_or_is_seen_alongside_for_a_moment_is_not_told(other):
    assert told(voyage(1, heard()), other) == ()


def visits(kn, course, hers_kn=4.5):
    """A vessel 40 m beside it at every pass of the satellite, on a course and at a speed of its own."""
    along, turn = np.radians(40.0), np.radians(course)
    times = np.array([0.0, 2.0, 5.0]) / 60
    way_m = times * HOUR * kn * KNOT
    says = {"sog_kn": np.full(3, kn), "cog_deg": np.full(3, course)}
    parts = []
    for hour in PASSES:
        gone_m = hour * HOUR * hers_kn * KNOT
        east_m, north_m = gone_m * np.sin(along) + 40, gone_m * np.cos(along)
        at_m = east_m + way_m * np.sin(turn), north_m + way_m * np.cos(turn)
        parts.append(path(2, hour + times, *at_m, OPEN_SEA, **says))
    return parts


@pytest.mark.parametrize(("kn", "course"), [(4.5, 70.0), (5.4, 40.0), (4.5, 220.0)])
def test_who_moves_otherwise_each_time_anyone_listens_is_not_with_it(kn, course):
    """A patrol that passes close by at every pass of the satellite, on another course or faster."""
    assert told(voyage(1, heard()), *visits(kn, course)) == ()
    assert len(told(voyage(1, heard()), *visits(4.6, 40.0))) == 1


@pytest.mark.parametrize(("hers_kn", "count"), [(5.8, 1), (6.2, 0)])
def test_neither_of_the_two_is_faster_than_transfers_under_way_are(hers_kn, count):
    assert len(told(voyage(1, heard(), kn=hers_kn), *visits(5.9, 40.0, hers_kn))) == count


def test_ships_faster_than_a_transfer_are_let_pass():
    assert told(voyage(1, heard(), kn=9.0), voyage(2, moments_at(PASSES), right_m=50.0, kn=9.0)) == ()


def test_a_pass_between_that_shows_it_elsewhere_parts_the_meeting():
    apart = voyage(2, moments_at((4.5,)), right_m=5_000.0)
    steady, rare = voyage(1, heard()), voyage(2, moments_at((2.0, 5.9)), right_m=50.0)
    assert len(find_pass_encounters(scene_of(steady, rare), StsParams())) == 1
    assert find_pass_encounters(scene_of(steady, rare, apart), StsParams()) == []


def test_a_cut_holds_the_reports_from_ten_minutes_before_a_moment_to_ten_after():
    scene = scene_of(voyage(1, heard()), voyage(2, moments_at(PASSES[:1]), right_m=50.0))
    joint = find_joint_passes(scene, StsParams())
    ((a, b),) = joint.pairs.tolist()
    cut, moment = joint.moments[a], joint.moments[b]
    assert (cut[SEGMENT], moment[SEGMENT]) == (0, 1)
    hours = (scene.tracks.segments.time_s - T0) / HOUR
    of_cut = hours[int(cut[FIRST]) : int(cut[END])]
    assert (of_cut[0], of_cut[-1]) == (pytest.approx(0.35), pytest.approx(0.75))  # 0.5 - 1/6 to 0.583 + 1/6


@pytest.mark.parametrize(("start_h", "cuts"), [(0.3, 1), (0.4, 0)])
def test_who_was_not_heard_throughout_is_not_cut(start_h, cuts):
    """The moment is from 0.5 to 0.583 h; with ten minutes before and after it, from 0.333 to 0.75."""
    scene = scene_of(voyage(1, heard(start_h)), voyage(2, moments_at(PASSES[:1]), right_m=50.0))
    assert len(find_joint_passes(scene, StsParams()).pairs) == cuts


def test_who_drifts_is_left_to_the_rule_for_slow_meetings():
    scene = scene_of(voyage(1, heard(), kn=1.0), voyage(2, moments_at(PASSES), right_m=50.0, kn=1.0))
    assert len(find_joint_passes(scene, StsParams()).pairs) == 0


def test_a_moment_in_a_crowd_is_left_out():
    rare = voyage(9, moments_at(PASSES), right_m=50.0)
    fleet = [voyage(10 + n, heard(), ahead_m=20.0 * n) for n in range(6)]
    assert len(find_joint_passes(scene_of(rare, *fleet), StsParams()).pairs) == 18
    assert (
        len(
            find_joint_passes(
                scene_of(rare, *fleet), overridden(StsParams(), {"encounter.neighbours_max": 5})
            ).pairs
        )
        == 0
    )


@settings(deadline=None, max_examples=25)
@given(
    seed=st.integers(0, 10_000),
    lon=st.sampled_from([-180.0, -179.995, 3.0, 179.999]),
    lat=st.sampled_from([-62.0, 0.0, 0.003, 55.0]),
)
def test_candidates_are_all_who_are_within_reach_at_a_grid_time_and_nobody_else(seed, lon, lat):
    """Counted here one by one; the kernel looks in the cells round each."""
    rng = np.random.default_rng(seed)
    spot, reach_m, step_s = Spot(lon, lat), 600.0, 600.0
    times = np.arange(0.0, 3601.0, 300.0)
    ships = [(n, times, *rng.uniform(-1500, 1500, 2), *rng.uniform(-2, 2, 2)) for n in range(12)]
    moments = [(n, times[2:8], *rng.uniform(-1500, 1500, 2), *rng.uniform(-2, 2, 2)) for n in range(8)]

    def columns(rows):
        at_m = [(x + t * dx, y + t * dy) for _, t, x, y, dx, dy in rows]
        places = [spot.deg(x, y) for x, y in at_m]
        offsets = np.cumsum([0, *(len(t) for _, t, *_ in rows)])
        return offsets, *(np.concatenate(c) for c in ([r[1] for r in rows], *zip(*places, strict=True))), at_m

    offsets, *held, ships_m = columns(ships)
    path_offsets, *paths, moments_m = columns(moments)
    long = np.array([(n, offsets[n], offsets[n + 1]) for n in range(len(ships))])
    rows = cuts(np.arange(len(moments)), path_offsets, Fixes(*paths), long, Fixes(*held), step_s, reach_m, 40)
    near, on_grid = [], times[2:8] % step_s == 0
    for m, (x, y) in enumerate(moments_m):
        for n, (xs, ys) in enumerate(ships_m):
            least_m = np.hypot(x - xs[2:8], y - ys[2:8])[on_grid].min()
            if abs(least_m - reach_m) < 3.0:
                return  # too near the border to say
            if least_m < reach_m:
                near.append((n, offsets[n] + 2, offsets[n] + 8, m))
    assert sorted(map(tuple, rows.tolist())) == sorted(near)


@settings(deadline=None, max_examples=25)
@given(
    shift_s=st.integers(0, 1200),
    kn=st.floats(3.1, 5.9),
    gap_m=st.floats(5.0, 90.0),
    course=st.floats(0.0, 359.0),
    turned_deg=st.sampled_from([0.0, 56.0]),
    flip=st.booleans(),
)
def test_neither_the_clock_nor_the_place_nor_the_order_decides(shift_s, kn, gap_m, course, turned_deg, flip):
    """56 degrees farther east their way crosses the antimeridian. The story's plane is flat over 80 km."""
    sea = OPEN_SEA.turned(turned_deg)
    how = {"kn": kn, "course": course, "t0": T0 + shift_s}
    parts = [voyage(1, heard(), **how), voyage(2, moments_at(PASSES), right_m=gap_m, **how)]
    moved = [part.take(np.arange(len(part))) for part in parts]
    for part, new in zip(parts, moved, strict=True):
        lon = part.lon_deg + (sea.lon - OPEN_SEA.lon)
        object.__setattr__(new, "lon_deg", np.where(lon >= 180.0, lon - 360.0, lon))
    (meeting,) = told(*(moved[::-1] if flip else moved))
    assert meeting.measures["joint_passes"] == 3
    assert meeting.measures["min_separation_m"] == pytest.approx(gap_m, abs=6.0)
