"""Loitering: one vessel slow and lingering in open water, far from ports and anchorages.

Where a partner sends nothing, it is the sign of a transfer that is left. The definition, in words and with
its limits, is docs/definitions/loitering.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from detectors.core.angles import angle_between_deg
from detectors.core.chart_ids import TERRITORIAL_SEA
from detectors.core.findings import Detection, Finding, NearMiss, nearest
from detectors.core.params import ParamError, Params, knob
from detectors.core.units import HOUR_S, KM_M, KNOT_MPS, MINUTE_S
from detectors.kernels.geometry.geodesy import plane_m
from detectors.kernels.tracks.slow_spells import lay, slow_spells
from detectors.kind import Detector

if TYPE_CHECKING:
    from detectors.scene import Scene
    from detectors.tracks.reports import Bool, Float64, Int64
    from detectors.tracks.tracks import Hulls

KIND = "loitering"


@dataclass(frozen=True)
class LoiteringParams(Params):
    """Thresholds of loitering."""

    enter_kn: float = knob(
        2.0,
        unit="kn",
        low=0.1,
        high=10,
        meaning="Time at or below this speed made good counts as lingering.",
        source="Global Fishing Watch and Starboard: below 2 kn",
    )
    leave_kn: float = knob(
        3.0,
        unit="kn",
        low=0.1,
        high=15,
        meaning="A faster interval ends it.",
        source="our choice: half as much again, so that a gust does not part one drift in two",
    )
    lingering_min_h: float = knob(
        3.0,
        unit="h",
        low=0.5,
        high=72,
        meaning="Observed time that it takes.",
        source="our choice between 2 h (GFW events: 81 % of observed transfers) and Starboard's 4 h",
    )
    observed_max_h: float = knob(
        1.0,
        unit="h",
        low=0.1,
        high=6,
        meaning="Longer intervals between two reports count as elapsed, not as observed.",
        source="our definition: silence is never lingering",
    )
    bridge_max_h: float = knob(
        4.0,
        unit="h",
        low=0.1,
        high=12,
        meaning="A longer silence ends it.",
        source="our choice: as in a meeting of two vessels",
    )
    speed_window_min: float = knob(
        5.0,
        unit="min",
        low=1,
        high=120,
        meaning="Speed made good is measured over this time.",
        source="our choice: as in a meeting of two vessels",
    )
    shore_min_km: float = knob(
        10.0,
        unit="km",
        low=0,
        high=200,
        meaning="Nearer to the shore it is not told, except in the DPRK's territorial sea.",
        source="Starboard: 10 km; ships that wait for a berth lie there",
    )
    port_min_km: float = knob(
        10.0,
        unit="km",
        low=0,
        high=200,
        meaning="Nearer to a port or anchorage it is not told, except in the DPRK's territorial sea.",
        source="Global Fishing Watch: 10 km from an anchorage",
    )
    met_share: float = knob(
        0.5,
        unit="share",
        low=0.01,
        high=1,
        meaning="Lingering that is for this share a meeting with vessels that were seen is told as the "
        "meeting alone.",
        source="our definition: one thing is told once, as what it was for the most part",
    )

    def check_together(self) -> None:
        """Refuse leaving below entering."""
        if self.leave_kn < self.enter_kn:
            raise ParamError("leave_kn is below enter_kn")


@dataclass(frozen=True, eq=False)
class Spells:
    """Runs of slow intervals as (first, last) rows of the hulls' columns, and lingering observed in each."""

    rows: Int64
    lingering_s: Float64

    def __len__(self) -> int:
        return len(self.rows)


def detect(scene: Scene, params: LoiteringParams) -> Detection:
    """Find the vessels that linger in open water."""
    hulls = scene.tracks.hulls
    spells = _spells(hulls, params)
    long = np.flatnonzero(spells.lingering_s >= params.lingering_min_h * HOUR_S)
    lay_so = lay(spells.rows[long], hulls.fixes)
    is_open = _in_the_open(scene, lay_so[:, 0], lay_so[:, 1], params)
    told = [
        _finding(scene, spells, int(n), how) for n, how in zip(long[is_open], lay_so[is_open], strict=True)
    ]
    return Detection(
        findings=tuple(sorted(told, key=lambda f: (f.start_s, f.vessels, f.rows))),
        examined={"slow_spells": len(spells), "long_enough": len(long), "told": len(told)},
        near_misses=_near_misses(hulls, spells, params),
    )


DETECTOR = Detector(KIND, "Loitering", LoiteringParams, detect)


