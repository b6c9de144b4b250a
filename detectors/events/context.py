"""Context of a finding: place, shore, ports, zones, identities of the vessels. Values for the score."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from detectors.core.chart_ids import DISPUTED, EEZ_CLAIMED, NEAR_DPRK, TERRITORIAL_SEA
from detectors.core.units import KM_M
from detectors.events.surroundings import CARGO, Surroundings
from geodata.sun import night_shares

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from detectors.behaviour.behaviour import Judged
    from detectors.core.findings import Finding
    from detectors.core.measures import Value, Values
    from detectors.kind import Kind
    from detectors.scene import Scene
    from detectors.tracks.reports import Float64
    from detectors.vessels.vessel import Vessel
    from geodata.ports import Port
    from geodata.world import World
    from geodata.zones import Zone


@dataclass(frozen=True)
class Place:
    """Chart and sun at a finding: the zones that it touches, least distances, share of time by night.

    `dprk_m` is the least distance to waters that the DPRK holds or claims (`NEAR_DPRK`): 0 inside, inf where
    the chart has none.
    """

    zones: tuple[Zone, ...]
    shore_m: float
    on_land: bool
    port: Port | None
    port_m: float
    dprk_m: float
    night_share: float


def places_of(findings: Sequence[Finding], world: World, now_s: float) -> list[Place]:
    """Return what the chart holds at the places of each finding, and how much of its time was night there.

    All are looked up together: a lookup for one place costs a hundred times its answer.
    """
    if not findings:
        return []
    lon, lat = np.array([point for finding in findings for point in finding.path]).T.copy()
    starts = np.cumsum([0, *(len(finding.path) for finding in findings[:-1])])
    zones_held = [np.logical_or.reduceat(world.in_zone(zone.id, lon, lat), starts) for zone in world.zones]
    shore_m = np.minimum.reduceat(world.shore_distance_m(lon, lat), starts)
    on_land = np.logical_or.reduceat(world.on_land(lon, lat), starts)
    dprk_m = np.min([world.distance_to_zone_m(zone, lon, lat) for zone in NEAR_DPRK], axis=0)
    dprk_m = np.minimum.reduceat(dprk_m, starts)
    ports = world.nearest_ports(lon, lat)
    nights = _nights(findings, lon[starts], lat[starts], now_s)
    places = []
    for n, (first, last) in enumerate(pairwise([*starts.tolist(), len(lon)])):
        nearest = first + int(np.argmin(ports.distance_m[first:last]))
        places.append(
            Place(
                zones=tuple(zone for zone, holds in zip(world.zones, zones_held, strict=True) if holds[n]),
                shore_m=float(shore_m[n]),
                on_land=bool(on_land[n]),
                port=ports.port(nearest),
                port_m=float(ports.distance_m[nearest]),
                dprk_m=float(dprk_m[n]),
                night_share=float(nights[n]),
            )
        )
    return places


def _nights(findings: Sequence[Finding], lon: Float64, lat: Float64, now_s: float) -> Float64:
    """Return the shares of the findings' times that were night at their first places."""
    start_s = np.array([finding.start_s for finding in findings])
    end_s = np.array([now_s if finding.end_s is None else finding.end_s for finding in findings])
    return night_shares(lon, lat, start_s, np.maximum(start_s, end_s))


def surrounding_measures(
    kind: Kind[Any],
    finding: Finding,
    place: Place,
    vessels: tuple[Vessel, ...],
    scene: Scene,
    judged: Judged,
) -> Values:
    """Return what the chart, the static data and the behaviour of the vessels add to a finding."""
    identity = _identity_measures(vessels)
    around = Surroundings(_waters(place.zones), identity["trade"])
    return {
        **_place_measures(place, around),
        "night_share": place.night_share,
        **identity,
        **(kind.from_surroundings(finding, around) if kind.from_surroundings else {}),
        **(_behaviour(finding, scene, judged) if kind.weighs_behaviour else {}),
        "dprk_waters": around.waters,
        "working_area": any(z.status == "working_area" for z in place.zones),
    }


def _waters(zones: tuple[Zone, ...]) -> str:
    zones_held = {zone.id for zone in zones}
    for name, zone_id in (("territorial_sea", TERRITORIAL_SEA), ("disputed", DISPUTED), ("eez", EEZ_CLAIMED)):
        if zone_id in zones_held:
            return name
    return "none"


def _place_measures(place: Place, around: Surroundings) -> Values:
    """Return distances of the place, the least of several.

    `inland` is a position on land by the chart, outside DPRK waters: a river, a canal, or a false one. A
    port excuses an encounter by the greatest distance that it may have, its position being as uncertain
    as the chart states; inside DPRK waters it excuses none.
    """
    measures: dict[str, Value] = {
        "shore_distance_km": place.shore_m / KM_M if np.isfinite(place.shore_m) else None,
        "inland": place.on_land and around.excuses,
    }
    if place.port is None:
        return measures
    return measures | {
        "port": place.port.name,
        "port_distance_km": place.port_m / KM_M,
        "port_distance_max_km": (place.port_m + place.port.error_m) / KM_M if around.excuses else None,
    }


def behaviour_of(findings: Iterable[Finding], kinds: Mapping[str, Kind[Any]], scene: Scene) -> Judged:
    """Return how unusual the vessels of all findings behaved, by segment and end of the window."""
    if scene.behaviour is None:
        return {}
    weighed = (f for f in findings if kinds[f.kind].weighs_behaviour)
    return scene.behaviour.judge(
        (segment, f.behaved_until_s) for f in weighed for segment in _segments(f, scene)
    )


def _segments(finding: Finding, scene: Scene) -> set[int]:
    return {scene.tracks.segment_of(row) for row in finding.rows}


def _behaviour(finding: Finding, scene: Scene, judged: Judged) -> Values:
    """Return how unlike the training traffic the most unusual vessel behaved; nothing without a model."""
    if scene.behaviour is None:
        return {}
    unusual = [
        judged.get((segment, finding.behaved_until_s)) for segment in sorted(_segments(finding, scene))
    ]
    most = max((u for u in unusual if u is not None), key=lambda unusual: unusual.percentile, default=None)
    return {
        "anomaly_percentile": most.percentile if most else None,
        "anomaly_features": ", ".join(most.features) if most else None,
        "anomaly_drift": scene.behaviour.standing,
    }


def _identity_measures(vessels: tuple[Vessel, ...]) -> Values:
    matches = [v.match.by for v in vessels if v.match]
    types = {v.type_word for v in vessels}
    return {
        "dprk_flag": any(v.is_dprk for v in vessels),
        "listed_by": next((by for by in ("imo", "mmsi", "name") if by in matches), None),
        "ship_types": "+".join(sorted(v.type_word or "unknown" for v in vessels)),
        "trade": _trade(types),
        "least_length_m": min((v.length_m for v in vessels if v.length_m), default=None),
        "class_b": any(v.ais_class == "B" for v in vessels),
    }


def _trade(types: set[str | None]) -> str | None:
    """Return the trade of the vessels together, the most innocent first; None if unknown."""
    service = {"tug", "pilot", "rescue", "service", "medical", "dredger"}
    if types & service:
        return "service"
    if types & {"passenger", "high speed", "pleasure"}:
        return "passenger"
    if types == {"fishing"}:
        return "fishing"
    return CARGO if types and types <= {"tanker", "cargo"} else None
