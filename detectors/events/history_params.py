"""Thresholds of reading one event beside the others of the same vessels."""

from __future__ import annotations

from dataclasses import dataclass

from detectors.core.params import Params, parameter


@dataclass(frozen=True)
class HistoryParams(Params):
    """What other events of the same vessels say of one: silences near a meeting, calls round a silence."""

    near_days: float = parameter(
        30.0,
        unit="days",
        low=1,
        high=730,
        meaning="Silences so long before or after a meeting are told with it, and calls so long before and "
        "after a silence with that.",
        source="our choice: the span that histories of identities cover",
    )
    dprk_stay_min_h: float = parameter(
        2.0,
        unit="h",
        low=0.1,
        high=240,
        meaning="A silence among ships that were heard is told with a meeting if it left at least this for a "
        "stay in DPRK waters.",
        source="our choice: the least stay that tells a silence from anywhere in the theatre",
    )
    covered_share: float = parameter(
        0.5,
        unit="share",
        low=0.01,
        high=1,
        meaning="A stop away from ports that is for this share one meeting or one lingering is told as that.",
        source="our choice: most of it; a meeting of an hour does not tell a stay of days",
    )
    suspect_within_km: float = parameter(
        5.0,
        unit="km",
        low=0.1,
        high=1000,
        meaning="Frozen positions and jumps put a meeting in doubt that lies at most this far from their "
        "place: another segment of the number, elsewhere, says nothing of it.",
        source="our choice: as far as those who meet may be apart unseen (unseen_max_km)",
    )
    jump_after_h: float = parameter(
        1.0,
        unit="h",
        low=0,
        high=24,
        meaning="Where a vessel left faster than a ship can, during a meeting or so long after it, her "
        "positions there are in doubt.",
        source="our choice: receivers that were jammed or frozen show the true place again with a jump",
    )
    round_trip_min_h: float = parameter(
        24.0,
        unit="h",
        low=1,
        high=8760,
        meaning="A shorter silence is no voyage: whether she came back to the port she left is not told.",
        source="our choice: ferries and day trips come back within a day",
    )
