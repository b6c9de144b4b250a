"""Judgement and drift; features and the forest have files of their own."""

import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest
from anomalies import judged, lying_still, still_water
from support import HOUR, T0, every, path, scene_of, still

from detectors.behaviour.behaviour import BEYOND, NOT_JUDGED, WITHIN, Behaviour
from detectors.behaviour.drift import BOUND, Bins, Drift
from detectors.behaviour.features import FEATURES, Seen
from detectors.behaviour.history import CLASSES, History
from detectors.behaviour.model import QUANTILES, SIMULATOR
from detectors.behaviour.reporting import Neighbours
from detectors.behaviour.training import CLASS_MIN, TrainingError, learn, train
from detectors.behaviour.windows import windows_along
from geodata.world import World

NOWHERE = still_water().field


def companions(silent_h=0.0):
    """A ship that reports every 5 min but for a silence, among nine that report so throughout."""
    times = every(5, 0, 24)
    mine = times[(times < 4) | (times >= 4 + silent_h)]
    return still(1, mine), *(still(n, times, 3000 * n) for n in range(2, 11))


def two_classes(tankers=CLASS_MIN):
    """Windows of ships that lie still, and of tankers that turn more."""
    history = of_classes(lying_still(), tankers)
    history.windows[:tankers, FEATURES.index("turning_deg_per_h")] += 200.0
    return history


def of_classes(windows, tankers):
    classes = np.full(len(windows), CLASSES.index("cargo"))
    classes[:tankers] = CLASSES.index("tanker")
    return History(windows, classes, NOWHERE)


ABOUT = {"sha256": "test", "origin": "own traffic"}


def test_a_ship_is_held_against_its_class_where_it_is_large_enough():
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
    strange = model.typical.copy()
    strange[FEATURES.index("turning_deg_per_h")] = 5000.0
    stranger = replace(model, typical=strange)
    for told in stranger.judge(blind, unknown, features_named=len(FEATURES)):
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
        assert other.manifest()["drift"]["within"] is False


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
    seen = Seen.of(scene.tracks.segments, windows_along(scene.tracks.segments, 0), scene.world)
    nobody = Neighbours(seen.reporting)
    assert not len(seen.windows)
    asked = Seen.of(scene.tracks.segments, windows_along(scene.tracks.segments), scene.world).reporting
    assert np.isnan(nobody.features(asked)["reports_vs_neighbours_log10"]).all()


def test_scoring_does_not_import_scikit_learn():
    code = (
        "import sys, numpy as np\n"
        "from app.inputs.models import DEFAULT_MODEL, load_model\n"
        "model = load_model(DEFAULT_MODEL)\n"
        "model.judge(np.zeros((3, len(model.typical))), np.zeros(3, dtype=int))\n"
        "assert 'sklearn' not in sys.modules, 'scikit-learn was imported'\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
