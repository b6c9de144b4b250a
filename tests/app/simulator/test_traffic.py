"""A small traffic: one day, twenty ships, and what must hold in every traffic."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from app.readers import read_file
from app.simulator.delivery.gaps import gaps
from app.simulator.delivery.receivers import Pass, Receivers, Station
from app.simulator.delivery.receiving import chances, delivered
from app.simulator.delivery.sending import POOR_KIT, interval_s, sending
from app.simulator.settings import KOREA_BAY, YELLOW_SEA, TrafficSettings
from app.simulator.tables import traffic_csv
from app.simulator.traffic import make_traffic
from app.simulator.truth import INNOCENT_GAPS, LOOK_ALIKE_ENCOUNTERS, OTHER_POSITIVES, POSITIVE_ENCOUNTERS
from app.simulator.vessels.fleet import Vessel
from app.simulator.vessels.path import path_of
from app.simulator.vessels.types import Identity
from detectors.kernels.geometry.geodesy import plane_m
from detectors.tracks.reports import Reports
from geodata.world import load_world

SMALL = TrafficSettings(
    seed=4,
    days=1.0,
    ships=20,
    sea_box=(119.5, 33.0, 126.5, 40.3),
    bought_box=(119.5, 34.0, 126.0, 40.3),
    hot_boxes=(YELLOW_SEA, KOREA_BAY),
    transfers=2,
    clusters=0,
    dark_partners=1,
    switch_offs=2,
    look_alikes=4,
    poor_kit_share=0.3,
)
HOUR = 3600.0


@cache
def traffic(**changes):
    return make_traffic(replace(SMALL, **changes), load_world())


def in_reports(reports, mmsi):
    return reports.time_s[reports.vessel == mmsi]


def test_the_same_seed_gives_the_same_simulation_and_another_one_another():
    first, again = traffic(), make_traffic(SMALL, load_world())
    for name in Reports.__dataclass_fields__:
        assert np.array_equal(getattr(first.reports, name), getattr(again.reports, name), equal_nan=True)
    assert (first.truth, first.sent, first.statics) == (again.truth, again.sent, again.statics)
    assert len(traffic(seed=5).reports) != len(first.reports)


def test_every_truth_names_ships_that_exist_and_a_label_that_is_listed():
    known = {*POSITIVE_ENCOUNTERS, *OTHER_POSITIVES, *INNOCENT_GAPS, *LOOK_ALIKE_ENCOUNTERS}
    for truth in traffic().truth:
        assert set(truth.mmsis) <= set(traffic().paths)
        assert truth.label in known
        assert truth.start_s < truth.end_s


def test_there_are_as_many_ships_as_asked_for_each_with_a_number_of_its_own():
    assert len(traffic().paths) == SMALL.ships


def test_sought_and_look_alike_behaviour_is_injected_as_often_as_asked_for():
    kinds = [t.label for t in traffic().truth if t.kind in {"sts_transfer", "dark_meeting"}]
    assert sum(label in POSITIVE_ENCOUNTERS for label in kinds) == SMALL.transfers
    assert sum(label in LOOK_ALIKE_ENCOUNTERS for label in kinds) == SMALL.look_alikes
    assert kinds.count("dark_partner") == SMALL.dark_partners


@pytest.mark.parametrize("seed", [4, 5])
def test_nobody_sails_over_land(seed):
    for path in traffic(seed=seed).paths.values():
        times = np.arange(path.time_s[0], path.time_s[-1], 90.0)
        times = times[np.isin(path.status_at(times), (0, 7))]
        assert not load_world().on_land(*path.at(times)).any()


def test_no_ship_is_faster_than_ships_are():
    for path in traffic().paths.values():
        speed_kn, _ = path.motion_at(np.arange(path.time_s[0], path.time_s[-1], 60.0))
        assert speed_kn.max() < 26.0


def test_ships_of_a_transfer_lie_alongside_from_start_to_end_and_not_before_or_after():
    for truth in traffic().truth:
        if truth.label not in POSITIVE_ENCOUNTERS:
            continue
        first, second = (traffic().paths[mmsi] for mmsi in truth.mmsis)
        inside = np.linspace(truth.start_s, truth.end_s, 50)
        assert np.hypot(*plane_m(*first.at(inside), *second.at(inside))).max() < 80.0
        outside = np.array([truth.start_s - 0.7 * HOUR, truth.end_s + 0.7 * HOUR])
        assert np.hypot(*plane_m(*first.at(outside), *second.at(outside))).min() > 1000.0


def test_reports_lie_where_the_ship_truly_was():
    reports = traffic().reports
    for mmsi, path in traffic().paths.items():
        mine = reports.take(reports.vessel == mmsi)
        east_m, north_m = plane_m(*path.at(mine.time_s), mine.lon_deg, mine.lat_deg)
        off_m = np.hypot(east_m, north_m) - 1.5 * mine.uncertainty_m
        assert np.all(off_m < 60.0)


def test_a_ship_that_is_switched_off_is_not_heard():
    switched_off = [t for t in traffic().truth if t.label == "switched_off"]
    assert switched_off
    for truth in switched_off:
        times = in_reports(traffic().reports, truth.mmsis[0])
        assert not ((times > truth.start_s) & (times < truth.end_s)).any()


def test_reports_are_sent_only_while_the_set_is_on():
    for mmsi, spans in traffic().sent.items():
        times = in_reports(traffic().reports, mmsi)
        on = np.zeros(len(times), dtype=bool)
        for start_s, end_s in spans:
            on |= (times >= start_s - 1.0) & (times <= end_s)
        assert on.all()


def test_nothing_is_heard_outside_the_bought_box():
    reports = traffic(bought_box=(120.0, 35.0, 124.0, 38.0)).reports
    west, south, east, north = 119.99, 34.99, 124.01, 38.01
    assert np.all((reports.lon_deg > west) & (reports.lon_deg < east))
    assert np.all((reports.lat_deg > south) & (reports.lat_deg < north))


@pytest.mark.parametrize("regime", ["dense", "mixed", "satellite"])
def test_every_long_gap_has_exactly_one_truth(regime):
    told = traffic(regime=regime)
    end_s = told.reports.time_s.max()
    dark = [t for t in told.truth if t.kind == "dark_period"]
    gaps = 0
    for mmsi in np.unique(told.reports.vessel):
        times = np.append(in_reports(told.reports, mmsi), end_s)
        for n in np.flatnonzero(np.diff(times) > 6 * HOUR):
            gaps += 1
            a, b = times[n], times[n + 1]
            mine = [t for t in dark if t.mmsis == (mmsi,) and t.start_s < b and t.end_s > a]
            assert len(mine) == 1
    assert gaps == len(dark)


def test_dense_delivery_gives_more_reports_than_mixed_and_mixed_more_than_satellites():
    counts = [len(traffic(regime=regime).reports) for regime in ("dense", "mixed", "satellite")]
    assert counts[0] > counts[1] > counts[2] > 0


def test_at_most_one_report_of_a_ship_is_delivered_in_a_slot():
    reports = traffic().reports
    slot = np.floor((reports.time_s - SMALL.start_s) / SMALL.slot_s)
    assert len(np.unique(np.stack([reports.vessel, slot]), axis=1).T) == len(reports)


def test_long_range_reports_come_from_space_and_are_rounded():
    reports = traffic(regime="satellite").reports
    far = reports.take(reports.msg_type == 27)
    assert len(far)
    assert (far.receiver == 2).all()
    assert (far.uncertainty_m == 93.0).all()
    assert np.allclose(far.lat_deg * 600, np.round(far.lat_deg * 600), atol=1e-6)


def a_ship(hours=24.0, **changes):
    times = SMALL.start_s + np.array([0.0, hours * HOUR])
    who = Identity(412000001, "merchant", 12.0, is_class_b=False, noise_m=5.0, has_poor_kit=False)
    return Vessel(replace(who, **changes), path_of(times, 123.0, 35.0, 0), (), ())


def heard_by(station, ship=None):
    rng = np.random.default_rng(3)
    ship = ship or a_ship()
    sent = sending(ship, SMALL, rng)
    chance = chances(sent, ship, Receivers((station,), (), (), (), {}, ()))
    reports, _ = delivered(sent, chance, ship, rng)
    return sent, chance, reports, ship


def test_a_station_that_fails_silences_all_whom_only_it_hears():
    out = (SMALL.start_s + 5 * HOUR, SMALL.start_s + 13 * HOUR)
    for ship in (a_ship(), a_ship(mmsi=412000002, is_class_b=True)):
        sent, chance, reports, _ = heard_by(Station((123.0, 35.0), 60_000.0, 0.8, (), (out,)), ship)
        assert not ((reports.time_s >= out[0]) & (reports.time_s < out[1])).any()
        (gap,) = gaps(ship, sent, chance, reports.time_s, SMALL.end_s)
        assert gap.label == "station_outage"


def test_a_ship_out_of_range_of_all_lies_in_a_coverage_hole():
    _, _, reports, _ = heard_by(Station((127.0, 35.0), 40_000.0, 0.8, (), ()))
    assert not len(reports)
    sent, chance, _, ship = heard_by(Station((127.0, 35.0), 40_000.0, 0.8, (), ()))
    (gap,) = gaps(ship, sent, chance, np.array([SMALL.start_s + HOUR]), SMALL.end_s)
    assert gap.label == "coverage_hole"


def gaps_of(ship, receivers):
    rng = np.random.default_rng(3)
    sent = sending(ship, SMALL, rng)
    chance = chances(sent, ship, receivers)
    reports, _ = delivered(sent, chance, ship, rng)
    return gaps(ship, sent, chance, reports.time_s, SMALL.end_s)


GOOD_STATION = Receivers((Station((123.0, 35.0), 90_000.0, 0.9, (), ()),), (), (), (), {}, ())


@pytest.mark.parametrize(("why", "is_positive"), [("switched_off", True), ("moored_off", False)])
def test_a_set_that_is_off_in_good_reception_is_told_as_that_from_off_to_on(why, is_positive):
    off = SMALL.start_s + 4 * HOUR, SMALL.start_s + 12 * HOUR
    (gap,) = gaps_of(replace(a_ship(), off=((*off, why),)), GOOD_STATION)
    assert (gap.label, gap.is_positive) == (why, is_positive)
    assert gap.start_s == pytest.approx(off[0], abs=120.0)
    assert gap.end_s == pytest.approx(off[1], abs=120.0)


def test_a_ship_that_leaves_the_bought_box_is_told_as_that():
    times = SMALL.start_s + np.array([0.0, 6.0, 24.0]) * HOUR
    path = path_of(times, [123.0, 123.0, 123.0], [35.0, 34.001, 33.99], 0)
    (gap,) = gaps_of(replace(a_ship(), path=path), GOOD_STATION)
    assert gap.label == "left_area"


def test_a_poor_set_falls_silent_by_itself_and_a_sound_one_does_not():
    told = [s.label for n in range(6) for s in gaps_of(a_ship(mmsi=n, has_poor_kit=True), GOOD_STATION)]
    assert set(told) <= {"poor_kit"}
    assert not gaps_of(a_ship(), GOOD_STATION)
    rng = np.random.default_rng(1)
    causes = [sending(a_ship(has_poor_kit=True), SMALL, rng).cause for _ in range(6)]
    assert any((cause == POOR_KIT).any() for cause in causes)


def test_a_downlink_that_fails_silences_whom_only_satellites_hear():
    starts = SMALL.start_s + np.arange(0.0, 24.0, 0.5) * HOUR
    passes = tuple(Pass(0, s, s + 600.0, 123.0, 35.0, 0.0, 2e6, 1.0) for s in starts)
    out = (SMALL.start_s + 6 * HOUR, SMALL.start_s + 16 * HOUR)
    labels = [s.label for s in gaps_of(a_ship(), Receivers((), passes, (), (), {}, (out,)))]
    assert labels == ["satellite_outage"]
    assert not gaps_of(a_ship(), Receivers((), passes, (), (), {1: (out,)}, ()))


def test_a_class_b_set_is_heard_less_far():
    station = Station((122.2, 35.0), 80_000.0, 0.8, (), ())
    _, strong, _, _ = heard_by(station)
    _, weak, _, _ = heard_by(station, a_ship(is_class_b=True))
    assert strong.shore.mean() > 3 * weak.shore.mean()


@pytest.mark.parametrize(
    ("speed_kn", "status", "is_class_b", "seconds"),
    [
        (0.0, 1, False, 180),
        (12.0, 0, False, 10),
        (18.0, 0, False, 6),
        (1.0, 15, True, 180),
        (8.0, 15, True, 30),
    ],
)
def test_sets_send_as_the_recommendation_says(speed_kn, status, is_class_b, seconds):
    told = interval_s(np.array([speed_kn]), np.array([status], dtype=np.uint8), is_class_b=is_class_b)
    assert told[0] == seconds


def test_the_csv_reads_back_as_the_same_reports(tmp_path):
    small = traffic(regime="satellite")
    path = tmp_path / "traffic.csv"
    path.write_text(traffic_csv(small), encoding="utf-8")
    batches = list(read_file(path))
    back = Reports.concat([b.reports for b in batches])
    assert np.array_equal(back.vessel, small.reports.vessel)
    assert np.allclose(back.time_s, small.reports.time_s)
    assert np.allclose(back.lon_deg, small.reports.lon_deg, atol=1e-5)
    assert np.array_equal(back.receiver, small.reports.receiver)


def test_settings_that_make_no_simulation_are_refused():
    with pytest.raises(ValueError, match="no regime 'radar'"):
        TrafficSettings(regime="radar")
    with pytest.raises(ValueError, match="positive"):
        TrafficSettings(days=0.0)
