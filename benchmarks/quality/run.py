"""Simulate traffic and run the whole pipeline on it, as a user would."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from app.inputs.areas import parse_area
from app.inputs.models import load_model
from app.options import RunOptions
from app.pipeline import detect_events
from app.readers.base.reader import Batch
from app.readers.base.rejects import RejectLog
from app.resources import default_resources
from app.simulator.traffic import make_traffic
from app.simulator.vessels.path import AT_ANCHOR, MOORED
from benchmarks.quality.figures import Outcome, vessel_days
from benchmarks.quality.matching import Found, judge
from benchmarks.quality.thinning import thinned
from detectors import KIND_BY_NAME
from detectors.events.score import score
from detectors.presets import params_for

if TYPE_CHECKING:
    from pathlib import Path

    from app.pipeline import Run
    from app.resources import Resources
    from app.simulator.settings import TrafficSettings
    from app.simulator.truth import Traffic, Truth
    from benchmarks.quality.matching import Judged
    from detectors.events.event import Event
    from detectors.tracks.reports import Reports

ALARM_BANDS = ("medium", "high")
RECEIVED_MIN = 2
DARK_PERIOD, ANOMALY = "dark_period", "anomaly_percentile"


@dataclass(frozen=True)
class Job:
    """One simulation to make and judge: by each preset, and thinned to each interval (None: as delivered)."""

    settings: TrafficSettings
    presets: tuple[str, ...]
    intervals_s: tuple[float | None, ...] = (None,)
    model: Path | None = None
    kinds: tuple[str, ...] = ()
    """Kinds to judge; none: every kind that is known in truth."""


Key = tuple[str, float | None, str]
"""Preset, interval in seconds, kind."""


def work(job: Job) -> dict[Key, Outcome]:
    """Return the outcome of each preset, interval and kind of one simulation."""
    traffic = make_traffic(job.settings, default_resources().world)
    outcomes: dict[Key, Outcome] = {}
    for interval_s in job.intervals_s:
        reports = traffic.reports if interval_s is None else thinned(traffic.reports, interval_s)
        for preset in job.presets:
            events = detected(reports, traffic, preset, resources_of(job.model)).events
            for kind in job.kinds or kinds_of(traffic, preset):
                outcomes[preset, interval_s, kind] = outcome(kind, events, traffic, reports)
    return outcomes


def kinds_of(traffic: Traffic, preset: str) -> list[str]:
    """Return the kinds that are both looked for and known in truth, in the order of the detectors."""
    true_kinds = {t.kind for t in traffic.truth}
    return [kind for kind in params_for(preset) if kind in true_kinds]


def resources_of(model: Path | None) -> Resources:
    """Return what a user's run would use, with another anomaly model where one is named."""
    packaged = default_resources()
    return replace(packaged, model=load_model(model)) if model else packaged


def detected(reports: Reports, traffic: Traffic, preset: str, resources: Resources) -> Run:
    """Return what would be reported to a user everywhere, whatever the score."""
    batch = Batch("traffic", len(reports), reports, RejectLog("traffic"), traffic.statics)
    options = RunOptions(params=params_for(preset), preset=preset, area=parse_area("all"))
    return detect_events([batch], options, resources)


def outcome(kind: str, events: tuple[Event, ...], traffic: Traffic, reports: Reports) -> Outcome:
    """Judge the events of one kind."""
    end_s = float(reports.time_s.max())
    found = [_found(event, end_s) for event in events if event.kind == kind]
    judged = [_labelled(each, traffic) for each in judge(traffic.truth, found)]
    positives = tuple(t for t in traffic.truth if t.kind == kind and t.is_positive)
    received = tuple(kind == DARK_PERIOD or _is_received(t, reports) for t in positives)
    return Outcome(kind, tuple(judged), positives, received, vessel_days(reports))


def _found(event: Event, end_s: float) -> Found:
    reception = event.measures.get("reception")
    return Found(
        kind=event.kind,
        mmsis=tuple(sorted(int(v.mmsi or 0) for v in event.vessels)),
        start_s=event.start_s,
        end_s=end_s if event.end_s is None else event.end_s,
        score=event.score.value,
        is_alarm=event.score.band in ALARM_BANDS,
        is_open=event.end_s is None,
        reception=None if reception is None else str(reception),
        score_without=score(KIND_BY_NAME[event.kind], {**event.measures, ANOMALY: None}).value,
    )


def _labelled(judged: Judged, traffic: Traffic) -> Judged:
    """Label an event of no injected behaviour by whether its vessels lay at a berth or anchor."""
    if judged.truth is not None:
        return judged
    middle = np.array([0.5 * (judged.found.start_s + judged.found.end_s)])
    paths = [traffic.paths[mmsi] for mmsi in judged.found.mmsis]
    still = all(int(path.status_at(middle)[0]) in {MOORED, AT_ANCHOR} for path in paths)
    return replace(judged, label="ordinary_at_berth" if still else "ordinary_at_sea")


def _is_received(truth: Truth, reports: Reports) -> bool:
    during = (reports.time_s >= truth.start_s) & (reports.time_s <= truth.end_s)
    if truth.kind == "dark_meeting":  # one side is not observed
        counts = [int((during & (reports.vessel == mmsi)).sum()) for mmsi in truth.mmsis]
        return max(counts) >= RECEIVED_MIN
    return all(int((during & (reports.vessel == mmsi)).sum()) >= RECEIVED_MIN for mmsi in truth.mmsis)
