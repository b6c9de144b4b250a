"""The rules by which meetings are solved and measured, as loops take them: in metres and seconds."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from geodata.jit import bundle

Float64 = npt.NDArray[np.float64]


@bundle
class Cadence(NamedTuple):
    """What counts as contact, and as a stay.

    Reports of a hull may lie `intervals` of her own median intervals apart, at least `floor_s` and at most
    `ceiling_s`; the median looks `window_s` before and after a meeting. Two that were within a separation for
    `stay_s` stayed there.
    """

    intervals: float
    floor_s: float
    ceiling_s: float
    window_s: float
    stay_s: float


@bundle
class Tiers(NamedTuple):
    """Separations at which tiers are entered and left, from the innermost outwards; those of the ladder."""

    enter_m: Float64
    leave_m: Float64
    ladder_m: Float64


@bundle
class Joining(NamedTuple):
    """When two are together, and what parts a meeting.

    Neither is faster than `max_mps`; interruptions of `excursion_s` end no meeting, nor those that nobody saw
    up to `unseen_m`, nor a wild report between two at most `wild_s` apart. It holds a spell of `spell_min_s`.
    The search looks `pad_s` beyond a candidate first.
    """

    max_mps: float
    excursion_s: float
    unseen_m: float
    wild_s: float
    spell_min_s: float
    pad_s: float


@bundle
class Lying(NamedTuple):
    """How hulls lie: the thresholds of `HullParams` in degrees, knots and shares."""

    course_from_kn: float
    parallel_max_deg: float
    parallel_share: float
    abreast_share: float
