"""Port calls: a segment comes to a port, stops, and leaves; reported for the DPRK, Vostochny and Nakhodka.

The definition and its limits are in docs/definitions/port_call.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from detectors.core.chart_ids import RUSSIAN_TERMINALS, TERRITORIAL_SEA
from detectors.core.findings import Detection, Finding, NearMiss, nearest
from detectors.core.units import HOUR_S, KM_M, KNOT_MPS, MINUTE_S
from detectors.kernels.tracks.calls import calls, stops
from detectors.vessels.flags import DPRK_MID

if TYPE_CHECKING:
    from detectors.core.measures import Values
    from detectors.port_call.params import PortCallParams
    from detectors.scene import Scene
    from detectors.tracks.reports import Float64, Int64
    from geodata.ports import Port

NAME = "port_call"
DPRK = "KP"
AT_PORT, AT_WATERS, AT_TERMINAL, AT_OTHER = "dprk_port", "dprk_waters", "russian_terminal", "other_port"
AT_ANCHOR, MOORED = 1, 5
MID_PLACE = 1_000_000
"""The MMSI of a ship begins with the three digits of its country, followed by six others."""


@dataclass(frozen=True, eq=False)
class Stops:
    """Runs of stopped intervals at a possible place of call: rows (runs, 2), and its position.

    `port` is None for a place in the DPRK territorial sea that is no port of the chart.
    """

    runs: Int64
    lon_deg: Float64
    lat_deg: Float64
    port: tuple[Port | None, ...]
    port_m: Float64
    """Distance from the middle report of the stop to the chart's position of the port."""


def detect(scene: Scene, params: PortCallParams) -> Detection:
    """Find the calls of each segment; those at ports that are not reported are candidates."""
    segments = scene.tracks.segments
    speed = segments.speed_mps(params.speed_window_min * MINUTE_S, params.observed_max_h * HOUR_S)
    runs = stops(segments.offsets, speed, params.stop_kn * KNOT_MPS, params.start_kn * KNOT_MPS)
    places = _places(scene, runs, params)
    visits = _calls(scene, places, params)
    stopped_s = _stopped_s(segments.time_s, runs, visits)
    is_long = stopped_s >= params.stopped_min * MINUTE_S
    reportable = [
        _finding(scene, places, visits[n], float(stopped_s[n]), params) for n in np.flatnonzero(is_long)
    ]
    reportable.sort(key=lambda f: (f.start_s, f.vessels, f.rows))
    findings = tuple(f for f in reportable if f.measures["called_at"] != AT_OTHER)
    candidates = tuple(f for f in reportable if f.measures["called_at"] == AT_OTHER)
    return Detection(
        findings=findings,
        candidates=candidates,
        examined={
            "stops": len(runs),
            "calls": len(reportable),
            "reported": len(findings),
            "calls_at_other_ports": len(candidates),
        },
        near_misses=_near_misses(scene, places, visits[~is_long], stopped_s[~is_long], params),
    )


def _places(scene: Scene, runs: Int64, params: PortCallParams) -> Stops:
    """Return the stops at a port or in the DPRK territorial sea; a port claims its stops first."""
    segments, world = scene.tracks.segments, scene.world
    middle = runs.sum(axis=1) // 2
    lon, lat = segments.lon_deg[middle], segments.lat_deg[middle]
    near = world.nearest_ports(lon, lat)
    error_m = np.array([port.error_m for port in world.ports] or [0.0])[near.index]
    at_port = near.distance_m <= params.enter_km * KM_M + error_m
    keep = at_port.copy()
    keep[~at_port] = world.in_zone(TERRITORIAL_SEA, lon[~at_port], lat[~at_port])
    kept = np.flatnonzero(keep)
    ports = tuple(near.port(int(n)) if at_port[n] else None for n in kept)
    return Stops(runs[kept], lon[kept], lat[kept], ports, near.distance_m[kept])


def _calls(scene: Scene, places: Stops, params: PortCallParams) -> Int64:
    segments = scene.tracks.segments
    error_m = np.array([port.error_m if port else 0.0 for port in places.port])
    centre_lon = np.array(
        [p.lon if p else lon for p, lon in zip(places.port, places.lon_deg, strict=True)], np.float64
    )
    centre_lat = np.array(
        [p.lat if p else lat for p, lat in zip(places.port, places.lat_deg, strict=True)], np.float64
    )
    radii = (params.enter_km * KM_M + error_m, params.leave_km * KM_M + error_m)
    track = (segments.offsets, segments.fixes)
    return calls(*track, places.runs, centre_lon, centre_lat, *radii, params.bridge_max_h * HOUR_S)


