"""The days round a meeting: how far apart two vessels were, in what company, and how fast they sail."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from detectors.kernels.geodesy import plane_m
from detectors.units import DAY_S, HOUR_S, KM_M, KNOT_MPS, MINUTE_S

if TYPE_CHECKING:
    from detectors.base import Measures
    from detectors.tracks.reports import Float64

    Places = tuple[Float64, Float64]

STEP_S = 10 * MINUTE_S
"""Motion is compared over this time: noise of 10 m at each end is then 0.05 kn."""

APART_KM, LOOK_S = 5.0, DAY_S
"""Two vessels came together if they were this far apart; looked at for a day before and after."""

PARTED_MIN_H = 0.5
"""Far apart for at least this long, before or after, is a meeting of two that came together, or parted."""

COMPANY_MIN_H = 3.0
"""Within `APART_KM` for longer than this beside the meeting, and longer than apart, two keep company mostly.

Coming alongside and casting off take less; two that only met spend more of the days round it apart.
"""

ONE_TRACK_M, FAST_M = 100.0, 6.0 * KNOT_MPS * STEP_S
"""So near and this far in a step: no two hulls lie side by side at more than 6 kn, but two sets on one do."""

MOVING_KN, SAILS_SHARE, SAILS_STEPS = 3.0, 0.9, 3
"""She sails as fast as this share of her steps above this speed, seen for half an hour at least."""


def company_kept(one: Places, other: Places) -> Measures:
    """Return how long two were far apart and near before and after a meeting, and how they sailed.

    Longitudes and latitudes of each at instants a step apart: first those from the meeting back, then as many
    from its end on; NaN where not known.
    """
    apart_m = np.hypot(*plane_m(*one, *other))
    before_h, after_h = (_apart_h(day_m) for day_m in np.split(apart_m, 2))
    company_h = float((apart_m <= APART_KM * KM_M).sum()) * STEP_S / HOUR_S
    ways_m = [_ways_m(*places) for places in (one, other)]
    side_by_side = (np.maximum(apart_m[:-1], apart_m[1:]) <= ONE_TRACK_M) & (np.minimum(*ways_m) >= FAST_M)
    return {
        "apart_before_h": before_h,
        "apart_after_h": after_h,
        "company_h": company_h,
        "company": _company(before_h, after_h, company_h),
        "one_track_h": float(side_by_side.sum()) * STEP_S / HOUR_S,
        "fastest_kn": max((kn for kn in map(_sails_kn, ways_m) if kn is not None), default=None),
    }


def _ways_m(lon: Float64, lat: Float64) -> Float64:
    """Return the ways over each step; 0 where not known, and from before a meeting to after it."""
    ways_m = np.nan_to_num(np.hypot(*plane_m(lon[:-1], lat[:-1], lon[1:], lat[1:])))
    ways_m[len(lon) // 2 - 1] = 0.0
    return ways_m


def _sails_kn(way_m: Float64) -> float | None:
    """Return how fast a vessel sails at most; None where she was not seen to sail for long enough."""
    kn = way_m / STEP_S / KNOT_MPS
    sailing = kn[kn >= MOVING_KN]
    return float(np.quantile(sailing, SAILS_SHARE)) if len(sailing) >= SAILS_STEPS else None


def _company(before_h: float | None, after_h: float | None, company_h: float) -> str | None:
    """Return ``met`` for two that came together and parted, ``always`` for two that were never seen apart.

    ``mostly`` are two that were seen apart, but for less of the time than in company.
    """
    if before_h is None or after_h is None:
        return None
    if max(before_h, after_h) < PARTED_MIN_H:
        return "always"
    if company_h > max(COMPANY_MIN_H, before_h + after_h):
        return "mostly"
    return "met" if min(before_h, after_h) >= PARTED_MIN_H else "part"


def _apart_h(apart_m: Float64) -> float | None:
    """Return for how long two were over `APART_KM` apart, from instants a step apart; NaN is not known."""
    if np.isnan(apart_m).all():
        return None
    return float((apart_m > APART_KM * KM_M).sum()) * STEP_S / HOUR_S
