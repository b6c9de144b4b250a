"""A third ship between two: feeders on the two sides of one segment lie as near as ships made fast."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from detectors.core.encounter_tiers import TIERS
from detectors.kernels.geometry.geodesy import plane_m
from detectors.sts_transfer.evidence.proximity_history import MEETINGS_AT_ONCE, places_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from detectors.core.findings import Finding
    from detectors.scene import Scene
    from detectors.sts_transfer.params import StsParams
    from detectors.tracks.reports import Bool, Float64, Int64

INSTANTS = 24
"""Instants at which three are looked at, evenly over the time they share. No field: a matter of sampling."""

LYING_NEAR = (*TIERS[:2], "passes")
"""Tiers in which a third is told to lie beside either."""


class _Three(NamedTuple):
    """The meeting of two, by its place, and its length; both and a third, as segments.

    The time they share.
    """

    meeting: int
    elapsed_s: float
    segments: tuple[int, int, int]
    span_s: tuple[float, float]


def with_thirds(scene: Scene, findings: Sequence[Finding], params: StsParams) -> list[Finding]:
    """Add to meetings for what share of the time a third ship, who met both meanwhile, lay between them.

    `third_vessel_between_share` is 0 where there is none; `third_vessel` is the one that did longest.
    """
    threes = _threes(scene, findings, params)
    longest: dict[int, tuple[float, int]] = {}
    while some := list(islice(threes, MEETINGS_AT_ONCE)):
        for three, share in zip(some, _shares(scene, some, params).tolist(), strict=True):
            longest[three.meeting] = max(longest.get(three.meeting, (0.0, -1)), (share, -three.segments[2]))
    told = []
    for n, finding in enumerate(findings):
        share, third = longest.get(n, (0.0, 0))
        key = scene.tracks.key(int(scene.tracks.segments.vessel_index[-third])) if share else None
        more = {"third_vessel_between_share": share, "third_vessel": key}
        told.append(replace(finding, measures={**finding.measures, **more}))
    return told


def _threes(scene: Scene, findings: Sequence[Finding], params: StsParams) -> Iterator[_Three]:
    """Give each meeting with each segment that met both for long enough meanwhile."""
    pairs = [sorted(scene.tracks.segment_of(row) for row in f.anchors) for f in findings]
    met: dict[int, dict[int, list[Finding]]] = {}
    for finding, (one, other) in zip(findings, pairs, strict=True):
        if finding.measures["tier"] in LYING_NEAR:
            met.setdefault(one, {}).setdefault(other, []).append(finding)
            met.setdefault(other, {}).setdefault(one, []).append(finding)
    for n, (finding, (one, other)) in enumerate(zip(findings, pairs, strict=True)):
        for third in met.get(one, {}).keys() & met.get(other, {}).keys():
            own_s = _span_s([finding])
            spans = own_s, _span_s(met[one][third]), _span_s(met[other][third])
            start_s, end_s = max(s for s, _ in spans), min(e for _, e in spans)
            elapsed_s = own_s[1] - own_s[0]
            if end_s - start_s > params.third_vessel.overlap_share * elapsed_s:
                yield _Three(n, elapsed_s, (one, other, third), (start_s, end_s))


def _span_s(meetings: list[Finding]) -> tuple[float, float]:
    return min(f.start_s for f in meetings), max(f.end_s or f.start_s for f in meetings)


def _shares(scene: Scene, threes: Sequence[_Three], params: StsParams) -> Float64:
    """Return for each three the share of the meeting in which the third lies between the others.

    To either side of her keel, where her bow is known; else in opposite directions from her.
    """
    segments, spans_s = np.array([t.segments for t in threes]), np.array([t.span_s for t in threes])
    at_s = np.linspace(spans_s[:, 0], spans_s[:, 1], INSTANTS, axis=1)
    lon, lat = zip(*(places_of(scene, segments[:, n].copy(), at_s, params) for n in range(3)), strict=True)
    one, other = (plane_m(lon[2], lat[2], lon[n], lat[n]) for n in (0, 1))
    bow = np.radians(_bows_deg(scene, segments[:, 2], at_s))
    aside_m = [east_m * np.cos(bow) - north_m * np.sin(bow) for east_m, north_m in (one, other)]
    least_m = np.minimum(*np.abs(aside_m))
    across = (aside_m[0] * aside_m[1] < 0.0) & (least_m >= params.third_vessel.aside_min_m)
    of_shared = np.where(np.isnan(bow), _are_opposite(one, other, params), across).mean(axis=1)
    elapsed_s = np.array([t.elapsed_s for t in threes])
    return np.asarray(of_shared * (spans_s[:, 1] - spans_s[:, 0]) / elapsed_s)


def _are_opposite(one: tuple[Float64, Float64], other: tuple[Float64, Float64], params: StsParams) -> Bool:
    """Tell when two ways lie so far apart that they lead to opposite sides."""
    along = one[0] * other[0] + one[1] * other[1]
    least = np.cos(np.radians(params.third_vessel.apart_min_deg))
    return np.asarray(along < least * np.hypot(*one) * np.hypot(*other))


def _bows_deg(scene: Scene, of: Int64, at_s: Float64) -> Float64:
    """Return where bows point by the last report until each time; NaN where a ship does not say."""
    segments, bows = scene.tracks.segments, np.empty(at_s.shape)
    for n, segment in enumerate(of.tolist()):
        first, end = segments.offsets[segment], segments.offsets[segment + 1]
        rows = first + np.searchsorted(segments.time_s[first:end], at_s[n], side="right") - 1
        bows[n] = scene.tracks.heading_deg[segments.row[np.maximum(rows, first)]]
    return bows
