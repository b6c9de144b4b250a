"""The sea that vessels sail: harbours, open places, and routes that do not cross land."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import dijkstra

from app.simulator.vessels.path import moved
from detectors.kernels.geometry.geodesy import plane_m

if TYPE_CHECKING:
    from app.simulator.settings import Box
    from detectors.tracks.reports import Bool, Float64
    from geodata.world import World

Place = tuple[float, float]
"""Longitude and latitude, degrees."""

NODE_DEG, EDGE_DEG = 0.4, 1.3
NODE_SHORE_MIN_M = 5000.0
SAMPLE_M = 250.0
SWING_MIN_M = 300.0
HARBOUR_WITHIN_M = 12000.0
HARBOURS_APART_M = 15000.0
NEAREST_NODES = (8, 40)
"""How many nodes a place looks for, and how many where none of those is in sight."""
LANE_WIDTHS_M = (2500.0, 2500.0, 1500.0, 1000.0, 600.0, 600.0, 300.0, 0.0)
"""Spread of a lane; narrower where wider ways ran aground."""
NO_LISTENERS = "KP"  # the DPRK's ports are no harbours here; vessels bound there go to `DPRK_ROADS`
DPRK_ROADS: Place = (124.95, 38.62)
"""Off Cho-do and Nampo, at sea by the chart."""


@dataclass(frozen=True, eq=False)
class Waters:
    """A graph of sea places with clear legs between them, and the harbours that it reaches."""

    world: World
    box: Box
    lon: Float64
    lat: Float64
    distance_m: Float64
    before: np.ndarray
    harbours: tuple[Place, ...]
    _links: dict[Place, tuple[np.ndarray, Float64]] = field(default_factory=dict, repr=False)

    def route(self, start: Place, end: Place, rng: np.random.Generator) -> tuple[Float64, Float64]:
        """Return the corners of a way by sea, a little off other vessels'; straight where that is clear."""
        (lon_a, lat_a), (lon_b, lat_b) = start, end
        if _clear(self.world, np.array([lon_a, lon_b]), np.array([lat_a, lat_b])):
            return np.array([lon_a, lon_b]), np.array([lat_a, lat_b])
        nodes = self._nodes_between(start, end)
        for width_m in LANE_WIDTHS_M:
            east_m, north_m = rng.normal(0.0, width_m, (2, len(nodes)))
            lon, lat = moved(self.lon[nodes], self.lat[nodes], east_m, north_m)
            line = np.concatenate(([lon_a], lon, [lon_b])), np.concatenate(([lat_a], lat, [lat_b]))
            if _clear(self.world, *line):
                break
        return line

    def _nodes_between(self, start: Place, end: Place) -> np.ndarray:
        (first, first_m), (last, last_m) = self._links_or_nearest(start), self._links_or_nearest(end)
        total_m = first_m[:, None] + self.distance_m[np.ix_(first, last)] + last_m[None, :]
        i, j = np.unravel_index(int(np.argmin(total_m)), total_m.shape)
        chain, node, goal = [], int(last[j]), int(first[i])
        while node != goal:
            chain.append(node)
            node = int(self.before[goal, node])
        return np.array([goal, *chain[::-1]])

    def reaches(self, place: Place) -> bool:
        """Return whether a clear leg leads from a place to the graph."""
        return len(self._links_of(place)[0]) > 0

    def _links_or_nearest(self, place: Place) -> tuple[np.ndarray, Float64]:
        """Return the graph links of a place; for one hidden among islands the nearest node, aground."""
        nodes, away_m = self._links_of(place)
        if len(nodes):
            return nodes, away_m
        nearest = int(np.argmin(np.hypot(self.lon - place[0], self.lat - place[1])))
        return np.array([nearest]), np.array([0.0])

    def _links_of(self, place: Place) -> tuple[np.ndarray, Float64]:
        """Return the nodes that can be seen from a place and how far they are."""
        if place not in self._links:
            lon, lat = np.full_like(self.lon, place[0]), np.full_like(self.lat, place[1])
            away_m = np.hypot(*plane_m(lon, lat, self.lon, self.lat))
            for count in NEAREST_NODES:
                near = np.argsort(away_m)[:count]
                ends = self.lon[near], self.lat[near]
                seen = _seen(self.world, (lon[near], lat[near]), ends, float(away_m[near].max()))
                if seen.any():
                    break
            self._links[place] = near[seen], away_m[near[seen]]
        return self._links[place]

    def open_place(self, rng: np.random.Generator, box: Box, shore_min_m: float) -> Place:
        """Return a random place of the sea, so far from the shore at least, that can be reached."""
        west, south, east, north = box
        for _ in range(100):
            lon, lat = rng.uniform(west, east, 200), rng.uniform(south, north, 200)
            far = np.flatnonzero(
                ~self.world.on_land(lon, lat) & (self.world.shore_distance_m(lon, lat) > shore_min_m)
            )
            for n in far[:5]:
                place = float(lon[n]), float(lat[n])
                if self.reaches(place):
                    return place
        raise ValueError(f"no open sea {shore_min_m:g} m from the shore in {box}")

    def near(self, rng: np.random.Generator, place: Place, low_m: float, high_m: float) -> Place:
        """Return a place on water round another one, seen from it, at a distance between the two."""
        for widen in (1.0, 1.0, 1.5, 2.5, 4.0):
            away_m, angle = rng.uniform(low_m, high_m * widen, 40), rng.uniform(0, 2 * np.pi, 40)
            lon, lat = moved(*place, away_m * np.sin(angle), away_m * np.cos(angle))
            for n in np.flatnonzero(self.can_swing(lon, lat)):
                found = float(lon[n]), float(lat[n])
                line = np.array([place[0], lon[n]]), np.array([place[1], lat[n]])
                if _clear(self.world, *line) and self.reaches(found):
                    return found
        return place

    def can_swing(self, lon: Float64, lat: Float64) -> Bool:
        """Return which points are on water with space to swing."""
        return ~self.world.on_land(lon, lat) & (self.world.shore_distance_m(lon, lat) > SWING_MIN_M)


