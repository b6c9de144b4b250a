"""The one place where the stages are joined: bytes in, events and an account of the run out."""

from __future__ import annotations

from collections import Counter
from contextlib import nullcontext
from dataclasses import dataclass, replace
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from app.errors import NoPositionsError
from app.filters import select
from app.inputs.areas import read_zones
from app.inputs.models import DEFAULT_MODEL, load_model
from app.inputs.operator_files import OperatorFiles
from app.inputs.reception import load_background
from app.inputs.watch_lists import default_watch_list
from app.merge import merge
from app.outputs.reach import with_reach
from app.readers import read_file
from app.readers.base.reader import ReadError, ReadOptions
from app.report import Report, files_of, rejects_of
from detectors import KIND_BY_NAME, KINDS
from detectors.behaviour.behaviour import Behaviour
from detectors.core.params import digest
from detectors.events.event import Event, make_events
from detectors.events.history import History
from detectors.events.score import BANDS
from detectors.presets import AREA, HISTORY, RECEPTION, SHARED, TRACKS
from detectors.reception.reception import Reception
from detectors.scene import Scene
from detectors.tracks.build import tracks_of
from detectors.vessels.watch_list import WatchList
from geodata.jit import all_compiled, interpreted
from geodata.world import World, load_world

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from app.options import RunOptions
    from app.readers.base.reader import Batch
    from app.readers.containers.unpack import Limits
    from detectors.behaviour.model import Model
    from detectors.core.findings import Detection, NearMiss
    from detectors.kind import Kind
    from detectors.presets import ParamSet
    from detectors.reception.background import Background
    from detectors.tracks.reports import Reports, StaticReport
    from detectors.tracks.tracks import Tracks

T = TypeVar("T")

HALF_HOUR_S, HALF_HOURS_MAX = 1800.0, 96.0
"""What reception examines of one gap by default: a day from either end (`ReceptionParams`)."""


@dataclass(frozen=True)
class TrackFile:
    """A file to read: its path, and the name that the user gave it."""

    name: str
    path: Path


@dataclass(frozen=True)
class Resources:
    """What every run uses and no run changes."""

    world: World
    watch: WatchList
    interpret_below: int = 0
    model: Model | None = None
    background: Background | None = None


@dataclass(frozen=True)
class Run:
    """The answer to a user. `digests` are the params hashes by kind, as given in each event."""

    events: tuple[Event, ...]
    report: Report
    digests: dict[str, str]


@cache
def default_resources(interpret_below: int = 0, operator_files: OperatorFiles = OperatorFiles()) -> Resources:  # noqa: B008 - frozen
    """Return the packaged chart and watch list, loaded once per process, with the operator files.

    Zones are added to the chart, or replace its own; a model replaces the packaged one.
    """
    world = (
        load_world().with_zones(read_zones(operator_files.zones)) if operator_files.zones else load_world()
    )
    learnt = load_model(operator_files.model or DEFAULT_MODEL)
    background = load_background(operator_files.reception) if operator_files.reception else None
    return Resources(world, default_watch_list(), interpret_below, learnt, background)


def run(
    files: Sequence[TrackFile],
    options: RunOptions,
    resources: Resources,
    limits: Limits,
    progress: Callable[[str], None] = lambda _: None,
) -> Run:
    """Read track files and return the events in them.

    Raises NoPositionsError, with the account of what was wrong, where no file gave a position.
    """
    batches, faults = read_files(files, options, limits, progress)
    return detect_events(batches, options, resources, faults=faults, progress=progress)


def detect_events(
    batches: list[Batch],
    options: RunOptions,
    resources: Resources,
    faults: Sequence[str] = (),
    progress: Callable[[str], None] = lambda _: None,
) -> Run:
    """Return the events in what was read. The same input gives the same output.

    `batches` is emptied once its reports are in order: a large file is then held once, not twice.
    """
    return examine(batches, options, resources, _run_of, faults, progress)


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
    def events(self) -> tuple[Event, ...]:
        """Every event of the run, whatever was asked for."""
        findings = [finding for detection in self.detections.values() for finding in detection.findings]
        candidates = [f for detection in self.detections.values() for f in detection.candidates]
        params = self.options.params
        area = replace(self.options.area, params=params.of(AREA))
        return make_events(findings, self.scene, self.watch, area, candidates, params.of(HISTORY))

    def digests(self) -> dict[str, str]:
        """Return the params hash of each kind."""
        return _digests(self.options.params, self.scene, self.watch)

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


