"""False positions of vessels, and innocent positions that are wrong too."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from app.simulator.deceptions.draft import HOUR_S, NoVesselError
from app.simulator.truth import Truth
from app.simulator.vessels.path import KNOT_MPS, moved
from detectors.kernels.geometry.geodesy import plane_m

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.simulator.deceptions.draft import Draft
    from detectors.tracks.reports import Float64, Int64

KIND = "spoofing"
AWAY_M = (250_000.0, 500_000.0)
CLONED_M, CLONED_REPORTS = 120_000.0, 20
JAMMED_M, JAMMED_H = 60_000.0, 3.0


def _truth(label: str, mmsis: tuple[int, ...], span: tuple[float, float], *, is_positive: bool) -> Truth:
    return Truth(KIND, tuple(sorted(mmsis)), *span, label, is_positive)


def _span(
    draft: Draft, low_h: float, high_h: float, *, is_sailing: bool = True
) -> tuple[int, tuple[float, float]]:
    """Return a vessel and a span of so many hours in which it is received."""
    hours = float(draft.rng.uniform(low_h, high_h))
    mmsi, start_s = draft.taken(lasts_h=hours, is_sailing=is_sailing)
    return mmsi, (start_s, start_s + hours * HOUR_S)


def _put(draft: Draft, rows: Int64, lon: Float64, lat: Float64) -> None:
    draft.columns["lon_deg"][rows], draft.columns["lat_deg"][rows] = lon, lat


def fabricated(draft: Draft) -> list[Truth]:
    """Make a track drawn by a computer far away, straight and without noise (V: SkyTruth)."""
    mmsi, span = _span(draft, 8.0, 20.0, is_sailing=False)
    rows, rng = draft.rows(mmsi, *span), draft.rng
    away_m, bearing, course = rng.uniform(*AWAY_M), *rng.uniform(0.0, 2.0 * np.pi, 2)
    begin = moved(*draft.paths[mmsi].at(span[0]), away_m * np.sin(bearing), away_m * np.cos(bearing))
    speed_kn = float(rng.uniform(8.0, 13.0))
    sailed_m = (draft.columns["time_s"][rows] - span[0]) * speed_kn * KNOT_MPS
    _put(draft, rows, *moved(*begin, sailed_m * np.sin(course), sailed_m * np.cos(course)))
    draft.columns["sog_kn"][rows], draft.columns["cog_deg"][rows] = speed_kn, np.degrees(course)
    return [_truth("fabricated", (mmsi,), span, is_positive=True)]


def cloned(draft: Draft) -> list[Truth]:
    """Make another hull far away send its MMSI for half a day and more (V: Lloyd's List, XING SHUN 39)."""
    mmsi, span = _span(draft, 10.0, 20.0, is_sailing=False)
    own_place = np.array(draft.paths[mmsi].at(np.mean(span)))
    for other in draft.free:
        other_place = np.array(draft.paths[other].at(np.mean(span)))
        rows = draft.rows(other, *span)
        if np.hypot(*plane_m(*own_place, *other_place)) > CLONED_M and len(rows) > CLONED_REPORTS:
            draft.add(rows, vessel=mmsi)
            one_track = tuple(sorted((mmsi, other)))
            return [
                _truth("cloned", (mmsi,), span, is_positive=True),
                Truth("identity_change", one_track, *span, "cloned", is_positive=True),
            ]
    raise NoVesselError("no vessel is far enough away to be cloned")


def circling(draft: Draft) -> list[Truth]:
    """Make positions that go round a circle while the vessel is elsewhere (V: SkyTruth)."""
    mmsi, span = _span(draft, 4.0, 10.0, is_sailing=False)
    rows, rng = draft.rows(mmsi, *span), draft.rng
    radius_m, speed_kn = rng.uniform(1000.0, 5000.0), rng.uniform(8.0, 20.0)
    angle = (draft.columns["time_s"][rows] - span[0]) * speed_kn * KNOT_MPS / radius_m
    centre = moved(*draft.paths[mmsi].at(span[0]), *rng.uniform(-30_000.0, 30_000.0, 2))
    off_m = rng.normal(0.0, 8.0, (2, len(rows)))
    _put(
        draft, rows, *moved(*centre, radius_m * np.cos(angle) + off_m[0], radius_m * np.sin(angle) + off_m[1])
    )
    draft.columns["sog_kn"][rows] = speed_kn
    draft.columns["cog_deg"][rows] = np.degrees(-angle) % 360.0
    return [_truth("circling", (mmsi,), span, is_positive=True)]


def frozen(draft: Draft) -> list[Truth]:
    """Make a vessel whose position stands still while it declares that it sails (R)."""
    mmsi, span = _span(draft, 4.0, 9.0)
    rows = draft.rows(mmsi, *span)
    _put(draft, rows, draft.columns["lon_deg"][rows[:1]], draft.columns["lat_deg"][rows[:1]])
    return [_truth("frozen", (mmsi,), span, is_positive=True)]


def wild_fixes(draft: Draft) -> list[Truth]:
    """Make a vessel with a few positions far off, one at a time (S: every feed has them)."""
    mmsi, _ = draft.taken(lasts_h=6.0, is_sailing=False)
    rows = draft.rows(mmsi)
    wild = draft.rng.choice(rows[1:-1], 3, replace=False)
    away_m = draft.rng.uniform(30_000.0, 900_000.0, 3) * draft.rng.choice((-1.0, 1.0), (2, 3))
    _put(draft, wild, *moved(draft.columns["lon_deg"][wild], draft.columns["lat_deg"][wild], *away_m))
    return [_whole("wild_fixes", mmsi, draft)]


def dead_sensor(draft: Draft) -> list[Truth]:
    """Make a vessel whose transponder always declares a speed of zero (S)."""
    mmsi, _ = draft.taken(lasts_h=6.0)
    draft.columns["sog_kn"][draft.rows(mmsi)] = 0.0
    return [_whole("dead_sensor", mmsi, draft)]


def late_reports(draft: Draft) -> list[Truth]:
    """Make a vessel of which some hours are repeated under a clock that is two hours late (S)."""
    mmsi, start_s = draft.taken(lasts_h=5.0)
    rows = draft.rows(mmsi, start_s, start_s + 2.0 * HOUR_S)
    draft.add(rows, time_s=draft.columns["time_s"][rows] + 2.0 * HOUR_S)
    return [_whole("late_reports", mmsi, draft)]


def _whole(label: str, mmsi: int, draft: Draft) -> Truth:
    times = draft.columns["time_s"][draft.rows(mmsi)]
    return _truth(label, (mmsi,), (float(times[0]), float(times[-1])), is_positive=False)


def jammed(draft: Draft) -> list[Truth]:
    """Make all vessels of an area show one wrong place for some hours (V: SeaSpoofFinder)."""
    time_s, rng = draft.columns["time_s"], draft.rng
    seen = int(rng.choice(np.flatnonzero(time_s < time_s.max() - JAMMED_H * HOUR_S)))
    start_s = float(time_s[seen])
    lon, lat = draft.columns["lon_deg"], draft.columns["lat_deg"]
    place = lon[seen], lat[seen]
    during = (time_s >= start_s) & (time_s < start_s + JAMMED_H * HOUR_S)
    rows = np.flatnonzero(
        during
        & (np.hypot(*plane_m(np.full_like(lon, place[0]), np.full_like(lat, place[1]), lon, lat)) < JAMMED_M)
    )
    false = moved(*place, *rng.choice((-1.0, 1.0), 2) * 90_000.0)
    _put(draft, rows, *moved(*false, *rng.normal(0.0, 300.0, (2, len(rows)))))
    mmsis = tuple(int(n) for n in np.unique(draft.columns["vessel"][rows]))
    draft.free = [mmsi for mmsi in draft.free if mmsi not in mmsis]
    return [_truth("jammed", mmsis, (start_s, start_s + JAMMED_H * HOUR_S), is_positive=False)]


POSITIVES: tuple[Callable[[Draft], list[Truth]], ...] = (fabricated, cloned, circling, frozen)
INNOCENT: tuple[Callable[[Draft], list[Truth]], ...] = (wild_fixes, dead_sensor, late_reports)
