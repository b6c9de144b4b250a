"""Positions that a file gives rounded: told by the grid on which all of a moving ship's lie."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import HOUR, KNOT, T0, every, path, scene_of

from detectors.sts_transfer.detector import detect
from detectors.sts_transfer.params import StsParams
from detectors.tracks.build import make_tracks
from detectors.tracks.params import TrackParams
from detectors.tracks.reports import Reports, StaticReport


def rounded(reports, per_deg, decimals=5):
    """Return reports as a file gives them that rounds to a grid and writes so many decimals."""
    columns = {
        name: np.round(np.round(getattr(reports, name) * per_deg) / per_deg, decimals)
        for name in ("lon_deg", "lat_deg")
    }
    return Reports(**{**reports.columns(), **columns})


def sails(mmsi=1, east_m=0.0, speed_kn=9.0):
    times = every(5, 0, 6)
    gone = times * speed_kn * KNOT * HOUR
    return path(mmsi, times, gone + east_m, 0.3 * gone)


def uncertainty_m(reports, **params):
    return np.unique(make_tracks(reports, params=TrackParams(**params))[0].uncertainty_m).tolist()


@pytest.mark.parametrize(("per_deg", "told_m"), [(100, 556.0), (600, 92.7), (1000, 55.6), (100_000, 0.0)])
def test_half_a_line_of_the_grid_is_in_doubt(per_deg, told_m):
    assert uncertainty_m(rounded(sails(), per_deg)) == [pytest.approx(told_m, abs=0.1)]


def test_one_wild_fix_in_fifty_changes_nothing_and_many_show_that_it_is_exact():
    reports = rounded(sails(), 1000)
    lon = reports.lon_deg.copy()
    lon[10] += 0.00043
    assert uncertainty_m(Reports(**{**reports.columns(), "lon_deg": lon}))[0] > 50
    lon[20:24] += 0.00043
    assert uncertainty_m(Reports(**{**reports.columns(), "lon_deg": lon})) == [0.0]


def test_a_ship_that_lies_still_on_a_line_of_the_grid_is_not_rounded():
    lies = path(1, every(5, 0, 6), 0 * every(5, 0, 6), 0 * every(5, 0, 6))
    assert uncertainty_m(rounded(lies, 1000)) == [0.0]


def test_a_platform_whose_place_shakes_round_a_line_of_the_grid_is_not_rounded():
    """0.7 m round a node of 0.01 degrees: by five decimals it moves, and never to another line."""
    rng = np.random.default_rng(2)
    shakes = rng.normal(0, 3e-6, (2, 200))
    reports = Reports.of(np.full(200, 440000001), np.arange(200) * 300.0, 124.0 + shakes[0], 38.0 + shakes[1])
    assert uncertainty_m(reports) == [0.0]


@pytest.mark.parametrize("lon", [124.0, 131.0, 179.0])
def test_three_decimals_in_single_precision_are_known_as_such(lon):
    places = np.round(lon + np.arange(60) * 0.00313, 3), np.round(38.0 + np.arange(60) * 0.00217, 3)
    single = [column.astype(np.float32).astype(float) for column in places]
    reports = Reports.of(np.full(60, 440000001), np.arange(60) * 600.0, *single)
    assert uncertainty_m(reports) == [pytest.approx(55.6, abs=0.1)]


def test_rounding_makes_no_water_between_ships_made_fast():
    """Segments of 180 by 28 m abreast: rounded to 111 m, they look as if 60 m lay between them."""
    times = every(5, 0, 10)
    bow = {"heading_deg": 0 * times}
    words = [StaticReport(n, T0, length_m=180.0, beam_m=28.0) for n in (1, 2)]
    for east_m in np.arange(0.0, 110.0, 10.0):
        pair = (path(n, times, 0 * times + east_m + 35.0 * n, 400.0 * times, **bow) for n in (1, 2))
        for each in detect(
            scene_of(*(rounded(ship, 1000) for ship in pair), statics=words), StsParams()
        ).findings:
            assert not each.measures["hull_distance_abreast_m"]
            assert not each.measures["hull_clearance_m"]


def test_how_often_it_must_move_is_the_users_to_say():
    few = rounded(path(1, np.arange(4.0), np.arange(4.0) * 9000, 0 * np.arange(4.0)), 1000)
    assert uncertainty_m(few) == [0.0]
    assert uncertainty_m(few, rounded_moves_min=2)[0] > 50


def test_what_a_message_says_of_its_own_rounding_stays_where_it_is_more():
    reports = rounded(sails(), 1000)
    told = np.where(np.arange(len(reports)) % 2, np.float32(93.0), np.float32(0.0))
    tracks, _ = make_tracks(Reports(**{**reports.columns(), "uncertainty_m": told}))
    assert np.unique(tracks.uncertainty_m).tolist() == [pytest.approx(55.6, abs=0.1), 93.0]


@given(st.integers(0, 2**32 - 1), st.floats(-170, 170), st.floats(-70, 70))
def test_positions_of_five_decimals_are_taken_as_exact(seed, lon, lat):
    rng = np.random.default_rng(seed)
    steps = rng.normal(0, 0.01, (2, 60)).cumsum(axis=1)
    times = np.arange(60) * 600.0
    places = np.round(lon + steps[0], 5), np.round(lat + steps[1], 5)
    assert uncertainty_m(Reports.of(np.full(60, 440000001), times, *places)) == [0.0]


def test_two_made_fast_in_a_file_of_three_decimals_are_close_and_never_alongside():
    """Rounded to 111 m they lie on one spot, or a line apart: nobody can tell 50 m."""
    exact = sails(1, speed_kn=0.8), sails(2, 40.0, speed_kn=0.8)
    (told,) = detect(scene_of(*exact), StsParams()).findings
    assert told.measures["tier"] == "alongside"
    (told,) = detect(scene_of(*(rounded(ship, 1000) for ship in exact)), StsParams()).findings
    assert (told.measures["tier"], told.measures["alongside_contact_h"]) == ("close", 0.0)
