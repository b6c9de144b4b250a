"""Dark periods: silences of one hull that are longer than a threshold.

Every silence over the threshold is told; who would have heard the vessel decides how it can score. The
definition, in words and with its limits, is docs/definitions/dark_period.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from detectors.base import NEARNESS_MIN, Detection, Detector, Finding, NearMiss, Scene, nearest
from detectors.kernels.geodesy import sphere_m
from detectors.params import ParamError, Params, knob
from detectors.units import DAY_S, HOUR_S, KM_M, KNOT_MPS, MINUTE_S

if TYPE_CHECKING:
    from detectors.base import Measures
    from detectors.tracks.reports import Bool, Float64, Int64
    from detectors.tracks.tracks import Hulls, Tracks

KIND = "dark_period"

USUAL_MIN = 3
"""Intervals that it takes to say what is usual for a vessel."""

GRADES_H = (6.0, 12.0, 24.0, 96.0, 720.0)
"""Durations at which a silence is graded 1 to 5 (documented cases span a few days to eight months)."""


@dataclass(frozen=True)
class DarkParams(Params):
    """Thresholds of a dark period."""

    gap_min_h: float = knob(
        6.0,
        unit="h",
        low=0.1,
        high=8760,
        meaning="A silence is told when it is longer than this (strictly).",
        source="Global Fishing Watch gaps, 6 h (GFW technical documentation)",
    )
    cruise_speed_kn: float = knob(
        10.0,
        unit="kn",
        low=3,
        high=30,
        meaning="Speed assumed for a vessel whose own cruising speed the data do not show.",
        source="our choice, from general knowledge, not verified: small coastal tankers make 9-13 kn",
    )
    cruise_from_kn: float = knob(
        4.0,
        unit="kn",
        low=1,
        high=15,
        meaning="Reports faster than this show the vessel's own cruising speed (their median).",
        source="our choice: above drifting and manoeuvring",
    )
    hull_reports_min: float = knob(
        2.0,
        unit="reports",
        low=1,
        high=100,
        meaning="A hull with fewer reports under a number that others share is a stray fix: it ends nobody's "
        "silence and has none of its own.",
        source="our choice: one wild fix must not hide a ship",
    )
    before_h: float = knob(
        12.0,
        unit="h",
        low=1,
        high=72,
        meaning="Reports in this time before the silence are counted, as evidence that she was heard.",
        source="Global Fishing Watch disabling model: positions in the 12 h before",
    )

    def check_together(self) -> None:
        """Refuse a cruising speed below the speed that counts as cruising."""
        if self.cruise_speed_kn < self.cruise_from_kn:
            raise ParamError("cruise_speed_kn is below cruise_from_kn")


def gaps(offsets: Int64, time_s: Float64, longer_than_s: float) -> Int64:
    """Return the rows after which a run of reports is silent for strictly longer than the threshold.

    `offsets` bound the runs (one hull each), whose times ascend. Linear in reports; bounds of runs are
    never silences.

    >>> gaps(np.array([0, 3, 4]), np.array([0.0, 10.0, 70.0, 999.0]), 50.0)
    array([1])
    """
    silent = np.diff(time_s) > longer_than_s
    borders = offsets[1:-1]
    silent[borders[(borders > 0) & (borders < len(time_s))] - 1] = False
    return np.flatnonzero(silent)


def detect(scene: Scene, params: DarkParams) -> Detection:
    """Find the silences of each hull that are longer than the threshold, those that last included."""
    hulls = scene.tracks.hulls
    threshold_s = params.gap_min_h * HOUR_S
    closed = gaps(hulls.offsets, hulls.time_s, threshold_s)
    silent, shared, ended = _still_silent(scene, threshold_s, int(params.hull_reports_min))
    rows = np.concatenate((closed, silent))
    usual = _usual_intervals(hulls, rows, len(closed))
    is_open = np.arange(len(rows)) >= len(closed)
    findings = [
        _finding(scene, params, int(row), usual_s, is_open=bool(still))
        for row, usual_s, still in zip(rows, usual, is_open, strict=True)
    ]
    return Detection(
        findings=tuple(sorted(findings, key=lambda f: (f.start_s, f.vessels, f.rows))),
        examined={
            "silences": max(0, len(hulls.time_s) - len(hulls)),
            "told": len(findings),
            "still_silent": len(silent),
            "ends_of_shared_numbers": shared,
        },
        near_misses=_near_misses(scene, params),
        warnings=_end_warning(scene, ended),
    )


DETECTOR = Detector(KIND, "Dark period", DarkParams, detect)


def _still_silent(scene: Scene, threshold_s: float, reports_min: int) -> tuple[Int64, int, int]:
    """Return the last rows of hulls silent until now.

    Also how many were left out because another hull of the same number is heard later, and how many hulls end
    with the data, so that only `now_s` makes them silent. Stray fixes count for neither.
    """
    hulls = scene.tracks.hulls
    last_rows = hulls.offsets[1:] - 1
    last_s = hulls.time_s[last_rows]
    stays = _lasting(hulls, reports_min)
    heard_s = np.full(len(scene.tracks.vessel), -np.inf)
    np.maximum.at(heard_s, hulls.vessel_index[stays], last_s[stays])
    newest: Bool = stays & (last_s >= heard_s[hulls.vessel_index])
    silent: Bool = scene.heard_until_s - last_s > threshold_s
    ended: Bool = newest & ~silent & (scene.now_s - last_s > threshold_s)
    return last_rows[silent & newest], int((silent & stays & ~newest).sum()), int(ended.sum())


def _usual_intervals(hulls: Hulls, rows: Int64, closed: int) -> list[float]:
    """Return each silence's hull's median time between reports, the silence itself (first `closed`) left out.

    NaN where fewer than `USUAL_MIN` intervals are left: two reports do not show what is usual.
    """
    sorted_s: dict[int, Float64] = {}
    usual = []
    for number, row in enumerate(rows):
        hull = int(np.searchsorted(hulls.offsets, row, side="right")) - 1
        if hull not in sorted_s:
            times = hulls.time_s[hulls.offsets[hull] : hulls.offsets[hull + 1]]
            sorted_s[hull] = np.sort(np.diff(times))
        others = sorted_s[hull]
        if number < closed:
            gap_s = hulls.time_s[row + 1] - hulls.time_s[row]
            usual.append(_median_without(others, int(np.searchsorted(others, gap_s))))
        else:
            usual.append(float(np.median(others)) if len(others) >= USUAL_MIN else np.nan)
    return usual


def _median_without(ascending: Float64, place: int) -> float:
    """Return the median of sorted values with one left out; NaN where fewer than `USUAL_MIN` are left."""
    count = len(ascending) - 1
    if count < USUAL_MIN:
        return np.nan
    middle = [n if n < place else n + 1 for n in ((count - 1) // 2, count // 2)]
    return float(ascending[middle].mean())


def _lasting(hulls: Hulls, reports_min: int) -> Bool:
    """Tell which hulls are more than stray fixes: by their reports, or because their number has no better."""
    enough = np.diff(hulls.offsets) >= reports_min
    if not len(hulls):
        return enough
    best = np.zeros(int(hulls.vessel_index.max()) + 1, dtype=np.bool_)
    np.logical_or.at(best, hulls.vessel_index, enough)
    return enough | ~best[hulls.vessel_index]


def _finding(scene: Scene, params: DarkParams, row: int, median_s: float, *, is_open: bool) -> Finding:
    hulls, tracks = scene.tracks.hulls, scene.tracks
    hull = int(np.searchsorted(hulls.offsets, row, side="right")) - 1
    vessel = int(hulls.vessel_index[hull])
    start_s = float(hulls.time_s[row])
    end_s = None if is_open else float(hulls.time_s[row + 1])
    gap_s = (scene.now_s if end_s is None else end_s) - start_s
    cruise_kn = _cruise_kn(tracks, vessel, params)
    rows = (int(hulls.row[row]),) if is_open else (int(hulls.row[row]), int(hulls.row[row + 1]))
    return Finding(
        kind=KIND,
        start_s=start_s,
        end_s=end_s,
        vessels=(vessel,),
        rows=rows,
        anchors=rows[:1],
        behaved_until_s=start_s,
        path=tuple((float(tracks.lon_deg[r]), float(tracks.lat_deg[r])) for r in rows),
        measures={
            "gap_h": gap_s / HOUR_S,
            "grade": int(np.searchsorted(GRADES_H, gap_s / HOUR_S, side="right")),
            "is_open": is_open,
            **_crossing(hulls, row, gap_s, cruise_kn, is_open=is_open),
            "cruise_speed_kn": cruise_kn,
            "median_interval_min": None if np.isnan(median_s) else median_s / MINUTE_S,
            "gap_in_own_intervals": gap_s / median_s if median_s > 0 else None,
            "fixes_before": _fixes_before(hulls, hull, row, params.before_h * HOUR_S),
            "sog_before_kn": _known(tracks.sog_kn[rows[0]]),
            "cog_before_deg": _known(tracks.cog_deg[rows[0]]),
            "fixes_of_number_inside": _fixes_inside(tracks, vessel, start_s, end_s),
            "reception": "unknown",
        },
    )


def _crossing(hulls: Hulls, row: int, gap_s: float, cruise_kn: float, *, is_open: bool) -> Measures:
    """Return how far she came during the silence, and the time that sailing there does not explain."""
    if is_open:
        return {"distance_km": None, "implied_speed_kn": None, "unexplained_h": gap_s / HOUR_S}
    place = (hulls.lon_deg[row], hulls.lat_deg[row], hulls.lon_deg[row + 1], hulls.lat_deg[row + 1])
    distance_m = sphere_m(*place)
    return {
        "distance_km": distance_m / KM_M,
        "implied_speed_kn": distance_m / gap_s / KNOT_MPS,
        "unexplained_h": (gap_s - distance_m / (cruise_kn * KNOT_MPS)) / HOUR_S,
    }


def _cruise_kn(tracks: Tracks, vessel: int, params: DarkParams) -> float:
    """Return the vessel's own cruising speed: the median of her reports that are under way."""
    sog = tracks.sog_kn[tracks.offsets[vessel] : tracks.offsets[vessel + 1]]
    under_way = sog[sog > params.cruise_from_kn]
    return float(np.median(under_way)) if len(under_way) else params.cruise_speed_kn


