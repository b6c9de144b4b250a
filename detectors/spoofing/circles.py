"""Circling: positions that follow an exact circle."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from detectors.core.angles import unwrapped_deg
from detectors.core.units import HOUR_S, KM_M, KNOT_MPS
from detectors.kernels.spoofing.circles import PartRule, circle_parts, grown_circles
from detectors.spoofing.sign import CIRCLING, Sign, on_plane_m, run_sign

if TYPE_CHECKING:
    from collections.abc import Iterator

    from detectors.scene import Scene
    from detectors.spoofing.params import SpoofingParams
    from detectors.tracks.reports import Float64, Int64

OFFSETS = (0.0, 0.5)
"""Parts are cut twice, the second time half a part later: no circle is lost between two of them."""

TOLERANCE = 1.5
"""Factor by which a part of a track may miss the limits, before the circle is fitted to all its reports."""

ARC_RAD = 1.0
"""A part of a track must go so far round: flatter arcs are courses that bend."""

GROWTH = 2.0
"""A circle continues while reports lie within so many times the allowed distance of it."""

RATE_STEP_S = 120.0
"""Rates are measured over this time at least."""

STEADY_RATE, STEADY_SHARE = 0.15, 0.9
"""The rate is constant where so many steps of angle per second differ so little from the middle one."""


@dataclass(frozen=True)
class Circle:
    """A circle and the reports on it, counted in the segments' columns."""

    first: int
    last: int
    radius_m: float
    error_m: float
    laps: float
    speed_mps: float
    is_steady: bool


def circling(scene: Scene, params: SpoofingParams) -> tuple[list[Sign], int]:
    """Return the signs of circles of all segments, and the number of parts of tracks examined."""
    segments = scene.tracks.segments
    circles: dict[int, Circle] = {}
    examined = 0
    rule = PartRule(params.circle_min_h * HOUR_S, int(params.circle_reports), params.gap_max_h * HOUR_S)
    for offset in OFFSETS:
        parts, fits = circle_parts(segments.offsets, segments.fixes, rule, offset)
        radius_m, error_m, made_m = fits.T
        near = (radius_m >= params.circle_min_m / TOLERANCE) & (radius_m <= TOLERANCE * params.circle_max_m)
        near &= error_m <= TOLERANCE * params.circle_off_share * radius_m
        lasted_s = segments.time_s[parts[:, 1]] - segments.time_s[parts[:, 0]]
        near &= made_m >= np.maximum(ARC_RAD * radius_m, params.circle_kn * KNOT_MPS / TOLERANCE * lasted_s)
        examined += int(near.sum())
        for part, circle in zip(parts[near].tolist(), _grown(scene, parts[near], params), strict=True):
            first, last = part
            if circle and not any(c.first <= first and last <= c.last for c in _near(circles, first)):
                circles[circle.first] = circle
    return [_circling(scene, circle) for circle in circles.values()], examined


def _near(circles: dict[int, Circle], row: int) -> list[Circle]:
    """Return the last circle that begins at a row or before it."""
    before = [first for first in circles if first <= row]
    return [circles[max(before)]] if before else []


def _grown(scene: Scene, parts: Int64, params: SpoofingParams) -> Iterator[Circle | None]:
    """Yield the circle that holds each part of a track and all adjacent reports; None if it is none."""
    segments = scene.tracks.segments
    rows, fits = grown_circles(
        segments.offsets,
        segments.fixes,
        parts,
        params.circle_off_share,
        GROWTH,
        params.gap_max_h * HOUR_S,
    )
    radius_m, error_m = fits[:, 2], fits[:, 3]
    is_one = (radius_m >= params.circle_min_m) & (radius_m <= params.circle_max_m)
    is_one &= error_m <= params.circle_off_share * radius_m
    for (first, last), fit, is_circle in zip(rows.tolist(), fits.tolist(), is_one.tolist(), strict=True):
        yield _judged(scene, first, last, fit, params) if is_circle else None


def _judged(
    scene: Scene,
    first: int,
    last: int,
    fit: tuple[float, float, float, float],
    params: SpoofingParams,
) -> Circle | None:
    segments = scene.tracks.segments
    east_m, north_m, radius_m, error_m = fit
    x, y = on_plane_m(segments.lon_deg[first : last + 1], segments.lat_deg[first : last + 1])
    from_centre = (x - east_m, y - north_m)
    angle_deg = np.degrees(np.arctan2(from_centre[1], from_centre[0]))
    round_deg = np.sort(angle_deg % 360.0)
    gap_deg = float(np.diff(round_deg, append=round_deg[0] + 360.0).max())
    steps_s = np.diff(segments.time_s[first : last + 1])
    steps_m = np.hypot(np.diff(from_centre[0]), np.diff(from_centre[1]))
    moved = steps_s > 0
    speed_mps = float(np.median(steps_m[moved] / steps_s[moved])) if moved.any() else 0.0
    lasted_s = float(segments.time_s[last] - segments.time_s[first])
    if gap_deg > params.circle_gap_deg or lasted_s < params.circle_min_h * HOUR_S:
        return None
    if speed_mps < params.circle_kn * KNOT_MPS or last - first + 1 < params.circle_reports:
        return None
    turned = unwrapped_deg(angle_deg)
    laps = float(np.abs(np.diff(turned)).sum()) / 360.0
    if laps < params.circle_laps:
        return None
    return Circle(
        first=first,
        last=last,
        radius_m=radius_m,
        error_m=error_m,
        laps=laps,
        speed_mps=speed_mps,
        is_steady=_is_steady(segments.time_s[first : last + 1], turned),
    )


def _is_steady(time_s: Float64, turned_deg: Float64) -> bool:
    """Return whether angles change at one rate, over two minutes at least, so that noise matters little."""
    lag = min(
        len(time_s) - 1, max(1, int(np.ceil(RATE_STEP_S / max(float(np.median(np.diff(time_s))), 1.0))))
    )
    rates = (turned_deg[lag:] - turned_deg[:-lag]) / np.maximum(time_s[lag:] - time_s[:-lag], 1.0)
    middle = float(np.median(rates))
    return float(np.mean(np.abs(rates - middle) <= STEADY_RATE * abs(middle))) >= STEADY_SHARE


def _circling(scene: Scene, circle: Circle) -> Sign:
    segments = scene.tracks.segments
    return run_sign(
        scene,
        CIRCLING,
        circle.first,
        circle.last,
        {
            "circle_km": circle.radius_m / KM_M,
            "circle_off_share": circle.error_m / circle.radius_m,
            "circle_h": float(segments.time_s[circle.last] - segments.time_s[circle.first]) / HOUR_S,
            "circle_reports": circle.last - circle.first + 1,
            "laps": circle.laps,
            "circle_kn": circle.speed_mps / KNOT_MPS,
            "steady_rate": circle.is_steady,
        },
    )
