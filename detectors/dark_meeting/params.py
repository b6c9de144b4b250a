"""Parameters of the kind `dark_meeting`."""

from __future__ import annotations

from dataclasses import dataclass

from detectors.core.params import Params, parameter


@dataclass(frozen=True)
class DarkMeetingParams(Params):
    """Thresholds of a dark meeting."""

    together_min_h: float = parameter(
        1.0,
        unit="h",
        low=0.25,
        high=24,
        meaning="Least time that the dark vessel could have spent beside the one that loiters.",
        source="our choice: the shortest transfer that fills a small tanker's need",
    )
    both_dark_min_h: float = parameter(
        4.0,
        unit="h",
        low=0.5,
        high=48,
        meaning="The same where both vessels are dark, of which there are many more pairs.",
        source="our choice: sightings report several hours (Japan's Foreign Ministry, 2018-2020)",
    )
    gap_max_h: float = parameter(
        240.0,
        unit="h",
        low=6,
        high=2000,
        meaning="Longer dark periods are left out: they reach everything and indicate no particular place.",
        source="our choice: ten days",
    )
    candidate_partners_max: float = parameter(
        5.0,
        unit="vessels",
        low=1,
        high=100,
        meaning="Where more dark vessels are candidate partners for one place and time, chance explains it, "
        "and none is reported.",
        source="our choice: what an analyst can review",
    )
    gaps_max: float = parameter(
        150.0,
        unit="gaps",
        low=2,
        high=2000,
        meaning="At most so many dark periods, the shortest, are paired with one another.",
        source="our choice: pairs grow with the square; 150 cost about a second",
    )
    open_water_km: float = parameter(
        10.0,
        unit="km",
        low=0,
        high=100,
        meaning="Two dark vessels are paired only so far from shore and ports.",
        source="Starboard and Global Fishing Watch: 10 km",
    )
