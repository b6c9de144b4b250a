"""Positions that go round an exact circle."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from detectors.angles import unwrapped_deg
from detectors.kernels.spoof import circle_parts
from detectors.spoofing_sign import CIRCLING, Sign, on_plane_m, run_sign
from detectors.units import HOUR_S, KM_M, KNOT_MPS

if TYPE_CHECKING:
    from detectors.base import Scene
    from detectors.spoofing_params import SpoofingParams
    from detectors.tracks.reports import Float64

LEADS = (0.0, 0.5)
"""Parts are cut twice, the second time half a part later: no circle is lost between two of them."""

NEARLY = 1.5
"""What a part of a track may err by, before the circle is laid through all reports on it."""

ARC_RAD = 1.0
"""A part of a track must go so far round: flatter arcs are courses that bend."""

GROW = 2.0
"""A circle goes on while reports lie within so many times the allowed distance of it."""

RATE_STEP_S = 120.0
"""Rates are measured over this time at least."""

STEADY_RATE, STEADY_SHARE = 0.15, 0.9
"""The rate is constant where so many steps of angle per second differ so little from the middle one."""


@dataclass(frozen=True)
class Circle:
    """A circle and the reports on it, counted in the hulls' columns."""

    first: int
    last: int
    radius_m: float
    off_m: float
    laps: float
    speed_mps: float
    is_steady: bool


def circling(scene: Scene, params: SpoofingParams) -> tuple[list[Sign], int]:
    """Return the circles of all hulls, and the parts of tracks that were laid on one."""
    hulls = scene.tracks.hulls
    circles: dict[int, Circle] = {}
    looked_at = 0
    for lead in LEADS:
        parts, fits = circle_parts(
            hulls.offsets,
            hulls.time_s,
            hulls.lon_deg,
            hulls.lat_deg,
            params.circle_min_h * HOUR_S,
            int(params.circle_reports),
            params.silence_max_h * HOUR_S,
            lead,
        )
        radius_m, off_m, made_m = fits.T
        near = (radius_m >= params.circle_min_m / NEARLY) & (radius_m <= NEARLY * params.circle_max_m)
        near &= off_m <= NEARLY * params.circle_off_share * radius_m
        lasted_s = hulls.time_s[parts[:, 1]] - hulls.time_s[parts[:, 0]]
        near &= made_m >= np.maximum(ARC_RAD * radius_m, params.circle_kn * KNOT_MPS / NEARLY * lasted_s)
        looked_at += int(near.sum())
        for n in np.flatnonzero(near):
            first, last = (int(row) for row in parts[n])
            if any(c.first <= first and last <= c.last for c in _near(circles, first)):
                continue
            circle = _grown(scene, first, last, params)
            if circle:
                circles[circle.first] = circle
    return [_circling(scene, circle) for circle in circles.values()], looked_at


def _near(circles: dict[int, Circle], row: int) -> list[Circle]:
    """Return the last circle that begins at a row or before it."""
    before = [first for first in circles if first <= row]
    return [circles[max(before)]] if before else []


def _grown(scene: Scene, first: int, last: int, params: SpoofingParams) -> Circle | None:
    """Return the circle that holds a part of a track and all reports next to it; None if it is none."""
    centre = _fitted(scene, first, last)
    if centre is None or centre[3] > params.circle_off_share * centre[2]:
        return None
    first, last = _extent(scene, first, last, centre, params)
    fitted = _fitted(scene, first, last)
    if fitted is None:
        return None
    east, north, radius_m, off_m = fitted
    if not params.circle_min_m <= radius_m <= params.circle_max_m:
        return None
    if off_m > params.circle_off_share * radius_m:
        return None
    x, y = _plane(scene, first, first, last)
    return _judged(scene, first, last, (x - east, y - north), radius_m, off_m, params)


