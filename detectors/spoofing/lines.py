"""Tracks without the noise of any receiver, and straight lines over land."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from detectors.core.units import HOUR_S, KM_M, KNOT_MPS, MINUTE_S
from detectors.kernels.spoofing.lines import Ruling, ruled_legs, straightest, thinned
from detectors.spoofing.sign import ON_LAND, TOO_SMOOTH, Sign, line_error_m, run_sign, runs_of, step_lengths_m
from geodata.geodesy import to_ecef

if TYPE_CHECKING:
    from detectors.scene import Scene
    from detectors.spoofing.params import SpoofingParams
    from detectors.tracks.reports import Float64, Int32, Int64

ROUNDING_STEPS = (1e4, 6e4)
"""Positions in whole steps of 1/10,000 degree (11 m) or 1/1000 minute (2 m) hide the noise themselves."""

LAND_STEP_S = 600.0
"""One report in ten minutes is looked up in the chart: at sea speed one in 3 km."""

LAND_BLOCK = 1 << 18
"""Positions looked up in the chart together, so that the data of each fit the cache."""

STRAIGHTNESS = 0.95
"""Net distance as a share of the distance sailed on a line that is followed."""

LAND_POINTS = 4
"""Fewer looked-up positions make no line."""


def too_smooth(scene: Scene, params: SpoofingParams) -> tuple[list[Sign], dict[str, int]]:
    """Return the signs of legs without the noise of a receiver; none where the whole feed is smooth."""
    segments = scene.tracks.segments
    rows = thinned(segments.offsets, segments.time_s, params.smooth_step_s)
    rule = Ruling(
        break_m=params.smooth_break_m,
        interval_s=params.smooth_interval_max_min * MINUTE_S,
        moving_mps=params.moving_kn * KNOT_MPS,
        least_s=params.smooth_min_h * HOUR_S,
    )
    legs, error_m, judged_s = ruled_legs(segments.offsets, segments.fixes, rows, rule)
    judged = np.bincount(segments.vessel_index, weights=judged_s, minlength=len(scene.tracks.vessel))
    compared = int((judged >= params.smooth_min_h * HOUR_S).sum())
    is_smooth = (legs[:, 2] >= params.smooth_reports) & (error_m <= params.smooth_m)
    is_smooth &= np.array([not _is_rounded(scene, leg) for leg in legs], dtype=np.bool_)
    smooth_legs, smooth_error_m = legs[is_smooth], error_m[is_smooth]
    segment = np.searchsorted(segments.offsets, smooth_legs[:, 0], side="right") - 1
    signs = [
        _smooth(scene, smooth_legs[segment == each], smooth_error_m[segment == each])
        for each in np.unique(segment)
    ]
    vessels = len({sign.vessel for sign in signs})
    noisy = compared - vessels
    is_feed = vessels > 1 and vessels >= params.feed_share * compared
    counts = {"smooth_judged": compared, "smooth_vessels": vessels}
    if is_feed or noisy < params.smooth_others:
        return [], counts
    return [replace(s, measures={**s.measures, "others_with_noise": noisy}) for s in signs], counts


def _smooth(scene: Scene, legs: Int64, error_m: Float64) -> Sign:
    """Return the sign of all smooth legs of one segment."""
    segments = scene.tracks.segments
    first, last, reports = legs.T
    return run_sign(
        scene,
        TOO_SMOOTH,
        int(first[0]),
        int(last[-1]),
        {
            "smooth_h": float((segments.time_s[last] - segments.time_s[first]).sum()) / HOUR_S,
            "smooth_legs": len(legs),
            "smooth_reports": int(reports.sum()),
            "smooth_off_m": float(np.sqrt(np.average(error_m**2, weights=reports))),
        },
    )


def _is_rounded(scene: Scene, leg: Int64) -> bool:
    """Return whether the positions of a leg come in coarse steps, or report their own uncertainty."""
    segments = scene.tracks.segments
    rows = slice(int(leg[0]), int(leg[1]) + 1)
    if (segments.uncertainty_m[rows] > 0).any():
        return True
    both = np.concatenate((segments.lon_deg[rows], segments.lat_deg[rows]))
    return any(bool((np.abs(both * step - np.round(both * step)) < 1e-4).all()) for step in ROUNDING_STEPS)  # noqa: PLR2004 - rounding of a double


def on_land(scene: Scene, params: SpoofingParams) -> tuple[list[Sign], int]:
    """Return the signs of straight lines at sea speed over land, and how many runs inland were examined."""
    segments = scene.tracks.segments
    rows = thinned(segments.offsets, segments.time_s, LAND_STEP_S)
    parts = np.split(rows, range(LAND_BLOCK, len(rows), LAND_BLOCK))
    ashore = np.concatenate([_ashore(scene, part) for part in parts])
    inland_m = scene.world.inland_m(segments.lon_deg[ashore], segments.lat_deg[ashore])
    far = ashore[inland_m >= params.inland_km * KM_M]
    runs = _under_way(scene, far, params)
    found = [sign for run in runs if (sign := _over_land(scene, run, params))]
    return found, len(runs)


def _ashore(scene: Scene, rows: Int32) -> Int32:
    segments = scene.tracks.segments
    return rows[scene.world.on_land(segments.lon_deg[rows], segments.lat_deg[rows])]


def _under_way(scene: Scene, rows: Int32, params: SpoofingParams) -> list[Int32]:
    """Return the runs of one segment in which each position is reached from the one before at sea speed."""
    segments = scene.tracks.segments
    if not len(rows):
        return []
    segment = np.searchsorted(segments.offsets, rows, side="right")
    steps_s = np.maximum(np.diff(segments.time_s[rows]), 1.0)
    made_mps = step_lengths_m(segments.lon_deg[rows], segments.lat_deg[rows]) / steps_s
    goes_on = (np.diff(segment) == 0) & (steps_s <= params.gap_max_h * HOUR_S)
    first, last = runs_of(goes_on & (made_mps >= params.land_kn * KNOT_MPS))
    return [rows[a : b + 2] for a, b in zip(first, last, strict=True) if b + 2 - a >= LAND_POINTS]


def _over_land(scene: Scene, rows: Int32, params: SpoofingParams) -> Sign | None:
    """Return the sign of a run of inland positions of one segment that makes one straight line."""
    segments = scene.tracks.segments
    lon, lat, time_s = segments.lon_deg[rows], segments.lat_deg[rows], segments.time_s[rows]
    path_m = np.concatenate(([0.0], np.cumsum(step_lengths_m(lon, lat))))
    if path_m[-1] < params.land_distance_km * KM_M:
        return None
    a, b = straightest(to_ecef(lon, lat), path_m, LAND_POINTS, STRAIGHTNESS, params.land_off_m)
    net_m = float(step_lengths_m(lon[[a, b]], lat[[a, b]])[0])
    made_mps = net_m / max(float(time_s[b] - time_s[a]), 1.0)
    if b - a + 1 < LAND_POINTS or net_m < params.land_distance_km * KM_M:
        return None
    return run_sign(
        scene,
        ON_LAND,
        int(rows[a]),
        int(rows[b]),
        {
            "land_km": net_m / KM_M,
            "land_kn": made_mps / KNOT_MPS,
            "land_h": float(time_s[b] - time_s[a]) / HOUR_S,
            "land_off_m": float(line_error_m(lon[a : b + 1], lat[a : b + 1]).max()),
        },
    )
