"""Deceptions: what is false is false from its beginning to its end, and nothing else is touched."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from app.simulator.settings import KOREA_BAY, YELLOW_SEA, TrafficSettings
from app.simulator.traffic import make_traffic
from app.simulator.truth import DECEPTIONS, LOOK_ALIKE_DECEPTIONS
from detectors.kernels.geometry.geodesy import plane_m
from detectors.tracks.reports import COLUMNS
from geodata.world import load_world

BARE = TrafficSettings(
    seed=3,
    days=2.5,
    ships=70,
    sea_box=(119.5, 33.0, 126.5, 40.3),
    bought_box=(119.5, 34.0, 126.0, 40.3),
    hot_boxes=(YELLOW_SEA, KOREA_BAY),
    slot_s=120.0,
    transfers=0,
    clusters=0,
    dark_partners=0,
    switch_offs=0,
    look_alikes=0,
    poor_kit_share=0.0,
    station_outages=0.0,
    satellite_outages=0.0,
)


@cache
def bare():
    return make_traffic(replace(BARE, open_calls=1), load_world())


@cache
def worn():
    return make_traffic(replace(BARE, open_calls=1, deceptions=1), load_world())


def truths(label):
    found = [t for t in worn().truth if t.label == label]
    assert found, label
    return found


def rows(mmsi, start_s=-np.inf, end_s=np.inf):
    reports = worn().reports
    during = (reports.time_s >= start_s) & (reports.time_s < end_s)
    return np.flatnonzero((reports.vessel == mmsi) & during)


def off_path_m(mmsi, at):
    reports = worn().reports
    lon, lat = worn().paths[mmsi].at(reports.time_s[at])
    return np.hypot(*plane_m(lon, lat, reports.lon_deg[at], reports.lat_deg[at]))


@pytest.mark.parametrize("label", [*DECEPTIONS, *LOOK_ALIKE_DECEPTIONS])
def test_every_mask_is_worn_and_its_truth_names_ships_that_were_heard(label):
    for truth in truths(label):
        assert truth.is_positive is (label in DECEPTIONS)
        assert all(len(rows(mmsi)) for mmsi in truth.mmsis)
        assert all(mmsi in worn().paths for mmsi in truth.mmsis)


def test_traffic_without_deceptions_is_what_it_was():
    assert not {t.label for t in bare().truth} & ({*DECEPTIONS, *LOOK_ALIKE_DECEPTIONS} - {"open_call"})


def test_the_same_seed_wears_the_same_masks():
    again = make_traffic(replace(BARE, open_calls=1, deceptions=1), load_world())
    for name in COLUMNS:
        assert np.array_equal(getattr(again.reports, name), getattr(worn().reports, name), equal_nan=True)
    assert again.truth == worn().truth


def test_ships_without_a_mask_are_as_they_were_delivered():
    touched = {m for t in worn().truth if t.label in {*DECEPTIONS, *LOOK_ALIKE_DECEPTIONS} for m in t.mmsis}
    ships = [m for m in np.unique(worn().reports.vessel) if m not in touched]
    assert len(ships) > 10
    for mmsi in ships:
        before = bare().reports.vessel == mmsi
        assert np.array_equal(bare().reports.lon_deg[before], worn().reports.lon_deg[rows(mmsi)])


def test_a_new_number_begins_where_the_old_one_ends():
    for truth in truths("renumbered"):
        old, new = sorted(truth.mmsis, key=lambda m: worn().reports.time_s[rows(m)].min())
        assert worn().reports.time_s[rows(old)].max() < worn().reports.time_s[rows(new)].min()
        assert np.median(off_path_m(new, rows(new))) < 50


@pytest.mark.parametrize(("label", "least_m"), [("fabricated", 150_000), ("circling", 0), ("frozen", 3000)])
def test_false_positions_are_false_for_their_time_only(label, least_m):
    (truth,) = truths(label)
    (mmsi,) = truth.mmsis
    during = rows(mmsi, truth.start_s, truth.end_s)
    outside = np.setdiff1d(rows(mmsi), during)
    assert np.quantile(off_path_m(mmsi, during), 0.9) > max(least_m, 500)
    assert np.median(off_path_m(mmsi, outside)) < 50


def test_a_clone_is_in_two_far_places_at_once():
    truth = next(t for t in truths("cloned") if t.kind == "spoofing")
    away_m = off_path_m(truth.mmsis[0], rows(truth.mmsis[0], truth.start_s, truth.end_s))
    assert 0.05 < (away_m > 100_000).mean() < 0.95


def test_wild_fixes_are_single():
    (truth,) = truths("wild_fixes")
    wild = off_path_m(truth.mmsis[0], rows(truth.mmsis[0])) > 20_000
    assert wild.sum() == 3


def test_a_jammed_area_shows_one_place_for_all():
    (truth,) = truths("jammed")
    at = np.concatenate([rows(m, truth.start_s, truth.end_s) for m in truth.mmsis])
    lon, lat = worn().reports.lon_deg[at], worn().reports.lat_deg[at]
    middle = np.full(len(at), np.median(lon)), np.full(len(at), np.median(lat))
    assert (np.hypot(*plane_m(*middle, lon, lat)) < 2000).mean() > 0.5


def test_a_call_at_nampo_lies_still_there_with_the_set_on():
    (truth,) = truths("open_call")
    at = rows(truth.mmsis[0], truth.start_s, truth.end_s)
    assert len(at) > 10
    assert (
        load_world()
        .in_zone("dprk_territorial_sea", worn().reports.lon_deg[at], worn().reports.lat_deg[at])
        .all()
    )
