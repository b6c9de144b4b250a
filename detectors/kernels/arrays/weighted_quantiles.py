"""Quantiles of values that count for different lengths of time, without sorting them."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from geodata.jit import helper

Float64 = npt.NDArray[np.float64]

FACTOR, STEP, MASK, SHIFT = 1103515245, 12345, 2**31 - 1, 8
"""Constants of a random sequence that is the same each time (the C standard's example).

So no shape of a track meets pivots that are always bad, as that of two vessels passing one another does where
the first, the middle and the last value are taken.
"""


@helper
def _swap(column: Float64, one: int, other: int) -> None:
    column[one], column[other] = column[other], column[one]


@helper
def weighted_quantile(values: Float64, weights: Float64, share: float) -> float:
    """Return the least value that, with all that are no greater, holds a share of the whole weight.

    NaN where nothing has weight. The rows of both columns are put into another order (Hoare's selection, with
    a split into less, equal and greater): some ten steps a row where a sort takes a hundred.
    """
    target = share * weights.sum()
    if not target > 0.0:
        return math.nan
    # A pivot at a random place: linear on average for every input.
    first, end, before, random = 0, values.size, 0.0, 1
    while end - first > 1:
        random = (random * FACTOR + STEP) & MASK
        pivot = values[first + (random >> SHIFT) % (end - first)]
        less, k, greater = first, first, end
        less_weight, equal_weight = 0.0, 0.0
        # Three parts in one pass. Equal values are a part of their own: tracks hold many, and two parts
        # would not shrink on them.
        while k < greater:
            if values[k] < pivot:
                less_weight += weights[k]
                _swap(values, less, k)
                _swap(weights, less, k)
                less += 1
                k += 1
            elif values[k] > pivot:
                greater -= 1
                _swap(values, greater, k)
                _swap(weights, greater, k)
            else:
                equal_weight += weights[k]
                k += 1
        # Go on only in the part that holds the share; `before` is the weight of all that is less than this
        # part.
        if before + less_weight >= target:
            end = less
        elif before + less_weight + equal_weight >= target or greater == end:
            return float(pivot)
        else:
            first, before = greater, before + less_weight + equal_weight
    return float(values[first])


@helper
def stayed_m(separation_m: Float64, weight_s: Float64, stay_s: float, doubt_m: float) -> float:
    """Return the separation within which two stayed: for `stay_s`, or half the time if that is less.

    Metres, at the least value that the doubt about both positions leaves: rounding is not water. The rows are
    put into another order.
    """
    # The time need not be of one piece: it is a quantile of the separations over time.
    share = min(0.5, stay_s / max(weight_s.sum(), 1.0))
    return max(0.0, weighted_quantile(separation_m, weight_s, share) - doubt_m)
