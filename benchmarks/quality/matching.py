"""Which event tells which truth.

The rule: same kind, same vessels, and overlapping in time by at least half of the shorter of the two. Of a
cluster two thirds of the ships of either must be in both. A look-alike of many ships (an anchorage) owns
every event whose vessels are all among them. Where several truths fit, a sought one is preferred, then the
one that overlaps longest.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from app.simulator.truth import Truth

OVERLAP_MIN = 0.5
LOITERING, TRANSFERS = "loitering", {"sts_transfer", "dark_meeting"}
CLUSTER_KIND, CLUSTER_SHARE_MIN = "sts_cluster", 2 / 3


@dataclass(frozen=True)
class Found:
    """What the bench needs of an event. `mmsis` ascend; `end_s` is the end of the data while it lasts.

    `score_without` is what it would score without the anomaly reason.
    """

    kind: str
    mmsis: tuple[int, ...]
    start_s: float
    end_s: float
    score: float
    is_alarm: bool
    is_open: bool = False
    reception: str | None = None
    score_without: float = float("nan")


@dataclass(frozen=True)
class Judged:
    """An event with the truth that it tells, if any, and a word for what it is."""

    found: Found
    truth: Truth | None
    label: str

    @property
    def is_right(self) -> bool:
        """Whether it tells what is sought."""
        return self.truth is not None and self.truth.is_sought


def overlap_s(a: Found | Truth, b: Found | Truth) -> float:
    """Return how long two things happen together, seconds; negative where they do not meet."""
    return min(a.end_s, b.end_s) - max(a.start_s, b.start_s)


def fits(truth: Truth, found: Found) -> bool:
    """Tell whether an event tells a truth, by the rule of this module."""
    if truth.kind != found.kind or not _same_vessels(truth, found):
        return False
    shorter_s = min(truth.end_s - truth.start_s, found.end_s - found.start_s)
    together_s = overlap_s(truth, found)
    return together_s >= 0 and together_s >= OVERLAP_MIN * shorter_s


def _same_vessels(truth: Truth, found: Found) -> bool:
    theirs, ours = set(truth.mmsis), set(found.mmsis)
    if truth.kind == CLUSTER_KIND and truth.is_sought:
        return len(theirs & ours) >= CLUSTER_SHARE_MIN * len(theirs | ours)
    return theirs == ours if truth.is_sought else ours <= theirs


def judge(truths: Sequence[Truth], found: Iterable[Found]) -> list[Judged]:
    """Return events with the truth that they tell; those that count neither way are left out."""
    by_ship: dict[tuple[str, int], list[Truth]] = defaultdict(list)
    for truth in truths:
        for mmsi in truth.mmsis:
            by_ship[truth.kind, mmsi].append(truth)
    judged = []
    for event in found:
        near = {id(t): t for mmsi in event.mmsis for t in by_ship[event.kind, mmsi]}
        told = [t for t in near.values() if fits(t, event)]
        if not told and _is_part_of_transfer(event, truths):
            continue
        best = max(told, key=lambda t: (t.is_sought, overlap_s(t, event)), default=None)
        judged.append(Judged(event, best, best.label if best else "ordinary"))
    return judged


def _is_part_of_transfer(event: Found, truths: Sequence[Truth]) -> bool:
    """Tell whether a ship loiters because she is in a transfer: to say so is neither right nor wrong."""
    return event.kind == LOITERING and any(
        t.is_sought and t.kind in TRANSFERS and set(event.mmsis) <= set(t.mmsis) and overlap_s(t, event) > 0
        for t in truths
    )
