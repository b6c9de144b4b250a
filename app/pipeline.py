"""The one place where the stages are joined: bytes in, events and an account of the run out."""

from __future__ import annotations

from collections import Counter
from contextlib import nullcontext
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from app.errors import NoPositionsError
from app.examined import Examined
from app.filters import select
from app.interpreting import interpreting_while_cheap
from app.outputs.reach import with_reach
from app.reading import TrackFile, gathered, no_positions, read_files
from app.speeds import with_speeds_in_knots
from detectors import KIND_BY_NAME, KINDS
from detectors.behaviour.behaviour import Behaviour
from detectors.events.history import History
from detectors.presets import RECEPTION, TRACKS
from detectors.reception.reception import Reception
from detectors.scene import Scene
from detectors.tracks.build import tracks_of
from detectors.vessels.watch_list import WatchList

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from app.options import RunOptions
    from app.readers.base.reader import Batch
    from app.readers.containers.unpack import Limits
    from app.report import Report
    from app.resources import Resources
    from detectors.core.findings import Detection
    from detectors.events.event import Event
    from detectors.presets import ParamSet
    from detectors.tracks.tracks import Tracks

T = TypeVar("T")


@dataclass(frozen=True)
class Run:
    """The answer to a user. `digests` are the params hashes by kind, as given in each event."""

    events: tuple[Event, ...]
    report: Report
    digests: dict[str, str]


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


def examine(
    batches: list[Batch],
    options: RunOptions,
    resources: Resources,
    conclude: Callable[[Examined], T],
    faults: Sequence[str] = (),
    progress: Callable[[str], None] = lambda _: None,
) -> T:
    """Run every detector on what was read, and return what `conclude` makes of it. Empties `batches`."""
    with interpreting_while_cheap() if resources.interprets else nullcontext():
        tracks, read, duplicates = tracks_in(batches, options, faults, progress)
        scene = _scene(tracks, options, resources)
        detections = find(scene, options.params, progress, options.kinds)
        progress("scoring events")
        watch = WatchList(resources.watch.entries + options.watch.entries)
        return conclude(Examined(scene, detections, watch, options, read, duplicates))


def tracks_in(
    batches: list[Batch],
    options: RunOptions,
    faults: Sequence[str] = (),
    progress: Callable[[str], None] = lambda _: None,
) -> tuple[Tracks, Report, int]:
    """Return the tracks in what was read, the report so far, and the number of duplicates. Empties `batches`.

    Raises NoPositionsError where there is no position at all.
    """
    reports, rest = gathered(batches, options, faults)
    if not len(reports):
        raise NoPositionsError(no_positions(rest.read, faults), rest.read)
    progress("ordering reports")
    columns, vessels, read = reports.columns(), reports.vessels, rest.read
    batches.clear()
    del reports
    tracks, duplicates = tracks_of(columns, vessels, rest.statics, rest.own_ids, options.params.of(TRACKS))
    return *with_speeds_in_knots(tracks, read), duplicates


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
    outside = len(examined.findings) - len(examined.events)
    held_back = ({"area": outside} if outside else {}) | held_back
    reported, more = with_reach(reported, scene.world) if options.with_reach else (reported, ())
    report = examined.report()
    report = replace(
        report,
        warnings=(*report.warnings, *more),
        held_back=held_back,
        bands=dict(Counter(e.score.band for e in reported)),
    )
    return Run(reported, report, examined.digests())


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
