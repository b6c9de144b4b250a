"""Detection probability: a logistic line from the received shares round a place.

`log odds = c0 + c1 near + c2 wide + c3 usual + c4 own + u`, a line per channel and class of transponder,
where `near` and `wide` are logarithms of received over expected, `usual` and `own` log-odds of shares, and
`u` is the effect of the vessel itself (its transponder and antenna). The line is fitted on the traffic; where
there is little, it stays near `STARTING`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from detectors.kernels.reception.coverage import CHANNELS
from detectors.kernels.reception.vessel_effect import log_likelihoods
from detectors.reception.coverage.features import log_odds

if TYPE_CHECKING:
    from detectors.reception.coverage.features import Heard
    from detectors.tracks.reports import Bool, Float64, Int64, UInt8

STARTING = (0.0, 0.7, 0.7, 0.5, 0.5)
"""The line before any fit: place and vessel weigh alike (usual shares are by class)."""

RIDGE = 20.0
"""Weight of `STARTING` in the fit, as if of so many bins."""

ROUNDS = 25
VESSEL_SPREAD = 1.0
"""Standard deviation of `u` between vessels, in log-odds (our prototype: 0 hurt, 1 was enough)."""

BIN_WEIGHT = 0.5
"""Bins of one vessel are not independent: each counts half."""

NODES = np.linspace(-3.0, 3.0, 13)


@dataclass(frozen=True, eq=False)
class DetectionModel:
    """The fitted lines, shape (2, channels, coefficients), class A first; which channels are in use."""

    lines: Float64
    in_use: Bool

    def log_odds(self, heard: Heard, is_class_b: Bool) -> Float64:
        """Return the log-odds of detection per channel, -inf where a channel is not in use."""
        table = columns(heard)
        odds: Float64 = np.einsum("nkc,nck->nc", table, self.lines[is_class_b.astype(np.int64)])
        odds[:, ~self.in_use] = -np.inf
        odds[~heard.is_inside] = -np.inf
        return np.minimum(odds, log_odds(heard.greatest_share))


def columns(heard: Heard) -> Float64:
    """Return the inputs of the lines, shape (places, coefficients, channels)."""
    parts = (np.ones_like(heard.near), heard.near, heard.wide, log_odds(heard.usual), log_odds(heard.own))
    return np.stack(parts, axis=1)


def unfitted(in_use: Bool, start: Float64 | None = None) -> DetectionModel:
    """Return the lines before any fit: those of a background, or `STARTING` for both classes."""
    lines = np.tile(STARTING, (2, CHANNELS, 1)) if start is None else start
    return DetectionModel(lines, in_use)


def fitted(
    heard: Heard, is_class_b: Bool, bits: UInt8, weight: Float64, in_use: Bool, start: Float64 | None
) -> DetectionModel:
    """Return the lines fitted on bins with or without a report (`bits`), by ridge and Newton's method.

    `start` holds the lines that little traffic stays near; None: `STARTING`.
    """
    table = columns(heard)
    lines = unfitted(in_use, start).lines.copy()
    for channel in np.flatnonzero(in_use):
        detected = (bits >> channel & 1).astype(np.float64)
        for number, mask in enumerate((~is_class_b, is_class_b)):
            rows = (table[mask, :, channel], detected[mask], weight[mask])
            lines[number, channel] = newton(*rows, lines[number, channel], RIDGE)
    return DetectionModel(lines, in_use)


def newton(table: Float64, detected: Float64, weight: Float64, start: Float64, ridge: float) -> Float64:
    """Return the logistic line nearest to `detected` (0 or 1), drawn to `start` by `ridge`."""
    line = start.copy()
    for _ in range(ROUNDS):
        share = expit(table @ line)
        slope = table.T @ (weight * (detected - share)) - ridge * (line - start)
        bend = (table * (weight * share * (1.0 - share))[:, None]).T @ table + ridge * np.eye(len(start))
        step = np.linalg.solve(bend, slope)
        line += np.clip(step, -2.0, 2.0)
        if np.abs(step).max() < 1e-6:  # noqa: PLR2004 - far below what a share shows
            break
    return line


def vessel_effect(
    odds: Float64, bits: UInt8, weight: Float64, vessel: Int64, vessel_count: int
) -> tuple[Float64, Float64]:
    """Return mean and standard deviation of `u` of each vessel, from its bins with and without a report.

    `vessel` is the number of the vessel of each bin. A vessel without bins has mean 0 and
    `VESSEL_SPREAD`.
    """
    logs = log_likelihoods(odds, bits, weight * BIN_WEIGHT, vessel, vessel_count, NODES)
    logs -= 0.5 * (NODES / VESSEL_SPREAD) ** 2
    odds_of = np.exp(logs - logs.max(axis=1, keepdims=True))
    odds_of /= odds_of.sum(axis=1, keepdims=True)
    mean = odds_of @ NODES
    return mean, np.sqrt(np.maximum(0.0, odds_of @ NODES**2 - mean**2))


def expit(odds: Float64) -> Float64:
    """Return shares of log-odds."""
    return np.asarray(0.5 * (1.0 + np.tanh(0.5 * odds)))
