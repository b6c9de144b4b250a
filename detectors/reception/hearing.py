"""How the shares heard round a place become the chance that this ship is heard: a fitted logistic line.

`log odds = c0 + c1 near + c2 wide + c3 usual + c4 [class B] + u`, a line per channel, where `near`, `wide`
and `usual` are log-odds of shares and `u` says how well this ship is heard for where she is (her set, her
antenna). The line is fitted on the traffic itself; where there is little, it stays near `STARTING`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from detectors.kernels.cover import CHANNELS
from detectors.reception.features import log_odds

if TYPE_CHECKING:
    from detectors.reception.features import Heard
    from detectors.tracks.reports import Bool, Float64, Int64, UInt8

STARTING = (0.0, 0.4, 0.3, 0.3, -0.5)
"""The line before any fit: the shares weigh alike, and a class B set is heard less far."""

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
    """The fitted lines, shape (channels, coefficients), and which channels anyone was heard on."""

    lines: Float64
    in_use: Bool

    def log_odds(self, heard: Heard, is_class_b: Bool) -> Float64:
        """Return the log-odds of being heard per channel, -inf where a channel is not in use."""
        odds: Float64 = np.einsum("nkc,ck->nc", columns(heard, is_class_b), self.lines)
        odds[:, ~self.in_use] = -np.inf
        return odds


def columns(heard: Heard, is_class_b: Bool) -> Float64:
    """Return what the lines are made of, shape (places, coefficients, channels)."""
    near, wide, usual = (log_odds(share) for share in (heard.near, heard.wide, heard.usual))
    one = np.ones_like(near)
    return np.stack([one, near, wide, usual, one * is_class_b[:, None]], axis=1)


def fitted(
    heard: Heard, is_class_b: Bool, bits: UInt8, weight: Float64, in_use: Bool, start: Float64 | None
) -> Hearing:
    """Return the lines fitted on bins that were heard or missed (`bits`), by ridge and Newton's method.

    `start` holds the lines that little traffic stays near; None: `STARTING`.
    """
    table = columns(heard, is_class_b)
    lines = np.tile(STARTING, (CHANNELS, 1)) if start is None else start.copy()
    for channel in np.flatnonzero(in_use):
        told = (bits >> channel & 1).astype(np.float64)
        lines[channel] = _line(table[:, :, channel], told, weight, lines[channel])
    return Hearing(lines, in_use)


def _line(table: Float64, told: Float64, weight: Float64, start: Float64) -> Float64:
    line = start.copy()
    for _ in range(ROUNDS):
        share = expit(table @ line)
        slope = table.T @ (weight * (told - share)) - RIDGE * (line - start)
        bend = (table * (weight * share * (1.0 - share))[:, None]).T @ table + RIDGE * np.eye(len(start))
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
    told = (bits[:, None] >> np.arange(CHANNELS) & 1).astype(np.float64)
    logs = np.tile(-0.5 * (NODES / SHIP_SPREAD) ** 2, (ships, 1))
    for node, u in enumerate(NODES):
        share = expit(odds + u)
        chance = np.where(told > 0, share, 1.0 - share)
        terms = np.log(np.maximum(chance, 1e-12)).sum(axis=1) * weight * BIN_WEIGHT
        logs[:, node] += np.bincount(ship, terms, ships)
    odds_of = np.exp(logs - logs.max(axis=1, keepdims=True))
    odds_of /= odds_of.sum(axis=1, keepdims=True)
    mean = odds_of @ NODES
    return mean, np.sqrt(np.maximum(0.0, odds_of @ NODES**2 - mean**2))


def expit(odds: Float64) -> Float64:
    """Return shares of log-odds."""
    return np.asarray(0.5 * (1.0 + np.tanh(0.5 * odds)))
