"""Loitering: one vessel slow and lingering in open water, far from ports and anchorages.

Where a partner sends nothing, it is the only sign of a transfer that remains. The definition and its limits
are in docs/definitions/loitering.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from detectors.core.angles import angle_between_deg
from detectors.core.chart_ids import TERRITORIAL_SEA
from detectors.core.findings import Detection, Finding, NearMiss, nearest
from detectors.core.units import HOUR_S, KM_M, KNOT_MPS, MINUTE_S
from detectors.kernels.geometry.geodesy import plane_m
from detectors.kernels.tracks.slow_spells import slow_spells, spell_measures

if TYPE_CHECKING:
    from detectors.loitering.params import LoiteringParams
    from detectors.scene import Scene
    from detectors.tracks.reports import Bool, Float64, Int64
    from detectors.tracks.tracks import Segments

NAME = "loitering"


@dataclass(frozen=True, eq=False)
class Spells:
    """Runs of slow intervals.

    `rows` are the first and last of each, in the segments' columns; `lingering_s` is the observed slow
    time.
    """

    rows: Int64
    lingering_s: Float64

    def __len__(self) -> int:
        return len(self.rows)


def detect(scene: Scene, params: LoiteringParams) -> Detection:
    """Find the vessels that linger in open water."""
    segments = scene.tracks.segments
    spells = _spells(segments, params)
    long = np.flatnonzero(spells.lingering_s >= params.lingering_min_h * HOUR_S)
    shapes = spell_measures(spells.rows[long], segments.fixes)
    is_open = _in_the_open(scene, shapes[:, 0], shapes[:, 1], params)
    findings = [
        _finding(scene, spells, int(n), shape)
        for n, shape in zip(long[is_open], shapes[is_open], strict=True)
    ]
    return Detection(
        findings=tuple(sorted(findings, key=lambda f: (f.start_s, f.vessels, f.rows))),
        examined={"slow_spells": len(spells), "long_enough": len(long), "reported": len(findings)},
        near_misses=_near_misses(segments, spells, params),
    )


def _spells(segments: Segments, params: LoiteringParams) -> Spells:
    speed_mps = segments.speed_mps(params.speed_window_min * MINUTE_S, params.bridge_max_h * HOUR_S)
    rates = params.enter_kn * KNOT_MPS, params.leave_kn * KNOT_MPS
    return Spells(*slow_spells(segments.time_s, speed_mps, *rates, params.observed_max_h * HOUR_S))


def _finding(scene: Scene, spells: Spells, n: int, shape: Float64) -> Finding:
    """Return the event of a spell; `shape` is a row of `kernels.tracks.slow_spells.lay`."""
    segments, tracks = scene.tracks.segments, scene.tracks
    first, last = spells.rows[n].tolist()
    lon, lat, moved_m, radius_m, gap_s = shape.tolist()
    segment = int(np.searchsorted(segments.offsets, first, side="right")) - 1
    start_s, end_s = float(segments.time_s[first]), float(segments.time_s[last])
    rows = (int(segments.row[first]), int(segments.row[last]))
    return Finding(
        kind=NAME,
        start_s=start_s,
        end_s=end_s,
        vessels=(int(segments.vessel_index[segment]),),
        rows=rows,
        anchors=rows[:1],
        path=((lon, lat),),
        behaved_until_s=end_s,
        measures={
            "lingering_h": float(spells.lingering_s[n]) / HOUR_S,
            "elapsed_h": (end_s - start_s) / HOUR_S,
            "reports": last - first + 1,
            "longest_gap_min": gap_s / MINUTE_S,
            "drift_km": moved_m / KM_M,
            "drift_kn": moved_m / (end_s - start_s) / KNOT_MPS if end_s > start_s else 0.0,
            "radius_km": radius_m / KM_M,
            "course_change_deg": _course_change_deg(segments, segment, first, last),
            "anchored_share": _anchored_share(tracks.nav_status[segments.row[first : last + 1]]),
        },
    )


def _course_change_deg(segments: Segments, segment: int, first: int, last: int) -> float | None:
    """Return the angle between the courses made good in the hours before and after; None where not known."""
    begin, end = int(segments.offsets[segment]), int(segments.offsets[segment + 1]) - 1
    before = max(
        begin, int(np.searchsorted(segments.time_s[begin:first], segments.time_s[first] - HOUR_S)) + begin
    )
    after = (
        last
        + int(np.searchsorted(segments.time_s[last : end + 1], segments.time_s[last] + HOUR_S, "right"))
        - 1
    )
    courses_deg = [_course_deg(segments, a, b) for a, b in ((before, first), (last, after))]
    if courses_deg[0] is None or courses_deg[1] is None:
        return None
    return float(angle_between_deg(courses_deg[0], courses_deg[1]))


def _course_deg(segments: Segments, one: int, other: int) -> float | None:
    places = (segments.lon_deg[one], segments.lat_deg[one], segments.lon_deg[other], segments.lat_deg[other])
    east_m, north_m = plane_m(*places)
    if np.hypot(east_m, north_m) < KM_M:
        return None
    return float(np.degrees(np.arctan2(east_m, north_m)))


AT_ANCHOR, MOORED = 1, 5


def _anchored_share(nav_status: np.ndarray) -> float:
    return float(((nav_status == AT_ANCHOR) | (nav_status == MOORED)).mean())


def _in_the_open(scene: Scene, lon: Float64, lat: Float64, params: LoiteringParams) -> Bool:
    """Return which places are far enough from shore and port, or inside the DPRK territorial sea."""
    if not len(lon):
        return np.empty(0, dtype=np.bool_)
    world = scene.world
    far = world.shore_distance_m(lon, lat) >= params.shore_min_km * KM_M
    far &= world.nearest_ports(lon, lat).distance_m >= params.port_min_km * KM_M
    zone_ids = {zone.id for zone in world.zones}
    inside = (
        world.in_zone(TERRITORIAL_SEA, lon, lat)
        if TERRITORIAL_SEA in zone_ids
        else np.zeros(len(lon), np.bool_)
    )
    return np.asarray(far | inside)


def _near_misses(segments: Segments, spells: Spells, params: LoiteringParams) -> tuple[NearMiss, ...]:
    least_s = params.lingering_min_h * HOUR_S
    short = np.flatnonzero((spells.lingering_s < least_s) & (spells.lingering_s > least_s / 2))
    misses = []
    for n in short[np.argsort(-spells.lingering_s[short], kind="stable")][:50]:
        segment = int(np.searchsorted(segments.offsets, spells.rows[n, 0], side="right")) - 1
        value = float(spells.lingering_s[n]) / HOUR_S
        start_s = float(segments.time_s[spells.rows[n, 0]])
        vessel = (int(segments.vessel_index[segment]),)
        misses.append(NearMiss(NAME, vessel, start_s, "lingering_min_h", value, params.lingering_min_h, "h"))
    return nearest(misses)
