"""How the shares heard round a place become the chance that this ship is heard: a fitted logistic line.

`log odds = c0 + c1 near + c2 wide + c3 usual + u`, a line per channel and class of set, where `near`, `wide`
and `usual` are log-odds of shares and `u` says how well this ship is heard for where she is (her set, her
antenna). The line is fitted on the traffic itself; where there is little, it stays near `STARTING`.
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
"""The line before any fit: place and ship weigh alike (usual shares are told by class)."""

RIDGE = 20.0
"""Weight of `STARTING` in the fit, as if of so many bins."""

ROUNDS = 25
SHIP_SPREAD = 1.0
"""Standard deviation of `u` between ships, in log-odds (our prototype: 0 hurt, 1 was enough)."""

BIN_WEIGHT = 0.5
"""Bins of one ship follow one another: each counts half."""

NODES = np.linspace(-3.0, 3.0, 13)


@dataclass(frozen=True, eq=False)
class Hearing:
    """The fitted lines, shape (2, channels, coefficients), class A first; which channels are in use."""

    lines: Float64
    in_use: Bool

    def log_odds(self, heard: Heard, is_class_b: Bool) -> Float64:
        """Return the log-odds of being heard per channel, -inf where a channel is not in use."""
        table = columns(heard)
        odds: Float64 = np.einsum("nkc,nck->nc", table, self.lines[is_class_b.astype(np.int64)])
        odds[:, ~self.in_use] = -np.inf
        odds[~heard.is_inside] = -np.inf
        return np.minimum(odds, log_odds(heard.most))


def columns(heard: Heard) -> Float64:
    """Return what the lines are made of, shape (places, coefficients, channels)."""
    parts = (np.ones_like(heard.near), heard.near, heard.wide, log_odds(heard.usual), log_odds(heard.own))
    return np.stack(parts, axis=1)


def unfitted(in_use: Bool, start: Float64 | None = None) -> Hearing:
    """Return the lines before any fit: those of a background, or `STARTING` for both classes."""
    lines = np.tile(STARTING, (2, CHANNELS, 1)) if start is None else start
    return Hearing(lines, in_use)


def fitted(
    heard: Heard, is_class_b: Bool, bits: UInt8, weight: Float64, in_use: Bool, start: Float64 | None
) -> Hearing:
    """Return the lines fitted on bins that were heard or missed (`bits`), by ridge and Newton's method.

    `start` holds the lines that little traffic stays near; None: `STARTING`.
    """
    table = columns(heard)
    lines = unfitted(in_use, start).lines.copy()
    for channel in np.flatnonzero(in_use):
        told = (bits >> channel & 1).astype(np.float64)
        for number, mask in enumerate((~is_class_b, is_class_b)):
            rows = (table[mask, :, channel], told[mask], weight[mask])
            lines[number, channel] = newton(*rows, lines[number, channel], RIDGE)
    return Hearing(lines, in_use)


def newton(table: Float64, told: Float64, weight: Float64, start: Float64, ridge: float) -> Float64:
    """Return the logistic line nearest to `told` (0 or 1), drawn to `start` by `ridge`."""
    line = start.copy()
    for _ in range(ROUNDS):
        share = expit(table @ line)
        slope = table.T @ (weight * (told - share)) - ridge * (line - start)
        bend = (table * (weight * share * (1.0 - share))[:, None]).T @ table + ridge * np.eye(len(start))
        step = np.linalg.solve(bend, slope)
        line += np.clip(step, -2.0, 2.0)
        if np.abs(step).max() < 1e-6:  # noqa: PLR2004 - far below what a share shows
            break
    return line


def ship_effect(
    odds: Float64, bits: UInt8, weight: Float64, ship: Int64, ships: int
) -> tuple[Float64, Float64]:
    """Return mean and standard deviation of `u` of each ship, from bins of hers that were heard or missed.

    `ship` numbers the ship of each bin. A ship without bins has mean 0 and `SHIP_SPREAD`.
    """
    logs = log_likelihoods(odds, bits, weight * BIN_WEIGHT, ship, ships, NODES)
    logs -= 0.5 * (NODES / SHIP_SPREAD) ** 2
    odds_of = np.exp(logs - logs.max(axis=1, keepdims=True))
    odds_of /= odds_of.sum(axis=1, keepdims=True)
    mean = odds_of @ NODES
    return mean, np.sqrt(np.maximum(0.0, odds_of @ NODES**2 - mean**2))


def expit(odds: Float64) -> Float64:
    """Return shares of log-odds."""
    return np.asarray(0.5 * (1.0 + np.tanh(0.5 * odds)))
