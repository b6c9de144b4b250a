"""Turn a story into position reports, the same ones for the same seed."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import numpy as np

from app.outputs.geojson import rfc3339
from detectors.core.angles import unwrapped_deg, wrapped_deg
from detectors.core.units import HOUR_S, KNOT_MPS
from detectors.kernels.geometry.geodesy import metres_per_degree, plane_m

if TYPE_CHECKING:
    from app.simulator.story import Actor, Story, Waypoint
    from detectors.tracks.reports import Float64

STATIC_COLUMNS = ("imo", "name", "callsign", "ship_type", "length", "width", "draught", "destination")
COLUMNS = ("mmsi", "timestamp", "lon", "lat", "sog", "cog", "heading", "nav_status", *STATIC_COLUMNS)

Row = tuple[float, int, list[object]]
Place = tuple["Float64", "Float64"]


def tracks_csv(story: Story) -> str:
    """Return the story's reports as CSV, in the order of time, as a feed gives them."""
    rng = np.random.default_rng(story.seed)
    actors = {actor.id: actor for actor in story.actors}
    rows = [row for actor in story.actors for row in _rows(actor, actors, story.start.timestamp(), rng)]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(row for _, _, row in sorted(rows, key=lambda r: (r[0], r[1])))
    return out.getvalue()


def _rows(actor: Actor, actors: dict[str, Actor], start_s: float, rng: np.random.Generator) -> list[Row]:
    hours = _report_hours(actor, rng)
    lon, lat = _place(actor, actors, hours)
    sog, cog = _motion(actor, actors, hours)
    east_m, north_m = rng.normal(0.0, actor.noise_m, (2, len(hours)))
    lon, lat = _shifted(lon, lat, east_m, north_m)
    for falsehood in actor.false:
        falsehood.set_positions(hours, lon, lat)
        falsehood.set_motion(hours, sog, cog)
    lon = wrapped_deg(lon)
    statics = [actor.statics.get(name, "") for name in STATIC_COLUMNS]
    rows: list[Row] = []
    for n, hour in enumerate(hours):
        time_s = round(start_s + hour * HOUR_S, 3)
        place = [f"{lon[n]:.6f}", f"{lat[n]:.6f}", f"{sog[n]:.1f}", f"{cog[n]:.1f}", round(cog[n]) % 360]
        rows.append((time_s, actor.mmsi, [actor.mmsi, rfc3339(time_s), *place, actor.nav_status, *statics]))
    return rows


def _report_hours(actor: Actor, rng: np.random.Generator) -> Float64:
    first, last = actor.waypoints[0].at_h, actor.waypoints[-1].at_h
    count = int((last - first) * HOUR_S / actor.interval_s + 1e-6) + 1
    hours = np.asarray(first + np.arange(count) * actor.interval_s / HOUR_S, dtype=np.float64)
    jitter = rng.uniform(-actor.jitter_s, actor.jitter_s, count) / HOUR_S
    hours = np.clip(hours + jitter, first, last)
    for begin, end in actor.silent_h:
        hours = hours[(hours <= begin) | (hours >= end)]
    return hours


def _place(actor: Actor, actors: dict[str, Actor], hours: Float64) -> Place:
    """Positions at some hours: straight between waypoints; with the partner between two beside it."""
    at = np.array([w.at_h for w in actor.waypoints])
    fixed = [_fixed(w, actors) for w in actor.waypoints]
    corners = unwrapped_deg(np.array([lon for lon, _ in fixed]))
    lon = np.interp(hours, at, corners)
    lat = np.interp(hours, at, np.array([lat for _, lat in fixed]))
    for before, after in zip(actor.waypoints, actor.waypoints[1:], strict=False):
        if before.beside and before.beside == after.beside:
            inside = (hours >= before.at_h) & (hours <= after.at_h)
            lon[inside], lat[inside] = _with_partner(before, after, actors, hours[inside])
    return lon, lat


def _fixed(waypoint: Waypoint, actors: dict[str, Actor]) -> tuple[float, float]:
    if waypoint.beside is None:
        return waypoint.lon, waypoint.lat
    lon, lat = _with_partner(waypoint, waypoint, actors, np.array([waypoint.at_h]))
    return float(lon[0]), float(lat[0])


def _with_partner(before: Waypoint, after: Waypoint, actors: dict[str, Actor], hours: Float64) -> Place:
    lon, lat = _place(actors[str(before.beside)], actors, hours)
    at = np.array([before.at_h, after.at_h + 1e-9])
    east_m = np.interp(hours, at, np.array([before.east_m, after.east_m]))
    north_m = np.interp(hours, at, np.array([before.north_m, after.north_m]))
    return _shifted(lon, lat, east_m, north_m)


def _shifted(lon: Float64, lat: Float64, east_m: Float64, north_m: Float64) -> Place:
    per_lon, per_lat = metres_per_degree(lat)
    return lon + east_m / per_lon, lat + north_m / per_lat


def _motion(actor: Actor, actors: dict[str, Actor], hours: Float64) -> tuple[Float64, Float64]:
    """Speed in knots and course in degrees from the path over a minute round each report."""
    half_h = 0.5 / 60.0
    lon_a, lat_a = _place(actor, actors, hours - half_h)
    lon_b, lat_b = _place(actor, actors, hours + half_h)
    east_m, north_m = plane_m(lon_a, lat_a, lon_b, lat_b)
    speed_kn = np.hypot(east_m, north_m) / (2 * half_h * HOUR_S) / KNOT_MPS
    return speed_kn, np.degrees(np.arctan2(east_m, north_m)) % 360.0
