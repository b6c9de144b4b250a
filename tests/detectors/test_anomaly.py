"""Windows, features, field, drift and judgement; the forest has a file of its own."""

import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest
from anomalies import judged, lying_still, still_water
from support import HOUR, T0, Spot, every, path, scene_of, still

from detectors.anomaly.behaviour import BEYOND, NOT_JUDGED, WITHIN, Behaviour
from detectors.anomaly.drift import BOUND, Bins, Drift
from detectors.anomaly.features import FEATURES, Seen
from detectors.anomaly.field import CELL_DEG, SHIPS_MIN, FieldError, WaterField, learn_field
from detectors.anomaly.history import CLASSES, classes_of, history_of, neighbours_of
from detectors.anomaly.model import QUANTILES, SIMULATOR
from detectors.anomaly.motion import motion_of
from detectors.anomaly.reporting import Neighbours
from detectors.anomaly.training import CLASS_MIN, TrainingError, learn, train
from detectors.anomaly.windows import windows_along, windows_at
from detectors.tracks.reports import StaticReport
from geodata.world import World

NOWHERE = still_water().field


def features_of(*reports, end_h=12.0, field=NOWHERE, world=None):
    """The features of the first hull's window that ends at a time."""
    scene = scene_of(*reports, world=world)
    hulls = scene.tracks.hulls
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
    times = every(5, 0, 12)
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


def test_reporting_is_held_against_her_own():
    seldom, often = every(20, 0, 12), every(2, 12.1, 48)
    told = features_of(still(1, np.concatenate((seldom, often))))
    assert told["reports_vs_own_log10"] < -0.6


def test_neighbours_are_near_and_others():
    alone = features_of(companions()[0], *(still(n, every(5, 0, 24), 9e5 + n) for n in range(2, 11)))
    assert np.isnan(alone["reports_vs_neighbours_log10"])
    few = features_of(*companions()[:2])
    assert np.isnan(few["silence_vs_neighbours_log10"])


def lane(ships=SHIPS_MIN + 2, knots=10.0):
    """Ships that sail east, and back, along one parallel."""
    times = every(5, 0, 12)
    way = times * knots * 1852
    return [path(n, times, way if n % 2 else way[-1] - way, 0 * times) for n in range(1, ships + 1)]


def field_of(reports):
    hulls = scene_of(*reports).tracks.hulls
    windows = windows_along(hulls)
    return learn_field(motion_of(hulls, windows), windows.hull)


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


def test_no_ship_is_held_against_a_field_of_her_own_making():
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


def two_classes(tankers=CLASS_MIN):
    """Windows of ships that lie still, and of tankers that turn more."""
    history = replace_classes(lying_still(), tankers)
    history.windows[:tankers, FEATURES.index("turning_deg_per_h")] += 200.0
    return history


def replace_classes(windows, tankers):
    from detectors.anomaly.history import History  # noqa: PLC0415 - a builder of this test alone

    classes = np.full(len(windows), CLASSES.index("cargo"))
    classes[:tankers] = CLASSES.index("tanker")
    return History(windows, classes, NOWHERE)


ABOUT = {"sha256": "test", "origin": "own traffic"}


