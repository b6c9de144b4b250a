"""The rules by which encounters are solved and measured, as loops take them: in metres and seconds."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from geodata.jit import bundle

Float64 = npt.NDArray[np.float64]


@bundle
class Cadence(NamedTuple):
    """What counts as contact (rule 5), and as a stay.

    Reports of a segment may lie `intervals` of its own median intervals apart, at least `floor_s` and at most
    `ceiling_s`. The median is that of the encounter and of `window_s` before and after it. Two that were
    within a separation for `stay_s` stayed there.
    """

    intervals: float
    floor_s: float
    ceiling_s: float
    window_s: float
    stay_s: float


@bundle
class Tiers(NamedTuple):
    """Separations at which tiers are entered and left (rule 6), from the innermost outwards; metres.

    `ladder_m` holds the separations for which the time within is reported.
    """

    enter_m: Float64
    leave_m: Float64
    ladder_m: Float64


@bundle
class Joining(NamedTuple):
    """When two are together, and what ends an encounter (rules 3 and 4).

    Neither is faster than `max_mps`. These do not end it: interruptions up to `excursion_s`; longer ones that
    were not observed, up to `unseen_m` of separation; one wild report between two that are at most `wild_s`
    apart. It holds an unbroken spell of `spell_min_s`. The search looks `pad_s` beyond a candidate first.
    """

    max_mps: float
    excursion_s: float
    unseen_m: float
    wild_s: float
    spell_min_s: float
    pad_s: float


@bundle
class HullsRule(NamedTuple):
    """How two hulls lie (rule 7): the thresholds of `HullParams` in degrees, knots and shares."""

    course_from_kn: float
    parallel_max_deg: float
    parallel_share: float
    abreast_share: float
