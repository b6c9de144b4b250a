"""Windows, features, the learnt field and classes."""

import numpy as np
import pytest
from anomalies import still_water
from support import HOUR, T0, Spot, every, path, scene_of, still

from detectors.behaviour.features import FEATURES, Seen
from detectors.behaviour.field import CELL_DEG, SHIPS_MIN, FieldError, WaterField, learn_field
from detectors.behaviour.history import CLASSES, classes_of, history_of, neighbours_of
from detectors.behaviour.motion import _quantiles, motion_of
from detectors.behaviour.windows import windows_along, windows_at
from detectors.tracks.reports import StaticReport
from geodata.world import World

NOWHERE = still_water().field


def features_of(*reports, end_h=12.0, field=NOWHERE, world=None):
    """The features of the first hull's window that ends at a time."""
    scene = scene_of(*reports, world=world)
    hulls = scene.tracks.segments
    windows, _ = windows_at(hulls, np.array([0]), np.array([T0 + end_h * HOUR]))
    if not len(windows):
        return None
    around = neighbours_of(Seen.of(hulls, windows_along(hulls), scene.world))
    found = Seen.of(hulls, windows, scene.world).features(field, around)
    return dict(zip(FEATURES, found[0], strict=True))


def test_a_ship_that_sails_straight():
    times = every(5, 0, 12)
    told = features_of(path(1, times, times * 10 * 1852, 0 * times))
    assert told["median_speed_kn"] == pytest.approx(10, rel=0.01)
    assert told["straightness"] == pytest.approx(1, abs=1e-3)
    assert told["stopped_share"] == 0
    assert told["turning_deg_per_h"] == pytest.approx(0, abs=0.1)


def test_a_ship_that_lies_still():
    told = features_of(still(1, every(5, 0, 12)))
    assert (told["stopped_share"], told["median_speed_kn"]) == (1, 0)


def test_quantiles_leave_out_what_is_not_known():
    rows = np.random.default_rng(1).uniform(0, 20, (30, 72))
    for n, row in enumerate(rows):
        row[: 2 * n] = np.nan
    shares = (0.0, 0.25, 0.5, 0.9, 1.0)
    assert np.array(_quantiles(rows, shares)) == pytest.approx(np.nanquantile(rows, shares, axis=1))
    assert np.isnan(_quantiles(np.full((1, 5), np.nan), (0.5,))[0]).all()


def test_swinging_at_anchor_is_no_turning():
    """An hour's sail to the east, an hour at anchor, and again."""
    times = every(5, 0, 12)
    sailing = np.floor(times) % 2 == 0
    way = np.concatenate(([0.0], np.cumsum(np.diff(times) * sailing[:-1]))) * 18_520
    swing = np.where(sailing, 0.0, 30 * np.sin(40 * times))
    assert features_of(path(1, times, way, swing))["turning_deg_per_h"] < 5


def test_slow_is_neither_stopped_nor_under_way():
    times = every(5, 0, 12)
    for knots, slow in ((0.2, 0.0), (3.0, 1.0), (8.0, 0.0)):
        told = features_of(path(1, times, times * knots * 1852, 0 * times))
        assert told["slow_share"] == slow
        assert told["stopped_share"] == (knots < 1)


def test_a_ship_that_turns_in_circles():
    times = every(5, 0, 12)
    told = features_of(path(1, times, 4000 * np.cos(2 * times), 4000 * np.sin(2 * times)))
    assert told["straightness"] < 0.2
    assert told["turning_deg_per_h"] > 90


MOTION = (*FEATURES[:7], "off_speed_kn", "off_lane_share", "slow_night_share")


@pytest.mark.parametrize("minutes", [0.5, 2, 9])
def test_motion_is_measured_alike_at_any_reporting_interval(minutes):
    wave = 2 * np.pi / 6
    often, seldom = (
        features_of(path(1, t, t * 8 * 1852, 3000 * np.sin(wave * t)))
        for t in (every(minutes, 0, 12), every(1, 0, 12))
    )
    for name in FEATURES[:6]:
        assert often[name] == pytest.approx(seldom[name], abs=0.35), name