def examine(
    batches: list[Batch],
    options: RunOptions,
    resources: Resources,
    conclude: Callable[[Examined], T],
    faults: Sequence[str] = (),
    progress: Callable[[str], None] = lambda _: None,
) -> T:
    """Run every detector on what was read, and return what `conclude` makes of it. Empties `batches`."""
    reports, rest = _gathered(batches, options, faults)
    read = rest.read
    if not len(reports):
        raise NoPositionsError(_no_positions(read, faults), read)
    with interpreted() if _is_small_and_cold(reports, resources) else nullcontext():
        progress("ordering reports")
        columns, vessels = reports.columns(), reports.vessels
        batches.clear()
        del reports
        tracks, duplicates = tracks_of(
            columns, vessels, rest.statics, rest.own_ids, options.params.of(TRACKS)
        )
        del rest, vessels
        scene = _scene(tracks, options, resources)
        detections = find(scene, options.params, progress, options.kinds)
        progress("scoring events")
        watch = WatchList(resources.watch.entries + options.watch.entries)
        return conclude(Examined(scene, detections, watch, options, read, duplicates))


def _scene(tracks: Tracks, options: RunOptions, resources: Resources) -> Scene:
    now_s = tracks.end_s if options.now_s is None else options.now_s
    reception = Reception(
        tracks,
        options.params.of(RECEPTION),
        resources.background,
        resources.world.on_land,
    )
    behaviour = Behaviour(tracks, resources.world, resources.model) if resources.model else None
    return Scene(tracks, resources.world, now_s, behaviour, reception)


def _run_of(examined: Examined) -> Run:
    """Return the events of a run that the options ask for, with its report."""
    options, scene = examined.options, examined.scene
    reported, held_back = select(examined.events, options)
    reported, more = with_reach(reported, scene.world) if options.with_reach else (reported, ())
    report = examined.report()
    report = replace(
        report,
        warnings=(*report.warnings, *more),
        held_back=held_back,
        bands=dict(Counter(e.score.band for e in reported)),
    )
    return Run(reported, report, examined.digests())


@dataclass(frozen=True)
class _Rest:
    """What all files of a run hold besides positions, and the report so far."""

    statics: list[StaticReport]
    own_ids: dict[int, str]
    read: Report


def _gathered(batches: Sequence[Batch], options: RunOptions, faults: Sequence[str]) -> tuple[Reports, _Rest]:
    reports, set_aside = merge(batches, options.now_s)
    warnings = dict.fromkeys([*faults, *(w for b in batches for w in b.warnings)])
    rest = _Rest(
        statics=[static for b in batches for static in b.statics],
        own_ids={vessel: own_id for b in batches for vessel, own_id in b.own_ids.items()},
        read=Report(
            files=files_of(batches),
            rejects=(*rejects_of(batches), *set_aside),
            warnings=tuple(warnings),
        ),
    )
    return reports, rest


def find(
    scene: Scene,
    params: ParamSet,
    progress: Callable[[str], None] = lambda _: None,
    asked: Sequence[str] = (),
) -> dict[str, Detection]:
    """Run every kind on a scene, those built from findings last; answers by kind.

    A kind with `only_when_asked` runs only where it is in `asked`.
    """
    detections: dict[str, Detection] = {}
    for kind in KINDS:
        if kind.find:
            progress(f"looking for {kind.title.lower()}s")
            detections[kind.name] = kind.find(scene, params.of(kind))
    found = tuple(f for d in detections.values() for f in (*d.findings, *d.candidates))
    for kind in KINDS:
        if kind.link and (kind.name in asked or not kind.only_when_asked):
            detections[kind.name] = kind.link(scene, found, params.of(kind))
    return settled(detections, params)


