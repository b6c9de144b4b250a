"""Kernels against plain Python that says the same in the slowest way."""

import math

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from support import every, scene_of, still

from detectors.kernels.encounters import grid_runs as runs
from detectors.kernels.encounters.candidate_pairs import Nearness, near_pairs
from detectors.kernels.encounters.neighbours import SLOW_PAIR
from detectors.kernels.encounters.relative_motion import closest_m, within
from detectors.kernels.geometry.geodesy import plane_m
from detectors.kernels.spoofing.repeats import repeats
from detectors.kernels.tracks.fixes import Fixes
from detectors.kernels.tracks.gaps import gap_rows
from detectors.kernels.tracks.motion import speed_under_way
from detectors.kernels.tracks.speeds import speed_made_good
from geodata.jit import interpreted


def pairs_at_one_time(lon, lat, neighbours_max=40, radius_m=600.0):
    n = len(lon)
    offsets = np.arange(0, 2 * n + 1, 2)
    time_s = np.tile([0.0, 600.0], n)
    speed = np.tile(np.array([0.0, np.nan], np.float32), n)
    fixes = Fixes(time_s, np.repeat(lon, 2), np.repeat(lat, 2))
    nearness = Nearness(600.0, radius_m, 2.0, radius_m / 3, 3.0, neighbours_max, 7200.0)
    found, crowded, stays = near_pairs(offsets, fixes, speed, nearness)
    assert set(found[:, [runs.FIRST_SLOT, runs.LAST_SLOT]].ravel().tolist()) <= {0}
    assert len(stays) == crowded
    slow = found[found[:, runs.KIND] == SLOW_PAIR]
    return [(a, b) for a, b in slow[:, [runs.A, runs.B]].tolist()], crowded


