"""Parameters of the kind `port_call`."""

from __future__ import annotations

from dataclasses import dataclass

from detectors.core.params import ParamError, Params, parameter

_PRACTICE = "Global Fishing Watch, pipe-anchorages and the port visits of its public map"


@dataclass(frozen=True)
class PortCallParams(Params):
    """Thresholds of port calls."""

    stop_kn: float = parameter(
        0.2,
        unit="kn",
        low=0.05,
        high=2,
        meaning="A vessel stops below this speed made good.",
        source=_PRACTICE,
    )
    start_kn: float = parameter(
        0.5,
        unit="kn",
        low=0.05,
        high=5,
        meaning="A vessel moves again above this speed made good.",
        source=_PRACTICE,
    )
    enter_km: float = parameter(
        3.0,
        unit="km",
        low=0.5,
        high=20,
        meaning="A call begins within this distance of a port, plus the chart's error of its position.",
        source=_PRACTICE,
    )
    leave_km: float = parameter(
        4.0,
        unit="km",
        low=0.5,
        high=30,
        meaning="A call ends beyond this distance, plus the chart's error of the port's position.",
        source=_PRACTICE,
    )
    stopped_min: float = parameter(
        30.0,
        unit="min",
        low=0,
        high=1440,
        meaning="Least observed time stopped of a call.",
        source="our choice: no berth is worked in less, and a ship that waits for a pilot stops for less",
    )
    observed_max_h: float = parameter(
        4.0,
        unit="h",
        low=0.1,
        high=12,
        meaning="Two reports farther apart in time show no stop.",
        source="Global Fishing Watch: a time of 4 h without reports in port is a gap, not a stop",
    )
    bridge_max_h: float = parameter(
        24.0,
        unit="h",
        low=0.5,
        high=240,
        meaning="A longer gap ends a call; a call whose last report is older has ended.",
        source="our choice: transponders are often off at a berth overnight; two days away and back are a "
        "voyage",
    )
    speed_window_min: float = parameter(
        20.0,
        unit="min",
        low=1,
        high=120,
        meaning="Speed made good is measured over this time.",
        source="our choice: a swinging ship and a wild report make no way",
    )

    def check_together(self) -> None:
        """Raise ParamError where leaving is inside of entering, for speed or distance."""
        if self.start_kn < self.stop_kn:
            raise ParamError("start_kn is below stop_kn")
        if self.leave_km < self.enter_km:
            raise ParamError("leave_km is below enter_km")
