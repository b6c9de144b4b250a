"""Speeds made good between reports, against the speeds that they give: what unit a column must have."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from detectors.tracks.reports import Float64, Int64

MOST_ROWS = 200_000
"""So many reports show a unit; more take longer and show the same."""
SHORTEST_S, LONGEST_S = 20.0, 1800.0
"""Between such times a vessel under way sails nearly straight, and its position's error matters little."""
SLOWEST_KN = 3.0
MILES_PER_DEGREE, HOUR_S = 60.0, 3600.0
FEWEST_PAIRS = 10


def speed_ratio(vessel: Int64, time_s: Float64, lon_deg: Float64, lat_deg: Float64, sog_kn: Float64) -> float:
    """Return the median of reported speed over speed made good of vessels under way; NaN where too few sail.

    >>> hours = np.arange(20) * 0.1
    >>> speed_ratio(np.ones(20, int), hours * 3600, np.zeros(20), hours / 6, np.full(20, 20.0))
    2.0
    """
    fine = np.isfinite(time_s) & np.isfinite(lon_deg) & np.isfinite(lat_deg) & np.isfinite(sog_kn)
    rows = np.flatnonzero(fine)[:MOST_ROWS]
    rows = rows[np.lexsort([time_s[rows], vessel[rows]])]
    same = vessel[rows[1:]] == vessel[rows[:-1]]
    first, then = rows[:-1][same], rows[1:][same]
    dt_s = time_s[then] - time_s[first]
    north = lat_deg[then] - lat_deg[first]
    east = (lon_deg[then] - lon_deg[first]) * np.cos(np.radians(lat_deg[first]))
    with np.errstate(divide="ignore", invalid="ignore"):
        made_good_kn = np.hypot(north, east) * MILES_PER_DEGREE / dt_s * HOUR_S
    reported_kn = (sog_kn[first] + sog_kn[then]) / 2
    sails = (dt_s >= SHORTEST_S) & (dt_s <= LONGEST_S) & (made_good_kn >= SLOWEST_KN) & (reported_kn > 0)
    if sails.sum() < FEWEST_PAIRS:
        return float("nan")
    return float(np.round(np.median(reported_kn[sails] / made_good_kn[sails]), 6))
