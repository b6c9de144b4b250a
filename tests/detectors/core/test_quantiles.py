"""Quantiles of one column of doubles equal numpy's to the bit."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detectors.core.quantiles import quantile_of

COLUMNS = st.lists(st.floats(-1e9, 1e9), min_size=1, max_size=60).map(np.array)


@given(COLUMNS, st.floats(0.0, 1.0))
def test_quantile_is_that_of_numpy(values, share):
    assert quantile_of(values, share) == np.quantile(values, share)


def test_of_nothing_there_is_no_quantile():
    with pytest.raises(ValueError, match="no values"):
        quantile_of(np.array([]), 0.5)
