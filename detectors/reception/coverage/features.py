"""Received shares round a place at an hour: what the probability of detection is made from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

from detectors.core.units import HOUR_S, KM_M, MINUTE_S
from detectors.kernels.reception.coverage import CHANNELS, COLUMNS, LEVELS, ROWS, level_keys, usual_share
from detectors.kernels.reception.kernel_sums import Asked, Rows, Summed, around
from detectors.reception.coverage.bounds import bounds_of
from detectors.reception.coverage.cells import Cells, NowCells, now_cells, row_values, summed, usual_cells

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from detectors.reception.coverage.presence import Presence
    from detectors.reception.params import ReceptionParams
    from detectors.tracks.reports import Bool, Float32, Float64, Int32, Int64

WIDE_TENTHS = 9
EVIDENCE_TENTHS = 3

OWN_PRIOR_H = 6.0
"""A vessel's own share is drawn to that of its class as if by so many hours."""

SMALL = 0.1
"""Share of the prior added to received and expected alike: an hour without reports among few says little."""

OUTAGE_EXPECTED_H, OUTAGE_SLACK = 0.5, 1.5
"""Where so many vessel-hours of others were expected near, the share is at most this much higher than theirs.

A fitted line is too slow for a station that fails.
"""

SHARE_MIN, SHARE_MAX = 0.001, 0.999


@dataclass(frozen=True, eq=False)
class Places:
    """Places and times of bins, and which rows of presence are the vessel's own."""

    bin: Int64
    lon_deg: Float64
    lat_deg: Float64
    own: Int64
    segment: Int64
    is_class_b: Bool


@dataclass(frozen=True, eq=False)
class Heard:
    """What was received round places: columns of shape (places, channels), evidence in vessel-hours.

    `usual` is the share of vessels received there at all times, `own` the share of all half-hours in
    which this vessel is received. `near` and `wide` compare, at that hour, vessels within some tens of
    kilometres and those of the whole water with what their own shares let expect: the logarithm of
    received over expected, 0 where it is as usual. `near_h`, `wide_h` and `usual_h` are the vessel-hours
    of other vessels behind them. `is_inside` marks the places in the water that the data cover;
    `greatest_share` bounds the share where vessels near were not received as expected.
    """

    near: Float64
    wide: Float64
    usual: Float64
    own: Float64
    near_h: Float64
    wide_h: Float64
    usual_h: Float64
    is_inside: Bool
    greatest_share: Float64


@dataclass(frozen=True, eq=False)
class Cover:
    """The sums of a run's own traffic and of a background, ready for queries.

    `values` are those columns of `row_values` that hold anything, `used` their numbers: most data come on
    one channel of the three.
    """

    presence: Presence
    params: ReceptionParams
    usual: Cells
    own_share: Float64
    values: Float32
    used: Int64
    now: NowCells
    wide: NowCells
    own_squares: tuple[Int64, Float64]
    bounds: BaseGeometry | None

    @classmethod
    def of(cls, presence: Presence, background: Cells | None, params: ReceptionParams) -> Cover:
        """Sum the traffic of a run, with the usual shares of a background."""
        usual = usual_cells(presence)
        usual = usual if background is None else usual.plus(background)
        own = own_shares(presence, params)
        every = row_values(presence, own)
        used = np.flatnonzero(every.any(axis=0))
        values = np.ascontiguousarray(every[:, used])
        now = now_cells(presence, values)
        squares = _own_squares(presence.segment, presence.lon_deg, presence.lat_deg)
        keys, sums = summed(squares, presence.weight.astype(np.float64)[:, None])
        wide, bounds = now.widened(WIDE_TENTHS), bounds_of(presence, usual)
        return cls(presence, params, usual, own, values, used, now, wide, (keys, sums[:, 0]), bounds)

    def heard(self, places: Places) -> Heard:
        """Return what was received round places, the vessel's own rows left out."""
        parameters = self.params
        bin_h = parameters.bin_min * MINUTE_S / HOUR_S
        usual = self._usual(places, parameters.prior_h / bin_h)
        order = np.argsort(places.bin, kind="stable")
        wide = self._around(places, order, self.wide, WIDE_TENTHS, 0, parameters.wide_km * KM_M)
        near = self._around(places, order, self.now, 1, 1, parameters.near_km * KM_M)
        prior = parameters.now_prior_h / bin_h
        return Heard(
            near=_against_expected(near, prior),
            wide=_against_expected(wide, prior),
            usual=usual[:, :CHANNELS],
            own=self.own_share[places.segment],
            near_h=near[:, 0] * bin_h,
            wide_h=wide[:, 0] * bin_h,
            usual_h=np.maximum(0.0, usual[:, CHANNELS] - self._own_present(places)) * bin_h,
            is_inside=self._inside(places),
            greatest_share=_greatest_share(near, bin_h),
        )

    def _usual(self, places: Places, prior: float) -> Float64:
        rows = self.presence
        shares: Float64 = usual_share(
            places.lon_deg,
            places.lat_deg,
            places.is_class_b,
            places.own,
            rows.lon_deg,
            rows.lat_deg,
            rows.heard,
            rows.weight,
            self.usual.keys,
            self.usual.present,
            self.usual.heard,
            self.params.root_share,
            prior,
            np.array(LEVELS),
        )
        return shares

    def _own_present(self, places: Places) -> Float64:
        """Return the vessel's own presence at places: it cannot be evidence for itself."""
        keys, present = self.own_squares
        wanted = _own_squares(places.segment, places.lon_deg, places.lat_deg)
        at = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
        return np.where(keys[at] == wanted, present[at], 0.0)

    def _inside(self, places: Places) -> Bool:
        if self.bounds is None:
            return np.ones(len(places.bin), dtype=np.bool_)
        return np.asarray(shapely.intersects_xy(self.bounds, places.lon_deg, places.lat_deg))

    def _around(
        self, places: Places, order: Int64, cells: NowCells, tenths: int, sides: int, sigma_m: float
    ) -> Float64:
        """Return sums round places; computed in the `order` of time, in which they lie in the cache."""
        rows = self.presence
        sums = np.zeros((len(order), 1 + 2 * CHANNELS))
        sums[order[:, None], self.used] = around(
            Asked(places.bin[order], places.lon_deg[order], places.lat_deg[order], places.own[order]),
            Rows(rows.bin, rows.lon_deg, rows.lat_deg, self.values),
            Summed(cells.keys, cells.values, tenths),
            sides,
            sigma_m,
        )
        return sums


