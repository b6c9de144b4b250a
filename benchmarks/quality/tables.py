"""Markdown tables of figures, each with its interval."""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from app.simulator.truth import INNOCENT_GAPS
from benchmarks.quality import figures as f

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from benchmarks.quality.figures import Outcome
    from benchmarks.quality.matching import Judged

NONE = "-"

MERIT: tuple[tuple[str, Callable[[Sequence[Outcome]], float], int], ...] = (
    ("recall", f.recall, 2),
    ("of those heard", partial(f.recall, heard_only=True), 2),
    ("by alarms", partial(f.recall, alarms_only=True), 2),
    ("precision of alarms", f.precision, 2),
    ("false alarms", f.false_alarms, 1),
    ("all events", f.load, 0),
    ("average precision", f.average_precision, 2),
    ("ROC AUC", f.auc, 3),
)
RANKS: tuple[tuple[str, Callable[[Sequence[Outcome]], float], int], ...] = (
    ("precision at 10", partial(f.precision_at, count=10), 2),
    ("at 50", partial(f.precision_at, count=50), 2),
    ("at 100", partial(f.precision_at, count=100), 2),
    ("recall at 100", partial(f.recall_at, count=100), 2),
    ("start error min, median", partial(f.time_error_min, end="start", share=0.5), 1),
    ("p90", partial(f.time_error_min, end="start", share=0.9), 1),
    ("end error min, median", partial(f.time_error_min, end="end", share=0.5), 1),
    ("p90 ", partial(f.time_error_min, end="end", share=0.9), 1),
)
ANOMALY: tuple[tuple[str, Callable[[Sequence[Outcome]], float], int], ...] = (
    ("average precision", f.average_precision, 3),
    ("without the reason", lambda o: f.average_precision(f.without_anomaly(o)), 3),
    ("gained", f.gained, 3),
    ("ROC AUC", f.auc, 3),
    ("without it", lambda o: f.auc(f.without_anomaly(o)), 3),
    ("weighs in right events", partial(f.share_unusual, is_right=True), 2),
    ("in wrong ones", partial(f.share_unusual, is_right=False), 2),
)
READING: tuple[tuple[str, Callable[[Sequence[Outcome]], float], int], ...] = (
    ("found in the first hour", f.found_in_an_hour, 1),
    ("without the anomaly reason", lambda o: f.found_in_an_hour(f.without_anomaly(o)), 1),
    ("hours to read all alarms", f.reading_h, 1),
)
BY_INTERVAL = (MERIT[0], MERIT[2], MERIT[4], MERIT[5], *RANKS[4:])


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a Markdown table; the first column is text."""
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" + "--:|" * (len(head) - 1)]
    return "\n".join([*lines, *("| " + " | ".join(row) + " |" for row in rows)])


def number(value: float, digits: int) -> str:
    """Return a number as it is printed; a dash where it is not defined."""
    return f"{value:.{digits}f}" if np.isfinite(value) else NONE


def cell(figure: Callable[[Sequence[Outcome]], float], digits: int, outcomes: Sequence[Outcome]) -> str:
    """Return a figure with its 95 % interval over seeds."""
    value = figure(outcomes)
    if not np.isfinite(value) or len(outcomes) == 1:
        return number(value, digits)
    low, high = f.interval(figure, outcomes)
    return f"{number(value, digits)} ({number(low, digits)}-{number(high, digits)})"


def figure_table(
    columns: Sequence[tuple[str, Callable[[Sequence[Outcome]], float], int]],
    rows: dict[str, Sequence[Outcome]],
    first: str,
) -> str:
    """Return a table with a row for each named group of outcomes."""
    head = [first, "sought", *(name.strip() for name, _, _ in columns)]
    body = []
    for name, outcomes in rows.items():
        count = str(sum(len(o.positives) for o in outcomes))
        body.append([name, count, *(cell(figure, digits, outcomes) for _, figure, digits in columns)])
    return table(head, body)


def label_table(outcomes: Sequence[Outcome]) -> str:
    """Return, by what an event truly is, how many were reported, at what scores, and how many as alarms."""
    judged = [j for each in outcomes for j in each.judged]
    days = sum(each.vessel_days for each in outcomes)
    rows = []
    for label in _by_alarms(judged):
        labelled = [j for j in judged if j.label == label]
        alarms = sum(j.found.is_alarm for j in labelled)
        median = float(np.median([j.found.score for j in labelled]))
        is_right = "sought" if labelled[0].is_right else ""
        rows.append(
            [
                label,
                is_right,
                str(len(labelled)),
                str(alarms),
                number(1000 * alarms / days, 1),
                number(median, 2),
            ]
        )
    return table(
        ["what it truly is", "", "events", "alarms", "alarms per 1,000 vessel-days", "median score"], rows
    )


def _by_alarms(judged: Sequence[Judged]) -> list[str]:
    alarms = Counter({j.label: 0 for j in judged})
    alarms.update(j.label for j in judged if j.found.is_alarm)
    return [label for label, _ in alarms.most_common()]


def miss_table(outcomes: Sequence[Outcome]) -> str:
    """Return, by label of the positives, how much of it was reported, and how much as an alarm."""
    labels = sorted({t.label for each in outcomes for t in each.positives})
    rows = []
    for label in labels:
        wanted = [
            (t, h, each)
            for each in outcomes
            for t, h in zip(each.positives, each.received, strict=True)
            if t.label == label
        ]
        reported = sum(t in each.reported() for t, _, each in wanted)
        alarms = sum(t in each.reported(alarms_only=True) for t, _, each in wanted)
        rows.append([label, str(len(wanted)), str(sum(h for _, h, _ in wanted)), str(reported), str(alarms)])
    return table(["sought", "happened", "heard", "reported", "as alarms"], rows)


def gap_table(outcomes: Sequence[Outcome]) -> str:
    """Return, by cause of a gap, how well the score separates it from switching off, and its reception."""
    judged = [j for each in outcomes for j in each.judged]
    classes = sorted({j.found.reception for j in judged if j.found.reception})
    rows = []
    for label in ("switched_off", *INNOCENT_GAPS):
        labelled = [j.found.reception for j in judged if j.label == label]
        separation = NONE if label == "switched_off" else cell(partial(f.auc, against=label), 3, outcomes)
        shares = [
            number(float(np.mean([r == c for r in labelled])), 2) if labelled else NONE for c in classes
        ]
        rows.append([label, str(len(labelled)), separation, *shares])
    return table(["cause", "events", "ROC AUC against it", *(f"reception {c}" for c in classes)], rows)
