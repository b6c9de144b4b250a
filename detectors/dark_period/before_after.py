"""Motion and static data of a vessel before and after a gap."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from detectors.core.angles import wrapped_deg
from detectors.core.chart_ids import DPRK_WATERS, TERRITORIAL_SEA
from detectors.core.units import DAY_S, HOUR_S, KNOT_MPS, NAUTICAL_MILE_M
from detectors.kernels.geometry.geodesy import metres_per_degree, plane_m
from detectors.vessels.static_data import before_and_after

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from detectors.core.findings import Finding
    from detectors.core.measures import Value
    from detectors.dark_period.gaps import Gaps
    from detectors.dark_period.params import DarkParams
    from detectors.dark_period.reach import Prisms
    from detectors.scene import Scene
    from detectors.tracks.reports import Bool, Float32, Float64, StaticReport
    from geodata.world import World

MeasureRows = list["dict[str, Value]"]


def before_after_measures(scene: Scene, gaps: Gaps, prisms: Prisms, params: DarkParams) -> MeasureRows:
    """Return for each gap the motion and static data, and how near the DPRK line it began or ended."""
    segments, tracks = scene.tracks.segments, scene.tracks
    rows = segments.row[gaps.row]
    is_headed = _are_headed_for_dprk(scene.world, prisms, params, tracks.cog_deg[rows].astype(np.float64))
    dprk_line_nm = _dprk_line_nm(scene.world, prisms)
    is_stationary = _were_stationary(prisms, params, tracks.sog_kn[rows])
    vessels = segments.vessel_index[gaps.segment]
    off_s = segments.time_s[gaps.row]
    rows_of_measures = []
    for n, vessel in enumerate(vessels.tolist()):
        statics = tracks.statics.get(int(tracks.vessel[vessel]), ())
        rows_of_measures.append(
            {
                "stationary": bool(is_stationary[n]),
                "headed_for_dprk": bool(is_headed[n]),
                "dprk_line_nm": float(dprk_line_nm[n]) if np.isfinite(dprk_line_nm[n]) else None,
                **_static_data_measures(statics, float(off_s[n]), float(gaps.until_s[n])),
            }
        )
    return rows_of_measures


def with_repeats(findings: Sequence[Finding], params: DarkParams) -> list[Finding]:
    """Return the dark periods with the number of earlier ones of the vessel with time for DPRK waters."""
    counted: dict[tuple[int, ...], list[float]] = {}
    for finding in findings:
        if _left_time(finding, params):
            counted.setdefault(finding.vessels, []).append(finding.start_s)
    starts = {vessels: np.sort(times) for vessels, times in counted.items()}
    return [
        replace(f, measures={**f.measures, "earlier_dprk_gaps": _earlier(f, starts, params)})
        for f in findings
    ]


def _earlier(finding: Finding, starts: Mapping[tuple[int, ...], Float64], params: DarkParams) -> int:
    times = starts.get(finding.vessels)
    if times is None:
        return 0
    first, end = np.searchsorted(
        times, (finding.start_s - params.repeat_days * DAY_S, finding.start_s), side="left"
    )
    return int(end - first)


def _left_time(finding: Finding, params: DarkParams) -> bool:
    stay_h, gap_h = finding.measures["dprk_stay_at_most_h"], finding.measures["gap_h"]
    if not isinstance(stay_h, float) or not isinstance(gap_h, float):
        return False
    return gap_h >= params.repeat_h and stay_h >= params.repeat_stay_h


def _were_stationary(prisms: Prisms, params: DarkParams, sog_kn: Float32) -> Bool:
    """Return which vessels were slow at the last report, with the next one, if any, from the same place."""
    with np.errstate(invalid="ignore"):
        slow: Bool = sog_kn <= params.stationary_kn
    ended = ~prisms.is_open
    moved_m = np.zeros(len(prisms))
    ends = (part[ended] for part in (prisms.lon_off, prisms.lat_off, prisms.lon_on, prisms.lat_on))
    moved_m[ended] = np.hypot(*plane_m(*ends))
    return slow & (moved_m <= params.stationary_m)


def _are_headed_for_dprk(world: World, prisms: Prisms, params: DarkParams, cog_deg: Float64) -> Bool:
    """Return whose course at the last report brings it nearer to DPRK waters, along water."""
    ahead_m = prisms.cruise_kn * KNOT_MPS * params.look_ahead_h * HOUR_S
    per_lon, per_lat = metres_per_degree(prisms.lat_off)
    course = np.radians(np.nan_to_num(cog_deg))
    lon = wrapped_deg(prisms.lon_off + ahead_m * np.sin(course) / per_lon)
    lat = np.clip(prisms.lat_off + ahead_m * np.cos(course) / per_lat, -89.0, 89.0)
    distance_m, distance_ahead_m = (
        _to_waters_m(world, x, y) for x, y in ((prisms.lon_off, prisms.lat_off), (lon, lat))
    )
    known = np.isfinite(distance_m) & np.isfinite(distance_ahead_m) & ~np.isnan(cog_deg) & (distance_m > 0.0)
    nearer_m = np.subtract(distance_m, distance_ahead_m, out=np.zeros(len(distance_m)), where=known)
    return np.asarray(known & (nearer_m >= np.minimum(distance_m, params.nearer_share * ahead_m)))


def _to_waters_m(world: World, lon: Float64, lat: Float64) -> Float64:
    return np.asarray(np.min([world.sea_distance_to_zone_m(z, lon, lat) for z in DPRK_WATERS], axis=0))


def _dprk_line_nm(world: World, prisms: Prisms) -> Float64:
    """Return the distance of the nearer end from the DPRK territorial sea; inf where there is none."""
    off_m = world.distance_to_zone_m(TERRITORIAL_SEA, prisms.lon_off, prisms.lat_off)
    on_m = np.full(len(prisms), np.inf)
    ended = ~prisms.is_open
    on_m[ended] = world.distance_to_zone_m(TERRITORIAL_SEA, prisms.lon_on[ended], prisms.lat_on[ended])
    return np.asarray(np.minimum(off_m, on_m) / NAUTICAL_MILE_M)


def _static_data_measures(statics: Sequence[StaticReport], off_s: float, on_s: float) -> dict[str, Value]:
    """Return the declared draught and destination before and after; None where none is declared."""
    draught_before_m, draught_after_m = before_and_after(statics, "draught_m", off_s, on_s, on_s)
    change = (
        abs(draught_after_m - draught_before_m)
        if isinstance(draught_before_m, float) and isinstance(draught_after_m, float)
        else None
    )
    destination_before, destination_after = before_and_after(statics, "destination", off_s, on_s, on_s)
    return {
        "draught_before_m": draught_before_m,
        "draught_after_m": draught_after_m,
        "draught_change_m": change,
        "destination_before": destination_before,
        "destination_after": destination_after,
    }
