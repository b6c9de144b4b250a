"""Meetings of which only moments were received: two vessels together at several passes of a satellite.

Contact counts what was observed, and between passes nothing is: two ships may lie alongside for six hours and
be observed together for ten minutes. That they were together each time anyone listened is evidence of its
own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from detectors.kernels.geodesy import plane_m
from detectors.units import MINUTE_S

if TYPE_CHECKING:
    from detectors.meeting import Leg, Span
    from detectors.sts_params import StsParams
    from detectors.tracks.reports import Float64


def joint_passes(first: Leg, second: Leg, span: Span, params: StsParams) -> int:
    """Return at how many separate times during a span reports of both vessels place them together.

    Both reports within `passes_pair_min` of each other and `passes_enter_m` apart; times more than
    `contact_floor_min` apart are separate. 0 where any such two reports place them beyond `near_leave_m`.
    """
    pair_s = params.passes_pair_min * MINUTE_S
    both = (_pairs(first, second, span, pair_s), _pairs(second, first, span, pair_s))
    times, apart_m = (np.concatenate(part) for part in zip(*both, strict=True))
    if (apart_m > params.near_leave_m).any():
        return 0
    together = np.sort(times[apart_m <= params.passes_enter_m])
    if not len(together):
        return 0
    return 1 + int((np.diff(together) > params.contact_floor_min * MINUTE_S).sum())


def _pairs(first: Leg, second: Leg, span: Span, pair_s: float) -> tuple[Float64, Float64]:
    """Return separations of each report of the first from the nearest in time of the second, and when."""
    mine, hers = (
        np.flatnonzero((leg.time_s >= span[0]) & (leg.time_s <= span[1])) for leg in (first, second)
    )
    if not len(mine) or not len(hers):
        return np.empty(0), np.empty(0)
    at = np.searchsorted(second.time_s[hers], first.time_s[mine])
    before, after = hers[np.maximum(at - 1, 0)], hers[np.minimum(at, len(hers) - 1)]
    lag_s = [np.abs(second.time_s[other] - first.time_s[mine]) for other in (before, after)]
    other = np.where(lag_s[0] <= lag_s[1], before, after)
    close = np.minimum(*lag_s) <= pair_s
    mine, other = mine[close], other[close]
    ends = (first.lon_deg[mine], first.lat_deg[mine], second.lon_deg[other], second.lat_deg[other])
    return 0.5 * (first.time_s[mine] + second.time_s[other]), np.hypot(*plane_m(*ends))
