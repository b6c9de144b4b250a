"""Fit the detection model, and the effect of each vessel, on samples of half-hours."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from detectors.reception.coverage.features import Places
from detectors.reception.detection import DetectionModel, fitted, unfitted, vessel_effect

if TYPE_CHECKING:
    from detectors.reception.coverage.features import Cover
    from detectors.reception.coverage.presence import Presence
    from detectors.tracks.reports import Float64, Int64

FIT_ROWS_MIN = 5_000
"""With fewer half-hours (fifteen vessels in a week) nothing is fitted: the starting lines are as good."""

FIT_ROWS = 10_000
"""Bins that the lines are fitted on: more change nothing that matters."""

VESSEL_ROWS = 96
"""Bins from which a vessel's effect is estimated: two days' worth, spread over its track."""

SEED = 20260101


def fit(cover: Cover, start: Float64 | None) -> DetectionModel:
    """Return the lines fitted on a sample of the half-hours of all vessels."""
    rows = np.flatnonzero(cover.presence.weight > 0)
    in_use = cover.usual.heard.sum(axis=0) > 0
    if len(rows) < FIT_ROWS_MIN:
        return unfitted(in_use, start)
    if len(rows) > FIT_ROWS:
        rows = np.sort(np.random.default_rng(SEED).choice(rows, FIT_ROWS, replace=False))
    places = _at(cover.presence, rows)
    weight = cover.presence.weight[rows].astype(np.float64)
    return fitted(cover.heard(places), places.is_class_b, cover.presence.heard[rows], weight, in_use, start)


def _at(presence: Presence, rows: Int64) -> Places:
    """Return rows of presence as places, each row and its neighbours in time being the vessel's own."""
    segment = presence.segment[rows].astype(np.int64)
    own = np.stack(
        (np.maximum(rows - 1, presence.offsets[segment]), np.minimum(rows + 2, presence.offsets[segment + 1]))
    )
    return Places(
        presence.bin[rows],
        presence.lon_deg[rows],
        presence.lat_deg[rows],
        own.T,
        segment,
        presence.is_class_b[segment],
    )


@dataclass(frozen=True, eq=False)
class Listener:
    """The reception of a run: sums (`cover`), detection model (`detection`) and effects of vessels.

    `mean` and `spread` are those of each segment's effect, NaN until first used.
    """

    cover: Cover
    detection: DetectionModel
    mean: Float64
    spread: Float64

    @classmethod
    def of(cls, cover: Cover, start: Float64 | None) -> Listener:
        """Fit the lines on the summed traffic; `start` holds those of a background."""
        unknown = np.full(len(cover.presence.offsets) - 1, np.nan)
        return cls(cover, fit(cover, start), unknown, unknown.copy())

    def effect(self, segment: Int64) -> tuple[Float64, Float64]:
        """Return mean and spread of each segment's effect, from half-hours outside its long gaps."""
        missing = np.unique(segment)
        missing = missing[np.isnan(self.mean[missing])]
        if len(missing):
            presence = self.cover.presence
            rows = np.concatenate([_spread_rows(presence, int(each)) for each in missing])
            number = np.searchsorted(missing, presence.segment[rows])
            places = _at(presence, rows)
            odds = self.detection.log_odds(self.cover.heard(places), places.is_class_b)
            effects = vessel_effect(odds, presence.heard[rows], np.ones(len(rows)), number, len(missing))
            self.mean[missing], self.spread[missing] = effects
        return self.mean[segment], self.spread[segment]


def _spread_rows(presence: Presence, segment: int) -> Int64:
    first, end = presence.offsets[segment], presence.offsets[segment + 1]
    rows = first + np.flatnonzero(presence.weight[first:end] == 1.0)
    if len(rows) <= VESSEL_ROWS:
        return np.asarray(rows)
    return np.asarray(rows[np.linspace(0, len(rows) - 1, VESSEL_ROWS).astype(np.int64)])
