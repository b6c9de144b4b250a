"""The hours and days round a meeting: whence two came, how far apart they were, how fast they sail."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from detectors.core.quantiles import quantile_of
from detectors.core.units import HOUR_S, KM_M, KNOT_MPS, MINUTE_S
from detectors.kernels.encounters.legs import highest_said
from detectors.kernels.geometry.geodesy import plane_m
from detectors.kernels.tracks.resample import places_at

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from detectors.core.measures import Values
    from detectors.scene import Scene
    from detectors.sts_transfer.params import StsParams
    from detectors.tracks.reports import Float64, Int64

    Places = tuple[Float64, Float64]
    """Longitudes and latitudes, a row per meeting and a column per instant; NaN where not known."""

MEETINGS_AT_ONCE = 2048
"""Of thousands of meetings no more than these are looked at together: bounds memory, changes nothing."""

ENDS = 4
"""Instants of approach and departure: the begin and the end of each."""


def came_and_went(scene: Scene, segments: Int64, spans_s: Float64, params: StsParams) -> Iterator[Values]:
    """Give approach and departure of both vessels of each meeting, and what company they kept round it.

    `segments` and `spans_s`, start and end, have a row per meeting. A position inside a silence longer than
    `bridge_max_h` is not known.
    """
    for first in range(0, len(segments), MEETINGS_AT_ONCE):
        some = slice(first, first + MEETINGS_AT_ONCE)
        yield from _of_some(scene, segments[some], spans_s[some], params)


def _of_some(scene: Scene, segments: Int64, spans_s: Float64, params: StsParams) -> Iterator[Values]:
    leg_s, step_s = params.motion.approach_h * HOUR_S, params.proximity.step_min * MINUTE_S
    back_s = np.arange(step_s, params.proximity.look_h * HOUR_S + 1.0, step_s)
    start_s, end_s = spans_s[:, :1], spans_s[:, 1:]
    at_s = np.hstack((start_s - leg_s, start_s, end_s, end_s + leg_s, start_s - back_s, end_s + back_s))
    one, other = (places_of(scene, segments[:, side], at_s, params) for side in (0, 1))
    legs = [
        _legs((lon[:, :ENDS], lat[:, :ENDS]), leg_s, number)
        for number, (lon, lat) in (("1", one), ("2", other))
    ]
    days = ((lon[:, ENDS:], lat[:, ENDS:]) for lon, lat in (one, other))
    reported_kn = fastest_said(scene, segments, spans_s, params)
    kept = company_kept(next(days), next(days), reported_kn, params)
    for first, second, company in zip(*legs, kept, strict=True):
        yield {**first, **second, **company}


def fastest_said(scene: Scene, segments: Int64, spans_s: Float64, params: StsParams) -> Float64:
    """Return the highest speed that either segment reported in the days round each meeting; NaN for none."""
    tracks, look_s = scene.tracks.segments, params.proximity.look_h * HOUR_S
    reported_kn = np.full(segments.shape, np.nan)
    windows = np.stack((spans_s[:, 0] - look_s, spans_s[:, 1] + look_s), axis=1)
    for side in (0, 1):
        told = reported_kn[:, side].copy()
        highest_said(
            segments[:, side], windows, tracks.offsets, tracks.time_s, tracks.row, scene.tracks.sog_kn, told
        )
        reported_kn[:, side] = told
    return reported_kn


def places_of(scene: Scene, segments: Int64, at_s: Float64, params: StsParams) -> Places:
    """Return where each segment was at her row of times: longitudes and latitudes, NaN where not known."""
    tracks = scene.tracks.segments
    places = np.empty((*at_s.shape, 2))
    columns = (tracks.offsets, tracks.fixes)
    places_at(segments, at_s, *columns, params.proximity.bridge_max_h * HOUR_S, places)
    return places[..., 0], places[..., 1]


def _legs(ends: Places, leg_s: float, number: str) -> Sequence[Values]:
    """Return speed and course made good of approach and departure, from the two ends of each."""
    lon, lat = ends
    told: list[dict[str, float | None]] = [{} for _ in lon]
    for word, (begin, end) in (("approach", (0, 1)), ("departure", (2, 3))):
        east_m, north_m = plane_m(lon[:, begin], lat[:, begin], lon[:, end], lat[:, end])
        speed_kn = np.hypot(east_m, north_m) / leg_s / KNOT_MPS
        course_deg = np.degrees(np.arctan2(east_m, north_m)) % 360.0
        for row, speed, course in zip(told, speed_kn.tolist(), course_deg.tolist(), strict=True):
            is_known = np.isfinite(speed)
            row[f"{word}_speed_{number}_kn"] = speed if is_known else None
            row[f"{word}_course_{number}_deg"] = course if is_known else None
    return told


def company_kept(one: Places, other: Places, reported_kn: Float64, params: StsParams) -> Iterator[Values]:
    """Give how long two were far apart and near before and after each meeting, and how they sailed.

    None sails faster than the highest speed that it reported in these days (`reported_kn`, a column each; NaN
    where it reported none) if that is a speed of sailing: a wild fix and the way back do.

    Places of each at instants `motion_step_min` apart: first those from the meeting back, then as many from
    its end on.
    """
    step_h = params.proximity.step_min * MINUTE_S / HOUR_S
    apart_m = np.hypot(*plane_m(*one, *other))
    before_h, after_h = (_apart_h(day_m, params) for day_m in np.split(apart_m, 2, axis=1))
    prior_proximity_h = (apart_m <= params.proximity.separated_min_km * KM_M).sum(axis=1) * step_h
    ways_m = [_ways_m(*places) for places in (one, other)]
    side_by_side = np.maximum(apart_m[:, :-1], apart_m[:, 1:]) <= params.proximity.same_track_within_m
    sailing = np.minimum(*ways_m) >= params.proximity.same_track_from_kn * KNOT_MPS * step_h * HOUR_S
    same_track_h = (side_by_side & sailing).sum(axis=1) * step_h
    for n in range(len(apart_m)):
        sail_kn = (
            _sails_kn(way_m[n], said, params) for way_m, said in zip(ways_m, reported_kn[n], strict=True)
        )
        hours = before_h[n], after_h[n], float(prior_proximity_h[n])
        yield {
            "separated_before_h": hours[0],
            "separated_after_h": hours[1],
            "prior_proximity_h": hours[2],
            "proximity_history": _company(*hours, params),
            "same_track_h": float(same_track_h[n]),
            "fastest_kn": max((kn for kn in sail_kn if kn is not None), default=None),
        }


def _ways_m(lon: Float64, lat: Float64) -> Float64:
    """Return the ways over each step; 0 where not known, and from before a meeting to after it."""
    ways_m = np.nan_to_num(np.hypot(*plane_m(lon[:, :-1], lat[:, :-1], lon[:, 1:], lat[:, 1:])))
    ways_m[:, lon.shape[1] // 2 - 1] = 0.0
    return ways_m


def _sails_kn(way_m: Float64, reported_kn: float, params: StsParams) -> float | None:
    """Return how fast a vessel sails at most; None where she was not seen to sail for long enough."""
    kn = way_m / (params.proximity.step_min * MINUTE_S) / KNOT_MPS
    sailing = kn[kn >= params.proximity.fastest_from_kn]
    if len(sailing) * params.proximity.step_min < params.proximity.fastest_seen_min:
        return None
    fastest_kn = quantile_of(sailing, params.proximity.fastest_share)
    return min(fastest_kn, reported_kn) if reported_kn >= params.proximity.fastest_from_kn else fastest_kn


def _company(
    before_h: float | None, after_h: float | None, prior_proximity_h: float, params: StsParams
) -> str | None:
    """Return ``met`` for two that came together and parted, ``always`` for two that were never seen apart.

    ``mostly`` are two that were seen apart, but for less of the time than in company.
    """
    if before_h is None or after_h is None:
        return None
    if max(before_h, after_h) < params.proximity.split_min_h:
        return "always"
    if prior_proximity_h > max(params.proximity.together_min_h, before_h + after_h):
        return "mostly"
    return "met" if min(before_h, after_h) >= params.proximity.split_min_h else "part"


def _apart_h(apart_m: Float64, params: StsParams) -> list[float | None]:
    """Return for how long two were over `apart_min_km` apart, by instants a step apart; NaN is not known."""
    hours = (
        (apart_m > params.proximity.separated_min_km * KM_M).sum(axis=1)
        * params.proximity.step_min
        * MINUTE_S
        / HOUR_S
    )
    unknown = np.asarray(np.isnan(apart_m).all(axis=1)).tolist()
    return [None if is_unknown else h for h, is_unknown in zip(hours.tolist(), unknown, strict=True)]
