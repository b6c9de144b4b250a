import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support import Spot

from detectors.core.single_linkage import middle_of, places
from detectors.kernels.geometry.geodesy import sphere_m


def by_hand(points, step_m):
    """Every point with every point: what `places` must equal."""
    number = list(range(len(points)))
    for i in range(len(points)):
        for j in range(i):
            if sphere_m(*points[i], *points[j]) <= step_m:
                old, new = number[i], number[j]
                number = [new if n == old else n for n in number]
    first = {}
    return [first.setdefault(n, len(first)) for n in number]


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 2**32), st.sampled_from([-180.0, 0.0, 124.0]), st.sampled_from([-70.0, 0.0, 38.0]))
def test_places_are_those_of_comparing_all_with_all(seed, lon, lat):
    rng = np.random.default_rng(seed)
    metres = rng.uniform(-4000, 4000, (60, 2))
    points = list(zip(*(c.tolist() for c in Spot(lon, lat).deg(*metres.T)), strict=True))
    assert places(points, 700.0) == by_hand(points, 700.0)


@pytest.mark.parametrize(("step_m", "count"), [(99.0, 2), (101.0, 1)])
def test_the_step_is_the_greatest_distance_that_links(step_m, count):
    points = [(0.0, 0.0), (math.degrees(100.0 / 6371008.8), 0.0)]
    assert len(set(places(points, step_m))) == count


def test_a_chain_of_steps_is_one_place():
    points = list(
        zip(*(c.tolist() for c in Spot().deg(900.0 * np.arange(30), 0 * np.arange(30))), strict=True)
    )
    assert set(places(points, 1000.0)) == {0}


def test_no_point_has_no_place():
    assert places([], 500.0) == []


def test_the_middle_of_points_on_180_degrees_is_there():
    lon, lat = middle_of([(179.9, 10.0), (-179.9, 20.0)])
    assert (abs(lon), lat) == (pytest.approx(180.0), 15.0)
