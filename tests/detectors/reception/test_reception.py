"""Who would have been heard: stories of waters with and without listeners."""

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from support import HOUR, T0, Spot, every, path, still

from detectors.dark_period.detector import detect
from detectors.dark_period.params import DarkParams
from detectors.kernels.reception.coverage import CHANNELS, cell_keys, level_keys, usual_share
from detectors.kernels.reception.kernel_sums import Asked, Rows, Summed, around
from detectors.reception.background import Background, BackgroundError, learn
from detectors.reception.calibration import Ruler, fitted_calibration
from detectors.reception.coverage.bounds import bounds_of
from detectors.reception.coverage.cells import Cells, NowCells, now_cells, row_values, summed
from detectors.reception.coverage.features import Cover
from detectors.reception.coverage.presence import presence_of
from detectors.reception.fitting import Listener, _at
from detectors.reception.params import ReceptionParams
from detectors.reception.reception import Reception
from detectors.scene import Scene
from detectors.tracks.build import make_tracks
from detectors.tracks.codes import Receiver
from detectors.tracks.reports import Reports
from geodata.jit import interpreted
from geodata.world import World

PARAMS = ReceptionParams()


def thinned(mmsi, times, share, seed, east=0.0, north=0.0, kn=2.0, **columns):
    """Reports of a ship that sails a slow loop and is heard now and then."""
    keep = np.random.default_rng([seed, mmsi]).random(len(times)) < share
    t = times[keep]
    return path(mmsi, t, east + 500 * np.cos(t), north + kn * 400 * np.sin(t / 5), **columns)


