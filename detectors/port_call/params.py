"""Parameters of the kind `port_call`."""

from __future__ import annotations

from dataclasses import dataclass

from detectors.core.params import ParamError, Params, parameter

PRACTICE = "Global Fishing Watch, pipe-anchorages and the port visits of its public map"


@dataclass(frozen=True)
class PortCallParams(Params):
    """Thresholds of port calls."""

    stop_kn: float = parameter(
        0.2, unit="kn", low=0.05, high=2, meaning="Below this speed made good she stops.", source=PRACTICE
    )
    start_kn: float = parameter(
        0.5,
        unit="kn",
        low=0.05,
        high=5,
        meaning="Above this speed made good she moves again.",
        source=PRACTICE,
    )
    enter_km: float = parameter(
        3.0,
        unit="km",
        low=0.5,
        high=20,
        meaning="So near to a port, and the chart's error of it, a call begins.",
        source=PRACTICE,
    )
    leave_km: float = parameter(
        4.0,
        unit="km",
        low=0.5,
        high=30,
        meaning="Beyond this distance, and the chart's error of it, a call ends.",
        source=PRACTICE,
    )
    stopped_min: float = parameter(
        30.0,
        unit="min",
        low=0,
        high=1440,
        meaning="Observed time stopped that a call takes.",
        source="our choice: no berth is worked in less, and a ship that waits for a pilot stops for less",
    )
    observed_max_h: float = parameter(
        4.0,
        unit="h",
        low=0.1,
        high=12,
        meaning="Two reports farther apart show no stop.",
        source="Global Fishing Watch: a silence of 4 h in port is a gap, not a stop",
    )
    bridge_max_h: float = parameter(
        24.0,
        unit="h",
        low=0.5,
        high=240,
        meaning="A longer silence ends a call; a call whose last report is older has ended.",
        source="our choice: sets are often off at a berth overnight; two days away and back are a voyage",
    )
    speed_window_min: float = parameter(
        20.0,
        unit="min",
        low=1,
        high=120,
        meaning="Speed made good is measured over this time.",
        source="our choice: a swinging ship and a wild fix make no way",
    )

    def check_together(self) -> None:
        """Refuse leaving inside of entering, for speed and for distance."""
        if self.start_kn < self.stop_kn:
            raise ParamError("start_kn is below stop_kn")
        if self.leave_km < self.enter_km:
            raise ParamError("leave_km is below enter_km")
