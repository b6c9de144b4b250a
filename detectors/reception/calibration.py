"""Set the stated chance right: compare it with windows of the same traffic that were truly silent or not.

Half-hours of a silence are not independent: whoever was heard just now is likely to be heard next, and a
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
"""Windows with a smaller stated chance would outvote the others, and say little about them."""

SLOPE_MIN, SLOPE_MAX = 0.5, 2.0
TINY = 1e-12


@dataclass(frozen=True)
class Ruler:
    """The fitted line; `right` turns stated chances into those that were observed."""

    line: tuple[float, float, float] = STARTING

    def right(self, stated: Float64, bins: Int64) -> Float64:
        """Return chances set right, ascending with the stated ones."""
        shift, slope, length = self.line
        odds = shift + np.clip(slope, SLOPE_MIN, SLOPE_MAX) * _odds(stated) + length * _length(bins)
        return expit(odds)


def fitted_ruler(stated: Float64, bins: Int64, silent: Float64, start: Ruler) -> Ruler:
    """Return the line that fits windows, drawn to `start`: their stated chance, bins, and whether silent."""
    told = stated >= STATED_MIN
    table = np.stack((np.ones(told.sum()), _odds(stated[told]), _length(bins[told])), axis=1)
    line = newton(table, silent[told], np.ones(told.sum()), np.array(start.line), RIDGE)
    return Ruler((float(line[0]), float(line[1]), float(line[2])))


def _odds(chance: Float64) -> Float64:
    held = np.clip(chance, TINY, 1.0 - TINY)
    return np.asarray(np.log(held) - np.log1p(-held))


def _length(bins: Int64) -> Float64:
    return np.asarray(np.log(bins / 6.0))