def make_waters(world: World, box: Box, rng: np.random.Generator) -> Waters:
    """Return the waters of a box. Nodes lie at random in a grid, so lanes differ between seeds."""
    lon, lat = _nodes(world, box, rng)
    graph = _edges(world, lon, lat)
    distance_m, before = dijkstra(graph, directed=False, return_predecessors=True)
    biggest = np.isfinite(distance_m[int(np.isfinite(distance_m).sum(axis=1).argmax())])
    ids = np.flatnonzero(biggest)
    back = np.full(len(lon), -1)
    back[ids] = np.arange(len(ids))
    inner = before[np.ix_(ids, ids)]
    before = np.where(inner >= 0, back[np.maximum(inner, 0)], -1)
    bare = Waters(world, box, lon[ids], lat[ids], distance_m[np.ix_(ids, ids)], before, ())
    return Waters(world, box, bare.lon, bare.lat, bare.distance_m, before, _harbours(bare), bare._links)  # noqa: SLF001


def _nodes(world: World, box: Box, rng: np.random.Generator) -> tuple[Float64, Float64]:
    west, south, east, north = box
    lon, lat = (
        g.ravel() for g in np.meshgrid(np.arange(west, east, NODE_DEG), np.arange(south, north, NODE_DEG))
    )
    lon, lat = (c + rng.uniform(0, NODE_DEG, len(c)) for c in (lon, lat))
    sea = ~world.on_land(lon, lat) & (world.shore_distance_m(lon, lat) > NODE_SHORE_MIN_M)
    return lon[sea], lat[sea]


def _edges(world: World, lon: Float64, lat: Float64) -> csr_matrix:
    a, b = np.nonzero(np.triu(np.hypot(lon[:, None] - lon, lat[:, None] - lat) < EDGE_DEG, 1))
    length_m = np.hypot(*plane_m(lon[a], lat[a], lon[b], lat[b]))
    clear = np.ones(len(a), dtype=np.bool_)
    for rows in np.array_split(np.arange(len(a)), max(1, len(a) // 4000)):
        starts, ends = (lon[a[rows]], lat[a[rows]]), (lon[b[rows]], lat[b[rows]])
        clear[rows] = _seen(world, starts, ends, float(length_m.max()))
    return csr_matrix((length_m[clear], (a[clear], b[clear])), shape=(len(lon), len(lon)))


def _seen(
    world: World, starts: tuple[Float64, Float64], ends: tuple[Float64, Float64], longest_m: float
) -> Bool:
    """Return which legs keep to the water, each looked at every 250 m of the longest one."""
    share = np.linspace(0.0, 1.0, int(longest_m / SAMPLE_M) + 2)
    lon, lat = (c0[:, None] + share * (c1 - c0)[:, None] for c0, c1 in zip(starts, ends, strict=True))
    return np.asarray(~world.on_land(lon.ravel(), lat.ravel()).reshape(lon.shape).any(axis=1))


def _clear(world: World, lon: Float64, lat: Float64) -> bool:
    """Return whether a line keeps to the water, looked at every 125 m."""
    legs_m = np.hypot(*plane_m(lon[:-1], lat[:-1], lon[1:], lat[1:]))
    along = np.concatenate(([0.0], np.cumsum(legs_m)))
    at_m = np.linspace(0.0, along[-1], int(2 * along[-1] / SAMPLE_M) + 2)
    return not bool(world.on_land(np.interp(at_m, along, lon), np.interp(at_m, along, lat)).any())


def _harbours(waters: Waters) -> tuple[Place, ...]:
    """Return a place on water off each port of the box, one for ports that lie together."""
    west, south, east, north = waters.box
    found: list[Place] = []
    rng = np.random.default_rng(0)  # the coast does not change with the seed
    for port in waters.world.ports:
        inside = west <= port.lon <= east and south <= port.lat <= north
        if not inside or port.country == NO_LISTENERS or port.kind not in {"port", "harbour"}:
            continue
        if any(_apart_m((port.lon, port.lat), other) < HARBOURS_APART_M for other in found):
            continue
        away_m, angle = np.sort(rng.uniform(0, HARBOUR_WITHIN_M, 60)), rng.uniform(0, 2 * np.pi, 60)
        lon, lat = moved(port.lon, port.lat, away_m * np.sin(angle), away_m * np.cos(angle))
        at_sea = np.flatnonzero(waters.can_swing(lon, lat))[:3]
        place = next((p for p in ((float(lon[n]), float(lat[n])) for n in at_sea) if waters.reaches(p)), None)
        if place:
            found.append(place)
    return tuple(found)


def _apart_m(a: Place, b: Place) -> float:
    return float(np.hypot(*plane_m(*(np.array([x]) for x in (*a, *b))))[0])
