"""Which event reports which truth.

The rule: same kind, same vessels, and overlapping in time by at least half of the shorter of the two. Of a
cluster two thirds of the vessels of either must be in both. A look-alike of many vessels (an anchorage) owns
every event whose vessels are all among them. Where several truths fit, a positive is preferred, then the
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
    """An event with the truth that it reports, if any, and a label of what it is."""

    found: Found
    truth: Truth | None
    label: str

    @property
    def is_right(self) -> bool:
        """Whether it reports a positive."""
        return self.truth is not None and self.truth.is_positive


def overlap_s(a: Found | Truth, b: Found | Truth) -> float:
    """Return how long two things happen together, seconds; negative where they do not overlap."""
    return min(a.end_s, b.end_s) - max(a.start_s, b.start_s)


def fits(truth: Truth, found: Found) -> bool:
    """Return whether an event reports a truth, by the rule of this module."""
    if truth.kind != found.kind or not _same_vessels(truth, found):
        return False
    shorter_s = min(truth.end_s - truth.start_s, found.end_s - found.start_s)
    together_s = overlap_s(truth, found)
    return together_s >= 0 and together_s >= OVERLAP_MIN * shorter_s


def _same_vessels(truth: Truth, found: Found) -> bool:
    true, reported = set(truth.mmsis), set(found.mmsis)
    if truth.kind == CLUSTER_KIND and truth.is_positive:
        return len(true & reported) >= CLUSTER_SHARE_MIN * len(true | reported)
    return true == reported if truth.is_positive else reported <= true


def judge(truths: Sequence[Truth], found: Iterable[Found]) -> list[Judged]:
    """Return events with the truth that they report; those that count neither way are left out."""
    by_vessel: dict[tuple[str, int], list[Truth]] = defaultdict(list)
    for truth in truths:
        for mmsi in truth.mmsis:
            by_vessel[truth.kind, mmsi].append(truth)
    judged = []
    for event in found:
        near = {id(t): t for mmsi in event.mmsis for t in by_vessel[event.kind, mmsi]}
        fitting = [t for t in near.values() if fits(t, event)]
        if not fitting and _is_part_of_transfer(event, truths):
            continue
        best = max(fitting, key=lambda t: (t.is_positive, overlap_s(t, event)), default=None)
        judged.append(Judged(event, best, best.label if best else "ordinary"))
    return judged


def _is_part_of_transfer(event: Found, truths: Sequence[Truth]) -> bool:
    """Return whether a vessel loiters because it is in a transfer, which counts neither way."""
    return event.kind == LOITERING and any(
        t.is_positive and t.kind in TRANSFERS and set(event.mmsis) <= set(t.mmsis) and overlap_s(t, event) > 0
        for t in truths
    )
