import dataclasses

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.ensemble import IsolationForest

from detectors.behaviour.forest import Forest, ForestError
from detectors.behaviour.training import SAMPLES, SEED, TREES, fitted, floor_float32, forest_of

ROWS = np.random.default_rng(5).normal(0, 1, (2000, 9)).astype(np.float32)


@pytest.fixture(scope="module")
def forest():
    return fitted(ROWS)


def test_our_scores_are_those_of_scikit_learn(forest):
    theirs = IsolationForest(n_estimators=TREES, max_samples=SAMPLES, random_state=SEED).fit(ROWS)
    fresh = np.random.default_rng(6).normal(0, 2, (501, 9)).astype(np.float32)
    np.testing.assert_allclose(forest.scores(fresh.astype(float)), -theirs.score_samples(fresh), rtol=1e-12)


def test_a_row_on_the_threshold_goes_left_as_in_scikit_learn():
    """Whole numbers fall on thresholds only by float32: both libraries must turn the same way."""
    grid = np.random.default_rng(1).integers(0, 4, (600, 3)).astype(np.float32)
    theirs = IsolationForest(n_estimators=40, max_samples=64, random_state=2).fit(grid)
    cuts = np.concatenate([t.tree_.threshold[t.tree_.feature >= 0] for t in theirs.estimators_])
    rows = np.random.default_rng(3).choice(cuts, (400, 3)).astype(np.float32)
    ours = forest_of(theirs, 3)
    np.testing.assert_allclose(ours.scores(rows.astype(float)), -theirs.score_samples(rows), rtol=1e-12)


@given(st.floats(-1024, 1024), st.floats(-1024, 1024, width=32))
def test_a_threshold_parts_float32_as_it_did_in_float64(threshold, value):
    assert (np.float32(value) <= floor_float32(threshold)) == (value <= threshold)


def test_a_row_is_scored_alike_alone_and_among_others(forest):
    """Eight rows go down together, and what is left over alone."""
    rows = ROWS[:21].astype(float)
    alone = [forest.scores(row[None, :])[0] for row in rows]
    np.testing.assert_array_equal(forest.scores(rows), alone)


def test_a_row_far_out_is_more_unusual_than_any_within(forest):
    assert forest.scores(np.full((1, 9), 9.0))[0] > forest.scores(ROWS.astype(float)).max()


def test_credits_add_up_to_what_the_path_is_short_of_the_expected_one(forest):
    rows = np.random.default_rng(7).normal(0, 2, (100, 9))
    path = -forest.sample_path * np.log2(forest.scores(rows))
    expected = forest.expected[:, 0].mean()
    np.testing.assert_allclose(forest.credits(rows).sum(axis=1), expected - path, rtol=1e-9)


def test_mending_the_feature_with_most_credit_makes_a_row_more_ordinary_than_mending_the_least(forest):
    rng = np.random.default_rng(8)
    rows = rng.normal(0, 1, (300, 9)).astype(np.float32).astype(float)
    rows[np.arange(300), rng.integers(0, 9, 300)] += rng.choice([-6.0, 6.0], 300)
    part = forest.credits(rows)
    gains = []
    for column in (part.argmax(axis=1), part.argmin(axis=1)):
        mended = rows.copy()
        mended[np.arange(300), column] = 0.0
        gains.append(forest.scores(rows) - forest.scores(mended))
    assert (gains[0] > gains[1]).mean() > 0.97
    assert (gains[0] > 0).mean() > 0.97


def test_the_feature_that_is_far_out_gets_the_credit(forest):
    for column in range(9):
        row = np.zeros((1, 9))
        row[0, column] = 7.0
        assert forest.credits(row)[0].argmax() == column


@settings(deadline=None, max_examples=60)
@given(data=st.data())
def test_a_crafted_forest_is_refused_or_scores_finitely(forest, data):
    name = data.draw(st.sampled_from(["feature", "threshold", "expected", "path"]))
    array = getattr(forest, name).copy()
    place = data.draw(st.integers(0, array.size - 1))
    array.flat[place] = (
        data.draw(st.sampled_from([0, 1, 8, 9, 200, np.nan, np.inf, -1]))
        if (name != "feature")
        else data.draw(st.sampled_from([0, 1, 8, 9, 200]))
    )
    try:
        changed = dataclasses.replace(forest, **{name: array})
    except ForestError:
        return
    assert np.isfinite(changed.scores(ROWS[:3].astype(float))).all()
    assert np.isfinite(changed.credits(ROWS[:3].astype(float))).all()


@pytest.mark.parametrize(
    "changed",
    [
        {"feature": np.zeros((2, 3), np.uint8)},
        {"path": np.zeros((3, 5))},
        {"path": np.zeros((0, 4))},
        {"path": np.zeros(4)},
        {"path": np.full((3, 4), -1.0)},
        {"sample_path": 0.0},
        {"sample_path": float("nan")},
        {"sample_path": float("inf")},
        {"feature": np.full((3, 3), 9, np.uint8)},
    ],
)
def test_arrays_that_are_no_forest_are_refused(changed):
    good = {
        "feature": np.zeros((3, 3), np.uint8),
        "threshold": np.zeros((3, 3), np.float32),
        "expected": np.zeros((3, 3)),
        "path": np.zeros((3, 4)),
        "sample_path": 1.0,
        "features": 9,
    }
    Forest(**good)
    with pytest.raises(ForestError):
        Forest(**{**good, **changed})


def test_rows_of_another_width_are_refused(forest):
    with pytest.raises(ForestError, match="features"):
        forest.scores(np.zeros((2, 5)))
