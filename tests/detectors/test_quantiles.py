"""Quantiles of one column of doubles equal numpy's to the bit."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detectors.quantiles import median_of, quantile_of

COLUMNS = st.lists(st.floats(-1e9, 1e9), min_size=1, max_size=60).map(np.array)


@given(COLUMNS)
def test_median_is_that_of_numpy(values):
    assert median_of(values) == np.median(values)


@given(COLUMNS, st.floats(0.0, 1.0))
def test_quantile_is_that_of_numpy(values, share):
    assert quantile_of(values, share) == np.quantile(values, share)


def test_single_precision_is_added_in_double():
    values = np.array([0.1, 0.2], dtype=np.float32)
    assert median_of(values) == pytest.approx(0.15, abs=1e-8)


def test_of_nothing_there_is_no_quantile():
    assert np.isnan(median_of(np.array([])))
    with pytest.raises(ValueError, match="no values"):
        quantile_of(np.array([]), 0.5)