def _spells(hulls: Hulls, params: LoiteringParams) -> Spells:
    speed_mps = hulls.speed_mps(params.speed_window_min * MINUTE_S, params.bridge_max_h * HOUR_S)
    rates = params.enter_kn * KNOT_MPS, params.leave_kn * KNOT_MPS
    return Spells(*slow_spells(hulls.time_s, speed_mps, *rates, params.observed_max_h * HOUR_S))


def _finding(scene: Scene, spells: Spells, n: int, how: Float64) -> Finding:
    """Return the event of a spell; `how` is a row of `lay`."""
    hulls, tracks = scene.tracks.hulls, scene.tracks
    first, last = spells.rows[n].tolist()
    lon, lat, moved_m, radius_m, silence_s = how.tolist()
    hull = int(np.searchsorted(hulls.offsets, first, side="right")) - 1
    start_s, end_s = float(hulls.time_s[first]), float(hulls.time_s[last])
    rows = (int(hulls.row[first]), int(hulls.row[last]))
    return Finding(
        kind=KIND,
        start_s=start_s,
        end_s=end_s,
        vessels=(int(hulls.vessel_index[hull]),),
        rows=rows,
        anchors=rows[:1],
        path=((lon, lat),),
        behaved_until_s=end_s,
        measures={
            "lingering_h": float(spells.lingering_s[n]) / HOUR_S,
            "elapsed_h": (end_s - start_s) / HOUR_S,
            "fixes": last - first + 1,
            "longest_silence_min": silence_s / MINUTE_S,
            "drift_km": moved_m / KM_M,
            "drift_kn": moved_m / (end_s - start_s) / KNOT_MPS if end_s > start_s else 0.0,
            "radius_km": radius_m / KM_M,
            "course_change_deg": _course_change_deg(hulls, hull, first, last),
            "anchored_share": _anchored_share(tracks.nav_status[hulls.row[first : last + 1]]),
        },
    )


def _course_change_deg(hulls: Hulls, hull: int, first: int, last: int) -> float | None:
    """Return the angle between the ways made good in the hours before and after; None where not known."""
    begin, end = int(hulls.offsets[hull]), int(hulls.offsets[hull + 1]) - 1
    before = max(begin, int(np.searchsorted(hulls.time_s[begin:first], hulls.time_s[first] - HOUR_S)) + begin)
    after = (
        last + int(np.searchsorted(hulls.time_s[last : end + 1], hulls.time_s[last] + HOUR_S, "right")) - 1
    )
    ways = [_way_deg(hulls, a, b) for a, b in ((before, first), (last, after))]
    if ways[0] is None or ways[1] is None:
        return None
    return float(angle_between_deg(ways[0], ways[1]))


def _way_deg(hulls: Hulls, one: int, other: int) -> float | None:
    places = (hulls.lon_deg[one], hulls.lat_deg[one], hulls.lon_deg[other], hulls.lat_deg[other])
    east_m, north_m = plane_m(*places)
    if np.hypot(east_m, north_m) < KM_M:
        return None
    return float(np.degrees(np.arctan2(east_m, north_m)))


AT_ANCHOR, MOORED = 1, 5


def _anchored_share(nav_status: np.ndarray) -> float:
    return float(((nav_status == AT_ANCHOR) | (nav_status == MOORED)).mean())


def _in_the_open(scene: Scene, lon: Float64, lat: Float64, params: LoiteringParams) -> Bool:
    """Tell which places are far enough from shore and port, or inside the DPRK's territorial sea."""
    if not len(lon):
        return np.empty(0, dtype=np.bool_)
    world = scene.world
    far = world.shore_distance_m(lon, lat) >= params.shore_min_km * KM_M
    far &= world.nearest_ports(lon, lat).distance_m >= params.port_min_km * KM_M
    held = {zone.id for zone in world.zones}
    inside = (
        world.in_zone(TERRITORIAL_SEA, lon, lat) if TERRITORIAL_SEA in held else np.zeros(len(lon), np.bool_)
    )
    return np.asarray(far | inside)


def _near_misses(hulls: Hulls, spells: Spells, params: LoiteringParams) -> tuple[NearMiss, ...]:
    need_s = params.lingering_min_h * HOUR_S
    short = np.flatnonzero((spells.lingering_s < need_s) & (spells.lingering_s > need_s / 2))
    misses = []
    for n in short[np.argsort(-spells.lingering_s[short], kind="stable")][:50]:
        hull = int(np.searchsorted(hulls.offsets, spells.rows[n, 0], side="right")) - 1
        value = float(spells.lingering_s[n]) / HOUR_S
        start_s = float(hulls.time_s[spells.rows[n, 0]])
        vessel = (int(hulls.vessel_index[hull]),)
        misses.append(NearMiss(KIND, vessel, start_s, "lingering_min_h", value, params.lingering_min_h, "h"))
    return nearest(misses)
