"""Which pieces of track under one name one vessel can have sailed."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import HOUR, T0, Spot, every

from app.identity.fragments import Fragment, agree, vessels_of
from app.readers.base.one_track import MOST_KN
from detectors.core.units import KNOT_MPS
from geodata.geodesy import to_ecef

AWAY_M = 60_000.0


def piece(hours, east_m, north_m=0.0, number=0, file=0, spot=None):
    hours = np.asarray(hours, float)
    lon, lat = (spot or Spot()).deg(east_m + 0 * hours, north_m + 0 * hours)
    return Fragment("A", file, number, T0 + hours * HOUR, to_ecef(lon, lat))


def sailing(start_h, end_h, minutes=10.0, kn=10.0, **where):
    hours = every(minutes, start_h, end_h)
    return piece(hours, hours * kn * KNOT_MPS * HOUR, **where)


def test_pieces_that_follow_one_another_within_reach_are_one_vessel():
    days = [sailing(24 * day, 24 * day + 23.9, number=day) for day in range(3)]
    assert [len(each) for each in vessels_of(days)] == [3]


def test_a_piece_that_begins_out_of_reach_is_another_vessel():
    reach_m = MOST_KN * KNOT_MPS * HOUR
    there, beyond = (piece(every(10, 3, 5), east_m, number=1) for east_m in (reach_m, reach_m + 2000))
    here = piece(every(10, 0, 2), 0.0)
    assert len(vessels_of([here, there])) == 1
    assert len(vessels_of([here, beyond])) == 2


def test_two_places_at_one_time_are_two_vessels():
    assert len(vessels_of([sailing(0, 5), sailing(0, 5, north_m=AWAY_M, number=1)])) == 2


def test_two_vessels_that_meet_for_most_of_the_time_stay_two():
    hours = every(5, 0, 10)
    comes = piece(hours, np.interp(hours, [0, 1, 10], [20_000, 100, 100]), number=1)
    assert len(vessels_of([piece(hours, 0.0), comes])) == 2


@pytest.mark.parametrize("offset_min", [0.0, 3.0, 5.0])
def test_one_vessel_that_two_stations_heard_stays_one(offset_min):
    """The second station hears her at other moments, rounds otherwise, and has one wild fix."""
    hours = every(10, 0, 12) + offset_min / 60
    north_m = np.where(np.arange(len(hours)) == 7, 50_000.0, 90.0)
    other = piece(hours, hours * 10 * KNOT_MPS * HOUR, north_m, number=1)
    assert len(vessels_of([sailing(0, 12), other])) == 1


def test_passes_far_apart_in_time_agree_by_reach():
    hours = np.array([0.0, 6.0, 12.0])
    heard, near, far = (
        piece(hours + shift, 0.0, north_m, number=n)
        for n, (shift, north_m) in enumerate([(0, 0.0), (3, 9000.0), (3, 900_000.0)])
    )
    assert agree(heard, near)
    assert not agree(heard, far)


def test_a_wild_fix_at_the_end_cuts_nothing_off():
    hours = every(10, 0, 2)
    wild = piece(hours, np.where(hours == hours[-1], 500_000.0, 0.0))
    assert len(vessels_of([wild, piece(every(10, 2.2, 4), 0.0, number=1)])) == 1


def test_of_two_vessels_the_nearest_is_continued():
    first, second = piece(every(10, 0, 2), 0.0), piece(every(10, 0, 2), AWAY_M, number=1)
    found = vessels_of([first, second, piece(every(10, 3, 5), AWAY_M - 2000, number=2)])
    assert sorted([f.number for f in each] for each in found) == [[0], [1, 2]]


def test_the_date_line_is_no_border():
    spot = Spot(179.99, 50.0)
    assert len(vessels_of([sailing(0, 5, spot=spot), sailing(5.1, 9, spot=spot, number=1)])) == 1


@given(cuts=st.lists(st.integers(1, 99), max_size=6), order=st.randoms())
def test_a_track_cut_anywhere_is_one_vessel(cuts, order):
    whole = sailing(0, 20, minutes=12)
    bounds = [0, *sorted(set(cuts)), len(whole.time_s)]
    pieces = [
        Fragment("A", n, n, whole.time_s[a:b], whole.point_m[a:b])
        for n, (a, b) in enumerate(pairwise(bounds))
    ]
    order.shuffle(pieces)
    assert len(vessels_of(pieces)) == 1


@given(
    starts=st.lists(st.tuples(st.floats(0, 40), st.integers(0, 3)), min_size=1, max_size=12, unique=True),
    order=st.randoms(),
)
def test_every_piece_has_one_vessel_whatever_the_order(starts, order):
    pieces = [
        sailing(start_h, start_h + 6, north_m=lane * 300_000.0, number=n)
        for n, (start_h, lane) in enumerate(starts)
    ]

    def numbers(some):
        return sorted(sorted(f.number for f in each) for each in vessels_of(some))

    shuffled = list(pieces)
    order.shuffle(shuffled)
    assert numbers(pieces) == numbers(shuffled)
    assert sorted(n for each in numbers(pieces) for n in each) == list(range(len(pieces)))