def _stopped_s(time_s: Float64, runs: Int64, visits: Int64) -> Float64:
    """Return the time stopped inside each call (columns 1 and 2 of `visits` bound it)."""
    if not len(visits):
        return np.empty(0)
    begin_s, end_s = time_s[runs[:, 0]], time_s[runs[:, 1]]
    before_s = np.concatenate(([0.0], np.cumsum(end_s - begin_s)))

    def until(rows: Int64) -> Float64:
        begun = np.searchsorted(runs[:, 0], rows, side="right")
        running = np.maximum(begun - 1, 0)
        inside = (begun > 0) & (rows < runs[running, 1])
        beyond_s = np.where(inside, end_s[running] - time_s[rows], 0.0)
        return np.asarray(before_s[begun] - beyond_s)

    return until(visits[:, 2]) - until(visits[:, 1])


def _finding(scene: Scene, places: Stops, call: Int64, stopped_s: float, params: PortCallParams) -> Finding:
    segments, tracks = scene.tracks.segments, scene.tracks
    stop, first, last, stop_count = (int(value) for value in call)
    segment = int(np.searchsorted(segments.offsets, first, side="right")) - 1
    vessel, port = int(segments.vessel_index[segment]), places.port[stop]
    rows = (int(segments.row[first]), int(segments.row[last]))
    start_s, last_s, bridge_s = (
        float(segments.time_s[first]),
        float(segments.time_s[last]),
        params.bridge_max_h * HOUR_S,
    )
    is_last = last + 1 == segments.offsets[segment + 1]
    lasts = is_last and scene.now_s - last_s <= bridge_s
    steps_s = np.diff(segments.time_s[first : last + 1])
    return Finding(
        kind=NAME,
        start_s=start_s,
        end_s=None if lasts else last_s,
        vessels=(vessel,),
        rows=rows,
        anchors=rows[:1],
        path=((float(places.lon_deg[stop]), float(places.lat_deg[stop])),),
        behaved_until_s=last_s,
        observed_until_s=last_s,
        measures={
            **_port_measures(port, float(places.port_m[stop])),
            "stopped_h": stopped_s / HOUR_S,
            "stops": stop_count,
            "elapsed_h": (last_s - start_s) / HOUR_S,
            "longest_gap_h": float(steps_s.max(initial=0.0)) / HOUR_S,
            "arrival_seen": _is_observed(
                segments.time_s, first - 1, first, int(segments.offsets[segment]), bridge_s
            ),
            "departure_seen": not is_last and bool(segments.time_s[last + 1] - last_s <= bridge_s),
            "moored_share": float(
                np.isin(tracks.nav_status[segments.row[first : last + 1]], (AT_ANCHOR, MOORED)).mean()
            ),
            "home_flag": _is_home_flag(port, int(tracks.vessel[vessel])),
        },
    )


def _is_observed(time_s: Float64, before: int, first: int, begin: int, bridge_s: float) -> bool:
    """Return whether the segment was received before the call, and not too long before."""
    return before >= begin and bool(time_s[first] - time_s[before] <= bridge_s)


def _port_measures(port: Port | None, port_m: float) -> Values:
    if port is None:
        return {"called_at": AT_WATERS, "called_port": None, "called_country": DPRK, "called_port_km": None}
    return {
        "called_at": _class_of_port(port),
        "called_port": port.name,
        "called_country": port.country,
        "called_port_km": port_m / KM_M,
    }


def _class_of_port(port: Port) -> str:
    if port.country == DPRK:
        return AT_PORT
    return AT_TERMINAL if port.id in RUSSIAN_TERMINALS else AT_OTHER


def _is_home_flag(port: Port | None, mmsi: int) -> bool:
    """Return whether a vessel under a DPRK MMSI is in DPRK waters."""
    return mmsi // MID_PLACE == DPRK_MID and (port is None or port.country == DPRK)


def _near_misses(
    scene: Scene, places: Stops, visits: Int64, stopped_s: Float64, params: PortCallParams
) -> tuple[NearMiss, ...]:
    """Return the stops at reported places that were too short."""
    segments, misses = scene.tracks.segments, []
    for call, seconds in zip(visits, stopped_s, strict=True):
        port = places.port[int(call[0])]
        if port is not None and _class_of_port(port) == AT_OTHER:
            continue
        segment = int(np.searchsorted(segments.offsets, call[1], side="right")) - 1
        vessel, start_s = (int(segments.vessel_index[segment]),), float(segments.time_s[call[1]])
        value = float(seconds) / MINUTE_S
        misses.append(NearMiss(NAME, vessel, start_s, "stopped_min", value, params.stopped_min, "min"))
    return nearest(misses)
