"""Reported speed and course that the positions contradict, frozen positions among them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from detectors.core.units import HOUR_S, KM_M, KNOT_MPS, MINUTE_S
from detectors.kernels.spoofing.contradictions import (
    REPORTS_ASTERN,
    REPORTS_LESS,
    REPORTS_MORE,
    ContradictionRule,
    ReportedMotion,
    contradictions,
)
from detectors.kernels.spoofing.repeats import repeats
from detectors.spoofing.sign import CONTRADICTS, FROZEN, Sign, run_sign, step_lengths_m, thinned

if TYPE_CHECKING:
    from detectors.core.measures import Values
    from detectors.scene import Scene
    from detectors.spoofing.params import SpoofingParams
    from detectors.tracks.reports import Float32, Float64

WINDOW_S, BRIDGE_S = 20.0 * MINUTE_S, 4.0 * HOUR_S
"""Speed made good is measured over this time, as in port calls and loitering, and so only once a run."""

CODES = {REPORTS_LESS: "less_speed", REPORTS_MORE: "more_speed", REPORTS_ASTERN: "other_course"}
STEADY_COURSE = 0.9
"""Length of the mean unit vector of the reported courses from which they are taken as straight."""


def frozen(scene: Scene, params: SpoofingParams) -> tuple[list[Sign], int]:
    """Return positions that stay the same while the vessel reports way, and the number of runs examined."""
    segments = scene.tracks.segments
    first, last = repeats(segments.offsets, segments.fixes).T
    lasted_s = segments.time_s[last] - segments.time_s[first]
    reports = last - first + 1
    long = (lasted_s >= params.frozen_min_h * HOUR_S) & (reports >= params.frozen_reports)
    first, last = first[long], last[long]
    runs = [(int(a), int(b)) for a, b in zip(first, last, strict=True)]
    shares_moving = [_moving_share(scene, *run, params.moving_kn) >= params.moving_share for run in runs]
    found = (
        _frozen(scene, *run, params) for run, is_moving in zip(runs, shares_moving, strict=True) if is_moving
    )
    return [sign for sign in found if sign], len(first)


def _moving_share(scene: Scene, first: int, last: int, moving_kn: float) -> float:
    """Return the share of a run's reports with a speed of `moving_kn` or more."""
    sog_kn = scene.tracks.sog_kn[scene.tracks.segments.row[first : last + 1]]
    return float(np.mean(sog_kn >= moving_kn))


def _frozen(scene: Scene, first: int, last: int, params: SpoofingParams) -> Sign | None:
    tracks, segments = scene.tracks, scene.tracks.segments
    rows = segments.row[first : last + 1]
    sog_kn, cog_deg = tracks.sog_kn[rows], tracks.cog_deg[rows]
    steps_s = np.minimum(np.diff(tracks.time_s[rows]), params.gap_max_h * HOUR_S)
    reported_m = float(np.nansum(sog_kn[:-1] * steps_s) * KNOT_MPS)
    if reported_m < params.frozen_distance_km * KM_M:
        return None
    motions = len(set(zip(np.nan_to_num(sog_kn).tolist(), np.nan_to_num(cog_deg).tolist(), strict=True)))
    return run_sign(
        scene,
        FROZEN,
        first,
        last,
        {
            "frozen_h": float(segments.time_s[last] - segments.time_s[first]) / HOUR_S,
            "frozen_reports": len(rows),
            "reported_km": reported_m / KM_M,
            "reported_kn": float(np.nanmedian(sog_kn)),
            "one_report_repeated": motions == 1,
        },
    )


def contradicting(scene: Scene, params: SpoofingParams) -> tuple[list[Sign], int]:
    """Return runs in which reported motion contradicts positions, and the number not reported.

    Not reported are dead sensors and shared MMSIs.
    """
    tracks, segments = scene.tracks, scene.tracks.segments
    made_mps = segments.speed_mps(WINDOW_S, BRIDGE_S)
    motion = ReportedMotion(tracks.by_segment(tracks.sog_kn), tracks.by_segment(tracks.cog_deg), made_mps)
    rule = ContradictionRule(
        leave_mps=params.contradict_leave_kn * KNOT_MPS,
        moving_mps=params.moving_kn * KNOT_MPS,
        turn_deg=params.contradict_deg,
        interval_s=WINDOW_S,
        silence_s=params.gap_max_h * HOUR_S,
        reports=int(params.contradict_reports),
    )
    runs, means, spent_s = contradictions(segments.offsets, segments.fixes, motion, rule)
    code, first, last = runs.T
    enough = np.where(code == REPORTS_ASTERN, params.contradict_deg, params.contradict_kn * KNOT_MPS)
    long = segments.time_s[last] - segments.time_s[first] >= params.contradict_min_h * HOUR_S
    selected = np.flatnonzero(long & (means >= enough))
    share = _shares(scene, spent_s)
    found: list[Sign] = []
    for n in selected:
        run = int(code[n]), int(first[n]), int(last[n])
        segment = int(np.searchsorted(segments.offsets, run[1], side="right")) - 1
        mmsi_share = float(share[segments.vessel_index[segment], run[0]])
        if mmsi_share < params.sensor_share and _holds(scene, made_mps, run, params):
            found.append(_contradicts(scene, run, float(means[n]), mmsi_share, made_mps))
    return found, len(selected) - len(found)


def _shares(scene: Scene, spent_s: Float64) -> Float64:
    """Return for each MMSI the share of its time that contradicts, shape (vessels, 3)."""
    by_mmsi = np.zeros((len(scene.tracks.vessel), 3, 2))
    np.add.at(by_mmsi, scene.tracks.segments.vessel_index, spent_s)
    share: Float64 = by_mmsi[:, :, 0] / np.maximum(by_mmsi[:, :, 1], 1.0)
    return share


def _holds(scene: Scene, made_mps: Float32, run: tuple[int, int, int], params: SpoofingParams) -> bool:
    """Return whether a run is not a vessel that goes round, nor two vessels taken for one segment."""
    code, first, last = run
    segments = scene.tracks.segments
    rows = thinned(np.arange(first, last + 1))
    if code == REPORTS_MORE:
        course = np.radians(scene.tracks.cog_deg[segments.row[rows]].astype(np.float64))
        return bool(abs(np.exp(1j * course).mean()) >= STEADY_COURSE)
    made_m = float((made_mps[first:last] * np.diff(segments.time_s[first : last + 1])).sum())
    ends = np.array([first, last])
    net_m = float(step_lengths_m(segments.lon_deg[ends], segments.lat_deg[ends])[0])
    return net_m >= params.straight_share * made_m


def _contradicts(
    scene: Scene, run: tuple[int, int, int], mean: float, share: float, made_mps: Float32
) -> Sign:
    code, first, last = run
    tracks, segments = scene.tracks, scene.tracks.segments
    rows = segments.row[first : last + 1]
    is_course = code == REPORTS_ASTERN
    measures: Values = {
        "contradiction": CODES[code],
        "contradicts_h": float(segments.time_s[last] - segments.time_s[first]) / HOUR_S,
        "contradicts_reports": len(rows),
        "contradicts_kn": None if is_course else mean / KNOT_MPS,
        "contradicts_deg": mean if is_course else None,
        "contradicts_share": share,
        "reported_kn": float(np.median(tracks.sog_kn[rows])),
        "made_good_kn": float(np.median(made_mps[first:last])) / KNOT_MPS,
        "one_speed_repeated": bool((tracks.sog_kn[rows] == tracks.sog_kn[rows[0]]).all()),
    }
    return run_sign(scene, CONTRADICTS, first, last, measures)
