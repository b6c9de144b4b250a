"""A loop over half-hours: how well each ship is heard for where she is."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from geodata.jit import kernel

Int64 = npt.NDArray[np.int64]
Float64 = npt.NDArray[np.float64]
UInt8 = npt.NDArray[np.uint8]

CHANCE_MIN = 1e-12
"""What was held to be impossible and happened all the same is held to be this likely."""


@kernel
def log_likelihoods(
    odds: Float64, bits: UInt8, weight: Float64, ship: Int64, ships: int, nodes: Float64
) -> Float64:
    """Return for each ship and each effect how likely it makes what was heard of her, shape (ships, nodes).

    Natural logarithms. `odds` are log-odds by half-hour and channel, `bits` the channels on which she was
    heard, `nodes` the effects: what they add to the log-odds of all channels.
    """
    logs = np.zeros((ships, nodes.size))
    factors = np.exp(nodes)
    chances = np.empty(nodes.size)
    for row in range(odds.shape[0]):
        chances[:] = 1.0
        for channel in range(odds.shape[1]):
            ratio = math.exp(odds[row, channel])
            is_heard = bits[row] >> channel & 1
            for node in range(nodes.size):
                told = ratio * factors[node]
                chances[node] *= max((told if is_heard else 1.0) / (1.0 + told), CHANCE_MIN)
        for node in range(nodes.size):
            logs[ship[row], node] += weight[row] * math.log(chances[node])
    return logs
