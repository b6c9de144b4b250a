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
        meaning="Time that the silent vessel could have spent beside the one that lingers.",
        source="our choice: the shortest transfer that fills a small tanker's need",
    )
    both_dark_min_h: float = parameter(
        4.0,
        unit="h",
        low=0.5,
        high=48,
        meaning="The same where both are silent, of which there are many more pairs.",
        source="our choice: sightings speak of several hours (Japan's Foreign Ministry, 2018-2020)",
    )
    gap_max_h: float = parameter(
        240.0,
        unit="h",
        low=6,
        high=2000,
        meaning="Longer silences reach everything and say nothing of one place.",
        source="our choice: ten days",
    )
    candidate_partners_max: float = parameter(
        5.0,
        unit="vessels",
        low=1,
        high=100,
        meaning="Where more silent vessels fit one place and time, chance explains it, and none is told.",
        source="our choice: what an analyst can look through",
    )
    gaps_max: float = parameter(
        150.0,
        unit="gaps",
        low=2,
        high=2000,
        meaning="At most so many silences, the shortest, are paired with one another.",
        source="our choice: pairs grow with the square; 150 cost about a second",
    )
    open_water_km: float = parameter(
        10.0,
        unit="km",
        low=0,
        high=100,
        meaning="Two silent vessels are paired only so far from shore and ports.",
        source="Starboard and Global Fishing Watch: 10 km",
    )
