"""Vessels under the MMSI of an aid to navigation: an aid lies still or drifts, it does not sail."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    from detectors.tracks.reports import Bool, Float32, Int64

FIRST_AID, BEYOND_AIDS = 990_000_000, 1_000_000_000
UNDER_WAY_KN = 5.0
"""Faster than any current drives a buoy for long; fishing gear and aids adrift make less."""
FEWEST_REPORTS = 10
KEPT = "MMSI {mmsi} is that of an aid to navigation, but sails at {speed:.0f} kn: kept as a vessel"


@dataclass(frozen=True)
class SailingAids:
    """The MMSIs of aids under which something sails, what a user is told, and what was decided of each."""

    mmsis: frozenset[int] = frozenset()
    warnings: tuple[str, ...] = ()
    decided: Mapping[str, str] = field(default_factory=dict)


def sailing_aids(key: Int64, sog_kn: Float32 | None) -> SailingAids:
    """Return the MMSIs of aids whose reports are for the most part of a vessel under way.

    >>> found = sailing_aids(np.full(12, 992_000_001), np.full(12, 10.0, np.float32))
    >>> sorted(found.mmsis), found.warnings[0][-32:]
    ([992000001], 'sails at 10 kn: kept as a vessel')
    """
    rows = np.flatnonzero((key >= FIRST_AID) & (key < BEYOND_AIDS))
    if sog_kn is None or not len(rows):
        return SailingAids()
    mmsis, warnings, decided = set(), [], {}
    for mmsi in np.unique(key[rows]).tolist():
        speeds = sog_kn[rows[key[rows] == mmsi]]
        speeds = speeds[~np.isnan(speeds)]
        if not len(speeds) or speeds.max() < UNDER_WAY_KN:
            continue
        middle = float(np.median(speeds))
        sails = len(speeds) >= FEWEST_REPORTS and middle >= UNDER_WAY_KN
        decided[f"sails {mmsi}"] = str(sails)
        if sails:
            mmsis.add(mmsi)
            warnings.append(KEPT.format(mmsi=mmsi, speed=middle))
    return SailingAids(frozenset(mmsis), tuple(warnings), decided)


def kept(key: Int64, aids: SailingAids) -> Bool:
    """Return which rows are of such a vessel."""
    return np.isin(key, list(aids.mmsis))
