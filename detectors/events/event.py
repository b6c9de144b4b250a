"""Events: findings with context, score and a stable identity."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from detectors import KIND_BY_NAME
from detectors.events.context import behaviour_of, places_of, surrounding_measures
from detectors.events.history import History
from detectors.events.history_params import HistoryParams
from detectors.events.score import Score, score
from detectors.vessels.static_data import statics_until
from detectors.vessels.vessel import Vessel, vessel_at

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from shapely.geometry.base import BaseGeometry

    from detectors.behaviour.behaviour import Judged
    from detectors.core.findings import Finding
    from detectors.core.measures import Values
    from detectors.events.area import Area
    from detectors.events.context import Place
    from detectors.scene import Scene
    from detectors.tracks.tracks import Tracks
    from detectors.vessels.watch_list import WatchList

ID_DIGITS = 16


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """One report that an event rests on: whose, of when, and its row among those of all files of the run."""

    source_row: int
    vessel: str
    time_s: float


@dataclass(frozen=True)
class Event:
    """One flagged event, ready to be reported.

    `id` is a hash of kind, vessels and the last report of each before it began, so it stays when a gap
    that lasted closes. `path` is one (lon, lat) or several, in degrees. `areas` are ids of the zones it
    touches. `members` are the ids of the events that this one is built from, `part_of` of those that are
    built from it. `reach` is the outline of a gap's reach, where it was asked for.
    """

    id: str
    kind: str
    start_s: float
    end_s: float | None
    duration_h: float
    path: tuple[tuple[float, float], ...]
    vessels: tuple[Vessel, ...]
    measures: Values
    score: Score
    areas: tuple[str, ...]
    evidence: tuple[EvidenceRow, ...]
    summary: str
    members: tuple[str, ...] = ()
    part_of: tuple[str, ...] = ()
    reach: BaseGeometry | None = None


def make_events(
    findings: Sequence[Finding],
    scene: Scene,
    watch: WatchList,
    area: Area,
    candidates: Sequence[Finding] = (),
    params: HistoryParams = HistoryParams(),  # noqa: B008 - frozen
) -> tuple[Event, ...]:
    """Return the events of the findings that an area holds, linked both ways where one is built from others.

    `candidates` are no events, but add to the history of the vessels of those that are. `params` define
    how events of the same vessels are read together. A finding outside the area is scored only where an event
    inside is built from it: of a world-wide file some hundreds are asked for, and thousands are not.
    """
    run = _Run(
        scene,
        watch,
        History.of(findings, candidates, params),
        behaviour_of(findings, KIND_BY_NAME, scene),
    )
    places = places_of(findings, scene.world, scene.now_s)
    placed = [run.placed(finding, place) for finding, place in zip(findings, places, strict=True)]
    asked = [n for n, each in enumerate(placed) if area.holds(each.finding.path, each.values, each.place)]
    built_from: dict[str, list[str]] = {}
    for finding in findings:
        for member in finding.members:
            built_from.setdefault(run.identity(member), []).append(run.identity(finding))
    members = {run.identity(member) for n in asked for member in findings[n].members}
    needed = {*asked, *(n for n, finding in enumerate(findings) if run.identity(finding) in members)}
    made: dict[int, Event] = {}
    scores: dict[str, float] = {}
    for number in sorted(needed, key=lambda n: (bool(findings[n].members), n)):
        event = made[number] = run.event(placed[number], scores)
        scores[event.id] = event.score.value
    return tuple(replace(made[n], part_of=tuple(built_from.get(made[n].id, ()))) for n in asked)


@dataclass(frozen=True)
class _Placed:
    """A finding with its vessels and its surroundings: enough to decide whether it was asked for."""

    finding: Finding
    place: Place
    vessels: tuple[Vessel, ...]
    values: Values


@dataclass(frozen=True, eq=False)
class _Run:
    """What the events of a run have in common."""

    scene: Scene
    watch: WatchList
    history: History
    judged: Judged
    ids: dict[int, str] = field(default_factory=dict)
    """Identities that are known already, by the finding's own `id`: a member is looked up repeatedly."""
    known: dict[tuple[int, int], Vessel] = field(default_factory=dict)
    """Vessels by their index and the number of static reports until then."""

    def identity(self, finding: Finding) -> str:
        """Return the identity of a finding's event."""
        if id(finding) not in self.ids:
            self.ids[id(finding)] = _identity(finding, self.scene)
        return self.ids[id(finding)]

    def vessel(self, index: int, time_s: float) -> Vessel:
        """Return a vessel as known at a time."""
        key = index, statics_until(self.scene.tracks, index, time_s)
        if key not in self.known:
            self.known[key] = vessel_at(self.scene.tracks, index, time_s, self.watch)
        return self.known[key]

    def placed(self, finding: Finding, place: Place) -> _Placed:
        """Return a finding with its vessels as known at its start, and what surrounds it."""
        vessels = tuple(self.vessel(v, finding.start_s) for v in finding.vessels)
        kind = KIND_BY_NAME[finding.kind]
        around = surrounding_measures(kind, finding, place, vessels, self.scene, self.judged)
        return _Placed(finding, place, vessels, {**finding.measures, **around})

    def event(self, placed: _Placed, scores: Mapping[str, float]) -> Event:
        """Return the event of a finding: score, reasons and sentence.

        `scores` are those of the events made before, by id: events built from others are made last.
        """
        scene, finding, kind = self.scene, placed.finding, KIND_BY_NAME[placed.finding.kind]
        members = tuple(self.identity(member) for member in finding.members)
        values = {
            **placed.values,
            **(kind.related(finding, self.history) if kind.related else {}),
            **(kind.from_members([scores[m] for m in members if m in scores]) if kind.from_members else {}),
        }
        scored = score(kind, values)
        text = kind.sentence(finding, placed.vessels, values)
        return Event(
            id=self.identity(finding),
            kind=finding.kind,
            start_s=finding.start_s,
            end_s=finding.end_s,
            duration_h=finding.lasted_h(scene.now_s),
            path=finding.path,
            vessels=placed.vessels,
            measures=values,
            score=scored,
            areas=tuple(zone.id for zone in placed.place.zones),
            evidence=tuple(_evidence(row, scene.tracks) for row in finding.rows),
            summary=f"{text} Score {scored.value:.2f} ({scored.band}).",
            members=members,
        )


def _evidence(row: int, tracks: Tracks) -> EvidenceRow:
    vessel = int(np.searchsorted(tracks.offsets, row, side="right")) - 1
    return EvidenceRow(int(tracks.source_row[row]), tracks.key(vessel), float(tracks.time_s[row]))


def _identity(finding: Finding, scene: Scene) -> str:
    """Return a hash of what does not change when later reports arrive: kind, vessels, anchors.

    Two segments of one MMSI may end in the same second, so the position counts; numbers of vessels and
    not their names, so that a vessel whose own id looks like an MMSI is another one.
    """
    tracks = scene.tracks
    numbers = [str(int(tracks.vessel[v])) for v in finding.vessels]
    anchors = [
        f"{tracks.time_s[row]:.3f} {tracks.lon_deg[row]:.6f} {tracks.lat_deg[row]:.6f}"
        for row in finding.anchors
    ]
    text = "|".join((finding.kind, *sorted(numbers), *sorted(anchors)))
    return hashlib.sha256(text.encode()).hexdigest()[:ID_DIGITS]
