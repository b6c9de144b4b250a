"""How well each vessel is heard, compared with others at the same places."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from geodata.jit import kernel

Int64 = npt.NDArray[np.int64]
Float64 = npt.NDArray[np.float64]
UInt8 = npt.NDArray[np.uint8]

CHANCE_MIN = 1e-12
"""What was held to be impossible and happened all the same is taken to be this likely."""


@kernel
def log_likelihoods(
    odds: Float64, bits: UInt8, weight: Float64, vessel: Int64, vessels: int, nodes: Float64
) -> Float64:
    """Return for each vessel and each effect how likely it makes what was heard, shape (vessels, nodes).

    Natural logarithms. `odds` are log-odds by half-hour and channel; `bits` are the channels on which the
    vessel was heard; `vessel` is the vessel of each half-hour. `nodes` are the effects: what they add to the
    log-odds of all channels. Step 6 averages over them.
    """
    logs = np.zeros((vessels, nodes.size))
    # Adding to log-odds is multiplying odds: one exponential per half-hour and channel serves all effects.
    factors = np.exp(nodes)
    chances = np.empty(nodes.size)
    for row in range(odds.shape[0]):
        chances[:] = 1.0
        for channel in range(odds.shape[1]):
            ratio = math.exp(odds[row, channel])
            is_heard = bits[row] >> channel & 1
            for node in range(nodes.size):
                odds_here = ratio * factors[node]
                # Heard: odds / (1 + odds); missed: 1 / (1 + odds). Channels are taken as independent.
                chances[node] *= max((odds_here if is_heard else 1.0) / (1.0 + odds_here), CHANCE_MIN)
        for node in range(nodes.size):
            # One logarithm for all channels of a half-hour: the product of three is far from underflow.
            logs[vessel[row], node] += weight[row] * math.log(chances[node])
    return logs
