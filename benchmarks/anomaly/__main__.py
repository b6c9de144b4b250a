"""`python -m benchmarks.anomaly`: fit each detector on seeds 1 to 6, and test it on windows of others.

Tables in Markdown: ROC AUC and average precision of windows of positives against all windows of
ordinary vessels, by score and by percentile within the vessel's class; time to fit, windows scored per
second on one core, size. A second table times our own scorer by number of trees.
"""

from __future__ import annotations

import argparse
import os
import platform
import time
import warnings
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime

import numpy as np
from sklearn.metrics import average_precision_score, roc_auc_score

from app.resources import default_resources
from app.simulator.settings import TrafficSettings
from benchmarks.anomaly.events import KINDS, event_rows, rival
from benchmarks.anomaly.rivals import RIVALS
from benchmarks.anomaly.windows import GROUPS, feed, labelled
from detectors.behaviour.forest import Forest
from detectors.behaviour.history import CLASSES, History, history_of
from detectors.behaviour.model import known
from detectors.behaviour.training import fitted
from geodata.world import load_world

REPEATS = 3
LEFT_OUT = {"one-class SVM (SGD, Nystroem)", "isolation forest, 400 trees of 256"}
"""Of the comparison by events: far behind by windows, or the same at three times the cost."""


def main() -> None:
    """Run what is asked for and print the tables."""
    asked = _asked()
    warnings.simplefilter("once")  # MinCovDet warns hundreds of times that these features are nearly singular
    regimes = asked.regime.split(",")
    with ProcessPoolExecutor(asked.jobs) as pool:
        learnt = list(pool.map(feed, [(s, r) for s in asked.train for r in regimes]))
        judged = list(pool.map(feed, [(s, r) for s in asked.seeds for r in regimes]))
    history = history_of([one.tracks for one in learnt], load_world())
    typical = np.nanmedian(history.windows, axis=0)
    labelled_feeds = [labelled(one, history.field) for one in judged]
    rows = np.concatenate([known(one.windows, typical) for one in labelled_feeds])
    ship_class = np.concatenate([one.ship_class for one in labelled_feeds])
    group = np.concatenate([one.group for one in labelled_feeds])
    print(f"{platform.machine()}, {os.cpu_count()} cores, {datetime.now(UTC):%Y-%m-%d}; fitted on seeds")
    print(
        f"{asked.train}, judged on {asked.seeds}, {asked.regime}: {len(history.windows):,} windows, against"
    )
    print(f"{(group == '').sum():,} ordinary ones and {(group != '').sum()} of positives\n")
    groups = [*GROUPS, "all"]
    print("| detector |", " | ".join([*groups, "fit s", "windows/s", "bytes"]), "|")
    print("|---|" + "--:|" * (len(groups) + 3))
    for name in RIVALS:
        print(_row(name, history, typical, rows, ship_class, group))
    if asked.events:
        _events(asked, history, regimes)
    _speed(known(history.windows, typical))


def _row(
    name: str,
    history: History,
    typical: np.ndarray,
    rows: np.ndarray,
    ship_class: np.ndarray,
    group: np.ndarray,
) -> str:
    table = known(history.windows, typical)
    started_s = time.perf_counter()
    score, size = RIVALS[name](table)
    fit_s = time.perf_counter() - started_s
    started_s = time.perf_counter()
    scores = score(rows)
    per_s = len(rows) / (time.perf_counter() - started_s)
    shares = _percentiles(score(table), history.ship_class, scores, ship_class)
    cells = [_separation(scores, shares, group, names) for names in [[g] for g in GROUPS] + [list(GROUPS)]]
    return f"| {name} | {' | '.join(cells)} | {fit_s:.1f} | {per_s:,.0f} | {size:,} |"


def _separation(scores: np.ndarray, shares: np.ndarray, group: np.ndarray, names: list[str]) -> str:
    """Return AUC and average precision by score, then by percentile of the class."""
    of = (group == "") | np.isin(group, names)
    right = np.isin(group[of], names)
    values = (
        f"{roc_auc_score(right, v[of]):.3f} {average_precision_score(right, v[of]):.3f}"
        for v in (scores, shares)
    )
    return " / ".join(values)


def _percentiles(
    learnt: np.ndarray, learnt_class: np.ndarray, scores: np.ndarray, ship_class: np.ndarray
) -> np.ndarray:
    shares = np.empty(len(scores))
    for n in range(len(CLASSES)):
        base, of_class = np.sort(learnt[learnt_class == n]), ship_class == n
        shares[of_class] = np.searchsorted(base, scores[of_class]) / max(len(base), 1)
    return shares


def _events(asked: argparse.Namespace, history: History, regimes: list[str]) -> None:
    """Print what each detector does for the events of the seeds judged."""
    base = default_resources().model
    assert base is not None
    table = known(history.windows, base.typical)
    models = {name: rival(base, history, RIVALS[name](table)[0]) for name in RIVALS if name not in LEFT_OUT}
    settings = [TrafficSettings(seed=s, regime=r) for s in asked.seeds for r in regimes]
    print("\nAverage precision of events with each detector as the anomaly reason (gained by it):\n")
    print(f"| detector | {' | '.join(KINDS)} |\n|---|" + "--:|" * len(KINDS))
    print("\n".join(event_rows(models, settings, asked.jobs)))


def _speed(table: np.ndarray) -> None:
    """Print how many windows our scorer judges in a second, on one core, by number of trees."""
    whole = fitted(table.astype(np.float32))
    rows = np.tile(table, (4, 1)).astype(np.float32)
    print(f"\nOur scorer, one core, {len(rows):,} windows, the best of {REPEATS}:\n")
    print("| trees | windows/s |\n|--:|--:|")
    for trees in (32, 64, len(whole.path)):
        arrays = (a[:trees] for a in (whole.feature, whole.threshold, whole.expected, whole.path))
        part = Forest(*arrays, whole.sample_path, whole.features)
        part.scores(rows[:100])
        taken = min(_timed(part, rows) for _ in range(REPEATS))
        print(f"| {trees} | {len(rows) / taken:,.0f} |")


def _timed(forest: Forest, rows: np.ndarray) -> float:
    started_s = time.process_time()
    forest.scores(rows)
    return time.process_time() - started_s


def _asked() -> argparse.Namespace:
    def span(text: str) -> list[int]:
        first, _, last = text.partition("-")
        return list(range(int(first), int(last or first) + 1))

    parser = argparse.ArgumentParser(prog="python -m benchmarks.anomaly", description=__doc__)
    parser.add_argument("--train", type=span, default="1-6", help="seeds to learn from")
    parser.add_argument("--seeds", type=span, default="101-103", help="seeds to judge")
    parser.add_argument("--regime", default="dense,mixed")
    parser.add_argument("--events", action="store_true", help="judge the events with each one, too: slow")
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    return parser.parse_args()


if __name__ == "__main__":
    main()
