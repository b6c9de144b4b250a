"""Dark periods: gaps of one segment that are longer than a threshold.

Every gap over the threshold is reported; the reception of the vessel decides how high it can score. The
definition and its limits are in docs/definitions/dark_period.md.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from detectors.core.findings import NEARNESS_MIN, Detection, Finding, NearMiss, nearest
from detectors.core.units import DAY_S, HOUR_S, KM_M, MINUTE_S
from detectors.dark_period.before_after import before_after_measures, with_repeats
from detectors.dark_period.gaps import Gaps, gaps_of
from detectors.dark_period.reach import Prisms, reach_measures
from detectors.dark_period.reception_measures import reception_measures
from detectors.kernels.geometry.geodesy import sphere_m
from detectors.kernels.tracks.gaps import gap_rows

if TYPE_CHECKING:
    from collections.abc import Mapping

    from detectors.core.measures import Value
    from detectors.dark_period.params import DarkParams
    from detectors.scene import Scene
    from detectors.tracks.tracks import Segments, Tracks

NAME = "dark_period"
FASTEST_KN = 60.0
"""No vessel makes good more (`TrackParams.segment_speed_max_kn`): a faster report is a wrong number."""


def detect(scene: Scene, params: DarkParams) -> Detection:
    """Find the gaps of each segment that are longer than the threshold, those that last included."""
    gaps = gaps_of(scene, params)
    prisms = _prisms(scene, gaps, params)
    reception = reception_measures(scene, gaps)
    reach = reach_measures(scene.world, prisms, params)
    before_after = before_after_measures(scene, gaps, prisms, params)
    findings = [
        _finding(
            scene,
            params,
            gaps,
            n,
            {"cruise_speed_kn": float(prisms.cruise_kn[n]), **reach[n], **reception[n], **before_after[n]},
        )
        for n in range(len(gaps))
    ]
    return Detection(
        findings=tuple(sorted(with_repeats(findings, params), key=lambda f: (f.start_s, f.vessels, f.rows))),
        examined={
            "gaps": max(0, len(scene.tracks.segments.time_s) - len(scene.tracks.segments)),
            "reported": len(findings),
            "open_gaps": int(gaps.is_open.sum()),
            "ends_of_shared_mmsis": gaps.shared,
        },
        near_misses=_near_misses(scene, params),
        warnings=(*_end_warning(scene, gaps.ended), *_reception_warning(scene)),
    )


def _prisms(scene: Scene, gaps: Gaps, params: DarkParams) -> Prisms:
    segments = scene.tracks.segments
    after = np.minimum(gaps.row + 1, len(segments.time_s) - 1)
    vessels = segments.vessel_index[gaps.segment]
    cruise_of = {int(v): _cruise_kn(scene.tracks, int(v), params) for v in np.unique(vessels)}
    return Prisms(
        lon_off=segments.lon_deg[gaps.row],
        lat_off=segments.lat_deg[gaps.row],
        lon_on=np.where(gaps.is_open, np.nan, segments.lon_deg[after]),
        lat_on=np.where(gaps.is_open, np.nan, segments.lat_deg[after]),
        gap_h=(gaps.until_s - segments.time_s[gaps.row]) / HOUR_S,
        cruise_kn=np.array([cruise_of[int(v)] for v in vessels], dtype=np.float64),
        bound_kn=params.bound_speed_kn,
    )


def _finding(
    scene: Scene, params: DarkParams, gaps: Gaps, n: int, other_measures: Mapping[str, Value]
) -> Finding:
    segments, tracks = scene.tracks.segments, scene.tracks
    row, segment, is_open = int(gaps.row[n]), int(gaps.segment[n]), bool(gaps.is_open[n])
    start_s, until_s = float(segments.time_s[row]), float(gaps.until_s[n])
    rows = tuple(int(segments.row[r]) for r in ((row,) if is_open else (row, row + 1)))
    usual_s = float(gaps.usual_s[n])
    vessel = int(segments.vessel_index[segment])
    return Finding(
        kind=NAME,
        start_s=start_s,
        end_s=None if is_open else until_s,
        vessels=(vessel,),
        rows=rows,
        anchors=rows[:1],
        behaved_until_s=start_s,
        path=tuple((float(tracks.lon_deg[r]), float(tracks.lat_deg[r])) for r in rows),
        measures={
            "gap_h": (until_s - start_s) / HOUR_S,
            "grade": int(np.searchsorted(params.grades_h, (until_s - start_s) / HOUR_S, side="right")),
            "is_open": is_open,
            "distance_km": None if is_open else _distance_km(segments, row),
            "median_interval_min": None if np.isnan(usual_s) else usual_s / MINUTE_S,
            "gap_in_own_intervals": (until_s - start_s) / usual_s if usual_s > 0 else None,
            "reports_before": _reports_before(segments, segment, row, params.before_h * HOUR_S),
            "sog_before_kn": _known(tracks.sog_kn[rows[0]]),
            "cog_before_deg": _known(tracks.cog_deg[rows[0]]),
            "same_mmsi_reports_meanwhile": _reports_inside(tracks, vessel, start_s, until_s, is_open=is_open),
            **other_measures,
        },
    )


def _distance_km(segments: Segments, row: int) -> float:
    ends = (
        segments.lon_deg[row],
        segments.lat_deg[row],
        segments.lon_deg[row + 1],
        segments.lat_deg[row + 1],
    )
    return float(sphere_m(*ends)) / KM_M


def _cruise_kn(tracks: Tracks, vessel: int, params: DarkParams) -> float:
    """Return the vessel's own cruising speed: the median of its reported speeds under way.

    Speeds that no vessel makes count as none: they would put all waters within its reach.
    """
    sog = tracks.sog_kn[tracks.offsets[vessel] : tracks.offsets[vessel + 1]]
    under_way = sog[(sog > params.cruise_from_kn) & (sog <= FASTEST_KN)]
    return float(np.median(under_way)) if len(under_way) else params.cruise_speed_kn


def _reports_before(segments: Segments, segment: int, row: int, before_s: float) -> int:
    first = int(segments.offsets[segment])
    times = segments.time_s[first : row + 1]
    return len(times) - int(np.searchsorted(times, times[-1] - before_s, side="left"))


def _reports_inside(tracks: Tracks, vessel: int, start_s: float, end_s: float, *, is_open: bool) -> int:
    """Return the number of reports under the same MMSI during the gap, from another segment."""
    times = tracks.time_s[tracks.offsets[vessel] : tracks.offsets[vessel + 1]]
    until = len(times) if is_open else int(np.searchsorted(times, end_s, side="left"))
    return max(0, until - int(np.searchsorted(times, start_s, side="right")))


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def _near_misses(scene: Scene, params: DarkParams) -> tuple[NearMiss, ...]:
    """Return the longest gaps that are not longer than the threshold."""
    segments = scene.tracks.segments
    threshold_s = params.gap_min_h * HOUR_S
    close = gap_rows(segments.offsets, segments.time_s, NEARNESS_MIN * threshold_s, threshold_s)
    lasted_s = segments.time_s[close + 1] - segments.time_s[close]
    longest = close[np.argsort(-lasted_s, kind="stable")]
    segment_of = np.searchsorted(segments.offsets, longest, side="right") - 1
    return nearest(
        [
            NearMiss(
                NAME,
                (int(segments.vessel_index[segment]),),
                float(segments.time_s[row]),
                "gap_min_h",
                float(segments.time_s[row + 1] - segments.time_s[row]) / HOUR_S,
                params.gap_min_h,
                "h",
            )
            for row, segment in zip(longest, segment_of, strict=True)
        ]
    )


def _reception_warning(scene: Scene) -> tuple[str, ...]:
    if scene.reception is None or scene.reception.presence is not None:
        return ()
    most = scene.reception.params.rows_max
    text = f"reception was not judged: more than {most:,.0f} bins of all ships; ask for fewer days at once"
    return (text,)


def _end_warning(scene: Scene, ended: int) -> tuple[str, ...]:
    if not ended:
        return ()
    days = (scene.now_s - scene.tracks.end_s) / DAY_S
    fate = "vessels not heard since then are not reported as dark periods"
    text = f"the data end {days:.1f} days before now: {ended} {fate}"
    return (text,)
