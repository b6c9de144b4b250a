import dataclasses

import numpy as np
import pytest
from support import HOUR, T0, Spot, every, path, scene_of, still

from app.options import RunOptions
from app.pipeline import find
from detectors.core.params import ParamError
from detectors.events.area import Area
from detectors.events.event import make_events
from detectors.presets import params_for
from detectors.raft.params import RaftParams
from detectors.vessels.listed import Listed
from detectors.vessels.watch_list import WatchList


def answers(*parts, changes=None, **scene):
    made = scene_of(*parts, **scene)
    return find(made, params_for("default", changes)), made


def rafts(*parts, **scene):
    return answers(*parts, **scene)[0]["raft"].findings


def crowd(count, start_h=0.0, end_h=8.0, minutes=10, first=1000, east_m=0.0, spot=None):
    """Ships in rows, 20 m from one another."""
    return [
        still(first + n, every(minutes, start_h, end_h), east_m + 20.0 * (n % 8), 20.0 * (n // 8), spot)
        for n in range(count)
    ]


def test_sixty_ships_in_one_spot_are_told_as_one_raft():
    found, scene = answers(*crowd(60))
    (raft,) = found["raft"].findings
    assert (raft.measures["vessels"], raft.measures["vessels_at_once"]) == (60, 60)
    assert raft.measures["vessel_hours"] == pytest.approx(60 * 8, rel=0.01)
    assert [(t - T0) / HOUR for t in (raft.start_s, raft.end_s)] == pytest.approx([0, 8])
    assert 50 < raft.measures["extent_m"] < 150
    assert found["sts_transfer"].examined["in_crowds"] > 0
    assert "raft" in found["sts_transfer"].warnings[0]
    (event,) = make_events(found["raft"].findings, scene, WatchList(), Area("all"))
    assert event.score.band == "low"
    assert "60 vessels lay close together, 60 at one time" in event.summary


@pytest.mark.parametrize(("count", "told"), [(41, 0), (42, 1)])
def test_a_crowd_is_more_than_forty_neighbours(count, told):
    assert len(rafts(*crowd(count))) == told


def test_every_ship_in_a_crowd_is_in_a_raft_and_every_pair_outside_is_solved():
    """Two ships 150 m apart, 2 km from the crowd, meet as if it were not there."""
    pair = [still(n, every(10, 0, 8), 2000.0 + 150 * n) for n in (1, 2)]
    found, _ = answers(*crowd(60), *pair)
    assert len(found["sts_transfer"].findings) == 1
    assert found["raft"].findings[0].measures["vessels"] == 60


def test_a_ship_that_leaves_the_crowd_stayed_until_it_left():
    times = every(10, 0, 20)
    leaver = path(999, times, np.interp(times, [5, 10], [40, 90_000]), 0 * times + 40)
    (raft,) = rafts(*crowd(50, end_h=20), leaver)
    assert raft.measures["vessel_hours"] == pytest.approx(50 * 20 + 5, abs=0.5)


@pytest.mark.parametrize(("apart_m", "told"), [(1500, 2), (700, 1)])
def test_crowds_apart_are_two_rafts(apart_m, told):
    assert len(rafts(*crowd(50), *crowd(50, first=3000, east_m=apart_m))) == told


@pytest.mark.parametrize(("pause_h", "told"), [(5, 1), (7, 2)])
def test_a_place_that_empties_for_more_than_six_hours_is_crowded_twice(pause_h, told):
    again = crowd(50, start_h=8 + pause_h, end_h=16 + pause_h, first=3000)
    assert len(rafts(*crowd(50), *again)) == told


def test_ships_that_come_and_go_while_others_stay_part_no_raft():
    visitors = [still(4000 + n, every(10, 1, 2), 5.0 * n, 50.0) for n in range(3)]
    assert len(rafts(*crowd(50, end_h=20), *visitors, *crowd(1, start_h=12, end_h=20, first=5000))) == 1


def test_no_more_than_twenty_vessels_are_named_and_those_of_the_dprk_first():
    ships = crowd(60, first=412_000_000)
    found, scene = answers(*ships, still(445_000_001, every(10, 6, 8), 30.0, 30.0))
    (raft,) = found["raft"].findings
    assert len(raft.vessels) == raft.measures["vessels_listed"] == 20
    assert 445_000_001 in scene.tracks.vessel[list(raft.vessels)]
    assert raft.measures["vessels"] == 61


def test_a_listed_vessel_that_is_named_weighs():
    found, scene = answers(*crowd(60))
    watch = WatchList((Listed("list", "2024-01-01", "entry", mmsi=1000),))
    (event,) = make_events(found["raft"].findings, scene, watch, Area("all"))
    assert event.measures["listed_by"] == "mmsi"


def test_a_crowd_on_180_degrees_is_one_raft():
    (raft,) = rafts(*crowd(60, spot=Spot(179.9995, 38.0)))
    assert raft.measures["vessels"] == 60
    assert abs(raft.path[0][0]) == pytest.approx(180.0, abs=0.01)


def test_the_phase_of_the_search_leaves_no_trace_in_a_raft():
    ours = rafts(*crowd(60, minutes=7))
    for minutes in (3.0, 8.5):
        changes = {"sts_transfer": {"contact.unbroken_min": minutes}}
        assert answers(*crowd(60, minutes=7), changes=changes)[0]["raft"].findings == ours


def test_raising_the_bound_solves_the_pairs_instead():
    changes = {"sts_transfer": {"encounter.neighbours_max": 100}}
    found, _ = answers(*crowd(50, end_h=3), changes=changes)
    assert found["raft"].findings == ()
    assert len(found["sts_transfer"].findings) == 50 * 49 // 2


def test_thresholds_out_of_range_are_refused():
    with pytest.raises(ParamError, match="separation_max_m"):
        dataclasses.replace(RaftParams(), separation_max_m=1.0)


def test_a_thousand_ships_within_500_m_cost_no_square_of_their_number():
    """What is bounded is the number of pairs that are solved: here none of half a million."""
    rng = np.random.default_rng(3)
    hours = every(10, 0, 48)
    east, north = rng.uniform(-250, 250, (2, 1000))
    ships = [still(5000 + n, hours, east[n], north[n]) for n in range(1000)]
    found, _ = answers(*ships)
    assert found["sts_transfer"].examined["pairs_near"] == 0
    (raft,) = found["raft"].findings
    assert (raft.measures["vessels"], raft.measures["vessels_listed"]) == (1000, 20)


def test_a_raft_is_told_by_a_run():
    assert "raft" in RunOptions(area=Area("all")).params
