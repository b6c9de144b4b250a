"""A third vessel between two: feeders on the two sides of one vessel lie as near as ships made fast."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from detectors.core.encounter_tiers import TIERS
from detectors.kernels.geometry.geodesy import plane_m
from detectors.sts_transfer.evidence.proximity_history import ENCOUNTERS_AT_ONCE, positions_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from detectors.core.findings import Finding
    from detectors.scene import Scene
    from detectors.sts_transfer.params import StsParams
    from detectors.sts_transfer.params.third_vessel import ThirdVesselParams
    from detectors.tracks.reports import Bool, Float64, Int64

INSTANTS = 24
"""Instants at which the three are compared, evenly over their common time.

Not a parameter: a matter of sampling.
"""

NEAR_TIERS = (*TIERS[:2], "passes")
"""Tiers in which a third vessel counts as beside either of the two."""


class _Triple(NamedTuple):
    """A finding by its index, its duration, the segments of the pair and the third, and their common time."""

    number: int
    elapsed_s: float
    segments: tuple[int, int, int]
    span_s: tuple[float, float]


def with_third_vessels(scene: Scene, findings: Sequence[Finding], params: StsParams) -> list[Finding]:
    """Return the findings with the share of the time in which a third vessel lay between the two.

    The third vessel met both meanwhile. `third_vessel_between_share` is 0 where there is none;
    `third_vessel` is the one that lay there longest.
    """
    triples = _triples(scene, findings, params.third_vessel)
    longest: dict[int, tuple[float, int]] = {}
    while some := list(islice(triples, ENCOUNTERS_AT_ONCE)):
        for triple, share in zip(some, _shares(scene, some, params).tolist(), strict=True):
            longest[triple.number] = max(longest.get(triple.number, (0.0, -1)), (share, -triple.segments[2]))
    completed = []
    for n, finding in enumerate(findings):
        share, third = longest.get(n, (0.0, 0))
        key = scene.tracks.key(int(scene.tracks.segments.vessel_index[-third])) if share else None
        more = {"third_vessel_between_share": share, "third_vessel": key}
        completed.append(replace(finding, measures={**finding.measures, **more}))
    return completed


def _triples(scene: Scene, findings: Sequence[Finding], params: ThirdVesselParams) -> Iterator[_Triple]:
    """Yield each encounter with each segment that met both for long enough meanwhile."""
    pairs = [sorted(scene.tracks.segment_of(row) for row in f.anchors) for f in findings]
    encountered: dict[int, dict[int, list[Finding]]] = {}
    for finding, (one, other) in zip(findings, pairs, strict=True):
        if finding.measures["tier"] in NEAR_TIERS:
            encountered.setdefault(one, {}).setdefault(other, []).append(finding)
            encountered.setdefault(other, {}).setdefault(one, []).append(finding)
    for n, (finding, (one, other)) in enumerate(zip(findings, pairs, strict=True)):
        for third in encountered.get(one, {}).keys() & encountered.get(other, {}).keys():
            own_s = _span_s([finding])
            spans = own_s, _span_s(encountered[one][third]), _span_s(encountered[other][third])
            start_s, end_s = max(s for s, _ in spans), min(e for _, e in spans)
            elapsed_s = own_s[1] - own_s[0]
            if end_s - start_s > params.overlap_share * elapsed_s:
                yield _Triple(n, elapsed_s, (one, other, third), (start_s, end_s))


def _span_s(findings: list[Finding]) -> tuple[float, float]:
    return min(f.start_s for f in findings), max(f.end_s or f.start_s for f in findings)


def _shares(scene: Scene, triples: Sequence[_Triple], params: StsParams) -> Float64:
    """Return for each triple the share of the encounter in which the third vessel lay between the others.

    Between means on either side of its centreline where its heading is known, else in opposite directions
    from it.
    """
    segments, spans_s = np.array([t.segments for t in triples]), np.array([t.span_s for t in triples])
    at_s = np.linspace(spans_s[:, 0], spans_s[:, 1], INSTANTS, axis=1)
    lon, lat = zip(
        *(positions_of(scene, segments[:, n].copy(), at_s, params.proximity) for n in range(3)), strict=True
    )
    one, other = (plane_m(lon[2], lat[2], lon[n], lat[n]) for n in (0, 1))
    heading = np.radians(_headings_deg(scene, segments[:, 2], at_s))
    across_m = [east_m * np.cos(heading) - north_m * np.sin(heading) for east_m, north_m in (one, other)]
    least_m = np.minimum(*np.abs(across_m))
    across = (across_m[0] * across_m[1] < 0.0) & (least_m >= params.third_vessel.aside_min_m)
    of_shared = np.where(np.isnan(heading), _are_opposite(one, other, params.third_vessel), across).mean(
        axis=1
    )
    elapsed_s = np.array([t.elapsed_s for t in triples])
    return np.asarray(of_shared * (spans_s[:, 1] - spans_s[:, 0]) / elapsed_s)


def _are_opposite(
    one: tuple[Float64, Float64], other: tuple[Float64, Float64], params: ThirdVesselParams
) -> Bool:
    """Return when two directions differ by so much that they point to opposite sides."""
    along = one[0] * other[0] + one[1] * other[1]
    least = np.cos(np.radians(params.apart_min_deg))
    return np.asarray(along < least * np.hypot(*one) * np.hypot(*other))


def _headings_deg(scene: Scene, of: Int64, at_s: Float64) -> Float64:
    """Return the headings of segments by their last report until each time; NaN where none is reported."""
    segments, headings = scene.tracks.segments, np.empty(at_s.shape)
    for n, segment in enumerate(of.tolist()):
        first, end = segments.offsets[segment], segments.offsets[segment + 1]
        rows = first + np.searchsorted(segments.time_s[first:end], at_s[n], side="right") - 1
        headings[n] = scene.tracks.heading_deg[segments.row[np.maximum(rows, first)]]
    return headings
