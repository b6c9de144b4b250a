"""What a detector returns: findings, near misses, and an account of what was examined."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from detectors.core.measures import Values


@dataclass(frozen=True)
class Finding:
    """What a detector found, before context and score.

    `vessels` are vessel numbers in the scene's tracks, in the order of their keys. `rows` are the reports
    it rests on, the earliest first; `anchors` are those of them, the last before it began of each vessel,
    that distinguish it from every other finding. `end_s` is None while it lasts. `path` holds one (lon,
    lat) for a place or several for a line, in degrees. `behaved_until_s` ends the time in which the
    vessels' behaviour belongs to the finding: the end of an encounter, the begin of a gap. `members` are
    the findings that a linker built this one from. `observed_until_s` is the last time at which the
    vessel was observed in it, where that is not its end.
    """

    kind: str
    start_s: float
    end_s: float | None
    vessels: tuple[int, ...]
    rows: tuple[int, ...]
    anchors: tuple[int, ...]
    path: tuple[tuple[float, float], ...]
    measures: Values
    behaved_until_s: float
    members: tuple[Finding, ...] = ()
    observed_until_s: float | None = None

    @property
    def seen_until_s(self) -> float:
        """The end as far as it was observed: a gap that lasts was observed at its beginning alone."""
        if self.observed_until_s is not None:
            return self.observed_until_s
        return self.end_s or self.start_s

    def lasted_h(self, now_s: float) -> float:
        """Return the duration in hours, until `now_s` while it lasts."""
        return ((now_s if self.end_s is None else self.end_s) - self.start_s) / 3600.0


@dataclass(frozen=True)
class NearMiss:
    """What came closest to a finding, with the threshold that it missed."""

    kind: str
    vessels: tuple[int, ...]
    start_s: float
    parameter: str
    value: float
    threshold: float
    unit: str

    @property
    def nearness(self) -> float:
        """Share of the way to the threshold, 1 being there, whichever side it lies on."""
        low, high = sorted((abs(self.value), abs(self.threshold)))
        return low / high if high else 1.0


@dataclass(frozen=True)
class Detection:
    """The answer of a detector: findings in time order, what was examined, the nearest misses.

    `candidates` are findings that are no events by themselves: linkers get them beside the findings.
    """

    findings: tuple[Finding, ...] = ()
    examined: Mapping[str, int] = field(default_factory=dict)
    near_misses: tuple[NearMiss, ...] = ()
    warnings: tuple[str, ...] = ()
    candidates: tuple[Finding, ...] = ()


CROWD = "crowd"
"""Kind of a candidate: one segment's stay among so many ships that pairs there were not solved."""

NEAR_MISSES_KEPT = 5
"""Greatest number of near misses of a detector: enough to see why little was flagged."""

NEARNESS_MIN = 0.25
"""A value less than a quarter of the way to a threshold is no near miss."""


def nearest(misses: list[NearMiss]) -> tuple[NearMiss, ...]:
    """Return the near misses that came closest, closest first, one for each vessel or pair."""
    ranked = sorted(misses, key=lambda m: (-m.nearness, m.start_s, m.vessels))
    best = {miss.vessels: miss for miss in reversed(ranked) if miss.nearness >= NEARNESS_MIN}
    return tuple(miss for miss in ranked if miss is best.get(miss.vessels))[:NEAR_MISSES_KEPT]
