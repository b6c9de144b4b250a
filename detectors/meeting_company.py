"""The days round a meeting: how far apart two vessels were, in what company, and how fast they sail."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from detectors.kernels.geodesy import plane_m
from detectors.quantiles import quantile_of
from detectors.units import HOUR_S, KM_M, KNOT_MPS, MINUTE_S

if TYPE_CHECKING:
    from detectors.base import Measures
    from detectors.sts_evidence_params import EvidenceParams
    from detectors.tracks.reports import Float64

    Places = tuple[Float64, Float64]


def company_kept(one: Places, other: Places, params: EvidenceParams) -> Measures:
    """Return how long two were far apart and near before and after a meeting, and how they sailed.

    Longitudes and latitudes of each at instants `motion_step_min` apart: first those from the meeting back,
    then as many from its end on; NaN where not known.
    """
    apart_m = np.hypot(*plane_m(*one, *other))
    before_h, after_h = (_apart_h(day_m, params) for day_m in np.split(apart_m, 2))
    step_s = params.motion_step_min * MINUTE_S
    company_h = float((apart_m <= params.apart_min_km * KM_M).sum()) * step_s / HOUR_S
    ways_m = [_ways_m(*places) for places in (one, other)]
    side_by_side = np.maximum(apart_m[:-1], apart_m[1:]) <= params.one_track_within_m
    sailing = np.minimum(*ways_m) >= params.one_track_from_kn * KNOT_MPS * step_s
    sail_kn = (_sails_kn(way_m, params) for way_m in ways_m)
    return {
        "apart_before_h": before_h,
        "apart_after_h": after_h,
        "company_h": company_h,
        "company": _company(before_h, after_h, company_h, params),
        "one_track_h": float((side_by_side & sailing).sum()) * step_s / HOUR_S,
        "fastest_kn": max((kn for kn in sail_kn if kn is not None), default=None),
    }


def _ways_m(lon: Float64, lat: Float64) -> Float64:
    """Return the ways over each step; 0 where not known, and from before a meeting to after it."""
    ways_m = np.nan_to_num(np.hypot(*plane_m(lon[:-1], lat[:-1], lon[1:], lat[1:])))
    ways_m[len(lon) // 2 - 1] = 0.0
    return ways_m


def _sails_kn(way_m: Float64, params: EvidenceParams) -> float | None:
    """Return how fast a vessel sails at most; None where she was not seen to sail for long enough."""
    kn = way_m / (params.motion_step_min * MINUTE_S) / KNOT_MPS
    sailing = kn[kn >= params.fastest_from_kn]
    if len(sailing) * params.motion_step_min < params.fastest_seen_min:
        return None
    return quantile_of(sailing, params.fastest_share)


def _company(
    before_h: float | None, after_h: float | None, company_h: float, params: EvidenceParams
) -> str | None:
    """Return ``met`` for two that came together and parted, ``always`` for two that were never seen apart.

    ``mostly`` are two that were seen apart, but for less of the time than in company.
    """
    if before_h is None or after_h is None:
        return None
    if max(before_h, after_h) < params.parted_min_h:
        return "always"
    if company_h > max(params.company_min_h, before_h + after_h):
        return "mostly"
    return "met" if min(before_h, after_h) >= params.parted_min_h else "part"


def _apart_h(apart_m: Float64, params: EvidenceParams) -> float | None:
    """Return for how long two were over `apart_min_km` apart, by instants a step apart; NaN is not known."""
    if np.isnan(apart_m).all():
        return None
    steps = float((apart_m > params.apart_min_km * KM_M).sum())
    return steps * params.motion_step_min * MINUTE_S / HOUR_S
