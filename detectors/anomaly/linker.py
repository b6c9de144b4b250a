"""Anomalies: behaviour unlike the training traffic that no rule explains, reported only on request.

The definition and its limits are in docs/definitions/anomaly.md.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from detectors.behaviour.windows import STRIDE_S, windows_along
from detectors.core.findings import Detection, Finding, NearMiss, nearest
from detectors.core.units import HOUR_S

if TYPE_CHECKING:
    from detectors.anomaly.params import AnomalyParams
    from detectors.behaviour.model import Unusual
    from detectors.behaviour.windows import Windows
    from detectors.scene import Scene

NAME = "anomaly"
FEATURES_NAMED = 3
NEAR = 0.9
"""A window below this share is no near miss."""


@dataclass(frozen=True)
class UnusualWindow:
    """One judged window: rows `first` to `last` of the segments, the latter not among them."""

    segment: int
    end_s: float
    first: int
    last: int
    unusual: Unusual


def link(scene: Scene, found: tuple[Finding, ...], params: AnomalyParams) -> Detection:
    """Return unusual windows that overlap no other finding of their vessel, consecutive ones as one."""
    if scene.behaviour is None or not scene.behaviour.may_weigh:
        return Detection((), {"windows": 0, "reported": 0})
    windows = windows_along(scene.tracks.segments)
    judged = _unexplained(scene, windows, found)
    percentile_min = params.percentile_min
    unusual = [window for window in judged if window.unusual.percentile >= percentile_min]
    findings = sorted((_finding(scene, run) for run in _split(unusual)), key=_order)
    examined = {
        "windows": len(windows),
        "unexplained": len(judged),
        "unusual": len(unusual),
        "reported": len(findings),
    }
    misses = [
        _miss(scene, window, params)
        for window in judged
        if NEAR <= window.unusual.percentile < percentile_min
    ]
    return Detection(tuple(findings), examined, nearest(misses))


def _unexplained(scene: Scene, windows: Windows, found: tuple[Finding, ...]) -> list[UnusualWindow]:
    """Return the windows in which their vessel has no other finding, with how unusual they are."""
    assert scene.behaviour is not None
    segments = scene.tracks.segments
    spans: dict[int, list[tuple[float, float]]] = {}
    for each in found:
        for vessel in each.vessels:
            spans.setdefault(vessel, []).append((each.start_s, _end_s(each, scene)))
    judged = scene.behaviour.judge_windows(windows)
    unexplained = []
    columns = zip(windows.segment.tolist(), windows.end_s.tolist(), windows.first, windows.last, strict=True)
    for segment, end_s, first, last in columns:
        start_s, until_s = float(segments.time_s[first]), float(segments.time_s[last - 1])
        spans_of_vessel = spans.get(int(segments.vessel_index[segment]), ())
        if not any(start_s < end and begin < until_s for begin, end in spans_of_vessel):
            unexplained.append(UnusualWindow(segment, end_s, int(first), int(last), judged[segment, end_s]))
    return unexplained


def _end_s(finding: Finding, scene: Scene) -> float:
    return scene.now_s if finding.end_s is None else finding.end_s


def _split(unusual: list[UnusualWindow]) -> list[list[UnusualWindow]]:
    """Split windows, given by segment and time, where one does not follow on the other."""
    runs: list[list[UnusualWindow]] = []
    for window in unusual:
        last = runs[-1][-1] if runs else None
        follows = (
            last is not None
            and window.segment == last.segment
            and window.end_s - last.end_s <= 1.5 * STRIDE_S
        )
        if follows:
            runs[-1].append(window)
        else:
            runs.append([window])
    return runs


def _finding(scene: Scene, run: list[UnusualWindow]) -> Finding:
    segments = scene.tracks.segments
    rows = [int(segments.row[n]) for n in (run[0].first, run[-1].last - 1)]
    strongest = max(run, key=lambda window: window.unusual.percentile)
    names = Counter(name for window in run for name in window.unusual.features)
    start_s, end_s = (float(scene.tracks.time_s[row]) for row in rows)
    middle = int(segments.row[(strongest.first + strongest.last) // 2])
    path = tuple(
        (float(scene.tracks.lon_deg[row]), float(scene.tracks.lat_deg[row]))
        for row in (rows[0], middle, rows[1])
    )
    return Finding(
        kind=NAME,
        start_s=start_s,
        end_s=end_s,
        vessels=(int(segments.vessel_index[run[0].segment]),),
        rows=tuple(rows),
        anchors=(rows[0],),
        path=path,
        behaved_until_s=strongest.end_s,
        measures={
            "unusual_h": (end_s - start_s) / HOUR_S,
            "unusual_windows": len(run),
            "unusual_features": ", ".join(name for name, _ in names.most_common(FEATURES_NAMED)),
        },
    )


def _order(finding: Finding) -> tuple[float, tuple[int, ...], tuple[int, ...]]:
    return finding.start_s, finding.vessels, finding.rows


def _miss(scene: Scene, window: UnusualWindow, params: AnomalyParams) -> NearMiss:
    segments = scene.tracks.segments
    return NearMiss(
        NAME,
        (int(segments.vessel_index[window.segment]),),
        float(segments.time_s[window.first]),
        "percentile_min",
        window.unusual.percentile,
        params.percentile_min,
        "share",
    )
