import numpy as np
import pytest

from geodata.jit import _kernels, interpreted, kernel


def weighted(values, weights):
    result = 0.0
    for n in range(values.size):
        result += values[n] * weights[n]
    return result


@pytest.fixture(scope="module")
def total():
    """A kernel of these tests alone, not one that the product compiles."""
    yield kernel(weighted)
    _kernels.pop()


def test_arrays_of_every_kind_are_answered_by_one_compiled_loop(total):
    plain, locked, strided = np.arange(4.0), np.arange(4.0), np.arange(8.0)[::2] / 2
    locked.setflags(write=False)
    for values in (plain, locked, strided):
        for weights in (plain, locked, strided):
            assert total(values, weights) == 14.0
    assert len(total.compiled.signatures) == 1
    assert plain.flags.writeable


def test_interpreted_it_is_the_same_loop(total):
    with interpreted():
        assert total(np.arange(4.0), np.ones(4)) == pytest.approx(6.0)
