"""The nearest segment, against the distance to every segment."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod

from geodata.segment_tree import SegmentTree

GEOD = Geod(ellps="WGS84")


def walk(seed, count):
    """Return one line of short steps around the antimeridian and the equator."""
    rng = np.random.default_rng(seed)
    lon = 179.0 + np.cumsum(rng.normal(0, 0.05, count))
    lat = np.cumsum(rng.normal(0, 0.05, count))
    return (lon + 180.0) % 360.0 - 180.0, lat


@settings(deadline=None)  # the first call compiles
@given(seed=st.integers(0, 10_000), count=st.integers(2, 200))
def test_nothing_nearer_is_missed(seed, count):
    lon, lat = walk(seed, count)
    tree = SegmentTree.from_lines(lon, lat, np.array([0, count]))
    rng = np.random.default_rng(seed + 1)
    points = np.clip(rng.uniform(-5, 5, (20, 2)) + np.array([[179.0, 0.0]]), -180, 180)
    found_m = tree.distance_m(points[:, 0], points[:, 1])
    for row, (x, y) in enumerate(points):
        step = np.linspace(0, 1, 41)
        jump = (np.diff(lon) + 180.0) % 360.0 - 180.0
        along_lon = (lon[:-1, None] + jump[:, None] * step + 180.0) % 360.0 - 180.0
        along_lat = lat[:-1, None] + np.diff(lat)[:, None] * step
        here = np.full(along_lon.size, x), np.full(along_lon.size, y)
        _, _, all_m = GEOD.inv(*here, along_lon.ravel(), along_lat.ravel())
        assert found_m[row] <= np.min(all_m) * (1 + 1e-5) + 3.0
        assert found_m[row] >= np.min(all_m) * (1 - 1e-5) - 400.0  # samples lie up to 300 m apart


def test_two_lines_are_not_joined():
    # Between the lines lie 2 degrees of sea; a segment joining them would pass through 1 E.
    lon, lat = np.array([0.0, 0.01, 2.0, 2.01]), np.zeros(4)
    apart = SegmentTree.from_lines(lon, lat, np.array([0, 2, 4]))
    assert apart.distance_m([1.0], [0.0])[0] == pytest.approx(110_206, abs=50)


def test_a_tree_of_nothing_is_infinitely_far():
    tree = SegmentTree.from_lines(np.empty(0), np.empty(0), np.array([0]))
    assert np.isinf(tree.distance_m([1.0, 2.0], [0.0, 0.0])).all()


def test_a_single_point_has_no_segments_and_one_segment_is_enough():
    one = SegmentTree.from_lines(np.array([10.0]), np.array([0.0]), np.array([0, 1]))
    assert np.isinf(one.distance_m([10.0], [0.0])[0])
    two = SegmentTree.from_lines(np.array([10.0, 10.0]), np.array([0.0, 0.0]), np.array([0, 2]))
    assert two.distance_m([10.0], [0.0])[0] == pytest.approx(0.0, abs=1e-6)


def test_far_away_the_answer_is_the_geodesic():
    tree = SegmentTree.from_lines(np.array([0.0, 0.0]), np.array([0.0, 0.01]), np.array([0, 2]))
    _, _, expected = GEOD.inv(150.0, 0.0, 0.0, 0.01)
    assert tree.distance_m([150.0], [0.0])[0] == pytest.approx(expected, rel=1e-4)


def test_the_order_of_the_points_does_not_matter():
    lon, lat = walk(3, 5000)
    tree = SegmentTree.from_lines(lon, lat, np.array([0, 5000]))
    rng = np.random.default_rng(4)
    x, y = rng.uniform(175, 180, 500), rng.uniform(-5, 5, 500)
    mixed = rng.permutation(500)
    assert np.array_equal(tree.distance_m(x, y)[mixed], tree.distance_m(x[mixed], y[mixed]))


def test_many_points_searched_on_several_threads_get_the_answers_of_one(monkeypatch):
    rng = np.random.default_rng(12)
    lon, lat = rng.uniform(120, 130, 500), rng.uniform(30, 40, 500)
    tree = SegmentTree.from_lines(lon, lat, np.array([0, 500]))
    at = rng.uniform(118, 132, 2000), rng.uniform(28, 42, 2000)
    alone = tree.distance_m(*at)
    monkeypatch.setattr("geodata.segment_tree.POINTS_PER_THREAD", 300)
    np.testing.assert_array_equal(tree.distance_m(*at), alone)
