"""Parameters of the kind `sts_cluster`."""

from __future__ import annotations

from dataclasses import dataclass

from detectors.core.params import Params, parameter

_SIGHTINGS = (
    "our choice on sightings published by Japan's Ministry of Foreign Affairs, 2018-2020: two feeders in a "
    "day, six contacts in two days, a vessel that moved about 50 km in 24 h"
)


@dataclass(frozen=True)
class ClusterParams(Params):
    """Thresholds of a cluster of STS transfers."""

    pause_max_h: float = parameter(
        24.0,
        unit="h",
        low=0.5,
        high=168,
        meaning="An encounter joins a cluster where the last one of the segment ended at most this long "
        "before.",
        source=_SIGHTINGS,
    )
    distance_max_km: float = parameter(
        50.0,
        unit="km",
        low=0.5,
        high=500,
        meaning="An encounter joins a cluster where the last one of the segment lay at most this far away "
        "(great circle).",
        source=_SIGHTINGS,
    )
    span_max_h: float = parameter(
        72.0,
        unit="h",
        low=1,
        high=720,
        meaning="A cluster lasts at most this long, from its first beginning to its last end.",
        source=_SIGHTINGS,
    )
    clearance_max_m: float = parameter(
        50.0,
        unit="m",
        low=0,
        high=1000,
        meaning="A closely observed encounter with more hull clearance than this joins no cluster.",
        source="our choice: a ship that lies at anchor nearby is no feeder; from there on the clearance "
        "weighs against an encounter (docs/definitions/sts_transfer_evidence.md)",
    )
    third_vessel_max_share: float = parameter(
        0.7,
        unit="share",
        low=0,
        high=1,
        meaning="An encounter of two between whom a third vessel lay for longer than this share joins no "
        "cluster.",
        source="our choice: feeders on the two sides of a vessel meet it, not one another; from there on it "
        "weighs against an encounter (docs/definitions/sts_transfer_evidence.md)",
    )
    encounters_min: float = parameter(
        2.0,
        unit="encounters",
        low=2,
        high=50,
        meaning="A cluster has at least this many encounters.",
        source="our definition: a cluster is more than one encounter",
    )