def test_no_feature_knows_the_speed_that_a_ship_tells():
    times = every(5, 0, 12)
    lies = {"sog_kn": np.full(len(times), 30.0, np.float32)}
    assert features_of(still(1, times, **lies)) == pytest.approx(features_of(still(1, times)), nan_ok=True)


def test_a_window_across_180_degrees_is_like_any_other():
    times = every(60, 0, 12)
    here, there = (
        features_of(path(1, times, times * 18_000, 0 * times, Spot(lon))) for lon in (124.0, 179.5)
    )
    for name in FEATURES[:7]:
        assert there[name] == pytest.approx(here[name], rel=1e-6, abs=1e-6), name


def test_too_few_reports_say_nothing():
    assert features_of(still(1, [0, 1, 2])) is None
    assert features_of(still(1, every(5, 0, 1))) is None


def test_slow_time_by_night_is_told_where_there_is_slow_time():
    times = every(5, 0, 12)
    night_from_h = 3.0  # sunset at 124 E on 1 March is at about 09:45 UTC, sunrise at 22:00
    told = features_of(still(1, times + night_from_h), end_h=15.0)["slow_night_share"]
    assert told == pytest.approx(0.9, abs=0.1)
    assert np.isnan(features_of(path(1, times, times * 18_520, 0 * times))["slow_night_share"])


def test_without_a_shore_its_distance_is_not_known():
    assert np.isnan(features_of(still(1, every(5, 0, 12)))["shore_distance_log10_km"])


def companions(silent_h=0.0):
    """A ship that reports every 5 min but for a silence, among nine that report so throughout."""
    times = every(5, 0, 24)
    mine = times[(times < 4) | (times >= 4 + silent_h)]
    return still(1, mine), *(still(n, times, 3000 * n) for n in range(2, 11))


def test_reporting_is_held_against_neighbours_at_that_time():
    told = features_of(*companions(silent_h=5.0))
    assert told["silence_vs_neighbours_log10"] == pytest.approx(np.log10(61), abs=0.05)
    assert told["reports_vs_neighbours_log10"] < -0.2
    like_all = features_of(*companions())
    assert like_all["silence_vs_neighbours_log10"] == pytest.approx(0, abs=1e-6)
    assert like_all["reports_vs_neighbours_log10"] == pytest.approx(0, abs=0.01)


def test_reporting_is_held_against_the_vessels_own():
    seldom, often = every(20, 0, 12), every(2, 12.1, 48)
    told = features_of(still(1, np.concatenate((seldom, often))))
    assert told["reports_vs_own_log10"] < -0.6


def test_neighbours_are_near_and_others():
    alone = features_of(companions()[0], *(still(n, every(5, 0, 24), 9e5 + n) for n in range(2, 11)))
    assert np.isnan(alone["reports_vs_neighbours_log10"])
    few = features_of(*companions()[:2])
    assert np.isnan(few["silence_vs_neighbours_log10"])


def test_the_nearest_neighbours_count_before_those_farther_off():
    often, seldom = every(5, 0, 24), every(50, 0, 24)
    near = [still(n, often, 300 * n) for n in range(1, 12)]
    farther = [still(n, seldom, 30_000 + 300 * n) for n in range(20, 50)]
    assert features_of(*near, *farther)["reports_vs_neighbours_log10"] == pytest.approx(0, abs=0.01)


def lane(ships=SHIPS_MIN + 2, knots=10.0):
    """Ships that sail east, and back, along one parallel."""
    times = every(5, 0, 12)
    way = times * knots * 1852
    return [path(n, times, way if n % 2 else way[-1] - way, 0 * times) for n in range(1, ships + 1)]


