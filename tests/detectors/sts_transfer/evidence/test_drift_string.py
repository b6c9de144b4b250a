"""Objects that drift as one: buoys of nets, and ships that drift through a transfer."""

import dataclasses

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from running import batch_of
from support import T0, Spot, every, path, scene_of

from app.options import RunOptions
from app.pipeline import detect_events
from app.resources import Resources
from detectors.core.findings import Finding
from detectors.events.area import Area
from detectors.sts_transfer.evidence.drift_string import drift_strings
from detectors.tracks.reports import StaticReport
from detectors.vessels.watch_list import WatchList
from geodata.world import World

HOURS = every(10, 0, 14)
DRIFT_M_H = 1100.0
SCHEMES = {"sts_transfer", "sts_cluster"}


def drifts(mmsi, north_m=0.0, hours=HOURS, east_m=0.0, **columns):
    return path(mmsi, hours, east_m + hours * DRIFT_M_H, north_m + hours * 300, **columns)


def comes(mmsi, north_m, side=1, hours=HOURS):
    """A ship that comes at 10 kn from one side, drifts for ten hours, and leaves at 10 kn."""
    away_m = np.interp(hours, [0, 2, 12, 14], [37_000, 0, 0, 37_000])
    return path(mmsi, hours, hours * DRIFT_M_H, north_m + hours * 300 + side * away_m)


def best(*parts, statics=(), own_ids=None):
    """Return the highest score of a transfer or a cluster, and the kinds told."""
    batch = dataclasses.replace(batch_of(*parts, statics=statics), own_ids=own_ids or {})
    told = detect_events([batch], RunOptions(area=Area("all")), Resources(World.empty(), WatchList())).events
    some = [event for event in told if event.kind in SCHEMES]
    return max((e.score.value for e in some), default=0.0), {e.kind for e in some}


def string(count, spacing_m=180.0, **columns):
    return [drifts(412_900_001 + n, n * spacing_m, **columns) for n in range(count)]


@pytest.mark.parametrize("spacing_m", [60.0, 120.0, 180.0])
@pytest.mark.parametrize("count", [3, 5])
def test_a_string_of_buoys_without_static_data_is_no_transfer(count, spacing_m):
    score, kinds = best(*string(count, spacing_m))
    assert score < 0.2
    assert "sts_cluster" not in kinds


def test_buoys_heard_at_other_moments_and_for_other_times_are_a_string():
    parts = [drifts(412_900_001 + n, n * 180.0, HOURS[n * 6 :] + 0.02 * n) for n in range(4)]
    assert best(*parts)[0] < 0.2


def test_ships_that_came_under_way_and_drift_are_told():
    score, _ = best(comes(412_000_001, 0.0), comes(412_000_002, 50.0, -1))
    assert score > 0.3


def test_two_buoys_by_their_names_are_no_transfer():
    statics = [
        StaticReport(412_000_001, T0, name="NET 3-85%"),
        StaticReport(412_000_002, T0, name="BUOY-12V"),
    ]
    with_names, _ = best(comes(412_000_001, 0.0), comes(412_000_002, 50.0, -1), statics=statics)
    assert with_names < 0.1


def test_two_that_drift_alone_may_be_ships():
    alone, _ = best(*string(2, 60.0))
    assert alone > best(*string(3, 60.0))[0] + 0.2


def test_three_ships_that_tell_their_headings_are_no_string():
    heading = np.full(len(HOURS), 70.0)
    silent, _ = best(*string(3, 60.0))
    assert best(*string(3, 60.0, heading_deg=heading))[0] > silent


def test_three_that_declare_the_length_of_ships_are_no_string():
    statics = [StaticReport(412_900_001 + n, T0, length_m=120.0, beam_m=20.0) for n in range(3)]
    silent, _ = best(*string(3, 60.0))
    assert best(*string(3, 60.0), statics=statics)[0] > silent


def test_ships_at_anchor_beside_one_another_are_no_string():
    parts = [path(412_000_001 + n, HOURS, 30 * np.sin(HOURS), n * 60.0 + 0 * HOURS) for n in range(3)]
    moored, _ = best(*parts)
    assert moored > best(*string(3, 60.0))[0]


@given(turn=st.floats(-170, 170), shift_h=st.floats(-1000, 1000), seed=st.integers(0, 100))
def test_neither_place_nor_time_nor_order_changes_it(turn, shift_h, seed):
    order = np.random.default_rng(seed).permutation(4)
    parts = [
        path(1 + n, HOURS, HOURS * DRIFT_M_H, n * 180.0 + 0 * HOURS, Spot().turned(turn), T0 + shift_h * 3600)
        for n in order
    ]
    finding = Finding("sts_transfer", T0, T0, (0, 1), (), (0, 1), ((0.0, 0.0),), {}, T0)
    assert drift_strings(scene_of(*parts), [finding]) == [4]
