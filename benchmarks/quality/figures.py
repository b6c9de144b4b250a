"""Figures of merit: pure functions of what happened and what was reported, over one simulation or several."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from sklearn.metrics import average_precision_score, roc_auc_score

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from app.simulator.truth import Truth
    from benchmarks.quality.matching import Found, Judged
    from detectors.tracks.reports import Reports

DAY_S = 86400.0
BOOTSTRAP_DRAWS = 300
READ_MIN = 5.0
"""Assumed time to read one event: its reasons, the track round it, the vessels' histories. Not measured."""


@dataclass(frozen=True)
class Outcome:
    """One kind in one simulation: its events judged, and its positives.

    `received` says of each positive whether every vessel was received at least twice while it lasted; of a
    gap it is always true. `vessel_days` is that of the whole simulation.
    """

    kind: str
    judged: tuple[Judged, ...]
    positives: tuple[Truth, ...]
    received: tuple[bool, ...]
    vessel_days: float

    def reported(self, *, alarms_only: bool = False) -> set[Truth]:
        """Return the positives that an event reports."""
        return {
            j.truth for j in self.judged if j.truth and j.is_right and (j.found.is_alarm or not alarms_only)
        }


def vessel_days(reports: Reports) -> float:
    """Return the days from first to last report, summed over vessels."""
    total_s = 0.0
    for vessel in np.unique(reports.vessel):
        times = reports.time_s[reports.vessel == vessel]
        total_s += float(times.max() - times.min())
    return total_s / DAY_S


def recall(outcomes: Sequence[Outcome], *, alarms_only: bool = False, heard_only: bool = False) -> float:
    """Return the share of positives that an event reports; nan without any."""
    wanted = found = 0
    for each in outcomes:
        truths = {t for t, h in zip(each.positives, each.received, strict=True) if h or not heard_only}
        wanted += len(truths)
        found += len(truths & each.reported(alarms_only=alarms_only))
    return found / wanted if wanted else float("nan")


def precision(outcomes: Sequence[Outcome]) -> float:
    """Return the share of alarms that report a positive; nan without alarms."""
    alarms = [j.is_right for each in outcomes for j in each.judged if j.found.is_alarm]
    return float(np.mean(alarms)) if alarms else float("nan")


def false_alarms(outcomes: Sequence[Outcome]) -> float:
    """Return alarms that report no positive, per 1,000 vessel-days."""
    wrong = sum(j.found.is_alarm and not j.is_right for each in outcomes for j in each.judged)
    return 1000.0 * wrong / sum(each.vessel_days for each in outcomes)


def load(outcomes: Sequence[Outcome]) -> float:
    """Return all events, whatever their band, per 1,000 vessel-days: what there is to read."""
    return 1000.0 * sum(len(each.judged) for each in outcomes) / sum(each.vessel_days for each in outcomes)


def scored(outcomes: Sequence[Outcome]) -> tuple[np.ndarray, np.ndarray]:
    """Return scores of events and whether each is right; of several that report one truth the best counts."""
    scores, right = [], []
    for each in outcomes:
        seen: set[Truth] = set()
        for judged in sorted(each.judged, key=lambda j: -j.found.score):
            if judged.is_right and judged.truth in seen:
                continue
            if judged.truth is not None and judged.is_right:
                seen.add(judged.truth)
            scores.append(judged.found.score)
            right.append(judged.is_right)
    order = np.argsort(-np.array(scores), kind="stable")
    return np.array(scores)[order], np.array(right, dtype=bool)[order]


def average_precision(outcomes: Sequence[Outcome]) -> float:
    """Return the area under precision over recall; truths that no event reports count as never recalled."""
    wanted = sum(len(set(each.positives)) for each in outcomes)
    scores, right = scored(outcomes)
    if not wanted or not right.any():
        return 0.0 if wanted else float("nan")
    return float(average_precision_score(right, scores) * right.sum() / wanted)


