"""Parameters of the kind `loitering`."""

from __future__ import annotations

from dataclasses import dataclass

from detectors.core.params import ParamError, Params, parameter


@dataclass(frozen=True)
class LoiteringParams(Params):
    """Thresholds of loitering."""

    enter_kn: float = parameter(
        2.0,
        unit="kn",
        low=0.1,
        high=10,
        meaning="Time at or below this speed made good counts as loitering.",
        source="Global Fishing Watch and Starboard: below 2 kn",
    )
    leave_kn: float = parameter(
        3.0,
        unit="kn",
        low=0.1,
        high=15,
        meaning="A faster interval ends the loitering.",
        source="our choice: half as much again, so that a gust does not split one drift in two",
    )
    lingering_min_h: float = parameter(
        3.0,
        unit="h",
        low=0.5,
        high=72,
        meaning="Least observed time of loitering.",
        source="our choice between 2 h (GFW events: 81 % of observed transfers) and Starboard's 4 h",
    )
    observed_max_h: float = parameter(
        1.0,
        unit="h",
        low=0.1,
        high=6,
        meaning="Longer intervals between two reports count as elapsed, not as observed.",
        source="our definition: a gap is never loitering",
    )
    bridge_max_h: float = parameter(
        4.0,
        unit="h",
        low=0.1,
        high=12,
        meaning="A longer gap ends the loitering.",
        source="our choice: as in an encounter of two vessels",
    )
    speed_window_min: float = parameter(
        5.0,
        unit="min",
        low=1,
        high=120,
        meaning="Speed made good is measured over this time.",
        source="our choice: as in an encounter of two vessels",
    )
    shore_min_km: float = parameter(
        10.0,
        unit="km",
        low=0,
        high=200,
        meaning="Loitering nearer to the shore is not reported, except in the DPRK territorial sea.",
        source="Starboard: 10 km; ships that wait for a berth lie there",
    )
    port_min_km: float = parameter(
        10.0,
        unit="km",
        low=0,
        high=200,
        meaning="Loitering nearer to a port or anchorage is not reported, except in the DPRK territorial "
        "sea.",
        source="Global Fishing Watch: 10 km from an anchorage",
    )
    encounter_share: float = parameter(
        0.5,
        unit="share",
        low=0.01,
        high=1,
        meaning="Loitering of which this share is an encounter with observed vessels is reported as the "
        "encounter alone.",
        source="our definition: one thing is reported once, as what it was for the most part",
    )

    def check_together(self) -> None:
        """Raise ParamError where the leaving speed is below the entering speed."""
        if self.leave_kn < self.enter_kn:
            raise ParamError("leave_kn is below enter_kn")
