"""The probability of a gap by chance: no receiver got what the vessel may have sent."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from detectors.reception.calibration import Ruler, fitted_calibration
from detectors.reception.coverage.presence import SATELLITE
from detectors.reception.detection import expit
from detectors.reception.fitting import FIT_ROWS_MIN, SEED
from detectors.reception.windows import windows_of

if TYPE_CHECKING:
    from detectors.reception.fitting import Listener
    from detectors.reception.gaps import Gaps
    from detectors.tracks.reports import Float64, Int64

BIN_MAX = 4.0
"""No half-hour proves more than 1 in 55: the weight of a bin is capped (our prototype: flat from 2 to 8)."""

SPELL_SPREAD = 0.3
"""Standard deviation, in log-odds, of the reception of one spell around what the shares predict.

Receivers, weather and the vessel's antenna stay as they are for hours. Of 0.3, 0.5, 0.8 and 1.3 the first
separated deliberate gaps best on simulated traffic (ROC AUC .978, .973, .961, .916;
`benchmarks/reception.py`, seeds 1 to 3).
"""

CALIBRATION_WINDOWS = 2_000
"""Windows that the calibration is fitted on: three numbers need no more."""

NODES, WEIGHTS = np.polynomial.hermite_e.hermegauss(9)
WEIGHTS = WEIGHTS / WEIGHTS.sum()


@dataclass(frozen=True, eq=False)
class Account:
    """Reception during gaps, one element each.

    `chance` is the probability of no report by chance, `space_chance` the same if only satellites
    received, `expected` the bins expected with a report. `near_h`, `wide_h` and `usual_h` are means over
    the bins (`Heard`).
    """

    chance: Float64
    space_chance: Float64
    expected: Float64
    near_h: Float64
    wide_h: Float64
    usual_h: Float64

    def mixed(self, other: Account, share: float) -> Account:
        """Return this account with the chances of another one mixed in; the evidence stays this one's."""
        return replace(
            self,
            chance=(1.0 - share) * self.chance + share * other.chance,
            space_chance=(1.0 - share) * self.space_chance + share * other.space_chance,
        )


def ruler_of(listener: Listener, start: Ruler) -> Ruler:
    """Return the calibration by the traffic of the run itself; `start` where it is too little."""
    presence = listener.cover.presence
    if len(presence) < FIT_ROWS_MIN:
        return start
    allowed = np.ones(len(presence.offsets) - 1, dtype=np.bool_)
    windows, is_gap = windows_of(presence, allowed, CALIBRATION_WINDOWS, SEED)
    if not len(is_gap):
        return start
    return fitted_calibration(account_of(listener, windows).chance, windows.bins, is_gap, start)


def account_of(listener: Listener, gaps: Gaps, calibration: Ruler | None = None) -> Account:
    """Return what was to be expected during gaps; chances are multiplied bins without a calibration."""
    shares = listener.cover.heard(gaps.places)
    mean, spread = listener.effect(gaps.segment)
    odds = listener.detection.log_odds(shares, gaps.places.is_class_b)
    chance, expected = gap_by_chance(odds, gaps.starts, mean, spread)
    space_chance, _ = gap_by_chance(odds[:, [SATELLITE]], gaps.starts, mean, spread)
    if calibration is not None:
        chance, space_chance = (calibration.calibrated(each, gaps.bins) for each in (chance, space_chance))
    count = np.diff(np.append(gaps.starts, len(odds)))
    evidence = (shares.near_h, shares.wide_h, shares.usual_h)
    return Account(
        chance, space_chance, expected, *(np.add.reduceat(c, gaps.starts) / count for c in evidence)
    )


def gap_by_chance(odds: Float64, starts: Int64, mean: Float64, spread: Float64) -> tuple[Float64, Float64]:
    """Return for each gap the probability of no report by chance, and the expected bins with a report.

    `odds` has a row per bin and a column per channel, -inf where the channel brings nothing; `starts` are the
    first rows of the gaps, one after another, none empty. `mean` and `spread` are those of the vessels' own
    effect (`vessel_effect`).
    """
    odds = odds[:, (odds > -np.inf).any(axis=0)]  # most data come on one channel of the three
    number = np.repeat(np.arange(len(starts)), np.diff(np.append(starts, len(odds))))
    total = np.sqrt(spread**2 + SPELL_SPREAD**2)
    chance, expected = np.zeros(len(starts)), np.zeros(len(starts))
    for node, weight in zip(NODES, WEIGHTS, strict=True):
        share = expit(odds + (mean + node * total)[number][:, None])
        missed = np.log(np.maximum(1.0 - share, 1e-9)).sum(axis=1)
        chance += weight * np.exp(np.add.reduceat(np.maximum(missed, -BIN_MAX), starts))
        expected += weight * np.add.reduceat(-np.expm1(missed), starts)
    return chance, expected