def _judged(
    scene: Scene,
    first: int,
    last: int,
    from_centre: tuple[Float64, Float64],
    radius_m: float,
    off_m: float,
    params: SpoofingParams,
) -> Circle | None:
    hulls = scene.tracks.hulls
    angle_deg = np.degrees(np.arctan2(from_centre[1], from_centre[0]))
    round_deg = np.sort(angle_deg % 360.0)
    gap_deg = float(np.diff(round_deg, append=round_deg[0] + 360.0).max())
    steps_s = np.diff(hulls.time_s[first : last + 1])
    steps_m = np.hypot(np.diff(from_centre[0]), np.diff(from_centre[1]))
    moved = steps_s > 0
    speed_mps = float(np.median(steps_m[moved] / steps_s[moved])) if moved.any() else 0.0
    lasted_s = float(hulls.time_s[last] - hulls.time_s[first])
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
        off_m=off_m,
        laps=laps,
        speed_mps=speed_mps,
        is_steady=_is_steady(hulls.time_s[first : last + 1], turned),
    )


def _is_steady(time_s: Float64, turned_deg: Float64) -> bool:
    """Tell whether angles change at one rate; over two minutes at least, so that noise counts for little."""
    lag = max(1, int(np.ceil(RATE_STEP_S / max(float(np.median(np.diff(time_s))), 1.0))))
    rates = (turned_deg[lag:] - turned_deg[:-lag]) / np.maximum(time_s[lag:] - time_s[:-lag], 1.0)
    middle = float(np.median(rates))
    return float(np.mean(np.abs(rates - middle) <= STEADY_RATE * abs(middle))) >= STEADY_SHARE


def _plane(scene: Scene, origin: int, first: int, last: int) -> tuple[Float64, Float64]:
    """Return reports on the plane at report `origin`, in metres."""
    hulls = scene.tracks.hulls
    rows = np.append(origin, np.arange(first, last + 1))
    x, y = on_plane_m(hulls.lon_deg[rows], hulls.lat_deg[rows])
    return x[1:], y[1:]


def _fitted(scene: Scene, first: int, last: int) -> tuple[float, float, float, float] | None:
    """Return east and north of the centre from the first report, radius, and distance from it, metres."""
    x, y = _plane(scene, first, first, last)
    scale = max(float(np.abs(x).max()), float(np.abs(y).max()), 1.0)
    x, y = x / scale, y / scale
    matrix = np.stack([x, y, np.ones(len(x))], axis=1)
    (a, b, c), *_ = np.linalg.lstsq(matrix, x * x + y * y, rcond=None)
    square = c + 0.25 * (a * a + b * b)
    if square <= 0.0:
        return None
    radius = float(np.sqrt(square))
    off = np.hypot(x - 0.5 * a, y - 0.5 * b) - radius
    return (
        0.5 * float(a) * scale,
        0.5 * float(b) * scale,
        radius * scale,
        float(np.sqrt((off**2).mean())) * scale,
    )


def _extent(
    scene: Scene, first: int, last: int, fit: tuple[float, float, float, float], params: SpoofingParams
) -> tuple[int, int]:
    """Return the first and last report of the hull that lie on the circle without a break."""
    hulls = scene.tracks.hulls
    east, north, radius_m, _ = fit
    hull = int(np.searchsorted(hulls.offsets, first, side="right")) - 1
    begin, end = int(hulls.offsets[hull]), int(hulls.offsets[hull + 1]) - 1
    x, y = _plane(scene, first, begin, end)
    on = np.abs(np.hypot(x - east, y - north) - radius_m) <= GROW * params.circle_off_share * radius_m
    broken = np.flatnonzero(
        ~(on[1:] & on[:-1]) | (np.diff(hulls.time_s[begin : end + 1]) > params.silence_max_h * HOUR_S)
    )
    middle = (first + last) // 2 - begin
    before, after = broken[broken < middle], broken[broken >= middle]
    return (
        begin + (int(before[-1]) + 1 if len(before) else 0),
        begin + (int(after[0]) if len(after) else end - begin),
    )


def _circling(scene: Scene, circle: Circle) -> Sign:
    hulls = scene.tracks.hulls
    return run_sign(
        scene,
        CIRCLING,
        circle.first,
        circle.last,
        {
            "circle_km": circle.radius_m / KM_M,
            "circle_off_share": circle.off_m / circle.radius_m,
            "circle_h": float(hulls.time_s[circle.last] - hulls.time_s[circle.first]) / HOUR_S,
            "circle_reports": circle.last - circle.first + 1,
            "laps": circle.laps,
            "circle_kn": circle.speed_mps / KNOT_MPS,
            "steady_rate": circle.is_steady,
        },
    )
