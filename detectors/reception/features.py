"""What was heard round a place at an hour: the shares that the chance of being heard is made from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from detectors.kernels.cover import CHANNELS, LEVELS, around, usual_share
from detectors.reception.cells import Cells, now_cells, usual_cells, widened
from detectors.units import HOUR_S, KM_M, MINUTE_S

if TYPE_CHECKING:
    from detectors.reception.params import ReceptionParams
    from detectors.reception.presence import Presence
    from detectors.tracks.reports import Bool, Float64, Int64

WIDE_TENTHS = 9
SHARE_MIN, SHARE_MAX = 0.001, 0.999


@dataclass(frozen=True, eq=False)
class Places:
    """Where and when something would have been heard, and which rows of presence are her own."""

    bin: Int64
    lon_deg: Float64
    lat_deg: Float64
    own: Int64
    is_class_b: Bool


@dataclass(frozen=True, eq=False)
class Heard:
    """Shares heard at places, one column per channel, and the evidence in vessel-hours.

    `near` is of ships within some tens of kilometres and half an hour, `wide` of those of the whole water at
    that hour, `usual` of all times; each falls back on the next where it knows too little. `near_h`, `wide_h`
    and `usual_h` are the vessel-hours behind them.
    """

    near: Float64
    wide: Float64
    usual: Float64
    near_h: Float64
    wide_h: Float64
    usual_h: Float64


@dataclass(frozen=True, eq=False)
class Cover:
    """The sums of a run's own traffic and of a background, ready to be asked."""

    presence: Presence
    usual: Cells
    now: Cells
    wide: Cells
    params: ReceptionParams

    @classmethod
    def of(cls, presence: Presence, background: Cells | None, params: ReceptionParams) -> Cover:
        """Sum the traffic of a run, with what a background knows of usual shares."""
        now, usual = now_cells(presence), usual_cells(presence)
        usual = usual if background is None else usual.plus(background)
        return cls(presence, usual, now, widened(now, WIDE_TENTHS), params)

    def heard(self, places: Places) -> Heard:
        """Return the shares heard at places, the vessel's own rows left out."""
        rows, knobs = self.presence, self.params
        bin_h = knobs.bin_min * MINUTE_S / HOUR_S
        prior, now_prior = knobs.prior_h / bin_h, knobs.now_prior_h / bin_h
        usual = usual_share(
            places.lon_deg,
            places.lat_deg,
            places.own,
            rows.lon_deg,
            rows.lat_deg,
            rows.heard,
            rows.weight,
            self.usual.keys,
            self.usual.present,
            self.usual.heard,
            knobs.root_share,
            prior,
            np.array(LEVELS),
        )
        wide = self._around(places, self.wide, WIDE_TENTHS, 0, knobs.wide_km * KM_M)
        near = self._around(places, self.now, 1, 1, knobs.near_km * KM_M)
        share = usual[:, :CHANNELS]
        wide_share = (wide[:, 1:] + now_prior * share) / (wide[:, :1] + now_prior)
        near_share = (near[:, 1:] + now_prior * wide_share) / (near[:, :1] + now_prior)
        hours = (near[:, 0] * bin_h, wide[:, 0] * bin_h, usual[:, CHANNELS] * bin_h)
        return Heard(near_share, wide_share, share, *hours)

    def _around(self, places: Places, cells: Cells, tenths: int, sides: int, sigma_m: float) -> Float64:
        rows = self.presence
        sums: Float64 = around(
            places.bin,
            places.lon_deg,
            places.lat_deg,
            places.own,
            rows.bin,
            rows.lon_deg,
            rows.lat_deg,
            rows.heard,
            rows.weight,
            cells.keys,
            cells.present,
            cells.heard,
            tenths,
            sides,
            sigma_m,
        )
        return sums


def log_odds(share: Float64) -> Float64:
    """Return log-odds of shares, held away from 0 and 1."""
    held = np.clip(share, SHARE_MIN, SHARE_MAX)
    return np.asarray(np.log(held) - np.log1p(-held))
