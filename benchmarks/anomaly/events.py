"""What each detector does for the events: the quality bench with the anomaly reason from each in turn."""

from __future__ import annotations

import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from app.resources import default_resources
from app.simulator.traffic import make_traffic
from benchmarks.quality import figures as f
from benchmarks.quality.run import detected, outcome
from detectors import KIND_BY_NAME
from detectors.behaviour.history import CLASSES
from detectors.behaviour.model import QUANTILES, Model, known
from geodata.world import load_world

if TYPE_CHECKING:
    from app.simulator.settings import TrafficSettings
    from benchmarks.anomaly.rivals import Score
    from benchmarks.quality.figures import Outcome
    from detectors.behaviour.history import History

KINDS = ("sts_transfer", "loitering", "sts_cluster")
_models: dict[str, Rival] = {}
"""Fitted once, and inherited by the worker processes forked afterwards."""


@dataclass(frozen=True, eq=False)
class Rival(Model):
    """The packaged model with another's percentiles; features are still named by the forest."""

    score: Score | None = None
    steps: np.ndarray | None = None

    def percentiles(self, windows: np.ndarray, ship_class: np.ndarray) -> np.ndarray:
        """Return the share of the training windows of the class that are less unusual."""
        assert self.score is not None
        assert self.steps is not None
        scores = self.score(known(windows, self.typical)) if len(windows) else np.empty(0)
        shares = [np.searchsorted(self.steps[c], s) for c, s in zip(ship_class, scores, strict=True)]
        return np.array(shares) / QUANTILES


def rival(base: Model, history: History, score: Score) -> Rival:
    """Return a model that judges by another's score, in the same percentiles."""
    scores = score(known(history.windows, base.typical))
    at = np.linspace(0, 1, QUANTILES)
    steps = np.stack([np.quantile(scores[history.ship_class == n], at) for n in range(len(CLASSES))])
    values = {name: getattr(base, name) for name in Model.__dataclass_fields__}
    return Rival(**{**values, "field": history.field}, score=score, steps=steps)


def event_rows(models: dict[str, Rival], settings: list[TrafficSettings], jobs: int) -> list[str]:
    """Return, for each detector, a row of average precision by kind: with the reason, and what it gains."""
    _models.update(models)
    with ProcessPoolExecutor(jobs, multiprocessing.get_context("fork")) as pool:
        outcomes = list(pool.map(_outcomes, settings))
    rows = []
    for name in models:
        cells = []
        for kind in (k for k in KINDS if KIND_BY_NAME[k].weighs_behaviour):
            of_kind = [each[name][kind] for each in outcomes]
            cells.append(f"{f.average_precision(of_kind):.3f} ({f.gained(of_kind):+.3f})")
        rows.append(f"| {name} | {' | '.join(cells)} |")
    return rows


def _outcomes(one: TrafficSettings) -> dict[str, dict[str, Outcome]]:
    traffic = make_traffic(one, load_world())
    outcomes = {}
    for name, model in _models.items():
        resources = replace(default_resources(), model=model)
        events = detected(traffic.reports, traffic, "default", resources).events
        outcomes[name] = {kind: outcome(kind, events, traffic, traffic.reports) for kind in KINDS}
    return outcomes
