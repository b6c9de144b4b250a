"""Weighted quantiles: the same as sorting and adding up."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detectors.kernels.arrays.weighted_quantiles import weighted_quantile

rows = st.lists(
    st.tuples(st.integers(-5, 5).map(float) | st.floats(-1e3, 1e3), st.integers(0, 4).map(float)), max_size=40
)


def plainly(values, weights, share):
    if not sum(weights) > 0:
        return math.nan
    order = sorted(range(len(values)), key=lambda n: values[n])
    passed = 0.0
    for n in order:
        passed += weights[n]
        if passed >= share * sum(weights) and passed > 0.0:
            return values[n]
    return values[order[-1]]


@given(rows, st.sampled_from([0.05, 0.25, 0.5, 0.95, 1.0]))
def test_it_is_what_sorting_and_adding_up_gives(pairs, share):
    values, weights = (np.array([pair[n] for pair in pairs], dtype=float) for n in (0, 1))
    expected = plainly(values.tolist(), weights.tolist(), share)
    assert weighted_quantile(values, weights, share) == pytest.approx(expected, nan_ok=True)


def test_one_quantile_after_another_of_the_same_rows():
    values, weights = np.array([9.0, 1.0, 5.0, 7.0, 3.0]), np.ones(5)
    assert [weighted_quantile(values, weights, share) for share in (0.5, 0.95, 0.1)] == [5.0, 9.0, 1.0]


@pytest.mark.parametrize("share", [0.1, 0.5, 0.95])
def test_two_that_pass_one_another_are_a_v_and_cost_no_more(share):
    """A pivot of the first, the middle and the last row is the worst of them all: a square of steps."""
    apart = np.hypot(np.linspace(-2e4, 2e4, 20_001), 60.0)
    counted = Counted(apart.copy())
    told = weighted_quantile(counted, np.ones(len(apart)), share)
    assert told == pytest.approx(np.sort(apart)[int(np.ceil(share * len(apart))) - 1])
    assert counted.looks < 60 * len(apart)


class Counted:
    """A column that counts how often its values are looked at."""

    def __init__(self, values):
        self.values, self.looks, self.size = values, 0, len(values)

    def __getitem__(self, row):
        self.looks += 1
        return self.values[row]

    def __setitem__(self, row, value):
        self.values[row] = value


def test_no_rows_have_no_quantile():
    assert math.isnan(weighted_quantile(np.empty(0), np.empty(0), 0.5))
