"""Numbering vessels by a hash: the same as sorting, whatever the keys."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detectors.kernels.arrays.distinct import LOW_BITS, SPREAD, distinct
from geodata.jit import interpreted

EXTREMES = [-(2**63), 2**63 - 1, 0, -1, 440000001, 2**31, -(2**62) - 7]
keys = st.lists(st.sampled_from(EXTREMES) | st.integers(-(2**63), 2**63 - 1) | st.integers(0, 9), max_size=60)


def check(numbers):
    found, place = distinct(numbers)
    wanted, inverse = np.unique(numbers, return_inverse=True)
    assert found.tolist() == wanted.tolist()
    assert place.tolist() == inverse.tolist()
    assert place.dtype == np.int32


@settings(deadline=None)
@given(keys)
def test_it_says_what_sorting_says_compiled_and_interpreted(numbers):
    check(np.array(numbers, dtype=np.int64))
    with interpreted():
        check(np.array(numbers, dtype=np.int64))


def test_more_vessels_than_the_first_table_holds():
    check(np.random.default_rng(1).integers(-(2**62), 2**62, 50_000))


@pytest.mark.parametrize("copies", [1, 50])
def test_keys_that_were_made_to_collide_are_told_apart_all_the_same(copies):
    many = np.arange(2_000_000, dtype=np.int64)
    slot = (((many & LOW_BITS) * SPREAD) >> 20) & 0xFFFFF
    check(np.tile(many[np.argsort(slot, kind="stable")[:8000]], copies))
