"""What each detector does for the events: the quality bench with the anomaly reason told by each in turn."""

from __future__ import annotations

import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from app.pipeline import default_resources
from app.simulator.traffic import make_theatre
from benchmarks.quality import figures as f
from benchmarks.quality.run import detected, outcome
from detectors import KIND_BY_NAME
from detectors.behaviour.history import CLASSES
from detectors.behaviour.model import QUANTILES, Model, known
from geodata.world import load_world

if TYPE_CHECKING:
    from app.simulator.settings import TheatreSettings
    from benchmarks.anomaly.rivals import Score
    from benchmarks.quality.figures import Outcome
    from detectors.behaviour.history import History

KINDS = ("sts_transfer", "loitering", "sts_cluster")
_models: dict[str, Rival] = {}
"""Fitted once, and inherited by the processes that are forked afterwards."""


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
    told = {name: getattr(base, name) for name in Model.__dataclass_fields__}
    return Rival(**{**told, "field": history.field}, score=score, steps=steps)


def event_rows(models: dict[str, Rival], settings: list[TheatreSettings], jobs: int) -> list[str]:
    """Return, for each detector, a row of average precision by kind: with the reason, and what it gains."""
    _models.update(models)
    with ProcessPoolExecutor(jobs, multiprocessing.get_context("fork")) as pool:
        told = list(pool.map(_outcomes, settings))
    rows = []
    for name in models:
        cells = []
        for kind in (k for k in KINDS if KIND_BY_NAME[k].weighs_behaviour):
            mine = [each[name][kind] for each in told]
            cells.append(f"{f.average_precision(mine):.3f} ({f.gained(mine):+.3f})")
        rows.append(f"| {name} | {' | '.join(cells)} |")
    return rows


def _outcomes(one: TheatreSettings) -> dict[str, dict[str, Outcome]]:
    theatre = make_theatre(one, load_world())
    told = {}
    for name, model in _models.items():
        resources = replace(default_resources(), model=model)
        events = detected(theatre.reports, theatre, "default", resources).events
        told[name] = {kind: outcome(kind, events, theatre, theatre.reports) for kind in KINDS}
    return told
