"""What is heard of hulls without a long silence, block by block, against the plain rule."""

from itertools import pairwise

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from detectors.kernels.satellite.moments import BLOCK_ROWS, stretches

APART_S = 1200.0


def plainly(offsets, time_s):
    rows = []
    for hull, (first, end) in enumerate(pairwise(offsets)):
        breaks = first + 1 + np.flatnonzero(np.diff(time_s[first:end]) > APART_S)
        bounds = [first, *breaks.tolist(), end]
        rows += [(hull, a, b) for a, b in pairwise(bounds) if a < b]
    return rows


@settings(max_examples=60, deadline=None)
@given(
    reports=st.lists(st.integers(0, 3 * BLOCK_ROWS), min_size=1, max_size=4),
    silences=st.sets(st.integers(0, 8 * BLOCK_ROWS), max_size=6),
)
def test_stretches_end_at_each_long_silence_wherever_blocks_do(reports, silences):
    offsets = np.cumsum([0, *reports])
    step_s = np.full(offsets[-1], APART_S)  # a silence of just so long parts nothing
    step_s[[k for k in silences | {BLOCK_ROWS, BLOCK_ROWS + 1} if k < len(step_s)]] = APART_S + 1.0
    time_s = np.cumsum(step_s)
    assert list(map(tuple, stretches(offsets, time_s, APART_S).tolist())) == plainly(offsets, time_s)