def neighbours(count=12, hours=72.0, share=0.4, silent=None, seed=1, apart_m=6000.0, **columns):
    """Ships round the spot, each heard in most half-hours; `silent` is when all of them are not."""
    times = every(5, 0, hours)
    if silent:
        times = times[(times < silent[0]) | (times > silent[1])]
    return [
        thinned(100 + n, times, share, seed, apart_m * (n % 4 - 1.5), apart_m * (n // 4 - 1), **columns)
        for n in range(count)
    ]


def silent_vessel(silent=(30.0, 42.0), hours=72.0, share=0.4, mmsi=7, **columns):
    times = every(5, 0, hours)
    times = times[(times < silent[0]) | (times > silent[1])]
    return thinned(mmsi, times, share, 5, **columns)


def judged(*parts, mmsi=7, background=None, params=PARAMS):
    """The longest gap of the first vessel, as the detector reports it."""
    tracks, _ = make_tracks(Reports.concat(list(parts)))
    made = Scene(tracks, World.empty(), tracks.end_s, None, Reception(tracks, params, background))
    told = [f for f in detect(made, DarkParams()).findings if int(tracks.vessel[f.vessels[0]]) == mmsi]
    return max(told, key=lambda f: f.measures["gap_h"]).measures


def test_a_single_silence_among_well_heard_neighbours_is_in_good_reception():
    told = judged(silent_vessel(), *neighbours())
    assert told["reception"] == "good"
    assert told["reception_basis"] == "neighbours"
    assert told["gap_by_chance"] == PARAMS.chance_floor
    assert told["reports_expected_bins"] > 15
    assert told["not_by_reception"] > 0
    assert told["not_by_transponder"] == pytest.approx(0, abs=0.05)


def test_when_all_fall_silent_at_once_it_is_an_outage_and_never_good():
    told = judged(silent_vessel(), *neighbours(silent=(29.8, 42.2)))
    assert told["reception"] != "good"
    assert told["reports_expected_bins"] < 5


def test_an_outage_planted_over_the_neighbours_makes_chance_more_likely():
    assert (
        judged(silent_vessel(), *neighbours(silent=(29.8, 42.2)))["gap_by_chance"]
        > judged(silent_vessel(), *neighbours())["gap_by_chance"]
    )


def test_with_nobody_near_reception_is_unknown_and_weighs_nothing():
    told = judged(silent_vessel(), *neighbours(apart_m=400_000.0))
    assert told["reception"] == "unknown"
    assert told["not_by_reception"] is None
    assert told["not_by_transponder"] is None


def test_without_a_reception_it_is_unknown():
    tracks, _ = make_tracks(Reports.concat([silent_vessel(), *neighbours()]))
    told = detect(Scene(tracks, World.empty(), tracks.end_s), DarkParams()).findings
    assert {f.measures["reception"] for f in told} == {"unknown"}


def test_ships_that_are_all_heard_rarely_make_a_poor_water():
    sparse = [thinned(100 + n, every(5, 0, 200), 0.01, 3, 3000 * (n % 5), 3000 * (n // 5)) for n in range(25)]
    told = judged(silent_vessel(silent=(90.0, 97.0), hours=200, share=0.01), *sparse)
    assert told["reception"] == "poor"
    assert told["gap_by_chance"] > PARAMS.chance_max


def test_one_more_heard_neighbour_never_makes_chance_much_likelier():
    few = judged(silent_vessel(), *neighbours(count=6))
    more = judged(silent_vessel(), *neighbours(count=7))
    assert more["reports_expected_bins"] >= few["reports_expected_bins"] - 0.5


def test_a_ship_that_falls_silent_again_and_again_has_a_bad_set():
    silences = [(10, 14), (20, 24.5), (31, 43), (50, 54), (60, 66)]
    times = every(5, 0, 72)
    for begin, end in silences:
        times = times[(times < begin) | (times > end)]
    told = judged(thinned(7, times, 0.4, 5), *neighbours())
    assert told["own_gaps"] > 2
    assert told["not_by_transponder"] < -2


def edge():
    """A vessel sails out of the box southwards and comes back; those inside are received all the while."""
    times = every(5, 0, 72)
    there = (times < 30) | (times > 46)
    north = np.where(times <= 38, (30 - times) * 18_520, (times - 46) * 18_520)
    leaves = path(7, times[there], 0 * times[there], np.clip(north, -np.inf, 20_000)[there])
    inside = [thinned(100 + n, times, 0.4, 1, 5000 * (n % 4), 4000 + 6000 * (n // 4)) for n in range(12)]
    return [leaves, *inside]


def test_the_weight_of_sailing_on_is_the_users_to_change():
    """Straight there and back, a vessel stayed among the others; sailing on, it left them."""
    line, on = (
        judged(*edge(), params=ReceptionParams(sailed_on_share=share))["gap_by_chance"]
        for share in (0.0, 1.0)
    )
    assert on > 0.9 > line


def test_the_edge_of_the_bought_area_is_no_darkness():
    told = judged(*edge())
    assert told["reception"] != "good"


def test_a_silence_that_lasts_is_judged_at_the_last_place():
    times = every(5, 0, 72)
    told = judged(thinned(7, times[times < 40], 0.4, 5), *neighbours())
    assert told["is_open"] is True
    assert told["reception"] == "good"


def by(receiver, reports):
    return replace(reports, receiver=np.full(len(reports), receiver, np.uint8))


def test_satellite_and_shore_are_told_apart():
    """Off the coast nobody is heard by stations; satellites hear half of all half-hours."""
    shore = neighbours(count=8, receiver=None)
    passes = [thinned(300 + n, every(30, 0, 100), 0.5, 9, 300_000 + 4000 * n, 0.0) for n in range(10)]
    shore = [by(Receiver.TERRESTRIAL, reports) for reports in shore]
    passes = [by(Receiver.SATELLITE, reports) for reports in passes]
    times = every(30, 0, 100)
    alone = thinned(7, times[(times < 50) | (times > 64)], 0.5, 4, 310_000, 2000.0)
    told = judged(by(Receiver.SATELLITE, alone), *shore, *passes)
    assert told["reports_expected_bins"] < 0.8 * (14 * 2)


def test_late_reports_inside_a_silence_split_it_and_end_as_one_run_with_all_data():
    late = still(7, [35.0, 36.0])
    early = judged(silent_vessel(), *neighbours())
    split = judged(silent_vessel(), late, *neighbours())
    assert split["gap_h"] == pytest.approx(6.0, abs=0.5) != early["gap_h"]
    assert judged(late, *neighbours(), silent_vessel()) == split


def test_compiled_and_interpreted_judge_alike():
    parts = [silent_vessel(silent=(12.0, 20.0), hours=30), *neighbours(count=4, hours=30)]
    compiled = judged(*parts)
    with interpreted():
        slow = judged(*parts)
    for name, value in compiled.items():
        assert slow[name] == (pytest.approx(value, rel=1e-9) if isinstance(value, float) else value)


def test_two_hulls_of_one_number_do_not_vouch_for_one_another():
    """A double of the vessel sails beside it, received in every half-hour: that is no neighbour."""
    times = every(5, 0, 72)
    double = still(7, times + 0.02, 500_000.0, 0.0)
    gapped = times[(times < 30) | (times > 42)]
    near_double = still(8, gapped, 500_500.0, 0.0)
    told = judged(silent_vessel(), double, near_double, mmsi=8)
    assert told["reception"] == "unknown"
    assert told["neighbours_h"] == pytest.approx(0, abs=1e-6)


def test_one_wild_fix_takes_nobodys_word_away():
    wild = [Reports.of([100 + n], [T0 + 20.01 * HOUR], [-30.0], [10.0]) for n in range(6)]
    assert judged(silent_vessel(), *neighbours(), *wild)["reception"] == "good"


# --- the table of presence


@given(st.lists(st.floats(0.0, 60.0), min_size=1, max_size=30, unique=True))
@settings(max_examples=60, deadline=None)
def test_presence_has_a_row_for_each_half_hour_between_first_and_last_report(hours):
    times = np.sort(np.array(hours))
    tracks, _ = make_tracks(still(7, times))
    table = presence_of(tracks, PARAMS)
    bins = np.floor(tracks.time_s / 1800).astype(int)
    assert np.array_equal(table.bin[table.heard > 0], np.unique(bins))
    gaps = np.diff(tracks.time_s)
    kept = set(range(bins[0], bins[-1] + 1))
    for n in np.flatnonzero(gaps > 6 * HOUR):
        kept -= set(range(bins[n] + 49, bins[n + 1] - 48))
    assert set(table.bin.tolist()) == kept


def test_the_reports_at_the_ends_of_a_long_silence_count_nothing():
    tracks, _ = make_tracks(still(7, [0, 1, 2, 12, 13, 14]))
    table = presence_of(tracks, PARAMS)
    weight = dict(zip(((table.bin * 1800 - T0) / HOUR).tolist(), table.weight.tolist(), strict=True))
    assert weight[1] == 1.0
    assert (weight[2], weight[12]) == (0.0, 0.0)
    assert weight[6] == pytest.approx(PARAMS.long_weight)
    assert (weight[0], weight[14]) == (0.0, 0.0)  # a track begins and ends with a report by construction


def test_too_many_half_hours_are_refused_and_told_as_unknown():
    few = ReceptionParams(rows_max=1e4)
    tracks, _ = make_tracks(Reports.concat([still(n, [0.0, 5.9]) for n in range(1, 2000)]))
    assert presence_of(tracks, few) is None
    assert {j.reception for j in Reception(tracks, few).judge(np.array([0]), np.array([np.nan]))} == {
        "unknown"
    }


# --- sums over cells


def brute(q, bins, lon, lat, values, sigma_m, sides, tenths):
    total = np.zeros(values.shape[1])
    step = tenths / 10
    for n in range(len(bins)):
        if abs(bins[n] - q[0]) > sides:
            continue
        x = (np.floor((lon[n] + 180) / step) + 0.5) * step - 180
        y = (np.floor((lat[n] + 90) / step) + 0.5) * step - 90
        east = (((x - q[1] + 180) % 360) - 180) * 111_195 * np.cos(np.radians(q[2]))
        square = (east**2 + ((y - q[2]) * 111_195) ** 2) / sigma_m**2
        total += values[n] * (np.exp(-0.5 * square) if square <= 9 else 0)
    return total


@pytest.mark.parametrize("spot", [Spot(124, 38), Spot(179.95, 10), Spot(-179.9, -60), Spot(10, 84)])
@pytest.mark.parametrize(("tenths", "sigma_m", "sides"), [(1, 20e3, 1), (9, 120e3, 0)])
def test_sums_around_a_place_equal_brute_force(spot, tenths, sigma_m, sides):
    rng = np.random.default_rng(3)
    lon, lat = spot.deg(rng.normal(0, 40e3, 300), rng.normal(0, 40e3, 300))
    bins = rng.integers(1000, 1004, 300)
    values = rng.uniform(0, 1, (300, 4)).astype(np.float32)
    keys, sums = summed(cell_keys(bins, lon, lat), values.astype(float))
    if tenths > 1:
        wide = NowCells(keys, sums).widened(tenths)
        keys, sums = wide.keys, wide.values
    mine = np.array([[10, 14]] * 3)
    places = (np.array([1001, 1002, 1003]), lon[:3].copy(), lat[:3].copy())
    rows, table = Rows(bins, lon, lat, values), Summed(keys, sums, tenths)
    got = around(Asked(*places, mine), rows, table, sides, sigma_m)
    others = np.r_[0:10, 14:300]
    for n in range(3):
        q = [p[n] for p in places]
        want = brute(
            q, bins[others], lon[others], lat[others], values[others].astype(float), sigma_m, sides, tenths
        )
        assert got[n] == pytest.approx(want, rel=1e-5, abs=1e-5)


def test_a_usual_share_is_that_of_the_square_drawn_to_the_wider_ones():
    lon, lat, is_b = np.full(40, 124.05), np.full(40, 38.05), np.zeros(40, bool)
    heard = np.zeros((40, CHANNELS))
    heard[:30, 0] = 1.0
    cells = [
        Cells.of(level_keys(lon, lat, is_b, n, t), np.ones(40), heard) for n, t in enumerate((36, 9, 3, 1))
    ]
    keys, present, told = (
        np.concatenate([getattr(c, f) for c in cells]) for f in ("keys", "present", "heard")
    )
    nobody = np.zeros((1, 2), np.int64)
    rows = (lon, lat, np.zeros(40, np.uint8), np.zeros(40, np.float32))
    asked = (np.array([124.05]), np.array([38.05]), np.array([False]), nobody)
    got = usual_share(*asked, *rows, keys, present, told, 0.02, 4.0, np.array([36, 9, 3, 1]))[0]
    share = 0.02
    for _ in range(4):
        share = (30 + 4 * share) / 44
    assert got[0] == pytest.approx(share)
    assert got[-1] == 40
    far = usual_share(
        np.array([10.0]),
        np.array([0.0]),
        *asked[2:],
        *rows,
        keys,
        present,
        told,
        0.02,
        4.0,
        np.array([36, 9, 3, 1]),
    )[0]
    assert far.tolist() == [0.02, 0.02, 0.02, 0.0]


def test_half_hours_of_the_vessel_itself_never_count_for_it():
    tracks, _ = make_tracks(silent_vessel())
    table = presence_of(tracks, PARAMS)
    cover = Cover.of(table, None, PARAMS)
    rows = np.arange(20, 60)
    heard = cover.heard(_at(table, rows))
    assert heard.near_h == pytest.approx(0, abs=1e-6)
    assert heard.wide_h == pytest.approx(0, abs=1e-6)


def test_a_station_that_falls_out_bounds_what_anyone_is_heard_there():
    """However well place and ship are known, nobody is heard where none of those expected near is."""
    tracks, _ = make_tracks(
        Reports.concat([silent_vessel(silent=(200, 201)), *neighbours(silent=(29.8, 42.2))])
    )
    table = presence_of(tracks, PARAMS)
    cover = Cover.of(table, None, PARAMS)
    hours = (table.bin * 1800 - T0) / HOUR
    mine = table.segment == 0
    out = np.flatnonzero(mine & (hours > 32) & (hours < 40))
    well = np.flatnonzero(mine & (hours > 10) & (hours < 25))
    bound = [cover.heard(_at(table, rows)).greatest_share[:, 2] for rows in (out, well)]
    assert bound[0].max() < 0.2
    assert bound[1].min() > 0.9
    listener = Listener.of(cover, None)
    at = _at(table, out)
    odds = listener.detection.log_odds(cover.heard(at), at.is_class_b)[:, 2]
    assert (1 / (1 + np.exp(-odds)) <= bound[0] + 1e-9).all()


# --- the ruler


def test_a_ruler_finds_the_line_that_windows_follow():
    rng = np.random.default_rng(1)
    stated = rng.uniform(0.01, 0.9, 6000)
    bins = rng.choice([1, 3, 6, 12, 24], 6000)
    true = 1 / (1 + np.exp(-(-1.0 + 1.4 * np.log(stated / (1 - stated)) + 0.3 * np.log(bins / 6))))
    line = fitted_calibration(stated, bins, (rng.random(6000) < true).astype(float), Ruler()).line
    assert line == pytest.approx((-1.0, 1.4, 0.3), abs=0.15)


@given(st.lists(st.floats(0, 1), min_size=2, max_size=20))
def test_a_ruler_keeps_the_order_of_chances(chances):
    stated = np.sort(np.array(chances))
    right = Ruler((-0.5, 0.7, 0.2)).calibrated(stated, np.full(len(stated), 12))
    assert (np.diff(right) >= 0).all()
    assert ((right >= 0) & (right <= 1)).all()


# --- a background


def feed_history():
    return make_tracks(Reports.concat([*neighbours(count=16, hours=120, seed=8)]))[0]


def test_a_background_lifts_a_small_upload_from_unknown():
    background = learn(feed_history(), PARAMS, {"files": ["feed"]})
    alone = judged(silent_vessel())
    with_it = judged(silent_vessel(), background=background)
    assert alone["reception"] == "unknown"
    assert (with_it["reception"], with_it["reception_basis"]) == ("good", "background")
    assert with_it["gap_by_chance"] >= PARAMS.background_chance_min


def test_a_background_says_nothing_of_waters_that_it_never_saw():
    background = learn(feed_history(), PARAMS, {})
    times = every(5, 0, 72)
    times = times[(times < 30) | (times > 42)]
    assert judged(still(7, times, spot=Spot(150.0, 10.0)), background=background)["reception"] == "unknown"


def test_too_short_a_history_teaches_nothing():
    with pytest.raises(BackgroundError, match="vessel-hours"):
        learn(make_tracks(silent_vessel(hours=20))[0], PARAMS, {})


def test_a_background_of_damaged_arrays_is_refused():
    good = learn(feed_history(), PARAMS, {})
    cells = good.cells
    for broken in (
        Cells(cells.keys[::-1], cells.present, cells.heard),
        Cells(cells.keys, cells.present[1:], cells.heard),
        Cells(cells.keys, cells.present, cells.heard * 5),
        Cells(cells.keys - 10**9, cells.present, cells.heard),
    ):
        with pytest.raises(BackgroundError):
            Background(broken, good.lines, good.ruler, {})
    with pytest.raises(BackgroundError):
        Background(cells, good.lines[:1], good.ruler, {})
    with pytest.raises(BackgroundError):
        Background(cells, good.lines * np.nan, good.ruler, {})


def test_row_values_hold_what_was_heard_and_expected():
    tracks, _ = make_tracks(Reports.concat(neighbours(count=3)))
    table = presence_of(tracks, PARAMS)
    own = np.tile([0.0, 0.0, 0.5], (3, 1))
    values = row_values(table, own)
    assert values[:, 3].sum() == pytest.approx(table.weight[table.heard > 0].sum())
    assert values[:, 6].sum() == pytest.approx(0.5 * table.weight.sum())
    assert now_cells(table, values).values.sum(axis=0) == pytest.approx(values.sum(axis=0), rel=1e-4)


@given(st.integers(0, 10_000), st.sampled_from([0.05, 0.3, 5.0]))
def test_whoever_was_heard_lies_in_the_water_that_the_data_cover(seed, width_deg):
    lon, lat = np.random.default_rng(seed).uniform(0.0, width_deg, (2, 30))
    places = np.append(lon, [0.0, 0.0999, 0.0, 0.0998]), np.append(lat, [0.0, 0.0, 0.0999, 0.0998])
    nothing = Cells(np.empty(0, np.int64), np.empty(0), np.empty((0, CHANNELS)))
    presence = SimpleNamespace(heard=np.ones(34, np.uint8), lon_deg=places[0], lat_deg=places[1])
    for heard in (slice(None), slice(30, None)):
        some = SimpleNamespace(**{name: column[heard] for name, column in vars(presence).items()})
        bounds = bounds_of(some, nothing)
        assert shapely.intersects_xy(bounds, some.lon_deg, some.lat_deg).all()
        hull = shapely.MultiPoint(np.stack((some.lon_deg, some.lat_deg), axis=1)).convex_hull
        assert bounds.symmetric_difference(hull.buffer(0.02)).area < 1e-9
