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
    """One unusual window: rows `first` to `last` of the hulls, the latter not among them."""

    hull: int
    end_s: float
    first: int
    last: int
    unusual: Unusual


def link(scene: Scene, found: tuple[Finding, ...], params: AnomalyParams) -> Detection:
    """Return unusual windows that overlap no other finding of their vessel, consecutive ones as one."""
    if scene.behaviour is None or not scene.behaviour.may_weigh:
        return Detection((), {"windows": 0, "told": 0})
    windows = windows_along(scene.tracks.hulls)
    judged = _unexplained(scene, windows, found)
    least = params.percentile_min
    unusual = [told for told in judged if told.unusual.percentile >= least]
    findings = sorted((_finding(scene, part) for part in _parted(unusual)), key=_order)
    examined = {
        "windows": len(windows),
        "unexplained": len(judged),
        "unusual": len(unusual),
        "told": len(findings),
    }
    misses = [_miss(scene, told, params) for told in judged if NEAR <= told.unusual.percentile < least]
    return Detection(tuple(findings), examined, nearest(misses))


def _unexplained(scene: Scene, windows: Windows, found: tuple[Finding, ...]) -> list[Told]:
    """Return the windows in which no other finding has their vessel, with how unusual they are."""
    assert scene.behaviour is not None
    hulls = scene.tracks.hulls
    spans: dict[int, list[tuple[float, float]]] = {}
    for each in found:
        for vessel in each.vessels:
            spans.setdefault(vessel, []).append((each.start_s, _end_s(each, scene)))
    judged = scene.behaviour.judge_windows(windows)
    told = []
    columns = zip(windows.hull.tolist(), windows.end_s.tolist(), windows.first, windows.last, strict=True)
    for hull, end_s, first, last in columns:
        start_s, until_s = float(hulls.time_s[first]), float(hulls.time_s[last - 1])
        mine = spans.get(int(hulls.vessel_index[hull]), ())
        if not any(start_s < end and begin < until_s for begin, end in mine):
            told.append(Told(hull, end_s, int(first), int(last), judged[hull, end_s]))
    return told


def _end_s(finding: Finding, scene: Scene) -> float:
    return scene.now_s if finding.end_s is None else finding.end_s


def _parted(unusual: list[Told]) -> list[list[Told]]:
    """Part windows, given by hull and time, where one does not follow on the other."""
    parts: list[list[Told]] = []
    for told in unusual:
        last = parts[-1][-1] if parts else None
        follows = last is not None and told.hull == last.hull and told.end_s - last.end_s <= 1.5 * STRIDE_S
        if follows:
            parts[-1].append(told)
        else:
            parts.append([told])
    return parts


def _finding(scene: Scene, part: list[Told]) -> Finding:
    hulls = scene.tracks.hulls
    rows = [int(hulls.row[n]) for n in (part[0].first, part[-1].last - 1)]
    most = max(part, key=lambda told: told.unusual.percentile)
    names = Counter(name for told in part for name in told.unusual.features)
    start_s, end_s = (float(scene.tracks.time_s[row]) for row in rows)
    middle = int(hulls.row[(most.first + most.last) // 2])
    path = tuple(
        (float(scene.tracks.lon_deg[row]), float(scene.tracks.lat_deg[row]))
        for row in (rows[0], middle, rows[1])
    )
    return Finding(
        kind=NAME,
        start_s=start_s,
        end_s=end_s,
        vessels=(int(hulls.vessel_index[part[0].hull]),),
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
    hulls = scene.tracks.hulls
    return NearMiss(
        NAME,
        (int(hulls.vessel_index[told.hull]),),
        float(hulls.time_s[told.first]),
        "percentile_min",
        told.unusual.percentile,
        params.percentile_min,
        "share",
    )
