"""Where a vessel can have been in a gap: the space-time prism of the gap, along water.

After Haegerstrand's time geography (What About People in Regional Science?, 1970): the vessel can have been
at a place if sailing from its last report to it and on to its next takes no longer than the gap. Distances
are along water where the chart knows them, else great circles, which are shorter: every stay is an upper
bound. The definition is docs/definitions/reach.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from detectors.core.chart_ids import DPRK_WATERS, RUSSIAN_TERMINALS
from detectors.core.units import HOUR_S, KM_M, KNOT_MPS, NAUTICAL_MILE_M

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from detectors.core.measures import Value, Values
    from detectors.dark_period.params import DarkParams
    from detectors.tracks.reports import Bool, Float64
    from geodata.world import World

PORTS_NAMED_MAX = 5
"""Ports that are reported by name, those with the longest stay first."""


@dataclass(frozen=True, eq=False)
class Prisms:
    """Gaps to measure: ends in degrees (`lon_on`, `lat_on` NaN while one lasts), length and speeds.

    `cruise_kn` is each vessel's own cruising speed, `bound_kn` a speed that no ship of the trade exceeds.
    """

    lon_off: Float64
    lat_off: Float64
    lon_on: Float64
    lat_on: Float64
    gap_h: Float64
    cruise_kn: Float64
    bound_kn: float

    def __len__(self) -> int:
        return len(self.gap_h)

    @property
    def is_open(self) -> Bool:
        """Which of the gaps still last."""
        return np.isnan(self.lon_on)

    def distance_m(self, to: Callable[[Float64, Float64], Float64]) -> Float64:
        """Return the distance from the last report to a place and on to the next, in metres.

        `to` gives the distance of the place from points, given as longitudes and latitudes.
        """
        ended = ~self.is_open
        distance_m = to(self.lon_off, self.lat_off)
        distance_m[ended] += to(self.lon_on[ended], self.lat_on[ended])
        return distance_m

    def stay_h(self, distance_m: Float64, speed_kn: Float64 | float) -> Float64:
        """Return the hours left at a place with this distance there and on; below 0 it was out of reach."""
        return self.gap_h - distance_m / (speed_kn * KNOT_MPS) / HOUR_S


def reach_measures(world: World, prisms: Prisms, params: DarkParams) -> list[dict[str, Value]]:
    """Return for each gap the distance sailed, the time it leaves unexplained, and what was in reach."""
    crossing_m = _crossing_m(world, prisms)
    waters_m = np.min([prisms.distance_m(_to_zone(world, zone)) for zone in DPRK_WATERS], axis=0)
    ports = [port for port in world.ports if port.country == "KP"]
    dprk_m = _distances_m(prisms, [_to_port(world, port.id) for port in ports])
    known = [name for name in RUSSIAN_TERMINALS if name in {port.id for port in world.ports}]
    terminals_m = _distances_m(prisms, [_to_port(world, name) for name in known])
    known_names = [world.port(name).name for name in known]
    areas = [zone.id for zone in world.zones if zone.status == "working_area"]
    areas_m = _distances_m(prisms, [_to_zone(world, zone) for zone in areas])
    rows = []
    for n in range(len(prisms)):
        names = [port.name for port in ports]
        rows.append(
            {
                **_motion_measures(prisms, n, float(crossing_m[n])),
                "dprk_stay_at_most_h": _at_most(prisms, n, waters_m[n], prisms.cruise_kn[n]),
                "dprk_stay_at_bound_h": _at_most(
                    prisms, n, waters_m[n], max(prisms.bound_kn, float(prisms.cruise_kn[n]))
                ),
                **_port_measures(prisms, n, names, dprk_m[n]),
                "terminal_stay_at_most_h": _longest(prisms, n, terminals_m[n]),
                **_dark_call(
                    prisms, params, n, [*names, *known_names], np.concatenate((dprk_m[n], terminals_m[n]))
                ),
                "working_areas_in_reach": _in_reach(prisms, n, areas, areas_m[n]),
            }
        )
    return rows


def _distances_m(prisms: Prisms, places: Sequence[Callable[[Float64, Float64], Float64]]) -> Float64:
    """Return the distance to each place and on, shape (gaps, places)."""
    distances = [prisms.distance_m(to) for to in places]
    return np.stack(distances, axis=1) if distances else np.zeros((len(prisms), 0))


def _to_zone(world: World, zone: str) -> Callable[[Float64, Float64], Float64]:
    return lambda lon, lat: world.sea_distance_to_zone_m(zone, lon, lat)


def _to_port(world: World, port: str) -> Callable[[Float64, Float64], Float64]:
    return lambda lon, lat: world.sea_distance_m(port, lon, lat)


def _crossing_m(world: World, prisms: Prisms) -> Float64:
    crossing_m = np.full(len(prisms), np.nan)
    ended = ~prisms.is_open
    ends = (part[ended] for part in (prisms.lon_off, prisms.lat_off, prisms.lon_on, prisms.lat_on))
    crossing_m[ended] = world.sea_distance_at_least_m(*ends)
    return crossing_m


def _motion_measures(prisms: Prisms, n: int, crossing_m: float) -> Values:
    gap_h = float(prisms.gap_h[n])
    if np.isnan(crossing_m):
        return {"sea_distance_km": None, "implied_speed_kn": None, "too_far": False, "unexplained_h": gap_h}
    implied_kn = crossing_m / (gap_h * HOUR_S) / KNOT_MPS
    return {
        "sea_distance_km": crossing_m / KM_M,
        "implied_speed_kn": implied_kn,
        "too_far": implied_kn > prisms.bound_kn,
        "unexplained_h": max(0.0, gap_h - crossing_m / (float(prisms.cruise_kn[n]) * KNOT_MPS) / HOUR_S),
    }


def _at_most(prisms: Prisms, n: int, distance_m: float, speed_kn: float) -> float | None:
    """Return the longest stay at a speed, 0 where out of reach; None where no distance is known."""
    if not np.isfinite(distance_m):
        return None
    return max(0.0, float(prisms.gap_h[n] - distance_m / (speed_kn * KNOT_MPS) / HOUR_S))


def _longest(prisms: Prisms, n: int, distances_m: Float64) -> float | None:
    """Return the longest stay at any place; None where no distance is known."""
    known = distances_m[np.isfinite(distances_m)]
    return _at_most(prisms, n, float(known.min()), prisms.cruise_kn[n]) if len(known) else None


def _port_measures(prisms: Prisms, n: int, names: Sequence[str], distances_m: Float64) -> Values:
    """Return the DPRK ports that the vessel can have called at, by their longest stay."""
    stays = _stays_h(prisms, n, names, distances_m)
    is_known = bool(np.isfinite(distances_m).any())
    reached = sorted(((stay, name) for stay, name in stays if stay > 0.0), key=lambda s: (-s[0], s[1]))
    return {
        "dprk_ports_in_reach": len(reached) if is_known else None,
        "dprk_port_stay_at_most_h": reached[0][0] if reached else (0.0 if is_known else None),
        "dprk_ports": "; ".join(f"{name} {stay:.1f} h" for stay, name in reached[:PORTS_NAMED_MAX]) or None,
    }


def _dark_call(
    prisms: Prisms, params: DarkParams, n: int, names: Sequence[str], distances_m: Float64
) -> Values:
    """Return the nearest port at which the gap began and ended, where it left time for a berth."""
    ends = 1 if prisms.is_open[n] else 2
    stays = _stays_h(prisms, n, names, distances_m)
    close = [
        (float(distance_m), name)
        for distance_m, (stay_h, name) in zip(distances_m, stays, strict=True)
        if distance_m <= ends * params.call_near_nm * NAUTICAL_MILE_M and stay_h >= params.call_stay_h
    ]
    return {"dark_call": bool(close), "dark_call_port": min(close)[1] if close else None}


def _in_reach(prisms: Prisms, n: int, names: Sequence[str], distances_m: Float64) -> str | None:
    return ", ".join(name for stay, name in _stays_h(prisms, n, names, distances_m) if stay) or None


def _stays_h(prisms: Prisms, n: int, names: Sequence[str], distances_m: Float64) -> list[tuple[float, str]]:
    stays_h = prisms.gap_h[n] - distances_m / (prisms.cruise_kn[n] * KNOT_MPS) / HOUR_S
    stays_h[~(stays_h > 0.0)] = 0.0  # out of reach, or no distance is known
    return list(zip(stays_h.tolist(), names, strict=True))
