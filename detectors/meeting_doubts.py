"""What makes a meeting none: one of the two is fixed to the ground, or a garbled number put her there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from detectors.kernels.spells import off_middle_m
from detectors.quantiles import quantile_of
from detectors.units import HOUR_S

if TYPE_CHECKING:
    from collections.abc import Sequence

    from detectors.meeting import Leg, Span
    from detectors.sts_evidence_params import EvidenceParams
    from detectors.tracks.tracks import Tracks


def fixed_h(legs: Sequence[Leg], span: Span, params: EvidenceParams) -> float:
    """Return for how long either lay fixed to the ground, `fixed_look_h` before and after counted; or 0.

    A ship at anchor swings; what keeps its place through tides is a platform, a berth or a lay-up.
    """
    hours = [0.0]
    look_s = params.fixed_look_h * HOUR_S
    for leg in legs:
        first, end = np.searchsorted(leg.all_time_s, (span[0] - look_s, span[1] + look_s))
        if end - first < params.fixed_reports_min:
            continue
        off_m = off_middle_m(leg.all_lon_deg[first:end], leg.all_lat_deg[first:end])
        if quantile_of(off_m, params.fixed_share) <= params.fixed_within_m:
            hours.append(float(leg.all_time_s[end - 1] - leg.all_time_s[first]) / HOUR_S)
    return max(hours)


def stray_ratio(tracks: Tracks, legs: Sequence[Leg], span: Span, params: EvidenceParams) -> float | None:
    """Return how many times as often a number was heard elsewhere meanwhile as here, the most of both.

    Told of a hull of few reports alone: garbled numbers put strays on another ship's track. None else.
    """
    ratios = []
    for leg in legs:
        first, end = int(tracks.offsets[leg.vessel]), int(tracks.offsets[leg.vessel + 1])
        here, times = len(leg.inside(span)), tracks.time_s[first:end]
        heard = int(np.searchsorted(times, span[1], side="right") - np.searchsorted(times, span[0]))
        if 0 < here <= params.stray_reports_max:
            ratios.append((heard - here) / here)
    return max(ratios, default=None)
