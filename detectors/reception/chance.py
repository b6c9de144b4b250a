"""The probability that a silence is chance: nobody received what she may have sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from detectors.reception.hearing import expit

if TYPE_CHECKING:
    from detectors.tracks.reports import Float64, Int64

BIN_MAX = 4.0
"""No half-hour proves more than 1 in 55: what a bin says is capped (our prototype: flat from 2 to 8)."""

SPELL_SPREAD = 0.8
"""Standard deviation, in log-odds, of how well one spell is received for what the shares say: receivers,
weather and her antenna stay as they are for hours, so the bins of one silence miss together. Chosen by the
reliability on simulated traffic (docs/definitions/reception.md)."""

POINTS, WEIGHTS = np.polynomial.hermite_e.hermegauss(9)
WEIGHTS = WEIGHTS / WEIGHTS.sum()


def silence_by_chance(
    odds: Float64, starts: Int64, mean: Float64, spread: Float64
) -> tuple[Float64, Float64]:
    """Return for each silence the probability of no report by chance, and the bins expected to be heard.

    `odds` has a row per bin and a column per channel; `starts` are the first rows of the silences, one after
    another, none empty. `mean` and `spread` say how well each ship is heard (`ship_effect`).
    """
    number = np.repeat(np.arange(len(starts)), np.diff(np.append(starts, len(odds))))
    total = np.sqrt(spread**2 + SPELL_SPREAD**2)
    chance, expected = np.zeros(len(starts)), np.zeros(len(starts))
    for point, weight in zip(POINTS, WEIGHTS, strict=True):
        share = expit(odds + (mean + point * total)[number][:, None])
        missed = np.log(np.maximum(1.0 - share, 1e-9)).sum(axis=1)
        chance += weight * np.exp(np.add.reduceat(np.maximum(missed, -BIN_MAX), starts))
        expected += weight * np.add.reduceat(-np.expm1(missed), starts)
    return chance, expected