def field_of(reports):
    hulls = scene_of(*reports).tracks.segments
    windows = windows_along(hulls)
    return learn_field(motion_of(hulls, windows), windows.segment)


def test_the_field_knows_courses_and_speeds_of_the_traffic():
    times = every(5, 0, 12)
    field = field_of(lane())
    along = features_of(path(99, times, times * 10 * 1852, 0 * times), field=field)
    assert along["rare_water_share"] == pytest.approx(0, abs=0.02)
    assert along["off_speed_kn"] == pytest.approx(0, abs=0.1)
    assert along["off_lane_share"] == pytest.approx(0, abs=0.01)
    lingering = features_of(still(99, times, 50_000), field=field)
    assert lingering["off_speed_kn"] == pytest.approx(10, abs=0.1)
    to_and_fro = 4000 * np.abs(np.mod(times, 0.4) / 0.2 - 1)
    crossing = features_of(path(99, times, 50_000 + 0 * times, to_and_fro), field=field)
    assert crossing["off_lane_share"] > 0.8


def test_water_where_few_ships_came_is_not_known():
    times = every(5, 0, 12)
    told = features_of(still(99, times, 50_000), field=field_of(lane(ships=SHIPS_MIN - 1)))
    assert told["rare_water_share"] == 1
    assert np.isnan(told["off_speed_kn"])
    far = features_of(still(99, times, 0, 3 * CELL_DEG * 111_000), field=field_of(lane()))
    assert far["rare_water_share"] == 1


@pytest.mark.parametrize(
    "changed",
    [
        {"cell": np.array([3, 2])},
        {"cell": np.array([-1, 2])},
        {"cell": np.array([1, 10**9])},
        {"ships": np.array([0, 1], np.int32)},
        {"ships": np.array([1], np.int32)},
        {"speed_kn": np.array([1, np.nan], np.float32)},
        {"along": np.array([1, np.inf], np.float32)},
    ],
)
def test_a_field_that_is_none_is_refused(changed):
    two = np.ones(2, np.float32)
    good = {"cell": np.array([1, 2]), "ships": np.array([1, 2], np.int32), "speed_kn": two}
    good |= {"along": two, "across": two}
    WaterField(**good)
    with pytest.raises(FieldError):
        WaterField(**{**good, **changed})


def test_no_ship_is_held_against_a_field_of_its_own_making():
    """A lane that only one ship sails is known to the model, and rare in what it learnt from."""
    history = history_of([scene_of(*lane(ships=4)).tracks], World.empty())
    assert (history.windows[:, FEATURES.index("rare_water_share")] == 1).all()
    assert (history.field.ships >= SHIPS_MIN).any()


def test_classes_are_what_ships_say_of_themselves():
    times = every(5, 0, 12)
    says = {1: 80, 2: 70, 3: 30, 4: 52, 5: None}
    statics = [StaticReport(vessel=n, time_s=T0, ship_type=code) for n, code in says.items()]
    scene = scene_of(*(still(n, times, 5000 * n) for n in says), statics=statics)
    told = classes_of(scene.tracks, np.arange(5))
    assert [CLASSES[n] for n in told] == ["tanker", "cargo", "fishing", "other", "unknown"]


@pytest.mark.parametrize(("hours", "count"), [(3.0, 0), (11.9, 1), (12.1, 2), (24.0, 3), (24.1, 4)])
def test_windows_cover_a_track_and_its_end(hours, count):
    assert len(windows_along(scene_of(still(1, every(5, 0, hours))).tracks.segments)) == count


def test_of_many_windows_evenly_chosen_ones_are_kept():
    hulls = scene_of(*(still(n, every(10, 0, 96), 4000 * n) for n in range(1, 9))).tracks.segments
    every_one, some = windows_along(hulls), windows_along(hulls, 20)
    assert len(some) == 20 < len(every_one)
    assert set(some.segment) == set(range(8))
