"""A run that was examined: every event of it, and its report."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from app.digests import background_manifest, digests
from detectors.events.event import Event, make_events
from detectors.presets import AREA, HISTORY

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.options import RunOptions
    from app.report import Report
    from detectors.core.findings import Detection, Finding, NearMiss
    from detectors.scene import Scene
    from detectors.tracks.tracks import Tracks
    from detectors.vessels.watch_list import WatchList


@dataclass(frozen=True)
class Examined:
    """All that the detectors found in a run, before events are filtered."""

    scene: Scene
    detections: dict[str, Detection]
    watch: WatchList
    options: RunOptions
    read: Report
    duplicates: int

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """What was found, wherever it lies."""
        return tuple(finding for detection in self.detections.values() for finding in detection.findings)

    @cached_property
    def events(self) -> tuple[Event, ...]:
        """Every event of the run inside the area that was asked for."""
        candidates = [f for detection in self.detections.values() for f in detection.candidates]
        params = self.options.params
        area = replace(self.options.area, params=params.of(AREA))
        return make_events(self.findings, self.scene, self.watch, area, candidates, params.of(HISTORY))

    def digests(self) -> dict[str, str]:
        """Return the params hash of each kind."""
        return digests(self.options.params, self.scene, self.watch)

    def report(self) -> Report:
        """Return the account of what was read and examined."""
        tracks, detections = self.scene.tracks, self.detections
        return replace(
            _described(self.read, tracks, self.scene, self.watch),
            duplicates=self.duplicates,
            warnings=(*self.read.warnings, *_warnings(self.scene, self.watch, detections.values())),
            examined={kind: dict(d.examined) for kind, d in detections.items()},
            near_misses=tuple(_near_miss(m, tracks) for d in detections.values() for m in d.near_misses),
        )


def _described(read: Report, tracks: Tracks, scene: Scene, watch: WatchList) -> Report:
    return replace(
        read,
        positions=len(tracks),
        vessels=len(tracks.vessel),
        start_s=tracks.start_s,
        end_s=tracks.end_s,
        now_s=scene.now_s,
        layers=tuple({"name": x.name, "version": x.version, "date": x.date} for x in scene.world.layers),
        model=scene.behaviour.manifest() if scene.behaviour else None,
        reception=background_manifest(scene),
        watch_lists=tuple({"name": name, "date": date} for name, date in watch.lists),
    )


def _warnings(scene: Scene, watch: WatchList, detections: Iterable[Detection]) -> list[str]:
    warnings = [w for d in detections for w in d.warnings]
    warnings += scene.behaviour.warnings() if scene.behaviour else []
    known = any(s.imo for statics in scene.tracks.statics.values() for s in statics)
    if watch.entries and not known:
        warnings.append("no IMO number in this data: watch lists by IMO cannot match")
    return warnings


def _near_miss(miss: NearMiss, tracks: Tracks) -> dict[str, Any]:
    return {
        "kind": miss.kind,
        "vessels": [tracks.key(v) for v in miss.vessels],
        "start_s": miss.start_s,
        "field": miss.parameter,
        "value": miss.value,
        "threshold": miss.threshold,
        "unit": miss.unit,
    }
