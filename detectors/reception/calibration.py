"""Calibration of the stated chance, by windows of the same traffic with and without reports.

The half-hours of a gap are not independent: a vessel received just now is likely to be received next, and a
spell of bad reception lasts. Multiplying them states too much at one end and too little at the other. A
logistic line corrects it: `log odds = a + b x log odds stated + c x log(bins)`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from detectors.reception.detection import expit, newton

if TYPE_CHECKING:
    from detectors.tracks.reports import Float64, Int64

STARTING = (-0.8, 1.1, 0.0)
"""The line before any fit, from simulated traffic (docs/reception.md)."""

RIDGE = 10.0
STATED_MIN = 0.003
"""Windows with a smaller stated chance would outweigh the others, and say little about them."""

SLOPE_MIN, SLOPE_MAX = 0.5, 2.0
TINY = 1e-12


@dataclass(frozen=True)
class Ruler:
    """The calibration: a fitted line; `calibrated` turns stated chances into observed ones."""

    line: tuple[float, float, float] = STARTING

    def calibrated(self, stated: Float64, bins: Int64) -> Float64:
        """Return calibrated chances, ascending with the stated ones."""
        shift, slope, length = self.line
        odds = shift + np.clip(slope, SLOPE_MIN, SLOPE_MAX) * _odds(stated) + length * _length(bins)
        return expit(odds)


def fitted_calibration(stated: Float64, bins: Int64, is_gap: Float64, start: Ruler) -> Ruler:
    """Return the line fitted to windows: stated chance, bins, and whether each had no report (1 or 0).

    It is drawn to `start` where there are few windows.
    """
    is_used = stated >= STATED_MIN
    table = np.stack((np.ones(is_used.sum()), _odds(stated[is_used]), _length(bins[is_used])), axis=1)
    line = newton(table, is_gap[is_used], np.ones(is_used.sum()), np.array(start.line), RIDGE)
    return Ruler((float(line[0]), float(line[1]), float(line[2])))


def _odds(chance: Float64) -> Float64:
    clipped = np.clip(chance, TINY, 1.0 - TINY)
    return np.asarray(np.log(clipped) - np.log1p(-clipped))


def _length(bins: Int64) -> Float64:
    return np.asarray(np.log(bins / 6.0))