def test_a_ship_is_held_against_her_class_where_it_is_large_enough():
    turning = two_classes().windows[:1]
    for tankers, ordinary in ((CLASS_MIN, True), (CLASS_MIN // 4, False)):
        model = train(two_classes(tankers), ABOUT)
        as_tanker, as_cargo = model.percentiles(np.repeat(turning, 2, axis=0), np.array([0, 1]))
        assert (as_tanker < as_cargo - 0.1) == ordinary
        assert ("tanker" in model.manifest["classes"]) == ordinary


def test_ordinary_behaviour_is_ordinary_and_sailing_is_not_and_it_says_why():
    model = still_water()
    sailing = lying_still(1)
    for name, value in {"median_speed_kn": 12.0, "fast_speed_kn": 13.0, "straightness": 1.0}.items():
        sailing[0, FEATURES.index(name)] = value
    unknown = np.full(2, CLASSES.index("unknown"))
    usual, strange = model.judge(np.concatenate((lying_still(1, seed=3), sailing)), unknown)
    assert usual.percentile < 0.95
    assert strange.percentile > 0.99
    assert set(strange.features) <= {"median_speed_kn", "fast_speed_kn", "straightness"}
    assert len(strange.features) == 2


def test_what_is_not_known_is_neutral_and_never_named():
    model = still_water()
    windows = lying_still(50)
    blind = windows.copy()
    blind[:, FEATURES.index("turning_deg_per_h")] = np.nan
    unknown = np.full(50, CLASSES.index("unknown"))
    for told in model.judge(blind, unknown, features_told=len(FEATURES)):
        assert "turning_deg_per_h" not in told.features
    blind[:, FEATURES.index("turning_deg_per_h")] = model.typical[FEATURES.index("turning_deg_per_h")]
    windows[:, FEATURES.index("turning_deg_per_h")] = np.nan
    np.testing.assert_array_equal(model.percentiles(windows, unknown), model.percentiles(blind, unknown))


def test_percentiles_of_the_training_windows_are_spread_evenly():
    model = still_water()
    told = model.percentiles(lying_still(), np.full(1500, CLASSES.index("unknown")))
    assert model.quantiles.shape == (len(CLASSES), QUANTILES)
    np.testing.assert_allclose(np.quantile(told, [0.1, 0.5, 0.9]), [0.1, 0.5, 0.9], atol=0.01)


def test_too_little_traffic_is_refused_with_what_is_needed():
    with pytest.raises(TrainingError, match="at least 500 are needed"):
        learn([scene_of(still(1, every(5, 0, 24))).tracks], World.empty(), {})


@pytest.mark.parametrize(("hours", "count"), [(3.0, 0), (11.9, 1), (12.1, 2), (24.0, 3), (24.1, 4)])
def test_windows_cover_a_track_and_its_end(hours, count):
    assert len(windows_along(scene_of(still(1, every(5, 0, hours))).tracks.hulls)) == count


def test_of_many_windows_evenly_chosen_ones_are_kept():
    hulls = scene_of(*(still(n, every(10, 0, 96), 4000 * n) for n in range(1, 9))).tracks.hulls
    every_one, some = windows_along(hulls), windows_along(hulls, 20)
    assert len(some) == 20 < len(every_one)
    assert set(some.hull) == set(range(8))


def test_drift_is_small_among_like_and_large_among_others():
    bins = Bins.of(lying_still())
    like, other = lying_still(600, seed=7), lying_still(600, seed=7)
    other[:, FEATURES.index("median_speed_kn")] += 10
    other[:, FEATURES.index("straightness")] += 0.8
    told = Drift.judged(bins, like, 100), Drift.judged(bins, other, 100)
    assert told[0].is_within
    assert told[0].mean < 0.05
    assert not told[1].is_within
    assert {name for name, _ in told[1].features[:2]} == {"median_speed_kn", "straightness"}


@pytest.mark.parametrize(("windows", "hulls"), [(199, 100), (600, 19)])
def test_too_little_traffic_is_not_judged(windows, hulls):
    told = Drift.judged(Bins.of(lying_still()), lying_still(windows), hulls)
    assert (told.is_within, told.mean) == (None, None)


def test_drift_of_the_training_windows_themselves_is_nothing():
    windows = lying_still()
    np.testing.assert_allclose(Bins.of(windows).index(windows), 0, atol=1e-12)


def still_fleet():
    """Enough ships and time for drift to be judged: all lie still, as in the training."""
    rng = np.random.default_rng(5)
    times = every(10, 0, 72)
    return [
        path(n, times, 400 * n + rng.normal(0, 6, len(times)), rng.normal(0, 6, len(times)))
        for n in range(1, 41)
    ]


def own_model():
    return learn([scene_of(*still_fleet()).tracks, scene_of(*still_fleet()).tracks], World.empty(), ABOUT)


def sailing_fleet():
    times = every(10, 0, 72)
    return [path(n, times, times * 15_000.0, 400.0 * n + 0 * times) for n in range(1, 41)]


def packaged(model):
    return replace(model, manifest={**model.manifest, "origin": SIMULATOR})


def test_a_model_counts_within_the_bound_and_not_beyond_it_whoever_trained_it():
    model = own_model()
    for whose in (model, packaged(model)):
        like = judged(scene_of(*still_fleet()), whose).behaviour
        other = judged(scene_of(*sailing_fleet()), whose).behaviour
        assert (like.standing, like.may_weigh, like.warnings()) == (WITHIN, True, [])
        assert (other.standing, other.may_weigh) == (BEYOND, False)
        assert f"at most {BOUND:g}" in other.warnings()[0]
        assert other.judge([(0, T0 + 12 * HOUR)]) == {}
        assert other.told()["drift"]["within"] is False


def test_unjudged_traffic_counts_only_against_a_model_of_ones_own():
    few = scene_of(still(1, every(5, 0, 24)))
    for whose, counts in ((still_water(), True), (packaged(still_water()), False)):
        behaviour = judged(few, whose).behaviour
        assert (behaviour.standing, behaviour.may_weigh) == (NOT_JUDGED, counts)
        assert bool(behaviour.judge([(0, T0 + 12 * HOUR)])) == counts


def test_windows_are_judged_alike_alone_and_together():
    scene = scene_of(*companions(silent_h=5.0))
    behaviour = Behaviour(scene.tracks, scene.world, still_water())
    pairs = [(hull, T0 + end_h * HOUR) for hull in range(10) for end_h in (12, 18)]
    together = behaviour.judge(pairs)
    assert len(together) == 20
    for pair in pairs:
        assert behaviour.judge([pair])[pair] == together[pair]


def test_neighbours_of_nobody_say_nothing():
    scene = scene_of(still(1, every(5, 0, 12)))
    seen = Seen.of(scene.tracks.hulls, windows_along(scene.tracks.hulls, 0), scene.world)
    nobody = Neighbours(seen.reporting)
    assert not len(seen.windows)
    asked = Seen.of(scene.tracks.hulls, windows_along(scene.tracks.hulls), scene.world).reporting
    assert np.isnan(nobody.features(asked)["reports_vs_neighbours_log10"]).all()


def test_scoring_does_not_import_scikit_learn():
    code = (
        "import sys, numpy as np\n"
        "from app.model_file import DEFAULT_MODEL, load_model\n"
        "model = load_model(DEFAULT_MODEL)\n"
        "model.judge(np.zeros((3, len(model.typical))), np.zeros(3, dtype=int))\n"
        "assert 'sklearn' not in sys.modules, 'scikit-learn was imported'\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
