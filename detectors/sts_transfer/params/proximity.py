"""Proximity history, before and after the encounter, and how fast the two sail."""

from __future__ import annotations

from dataclasses import dataclass

from detectors.core.params import Params, parameter

_ALONGSIDE = "our choice: coming alongside and casting off take less"
_ONE_TRACK = (
    "our choice: no two hulls lie side by side at more than 6 kn, but two transponders on one hull do"
)
_FASTEST = "our choice: a ship's own speed, not that of one wild report"


@dataclass(frozen=True)
class ProximityParams(Params):
    """Proximity history, before and after the encounter, and how fast the two sail."""

    look_h: float = parameter(
        24.0,
        unit="h",
        low=1,
        high=168,
        meaning="The proximity history covers so long before and after an encounter.",
        source="our choice: a day, as the tasks of a port's own craft repeat daily",
    )
    separated_min_km: float = parameter(
        5.0,
        unit="km",
        low=0.5,
        high=100,
        meaning="Two farther from one another than this are separated, nearer in proximity.",
        source="our choice: beyond it two are not on one task",
    )
    split_min_h: float = parameter(
        0.5,
        unit="h",
        low=0.1,
        high=24,
        meaning="Two separated for this long before an encounter came together for it; separated for this "
        "long after it, they split.",
        source=_ALONGSIDE,
    )
    together_min_h: float = parameter(
        3.0,
        unit="h",
        low=0.1,
        high=336,
        meaning="Two in proximity for longer than this, and for longer than they are separated, have mostly "
        "prior proximity.",
        source=_ALONGSIDE,
    )
    same_track_within_m: float = parameter(
        100.0,
        unit="m",
        low=1,
        high=2000,
        meaning="Two transponders on one hull are never farther apart than this.",
        source=_ONE_TRACK,
    )
    same_track_from_kn: float = parameter(
        6.0,
        unit="kn",
        low=1,
        high=60,
        meaning="Two that sail within same_track_within_m of one another at this speed are on one track.",
        source=_ONE_TRACK,
    )
    fastest_from_kn: float = parameter(
        3.0,
        unit="kn",
        low=0.1,
        high=30,
        meaning="Steps at this speed and more count as sailing.",
        source="our choice: above drifting and manoeuvring",
    )
    fastest_share: float = parameter(
        0.9,
        unit="share",
        low=0.5,
        high=1,
        meaning="The sustained speed of a vessel is not exceeded in this share of those steps.",
        source=_FASTEST,
    )
    fastest_seen_min: float = parameter(
        30.0,
        unit="min",
        low=1,
        high=1440,
        meaning="The sustained speed is not measured of a vessel observed sailing for less than this.",
        source=_FASTEST,
    )
    step_min: float = parameter(
        10.0,
        unit="min",
        low=1,
        high=60,
        meaning="The proximity history is sampled in steps of this time.",
        source="our choice: noise of position of 10 m at each end is then 0.05 kn",
    )
    bridge_max_h: float = parameter(
        4.0,
        unit="h",
        low=0.1,
        high=12,
        meaning="The position of a vessel is not known inside a longer gap between its reports.",
        source="our choice: as a gap that ends an encounter (contact.bridge_max_h)",
    )
