"""When a third vessel lay between the two."""

from __future__ import annotations

from dataclasses import dataclass

from detectors.core.params import Params, parameter

_BETWEEN = (
    "scenes of a second independent simulator: two feeders on the two sides of one vessel were reported as "
    "a transfer between one another, high, in 20 of 20"
)


@dataclass(frozen=True)
class ThirdVesselParams(Params):
    """When a third vessel lay between the two."""

    overlap_share: float = parameter(
        0.5,
        unit="share",
        low=0.05,
        high=1,
        meaning="A third vessel is examined where it met both for more than this share of their encounter.",
        source=_BETWEEN,
    )
    aside_min_m: float = parameter(
        5.0,
        unit="m",
        low=0,
        high=100,
        meaning="The third vessel lies between them where the antennas of both are at least this far to "
        "either side of its centreline, if its heading is known.",
        source=_BETWEEN,
    )
    apart_min_deg: float = parameter(
        120.0,
        unit="deg",
        low=60,
        high=180,
        meaning="Where its heading is not known, the third vessel lies between the two if their bearings "
        "from it differ by more than this.",
        source=_BETWEEN,
    )
