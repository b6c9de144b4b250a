"""The hours before and after an encounter: approach, departure, separation and speed of the two."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from detectors.core.quantiles import quantile_of
from detectors.core.units import HOUR_S, KM_M, KNOT_MPS, MINUTE_S
from detectors.kernels.encounters.legs import highest_reported
from detectors.kernels.geometry.geodesy import plane_m
from detectors.kernels.tracks.resample import places_at

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from detectors.core.measures import Values
    from detectors.scene import Scene
    from detectors.sts_transfer.params import StsParams
    from detectors.sts_transfer.params.proximity import ProximityParams
    from detectors.tracks.reports import Float64, Int64

    Positions = tuple[Float64, Float64]
    """Longitudes and latitudes, a row per encounter and a column per instant; NaN where not known."""

ENCOUNTERS_AT_ONCE = 2048
"""Encounters examined together; bounds the memory, changes no result."""

ENDS = 4
"""Instants of approach and departure: the begin and the end of each."""


def proximity_histories(
    scene: Scene, segments: Int64, spans_s: Float64, params: StsParams
) -> Iterator[Values]:
    """Yield approach, departure and proximity history of each encounter.

    `segments` and `spans_s`, start and end in seconds, have a row per encounter. A position inside a gap
    longer than `bridge_max_h` is not known.
    """
    for first in range(0, len(segments), ENCOUNTERS_AT_ONCE):
        part = slice(first, first + ENCOUNTERS_AT_ONCE)
        yield from _of_part(scene, segments[part], spans_s[part], params)


def _of_part(scene: Scene, segments: Int64, spans_s: Float64, params: StsParams) -> Iterator[Values]:
    leg_s, step_s = params.motion.approach_h * HOUR_S, params.proximity.step_min * MINUTE_S
    offsets_s = np.arange(step_s, params.proximity.look_h * HOUR_S + 1.0, step_s)
    start_s, end_s = spans_s[:, :1], spans_s[:, 1:]
    at_s = np.hstack((start_s - leg_s, start_s, end_s, end_s + leg_s, start_s - offsets_s, end_s + offsets_s))
    one, other = (positions_of(scene, segments[:, side], at_s, params.proximity) for side in (0, 1))
    legs = [
        _leg_measures((lon[:, :ENDS], lat[:, :ENDS]), leg_s, number)
        for number, (lon, lat) in (("1", one), ("2", other))
    ]
    around = ((lon[:, ENDS:], lat[:, ENDS:]) for lon, lat in (one, other))
    reported_kn = highest_sog_kn(scene, segments, spans_s, params.proximity)
    histories = proximity_history_of(next(around), next(around), reported_kn, params.proximity)
    for first, second, history in zip(*legs, histories, strict=True):
        yield {**first, **second, **history}


def highest_sog_kn(scene: Scene, segments: Int64, spans_s: Float64, params: ProximityParams) -> Float64:
    """Return the highest speed each segment reported around each encounter, shape (n, 2); NaN for none."""
    tracks, margin_s = scene.tracks.segments, params.look_h * HOUR_S
    reported_kn = np.full(segments.shape, np.nan)
    windows = np.stack((spans_s[:, 0] - margin_s, spans_s[:, 1] + margin_s), axis=1)
    for side in (0, 1):
        values = reported_kn[:, side].copy()
        highest_reported(
            segments[:, side], windows, tracks.offsets, tracks.time_s, tracks.row, scene.tracks.sog_kn, values
        )
        reported_kn[:, side] = values
    return reported_kn


def positions_of(scene: Scene, segments: Int64, at_s: Float64, params: ProximityParams) -> Positions:
    """Return longitudes and latitudes of each segment at its row of times; NaN where not known."""
    tracks = scene.tracks.segments
    places = np.empty((*at_s.shape, 2))
    columns = (tracks.offsets, tracks.fixes)
    places_at(segments, at_s, *columns, params.bridge_max_h * HOUR_S, places)
    return places[..., 0], places[..., 1]


def _leg_measures(ends: Positions, leg_s: float, number: str) -> Sequence[Values]:
    """Return speed and course made good of approach and departure, from the two ends of each."""
    lon, lat = ends
    values: list[dict[str, float | None]] = [{} for _ in lon]
    for leg, (begin, end) in (("approach", (0, 1)), ("departure", (2, 3))):
        east_m, north_m = plane_m(lon[:, begin], lat[:, begin], lon[:, end], lat[:, end])
        speed_kn = np.hypot(east_m, north_m) / leg_s / KNOT_MPS
        course_deg = np.degrees(np.arctan2(east_m, north_m)) % 360.0
        for row, speed, course in zip(values, speed_kn.tolist(), course_deg.tolist(), strict=True):
            is_known = np.isfinite(speed)
            row[f"{leg}_speed_{number}_kn"] = speed if is_known else None
            row[f"{leg}_course_{number}_deg"] = course if is_known else None
    return values


def proximity_history_of(
    one: Positions, other: Positions, reported_kn: Float64, params: ProximityParams
) -> Iterator[Values]:
    """Yield how long two were separated and near before and after each encounter, and how they sailed.

    A vessel is not taken to sail faster than the highest speed it reported in these hours (`reported_kn`,
    a column each; NaN where it reported none) if that is a speed of sailing: a wild report and the return
    from it would be.

    The positions of each are `step_min` separated: first those from the encounter backwards, then as many
    from its end on.
    """
    step_h = params.step_min * MINUTE_S / HOUR_S
    separation_m = np.hypot(*plane_m(*one, *other))
    before_h, after_h = (_separated_h(day_m, params) for day_m in np.split(separation_m, 2, axis=1))
    prior_proximity_h = (separation_m <= params.separated_min_km * KM_M).sum(axis=1) * step_h
    step_lengths_m = [_step_lengths_m(*places) for places in (one, other)]
    side_by_side = np.maximum(separation_m[:, :-1], separation_m[:, 1:]) <= params.same_track_within_m
    sailing = np.minimum(*step_lengths_m) >= params.same_track_from_kn * KNOT_MPS * step_h * HOUR_S
    same_track_h = (side_by_side & sailing).sum(axis=1) * step_h
    for n in range(len(separation_m)):
        sustained_kn = (
            _sustained_speed_kn(steps_m[n], sog_kn, params)
            for steps_m, sog_kn in zip(step_lengths_m, reported_kn[n], strict=True)
        )
        hours = before_h[n], after_h[n], float(prior_proximity_h[n])
        yield {
            "separated_before_h": hours[0],
            "separated_after_h": hours[1],
            "prior_proximity_h": hours[2],
            "proximity_history": _proximity_code(*hours, params),
            "same_track_h": float(same_track_h[n]),
            "fastest_kn": max((kn for kn in sustained_kn if kn is not None), default=None),
        }


def _step_lengths_m(lon: Float64, lat: Float64) -> Float64:
    """Return the distance over each step; 0 where not known, and from before an encounter to after it."""
    step_lengths_m = np.nan_to_num(np.hypot(*plane_m(lon[:, :-1], lat[:, :-1], lon[:, 1:], lat[:, 1:])))
    step_lengths_m[:, lon.shape[1] // 2 - 1] = 0.0
    return step_lengths_m


def _sustained_speed_kn(steps_m: Float64, reported_kn: float, params: ProximityParams) -> float | None:
    """Return the sustained speed of a vessel; None where it was not observed sailing for long enough."""
    kn = steps_m / (params.step_min * MINUTE_S) / KNOT_MPS
    sailing = kn[kn >= params.fastest_from_kn]
    if len(sailing) * params.step_min < params.fastest_seen_min:
        return None
    fastest_kn = quantile_of(sailing, params.fastest_share)
    return min(fastest_kn, reported_kn) if reported_kn >= params.fastest_from_kn else fastest_kn


def _proximity_code(
    before_h: float | None, after_h: float | None, prior_proximity_h: float, params: ProximityParams
) -> str | None:
    """Return the code of the prior proximity of two; None where positions are not known.

    ``met`` are two that came together and split, ``always`` two that were never separated for long,
    ``mostly`` two that were separated for less of the time than near; ``part`` are the others.
    """
    if before_h is None or after_h is None:
        return None
    if max(before_h, after_h) < params.split_min_h:
        return "always"
    if prior_proximity_h > max(params.together_min_h, before_h + after_h):
        return "mostly"
    return "met" if min(before_h, after_h) >= params.split_min_h else "part"


def _separated_h(separation_m: Float64, params: ProximityParams) -> list[float | None]:
    """Return for how long two were separated by more than `separated_min_km`; NaN positions are not known."""
    hours = (separation_m > params.separated_min_km * KM_M).sum(axis=1) * params.step_min * MINUTE_S / HOUR_S
    unknown = np.asarray(np.isnan(separation_m).all(axis=1)).tolist()
    return [None if is_unknown else h for h, is_unknown in zip(hours.tolist(), unknown, strict=True)]
