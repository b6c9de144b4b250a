"""Where two ships exchange their numbers: each number ends at one place and goes on at the other's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from detectors.core.units import HOUR_S
from detectors.identity_change.handover import Ends, Join, ends_at, fits_of

if TYPE_CHECKING:
    from detectors.identity_change.params import IdentityParams
    from detectors.scene import Scene

HULLS_MAX = 3
"""A number with more segments that last is shared by many, and exchanges nothing."""


@dataclass(frozen=True)
class Swap:
    """Two joins that cross: the first number's end with the second's beginning, and the other way round."""

    one: Join
    other: Join


def swaps(scene: Scene, params: IdentityParams) -> tuple[Ends, Ends, list[Swap]]:
    """Return ends and beginnings of segments of numbers that have several, and the exchanges among them."""
    endings, beginnings = _hull_ends(scene, params)
    fits, _ = fits_of(endings, beginnings, params)
    by_numbers: dict[tuple[int, int], list[Join]] = {}
    for fit in fits:
        numbers = int(endings.vessel[fit.ending]), int(beginnings.vessel[fit.beginning])
        by_numbers.setdefault(numbers, []).append(fit)
    found = [
        Swap(one, other)
        for (old, new), there in by_numbers.items()
        if old < new
        for one in there
        for other in by_numbers.get((new, old), ())
        if abs(endings.time_s[one.ending] - endings.time_s[other.ending]) <= params.handover_max_h * HOUR_S
    ]
    return endings, beginnings, found


def _hull_ends(scene: Scene, params: IdentityParams) -> tuple[Ends, Ends]:
    """Return the ends of segments well before the data end, and the beginnings well after they begin."""
    segments = scene.tracks.segments
    lasting = np.flatnonzero(np.diff(segments.offsets) >= params.reports_min)
    vessel = segments.vessel_index[lasting]
    counts = np.bincount(vessel, minlength=len(scene.tracks.vessel))[vessel]
    few = lasting[(counts > 1) & (counts <= HULLS_MAX)]
    first, last = segments.offsets[few], segments.offsets[few + 1] - 1
    known_s = params.known_h * HOUR_S
    last = last[scene.heard_until_s - segments.time_s[last] >= known_s]
    first = first[segments.time_s[first] - scene.tracks.start_s >= known_s]
    return ends_at(scene, last, params, is_last=True), ends_at(scene, first, params, is_last=False)