def auc(outcomes: Sequence[Outcome], against: str | None = None) -> float:
    """Return the chance that a right event outscores a wrong one (of a label, where one is named)."""
    right = [j.found.score for each in outcomes for j in each.judged if j.is_right]
    wrong = [
        j.found.score
        for each in outcomes
        for j in each.judged
        if not j.is_right and against in {None, j.label}
    ]
    if not right or not wrong:
        return float("nan")
    return float(roc_auc_score([1] * len(right) + [0] * len(wrong), right + wrong))


def precision_at(outcomes: Sequence[Outcome], count: int) -> float:
    """Return the share of right ones in a simulation's first `count` events by score, mean of simulations."""
    shares = []
    for each in outcomes:
        _, right = scored([each])
        if len(right):
            shares.append(right[:count].mean())
    return float(np.mean(shares)) if shares else float("nan")


def recall_at(outcomes: Sequence[Outcome], count: int) -> float:
    """Return the share of positives that are among a simulation's first `count` events by score."""
    wanted = sum(len(set(each.positives)) for each in outcomes)
    found = sum(int(scored([each])[1][:count].sum()) for each in outcomes)
    return found / wanted if wanted else float("nan")


def found_in_an_hour(outcomes: Sequence[Outcome]) -> float:
    """Return the positives found in an hour's reading, the highest scores first; mean of simulations."""
    count = int(60.0 / READ_MIN)
    return float(np.mean([scored([each])[1][:count].sum() for each in outcomes]))


def reading_h(outcomes: Sequence[Outcome]) -> float:
    """Return the hours that all alarms take to read, per 1,000 vessel-days."""
    alarms = sum(j.found.is_alarm for each in outcomes for j in each.judged)
    return 1000.0 * alarms * READ_MIN / 60.0 / sum(each.vessel_days for each in outcomes)


def without_anomaly(outcomes: Sequence[Outcome]) -> list[Outcome]:
    """Return the same events, scored without the anomaly reason."""
    return [
        replace(each, judged=tuple(replace(j, found=_without(j)) for j in each.judged)) for each in outcomes
    ]


def _without(judged: Judged) -> Found:
    return replace(judged.found, score=judged.found.score_without)


def gained(outcomes: Sequence[Outcome]) -> float:
    """Return the average precision that the anomaly reason adds."""
    return average_precision(outcomes) - average_precision(without_anomaly(outcomes))


def share_unusual(outcomes: Sequence[Outcome], *, is_right: bool) -> float:
    """Return the share of right, or of wrong, events that the anomaly reason weighs in."""
    weighed = [
        j.found.score != j.found.score_without
        for each in outcomes
        for j in each.judged
        if j.is_right == is_right
    ]
    return float(np.mean(weighed)) if weighed else float("nan")


def as_one_list(by_kind: Sequence[Outcome]) -> Outcome:
    """Return the outcomes of all kinds of a simulation as one list to read."""
    return Outcome(
        kind="all kinds",
        judged=tuple(j for each in by_kind for j in each.judged),
        positives=tuple(t for each in by_kind for t in each.positives),
        received=tuple(h for each in by_kind for h in each.received),
        vessel_days=by_kind[0].vessel_days,
    )


def time_error_min(outcomes: Sequence[Outcome], end: str, share: float) -> float:
    """Return a quantile of the error of the reported start or end, minutes; open events have no end."""
    errors = [
        abs(getattr(j.found, f"{end}_s") - getattr(j.truth, f"{end}_s")) / 60.0
        for each in outcomes
        for j in each.judged
        if j.truth is not None and j.is_right and not (end == "end" and j.found.is_open)
    ]
    return float(np.quantile(errors, share)) if errors else float("nan")


def interval(
    figure: Callable[[Sequence[Outcome]], float], outcomes: Sequence[Outcome]
) -> tuple[float, float]:
    """Return the 95 % interval of a figure by bootstrap over simulations; nan where it is never defined."""
    rng = np.random.default_rng(0)
    draws = rng.integers(len(outcomes), size=(BOOTSTRAP_DRAWS, len(outcomes)))
    values = np.array([figure([outcomes[n] for n in draw]) for draw in draws])
    values = values[np.isfinite(values)]
    if not len(values):
        return float("nan"), float("nan")
    low, high = np.quantile(values, (0.025, 0.975))
    return float(low), float(high)
