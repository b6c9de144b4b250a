"""Thresholds of reading one event together with the others of the same vessels."""

from __future__ import annotations

from dataclasses import dataclass

from detectors.core.params import Params, parameter


@dataclass(frozen=True)
class HistoryParams(Params):
    """How events of the same vessels are related: gaps near an encounter, calls around a gap."""

    near_days: float = parameter(
        30.0,
        unit="days",
        low=1,
        high=730,
        meaning="Gaps this long before or after an encounter are reported with it, and calls this long "
        "before and after a gap with that.",
        source="our choice: the span that histories of identities cover",
    )
    dprk_stay_min_h: float = parameter(
        2.0,
        unit="h",
        low=0.1,
        high=240,
        meaning="A gap in good reception is reported with an encounter if it left at least this time for a "
        "stay in DPRK waters.",
        source="our choice: the least stay that separates such a gap from one anywhere in the region",
    )
    covered_share: float = parameter(
        0.5,
        unit="share",
        low=0.01,
        high=1,
        meaning="A stop away from ports of which one encounter or one loitering covers this share is "
        "reported as that.",
        source="our choice: most of it; an encounter of an hour does not explain a stay of days",
    )
    suspect_within_km: float = parameter(
        5.0,
        unit="km",
        low=0.1,
        high=1000,
        meaning="Frozen positions and jumps make an encounter suspect that lies at most this far from their "
        "place: another segment of the MMSI, elsewhere, does not.",
        source="our choice: as far as the two in an encounter may be separated unobserved (unseen_max_km)",
    )
    jump_after_h: float = parameter(
        1.0,
        unit="h",
        low=0,
        high=24,
        meaning="Where a vessel left faster than a ship can, during an encounter or this long after it, its "
        "positions there are suspect.",
        source="our choice: receivers that were jammed or frozen show the true place again with a jump",
    )
    round_trip_min_h: float = parameter(
        24.0,
        unit="h",
        low=1,
        high=8760,
        meaning="For a shorter gap, a return to the same port is not reported: it is no voyage.",
        source="our choice: ferries and day trips come back within a day",
    )
