"""When a third vessel lay between the two."""

from __future__ import annotations

from dataclasses import dataclass

from detectors.core.params import Params, parameter

_BETWEEN = (
    "a second reader's scenes: two feeders on the two sides of one hull were told as a transfer between one "
    "another, high, in 20 of 20"
)


@dataclass(frozen=True)
class ThirdVesselParams(Params):
    """When a third vessel lay between the two."""

    overlap_share: float = parameter(
        0.5,
        unit="share",
        low=0.05,
        high=1,
        meaning="A third ship is looked at for lying between two where she met both for more than this share "
        "of their meeting.",
        source=_BETWEEN,
    )
    aside_min_m: float = parameter(
        5.0,
        unit="m",
        low=0,
        high=100,
        meaning="She lies between them where the antennas of both are at least this far to either side of "
        "her keel, where her bow is known.",
        source=_BETWEEN,
    )
    apart_min_deg: float = parameter(
        120.0,
        unit="deg",
        low=60,
        high=180,
        meaning="Where her bow is not known, she lies between them if they are farther apart than this as "
        "seen from her.",
        source=_BETWEEN,
    )
