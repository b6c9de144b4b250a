"""Anomalies: behaviour unlike the training traffic that no rule explains, told only when asked for by kind.

The definition, in words and with its limits, is docs/definitions/anomaly.md.
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
FEATURES_TOLD = 3
NEAR = 0.9
"""A window below this share missed nothing."""


@dataclass(frozen=True)
class Told:
    """One unusual window: rows `first` to `last` of the segments, the latter not among them."""

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
    least = params.percentile_min
    unusual = [told for told in judged if told.unusual.percentile >= least]
    findings = sorted((_finding(scene, part) for part in _parted(unusual)), key=_order)
    examined = {
        "windows": len(windows),
        "unexplained": len(judged),
        "unusual": len(unusual),
        "reported": len(findings),
    }
    misses = [_miss(scene, told, params) for told in judged if NEAR <= told.unusual.percentile < least]
    return Detection(tuple(findings), examined, nearest(misses))


def _unexplained(scene: Scene, windows: Windows, found: tuple[Finding, ...]) -> list[Told]:
    """Return the windows in which no other finding has their vessel, with how unusual they are."""
    assert scene.behaviour is not None
    segments = scene.tracks.segments
    spans: dict[int, list[tuple[float, float]]] = {}
    for each in found:
        for vessel in each.vessels:
            spans.setdefault(vessel, []).append((each.start_s, _end_s(each, scene)))
    judged = scene.behaviour.judge_windows(windows)
    told = []
    columns = zip(windows.segment.tolist(), windows.end_s.tolist(), windows.first, windows.last, strict=True)
    for segment, end_s, first, last in columns:
        start_s, until_s = float(segments.time_s[first]), float(segments.time_s[last - 1])
        mine = spans.get(int(segments.vessel_index[segment]), ())
        if not any(start_s < end and begin < until_s for begin, end in mine):
            told.append(Told(segment, end_s, int(first), int(last), judged[segment, end_s]))
    return told


def _end_s(finding: Finding, scene: Scene) -> float:
    return scene.now_s if finding.end_s is None else finding.end_s


def _parted(unusual: list[Told]) -> list[list[Told]]:
    """Part windows, given by segment and time, where one does not follow on the other."""
    parts: list[list[Told]] = []
    for told in unusual:
        last = parts[-1][-1] if parts else None
        follows = (
            last is not None and told.segment == last.segment and told.end_s - last.end_s <= 1.5 * STRIDE_S
        )
        if follows:
            parts[-1].append(told)
        else:
            parts.append([told])
    return parts


def _finding(scene: Scene, part: list[Told]) -> Finding:
    segments = scene.tracks.segments
    rows = [int(segments.row[n]) for n in (part[0].first, part[-1].last - 1)]
    most = max(part, key=lambda told: told.unusual.percentile)
    names = Counter(name for told in part for name in told.unusual.features)
    start_s, end_s = (float(scene.tracks.time_s[row]) for row in rows)
    middle = int(segments.row[(most.first + most.last) // 2])
    path = tuple(
        (float(scene.tracks.lon_deg[row]), float(scene.tracks.lat_deg[row]))
        for row in (rows[0], middle, rows[1])
    )
    return Finding(
        kind=NAME,
        start_s=start_s,
        end_s=end_s,
        vessels=(int(segments.vessel_index[part[0].segment]),),
        rows=tuple(rows),
        anchors=(rows[0],),
        path=path,
        behaved_until_s=most.end_s,
        measures={
            "unusual_h": (end_s - start_s) / HOUR_S,
            "unusual_windows": len(part),
            "unusual_features": ", ".join(name for name, _ in names.most_common(FEATURES_TOLD)),
        },
    )


def _order(finding: Finding) -> tuple[float, tuple[int, ...], tuple[int, ...]]:
    return finding.start_s, finding.vessels, finding.rows


def _miss(scene: Scene, told: Told, params: AnomalyParams) -> NearMiss:
    segments = scene.tracks.segments
    return NearMiss(
        NAME,
        (int(segments.vessel_index[told.segment]),),
        float(segments.time_s[told.first]),
        "percentile_min",
        told.unusual.percentile,
        params.percentile_min,
        "share",
    )