def _own_squares(segment: Int64 | Int32, lon: Float64, lat: Float64) -> Int64:
    """Return keys of the squares of 0.3 degree by segment."""
    squares: Int64 = level_keys(lon, lat, np.zeros(len(lon), dtype=np.bool_), 0, EVIDENCE_TENTHS)
    return segment.astype(np.int64) * (ROWS * COLUMNS) + squares


def own_shares(presence: Presence, params: ReceptionParams) -> Float64:
    """Return the share of half-hours in which each segment is received, shape (segments, channels).

    Half-hours of its long gaps are left out: they are what is to be judged. Little evidence is drawn to
    the share of its class (a Beta prior of `OWN_PRIOR_H`).
    """
    sure = presence.weight == 1.0
    segments = len(presence.offsets) - 1
    prior = OWN_PRIOR_H * HOUR_S / (params.bin_min * MINUTE_S)
    bits = presence.heard[:, None] >> np.arange(CHANNELS, dtype=np.uint8) & 1
    present = np.bincount(presence.segment[sure], minlength=segments).astype(np.float64)[:, None]
    columns = [np.bincount(presence.segment[sure], bits[sure, c], segments) for c in range(CHANNELS)]
    heard = np.stack(columns, axis=1)
    share = np.empty((segments, CHANNELS))
    for mask in (presence.is_class_b, ~presence.is_class_b):
        class_share = (heard[mask].sum(axis=0) + 0.5) / (present[mask].sum() + 1.0)
        share[mask] = (heard[mask] + prior * class_share) / (present[mask] + prior)
    return share


def _greatest_share(near: Float64, bin_h: float) -> Float64:
    """Return the greatest share that vessels near allow on each channel; 1 where too few were expected."""
    heard, expected = (near[:, n : n + CHANNELS] * bin_h for n in (1, 1 + CHANNELS))
    greatest_share = OUTAGE_SLACK * (heard + 0.05) / (expected + 0.1)
    return np.where(expected >= OUTAGE_EXPECTED_H, np.clip(greatest_share, SHARE_MIN, 1.0), 1.0)


def _against_expected(sums: Float64, prior: float) -> Float64:
    """Return the logarithm of received over expected, both with a prior of so many bins."""
    heard, expected = sums[:, 1 : 1 + CHANNELS], sums[:, 1 + CHANNELS :]
    return np.asarray(np.log((heard + SMALL * prior) / (expected + SMALL * prior)))


def log_odds(share: Float64) -> Float64:
    """Return log-odds of shares, held away from 0 and 1."""
    held = np.clip(share, SHARE_MIN, SHARE_MAX)
    return np.asarray(np.log(held) - np.log1p(-held))