def settled(detections: dict[str, Detection], params: ParamSet) -> dict[str, Detection]:
    """Let each kind settle its findings in view of those of all others."""
    history = History.of(f for d in detections.values() for f in d.findings)
    return {
        name: kind.settle(detection, history, params.of(kind)) if kind.settle else detection
        for name, detection in detections.items()
        for kind in [KIND_BY_NAME[name]]
    }


def read_files(
    files: Iterable[TrackFile], options: RunOptions, limits: Limits, progress: Callable[[str], None]
) -> tuple[list[Batch], list[str]]:
    """Read each file; one that cannot be read is reported as a fault, and the others are still used."""
    batches: list[Batch] = []
    faults: list[str] = []
    for file in files:
        progress(f"reading {file.name}")
        wanted = ReadOptions(
            time_base_s=options.time_base_s,
            first_row=sum(b.rows for b in batches),
            columns=options.columns,
            is_day_first=options.is_day_first,
        )
        try:
            batches.extend(read_file(file.path, file.name, limits, wanted))
        except ReadError as error:
            faults.append(str(error))
    return batches, faults


def _is_small_and_cold(reports: Reports, resources: Resources) -> bool:
    """Return whether a run ends sooner than kernels compile: few positions, and few half-hours missed.

    Reception examines each missed half-hour of a gap: a hundred vessels of eight reports with long gaps take
    longer than ten thousand reports.
    """
    below = resources.interpret_below
    if len(reports) >= below or all_compiled():
        return False
    order = np.lexsort((reports.time_s, reports.vessel))
    interval_s = np.diff(reports.time_s[order])[np.diff(reports.vessel[order]) == 0]
    missed = np.minimum(interval_s // HALF_HOUR_S, HALF_HOURS_MAX).sum()
    return bool(len(reports) + missed < below)


def _no_positions(read: Report, faults: Sequence[str]) -> str:
    if faults:
        return "; ".join(faults)
    reasons = ", ".join(f"{r.count} {r.reason}" for r in read.rejects) or "there were no rows"
    return f"no position in {read.rows} rows: {reasons}"


def _described(read: Report, tracks: Tracks, scene: Scene, watch: WatchList) -> Report:
    return replace(
        read,
        positions=len(tracks),
        vessels=len(tracks.vessel),
        start_s=tracks.start_s,
        end_s=tracks.end_s,
        now_s=scene.now_s,
        layers=tuple({"name": x.name, "version": x.version, "date": x.date} for x in scene.world.layers),
        model=scene.behaviour.told() if scene.behaviour else None,
        reception=_background_manifest(scene),
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


def _digests(params: ParamSet, scene: Scene, watch: WatchList) -> dict[str, str]:
    """Hash, for each kind, all that decides what is flagged and how it is weighed."""
    behaviour = scene.behaviour
    model = [behaviour.model.manifest["sha256"], behaviour.standing] if behaviour else None
    shared = [
        *(params.values(part.name) for part in SHARED),
        repr(BANDS),
        scene.world.digest(),
        repr(watch.entries),
        model,
        _background_manifest(scene).get("sha256"),
    ]
    return {kind.name: digest([kind.name, *_decided_by(kind, params), *shared]) for kind in KINDS}


def _decided_by(kind: Kind[Any], params: ParamSet) -> list[object]:
    """Return the values and weights that decide a kind: its own, and those of the kinds that it builds on."""
    members = [part for name in kind.built_from for part in _decided_by(KIND_BY_NAME[name], params)]
    return [params.values(kind.name), kind.weights_digest, *map(params.values, kind.decided_by), *members]


def _background_manifest(scene: Scene) -> dict[str, Any]:
    """Return what reception was judged by: the run's own traffic, and a background where there is one."""
    background = scene.reception.background if scene.reception else None
    return dict(background.manifest) if background else {"learnt_from": "the traffic of this run"}