def _fixes_before(hulls: Hulls, hull: int, row: int, before_s: float) -> int:
    first = int(hulls.offsets[hull])
    times = hulls.time_s[first : row + 1]
    return len(times) - int(np.searchsorted(times, times[-1] - before_s, side="left"))


def _fixes_inside(tracks: Tracks, vessel: int, start_s: float, end_s: float | None) -> int:
    """Return the reports under the same number during the silence, which another hull sent."""
    times = tracks.time_s[tracks.offsets[vessel] : tracks.offsets[vessel + 1]]
    until = len(times) if end_s is None else int(np.searchsorted(times, end_s, side="left"))
    return max(0, until - int(np.searchsorted(times, start_s, side="right")))


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def _near_misses(scene: Scene, params: DarkParams) -> tuple[NearMiss, ...]:
    """Return the longest silences that are not longer than the threshold."""
    hulls = scene.tracks.hulls
    if len(hulls.time_s) < 2:  # noqa: PLR2004 - a silence lies between two reports
        return ()
    lengths = np.diff(hulls.time_s)
    lengths[hulls.offsets[1:-1] - 1] = 0.0
    threshold_s = params.gap_min_h * HOUR_S
    close = np.flatnonzero((lengths >= NEARNESS_MIN * threshold_s) & (lengths <= threshold_s))
    longest = close[np.argsort(-lengths[close], kind="stable")]
    hull_of = np.searchsorted(hulls.offsets, longest, side="right") - 1
    return nearest(
        [
            NearMiss(
                KIND,
                (int(hulls.vessel_index[hull]),),
                float(hulls.time_s[row]),
                "gap_min_h",
                float(lengths[row]) / HOUR_S,
                params.gap_min_h,
                "h",
            )
            for row, hull in zip(longest, hull_of, strict=True)
        ]
    )


def _end_warning(scene: Scene, ended: int) -> tuple[str, ...]:
    if not ended:
        return ()
    days = (scene.now_s - scene.tracks.end_s) / DAY_S
    text = f"the data end {days:.1f} days before now: {ended} vessels silent since then are not told as dark"
    return (text,)
