import dataclasses

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.ensemble import IsolationForest
from support import HOUR, T0, every, path, scene_of, still

from detectors.anomaly.features import FEATURES, training_windows, window_features
from detectors.anomaly.forest import ForestError
from detectors.anomaly.training import SAMPLES, SEED, TREES, TrainingError, fitted, train

ROWS = np.random.default_rng(5).normal(0, 1, (2000, 9)).astype(np.float32)


@pytest.fixture(scope="module")
def forest():
    return fitted(ROWS)


def test_our_scores_are_those_of_scikit_learn(forest):
    theirs = IsolationForest(n_estimators=TREES, max_samples=SAMPLES, random_state=SEED).fit(ROWS)
    fresh = np.random.default_rng(6).normal(0, 2, (500, 9)).astype(np.float32)
    np.testing.assert_allclose(forest.scores(fresh.astype(float)), -theirs.score_samples(fresh), rtol=1e-12)


def test_a_row_far_out_is_more_unusual_than_any_within(forest):
    assert forest.scores(np.full((1, 9), 9.0))[0] > forest.scores(ROWS.astype(float)).max()


@settings(deadline=None, max_examples=60)
@given(data=st.data())
def test_a_crafted_forest_is_refused_and_never_walked(forest, data):
    name = data.draw(st.sampled_from(["left", "right", "feature", "roots"]))
    array = getattr(forest, name).copy()
    place = data.draw(st.integers(0, len(array) - 1))
    array[place] = data.draw(st.sampled_from([-7, 0, 1, 10**6]))
    try:
        changed = dataclasses.replace(forest, **{name: array})
    except ForestError:
        return
    assert np.isfinite(changed.scores(ROWS[:3].astype(float))).all()


def test_rows_of_another_width_are_refused(forest):
    with pytest.raises(ForestError, match="features"):
        forest.scores(np.zeros((2, 5)))


def features_of(reports, end_h=12.0):
    hulls = scene_of(reports).tracks.hulls
    found = window_features(hulls, 0, T0 + end_h * HOUR)
    return None if found is None else dict(zip(FEATURES, found, strict=True))


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


def test_a_ship_that_turns_in_circles():
    times = every(5, 0, 12)
    told = features_of(path(1, times, 4000 * np.cos(2 * times), 4000 * np.sin(2 * times)))
    assert told["straightness"] < 0.2
    assert told["turning_deg_per_h"] > 90


@pytest.mark.parametrize("minutes", [0.5, 2, 9])
def test_motion_is_measured_alike_at_any_reporting_interval(minutes):
    wave = 2 * np.pi / 6
    often, seldom = (
        features_of(path(1, t, t * 8 * 1852, 3000 * np.sin(wave * t)))
        for t in (every(minutes, 0, 12), every(1, 0, 12))
    )
    for name in FEATURES[:6]:
        assert often[name] == pytest.approx(seldom[name], abs=0.35), name


def test_too_few_reports_say_nothing():
    assert features_of(still(1, [0, 1, 2])) is None
    assert features_of(still(1, every(5, 0, 1))) is None


def fleet(ships=90, days=3):
    rng = np.random.default_rng(8)
    times = every(10, 0, 24 * days)
    return [
        path(n, times, times * rng.uniform(6, 14) * 1852 + rng.normal(0, 20, len(times)), 0 * times)
        for n in range(ships)
    ]


@pytest.fixture(scope="module")
def model():
    windows = training_windows(scene_of(*fleet()).tracks.hulls)
    return train(windows, {"sha256": "test"})


def test_ordinary_behaviour_is_ordinary_and_circling_is_not_and_it_says_why(model):
    times = every(10, 0, 12)
    noise = np.random.default_rng(9).normal(0, 20, len(times))
    straight = path(1, times, times * 10 * 1852 + noise, 0 * times)
    circling = path(1, times, 3000 * np.cos(2 * times), 3000 * np.sin(2 * times))
    judged = []
    for reports in (straight, circling):
        hulls = scene_of(reports).tracks.hulls
        judged.append(model.judge(window_features(hulls, 0, T0 + 12 * HOUR)))
    assert judged[0].percentile < 0.9
    assert judged[1].percentile > 0.99
    assert set(judged[1].features) <= set(FEATURES)
    assert judged[1].features


def test_too_little_traffic_is_refused_with_what_is_needed():
    with pytest.raises(TrainingError, match="at least 500 are needed"):
        train(np.zeros((3, len(FEATURES))), {})
