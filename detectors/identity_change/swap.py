"""Swaps: each of two MMSIs ends at one place and continues at the other's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from detectors.core.units import HOUR_S
from detectors.identity_change.handover import Ends, Join, ends_at, possible_joins

if TYPE_CHECKING:
    from detectors.identity_change.params import IdentityParams
    from detectors.scene import Scene

SEGMENTS_MAX = 3
"""An MMSI with more lasting segments is shared by many vessels, and is not swapped."""


@dataclass(frozen=True)
class Swap:
    """Two joins that cross: the first MMSI's end with the second's beginning, and the other way round."""

    one: Join
    other: Join


def swaps(scene: Scene, params: IdentityParams) -> tuple[Ends, Ends, list[Swap]]:
    """Return ends and beginnings of segments of MMSIs that have several, and the swaps among them."""
    endings, beginnings = _segment_ends(scene, params)
    joins_found, _ = possible_joins(endings, beginnings, params)
    by_mmsis: dict[tuple[int, int], list[Join]] = {}
    for join in joins_found:
        mmsis = int(endings.vessel[join.ending]), int(beginnings.vessel[join.beginning])
        by_mmsis.setdefault(mmsis, []).append(join)
    found = [
        Swap(one, other)
        for (old, new), forward in by_mmsis.items()
        if old < new
        for one in forward
        for other in by_mmsis.get((new, old), ())
        if abs(endings.time_s[one.ending] - endings.time_s[other.ending]) <= params.handover_max_h * HOUR_S
    ]
    return endings, beginnings, found


def _segment_ends(scene: Scene, params: IdentityParams) -> tuple[Ends, Ends]:
    """Return the ends of segments well before the data end, and the beginnings well after they begin."""
    segments = scene.tracks.segments
    lasting = np.flatnonzero(np.diff(segments.offsets) >= params.reports_min)
    vessel = segments.vessel_index[lasting]
    counts = np.bincount(vessel, minlength=len(scene.tracks.vessel))[vessel]
    few = lasting[(counts > 1) & (counts <= SEGMENTS_MAX)]
    first, last = segments.offsets[few], segments.offsets[few + 1] - 1
    known_s = params.known_h * HOUR_S
    last = last[scene.heard_until_s - segments.time_s[last] >= known_s]
    first = first[segments.time_s[first] - scene.tracks.start_s >= known_s]
    return ends_at(scene, last, params, is_last=True), ends_at(scene, first, params, is_last=False)
