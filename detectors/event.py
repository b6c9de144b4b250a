"""Events: findings with context, score and a stable identity."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from detectors.context import context_of
from detectors.score import Score, score
from detectors.summary import summary_of
from detectors.vessels import Vessel, vessel_at

if TYPE_CHECKING:
    from detectors.area import Area
    from detectors.base import Finding, Measures, Scene
    from detectors.watch import WatchList

ID_DIGITS = 16


@dataclass(frozen=True)
class Event:
    """One flagged event, ready to be told.

    `id` is a hash of kind, vessel keys and the first report it rests on, so it stays when a silence that
    lasted closes. `path` is one (lon, lat) or several, in degrees. `areas` are ids of the zones it touches.
    """

    id: str
    kind: str
    start_s: float
    end_s: float | None
    duration_h: float
    path: tuple[tuple[float, float], ...]
    vessels: tuple[Vessel, ...]
    measures: Measures
    score: Score
    areas: tuple[str, ...]
    evidence: tuple[int, ...]
    summary: str
    in_area: bool


def make_event(finding: Finding, scene: Scene, watch: WatchList, area: Area) -> Event:
    """Return the event of a finding: who, where, how much it weighs, and why."""
    vessels = tuple(vessel_at(scene.tracks, v, finding.start_s, watch) for v in finding.vessels)
    context = context_of(finding, vessels, scene)
    measures = {**finding.measures, **context.measures}
    scored = score(finding.kind, measures)
    return Event(
        id=_identity(finding, scene, vessels),
        kind=finding.kind,
        start_s=finding.start_s,
        end_s=finding.end_s,
        duration_h=finding.lasted_h(scene.now_s),
        path=finding.path,
        vessels=vessels,
        measures=measures,
        score=scored,
        areas=tuple(z.id for z in context.zones),
        evidence=tuple(int(scene.tracks.source_row[row]) for row in finding.rows),
        summary=summary_of(finding, vessels, measures, scored),
        in_area=area.holds(finding.path, measures, context, scene.world),
    )


def _identity(finding: Finding, scene: Scene, vessels: tuple[Vessel, ...]) -> str:
    """Hash what does not change when later reports arrive; times to the millisecond."""
    first_s = float(scene.tracks.time_s[finding.rows[0]])
    keys = sorted(v.key for v in vessels)
    text = "|".join((finding.kind, *keys, f"{first_s:.3f}"))
    return hashlib.sha256(text.encode()).hexdigest()[:ID_DIGITS]
