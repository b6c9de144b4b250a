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
        meaning="Time at or below this speed made good counts as lingering.",
        source="Global Fishing Watch and Starboard: below 2 kn",
    )
    leave_kn: float = parameter(
        3.0,
        unit="kn",
        low=0.1,
        high=15,
        meaning="A faster interval ends it.",
        source="our choice: half as much again, so that a gust does not part one drift in two",
    )
    lingering_min_h: float = parameter(
        3.0,
        unit="h",
        low=0.5,
        high=72,
        meaning="Observed time that it takes.",
        source="our choice between 2 h (GFW events: 81 % of observed transfers) and Starboard's 4 h",
    )
    observed_max_h: float = parameter(
        1.0,
        unit="h",
        low=0.1,
        high=6,
        meaning="Longer intervals between two reports count as elapsed, not as observed.",
        source="our definition: silence is never lingering",
    )
    bridge_max_h: float = parameter(
        4.0,
        unit="h",
        low=0.1,
        high=12,
        meaning="A longer silence ends it.",
        source="our choice: as in a meeting of two vessels",
    )
    speed_window_min: float = parameter(
        5.0,
        unit="min",
        low=1,
        high=120,
        meaning="Speed made good is measured over this time.",
        source="our choice: as in a meeting of two vessels",
    )
    shore_min_km: float = parameter(
        10.0,
        unit="km",
        low=0,
        high=200,
        meaning="Nearer to the shore it is not told, except in the DPRK's territorial sea.",
        source="Starboard: 10 km; ships that wait for a berth lie there",
    )
    port_min_km: float = parameter(
        10.0,
        unit="km",
        low=0,
        high=200,
        meaning="Nearer to a port or anchorage it is not told, except in the DPRK's territorial sea.",
        source="Global Fishing Watch: 10 km from an anchorage",
    )
    encounter_share: float = parameter(
        0.5,
        unit="share",
        low=0.01,
        high=1,
        meaning="Lingering that is for this share a meeting with vessels that were seen is told as the "
        "meeting alone.",
        source="our definition: one thing is told once, as what it was for the most part",
    )

    def check_together(self) -> None:
        """Refuse leaving below entering."""
        if self.leave_kn < self.enter_kn:
            raise ParamError("leave_kn is below enter_kn")
