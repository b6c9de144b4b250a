"""Parameters of the kind `raft`."""

from __future__ import annotations

from dataclasses import dataclass

from detectors.core.params import Params, parameter


@dataclass(frozen=True)
class RaftParams(Params):
    """Thresholds of a raft; those of a crowd belong to `sts_transfer`."""

    separation_max_m: float = parameter(
        1000.0,
        unit="m",
        low=100,
        high=10_000,
        meaning="Stays this near to one another, or linked by others, are in one place.",
        source="our choice: ships of one crowd lie within 600 m of one another, and swing",
    )
    pause_max_h: float = parameter(
        6.0,
        unit="h",
        low=0.5,
        high=168,
        meaning="When no vessel is in the crowd for longer than this, the next stay begins another raft.",
        source="our choice: a crowd that thins out with one tide and fills again is one",
    )
    vessels_listed_max: float = parameter(
        20.0,
        unit="vessels",
        low=1,
        high=200,
        meaning="Greatest number of vessels that the event names; the number of all is reported with them.",
        source="our choice: an event is read by a person",
    )