@settings(deadline=None, max_examples=60)
@given(
    st.integers(0, 2**32),
    st.integers(2, 60),
    st.sampled_from([-180.0, 0.0, 124.0]),
    st.sampled_from([-70.0, 0, 38, 79.5, 89.9, -89.99, 90.0]),
)
def test_the_sweep_finds_every_pair_once_also_across_180_degrees_and_at_a_pole(seed, n, lon_0, lat_0):
    rng = np.random.default_rng(seed)
    lon = (lon_0 + rng.normal(0, 0.01, n) / math.cos(math.radians(lat_0)) + 180) % 360 - 180
    lon[: n // 4] = rng.choice([-180.0, -90.0, 0.0, 90.0], n // 4)
    lat = np.clip(lat_0 + rng.normal(0, 0.01, n), -90.0, 90.0)
    found, _ = pairs_at_one_time(lon, lat, 1000)
    slow = {(i, j) for i in range(n) for j in range(i + 1, n) if _metres(lon, lat, i, j) <= 600}
    assert len(found) == len(set(found))
    assert set(found) == slow


@settings(deadline=None, max_examples=60)
@given(
    st.integers(0, 2**32),
    st.sampled_from([1.0, 300.0, 5_000.0, 300_000.0]),
    st.sampled_from([-180.0, 90.0]),
    st.floats(-80, 80),
)
def test_no_ship_is_passed_over_at_any_radius(seed, radius_m, lon_0, lat_0):
    """Some ships have company and some have none; cells lie at every offset."""
    rng = np.random.default_rng(seed)
    scale_deg = rng.choice([0.3, 2.0, 10.0]) * radius_m / 110_000
    lon = (lon_0 + rng.normal(0, scale_deg, 40) / math.cos(math.radians(lat_0)) + 180) % 360 - 180
    lat = np.clip(lat_0 + rng.normal(0, scale_deg, 40), -90.0, 90.0)
    found, _ = pairs_at_one_time(lon, lat, 1000, radius_m)
    near = {(i, j) for i in range(40) for j in range(i + 1, 40) if _metres(lon, lat, i, j) <= radius_m}
    assert set(found) == near


def test_a_crowd_costs_a_bound_and_is_counted():
    rng = np.random.default_rng(1)
    lon, lat = 124 + rng.normal(0, 1e-4, 500), 38 + rng.normal(0, 1e-4, 500)
    found, crowded = pairs_at_one_time(lon, lat, 40)
    assert found == []
    assert crowded == 500


def test_a_vessel_beside_a_crowd_is_still_paired_with_those_it_is_near():
    crowd_lon, crowd_lat = np.full(100, 124.0), 38 + np.linspace(0, 1e-5, 100)
    lon, lat = np.append(crowd_lon, [125.0, 125.001]), np.append(crowd_lat, [38.0, 38.0])
    found, crowded = pairs_at_one_time(lon, lat, 40)
    assert found == [(100, 101)]
    assert crowded == 100


@given(*(st.floats(-2000, 2000) for _ in range(4)), st.floats(1, 1500))
def test_the_part_inside_a_circle_is_where_sampling_says(ax, ay, bx, by, radius):
    lo, hi = within(ax, ay, bx, by, radius)
    for share in np.linspace(0, 1, 41):
        distance = math.hypot(ax + share * (bx - ax), ay + share * (by - ay))
        if abs(distance - radius) > 1e-3:
            assert (distance < radius) == (lo <= share <= hi)


@given(*(st.floats(-2000, 2000) for _ in range(4)))
def test_the_closest_point_is_no_farther_than_any_sample(ax, ay, bx, by):
    nearest = closest_m(ax, ay, bx, by, 0.0, 1.0)
    samples = [math.hypot(ax + s * (bx - ax), ay + s * (by - ay)) for s in np.linspace(0, 1, 41)]
    assert nearest <= min(samples) + 1e-6


def test_gaps_are_longer_than_one_time_and_at_most_another_and_never_lie_between_hulls():
    offsets, time_s = np.array([0, 4, 4, 6]), np.array([0.0, 10.0, 30.0, 60.0, 1000.0, 1020.0])
    assert gap_rows(offsets, time_s, 10.0, 20.0).tolist() == [1, 4]
    assert gap_rows(offsets, time_s, 19.9, math.inf).tolist() == [1, 2, 4]
    assert gap_rows(np.array([0]), np.empty(0), 10.0, 20.0).tolist() == []


def test_repeats_are_runs_at_one_position_of_one_hull():
    lon = np.array([1.0, 1.0, 2.0, 2.0, 2.0, 2.0, 3.0, 3.0])
    lat = np.array([5.0, 5.0, 5.0, 5.0, 6.0, 6.0, 6.0, 6.0])
    runs = repeats(np.array([0, 7, 7, 8]), Fixes(np.arange(8.0), lon, lat))
    assert runs.tolist() == [[0, 1], [2, 3], [4, 5]]
    assert repeats(np.array([0]), Fixes(*np.empty((3, 0)))).tolist() == []


def test_speed_under_way_is_known_where_it_sails_and_was_heard_often():
    time_s, speed = np.array([0.0, 60.0, 120.0, 900.0, 960.0]), np.array([6, 4, 7, 8, np.nan], np.float32)
    told = speed_under_way(time_s, speed, 5.0, 600.0)
    assert np.array_equal(told, [6, np.nan, np.nan, 8, np.nan], equal_nan=True)


def test_interpreted_and_compiled_kernels_answer_alike():
    scene = scene_of(*(still(n, every(3, 0, 3), east_m=150.0 * n) for n in range(5)))
    hulls = scene.tracks.segments
    place = (hulls.offsets, hulls.fixes)

    def pairs():
        speed = speed_made_good(*place, 300.0, 14400.0)
        return near_pairs(*place, speed, Nearness(600.0, 600.0, 2.0, 200.0, 3.0, 40, 7200.0))

    with interpreted():
        slow = pairs()
    for one, other in zip(slow, pairs(), strict=True):
        np.testing.assert_array_equal(one, other)


def _metres(lon, lat, i, j):
    return math.hypot(*plane_m(lon[i], lat[i], lon[j], lat[j]))
