"""How unlike the training traffic the vessels of a run behaved, and whether this run may be judged at all."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from detectors.behaviour.drift import BOUND, WINDOWS_MAX, Drift
from detectors.behaviour.features import Seen
from detectors.behaviour.history import classes_of, neighbours_of
from detectors.behaviour.windows import windows_along, windows_at

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from detectors.behaviour.model import Model, Unusual
    from detectors.behaviour.reporting import Neighbours
    from detectors.behaviour.windows import Windows
    from detectors.tracks.tracks import Tracks
    from geodata.world import World

Judged: TypeAlias = "Mapping[tuple[int, float], Unusual]"
"""How unusual windows are, by segment and end in epoch seconds."""

WITHIN, BEYOND, NOT_JUDGED = "within", "beyond_bound", "not_judged"
"""Codes for the drift of a run."""

WINDOWS_AT_ONCE = 5000
"""Windows computed at once: some 60 MB at the peak."""


@dataclass(eq=False)
class Behaviour:
    """A model and the tracks of one run; what it needs of the run is computed when first used."""

    tracks: Tracks
    world: World
    model: Model

    @cached_property
    def _chosen(self) -> Windows:
        return windows_along(self.tracks.segments, WINDOWS_MAX)

    @cached_property
    def _sample(self) -> Seen:
        return Seen.of(self.tracks.segments, self._chosen, self.world)

    @cached_property
    def _neighbours(self) -> Neighbours:
        return neighbours_of(self._sample)

    @cached_property
    def drift(self) -> Drift:
        """How the run's traffic compares with the training's."""
        windows, segments = self._chosen, len(np.unique(self._chosen.segment))
        if Drift.is_enough(len(windows), segments):
            return Drift.judged(
                self.model.bins, self._sample.features(self.model.field, self._neighbours), segments
            )
        return Drift(len(windows), segments)

    @property
    def standing(self) -> str:
        """`within`, `beyond_bound` or `not_judged`."""
        within = self.drift.is_within
        return NOT_JUDGED if within is None else WITHIN if within else BEYOND

    @property
    def may_weigh(self) -> bool:
        """Whether the model counts: within the bound, or learnt by the user and not beyond it."""
        return self.standing == WITHIN or (self.standing == NOT_JUDGED and self.model.is_own)

    def manifest(self) -> dict[str, Any]:
        """Return model and drift as plain values, for a report."""
        return {**self.model.manifest, "drift": self.drift.values(), "weighs": self.may_weigh}

    def warnings(self) -> list[str]:
        """Return what a user should know of a model that does not count, or counts unproven."""
        if self.standing == BEYOND:
            most = ", ".join(name for name, _ in self.drift.features[:3])
            origin = "your" if self.model.is_own else "the packaged (simulated)"
            text = f"this traffic is not like that {origin} anomaly model was learnt from: it weighs nothing"
            return [f"{text}. Drift {self.drift.mean:.2f}, at most {BOUND:g}; most of all by {most}"]
        return []

    def judge(self, asked: Iterable[tuple[int, float]]) -> dict[tuple[int, float], Unusual]:
        """Return how unusual segments' windows are that end at given times; none with too few reports."""
        if not self.may_weigh:
            return {}
        pairs = sorted(set(asked))
        segment = np.array([h for h, _ in pairs], dtype=np.int64)
        windows, _ = windows_at(
            self.tracks.segments, segment, np.array([end for _, end in pairs], dtype=np.float64)
        )
        return self.judge_windows(windows)

    def judge_windows(self, windows: Windows) -> dict[tuple[int, float], Unusual]:
        """Return how unusual windows are, by segment and end."""
        found: dict[tuple[int, float], Unusual] = {}
        for first in range(0, len(windows), WINDOWS_AT_ONCE):
            part = windows.take(np.arange(first, min(first + WINDOWS_AT_ONCE, len(windows))))
            seen = Seen.of(self.tracks.segments, part, self.world)
            features = seen.features(self.model.field, self._neighbours)
            judged = self.model.judge(features, classes_of(self.tracks, part.segment))
            keys = zip(part.segment.tolist(), part.end_s.tolist(), strict=True)
            found.update(zip(keys, judged, strict=True))
        return found
