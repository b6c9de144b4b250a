"""The world that detectors receive: shore, zones and ports, frozen, with the layers they hold."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geodata.geodesy import Bools, Floats, as_points, geodesic_m
from geodata.layers import Layer, layer_path, packaged_layers
from geodata.ports import NearestPorts, Port, PortIndex, read_ports
from geodata.sea_distance import SeaDistance, read_sea_distance
from geodata.sea_grid import SeaGrid
from geodata.sea_reach import reach_outline
from geodata.segment_tree import SegmentTree
from geodata.shore import LONGEST_SEGMENT_DEG, Land, Shore, read_land
from geodata.zones import Zone, read_boxes, read_zones

if TYPE_CHECKING:
    import numpy.typing as npt
    from shapely.geometry.base import BaseGeometry

SEA_STEP_DEG = 0.05  # the grid of distances along water
DETOUR, DETOUR_M = 1.05, 5_000.0  # a path along water that is not longer than this is ignored
REGION = (105.0, 17.0, 145.0, 48.0)  # west, south, east, north: the Gulf of Tonkin to Sakhalin


def _no_land() -> tuple[Land, ...]:
    return ()


@dataclass(frozen=True)
class World:
    """Everything about the sea that does not move.

    Points are given as columns `lon_deg`, `lat_deg` (degrees, any length, longitude from -180 to
    180); answers are arrays of that length. What is heavy is loaded when first asked for.

    Attributes
    ----------
    layers : tuple of Layer
        The data it holds, with versions and licences.
    zones : tuple of Zone
        In a stable order.
    user_zone_ids : frozenset of str
        Those of them that the user gave.
    """

    layers: tuple[Layer, ...] = ()
    zones: tuple[Zone, ...] = ()
    port_index: PortIndex = field(default_factory=PortIndex)
    shore: Shore = field(default_factory=lambda: Shore(_no_land))
    sea: SeaDistance | None = None
    user_zone_ids: frozenset[str] = frozenset()
    _zone_trees: dict[str, SegmentTree] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def empty(cls) -> World:
        """Return an ocean with nothing in it: no land, no ports, no zones."""
        return cls()

    @property
    def ports(self) -> tuple[Port, ...]:
        """All ports and anchorages."""
        return self.port_index.ports

    @cached_property
    def _port_by_id(self) -> dict[str, Port]:
        return {port.id: port for port in self.ports}

    @cached_property
    def _zone_by_id(self) -> dict[str, Zone]:
        return {zone.id: zone for zone in self.zones}

    def on_land(self, lon_deg: npt.ArrayLike, lat_deg: npt.ArrayLike) -> Bools:
        """Return which points lie on land."""
        return self.shore.on_land(lon_deg, lat_deg)

    def shore_distance_m(self, lon_deg: npt.ArrayLike, lat_deg: npt.ArrayLike) -> Floats:
        """Return the geodesic distance to the nearest shore, metres; 0 on land, inf without any."""
        return self.shore.distance_m(lon_deg, lat_deg)

    def inland_m(self, lon_deg: npt.ArrayLike, lat_deg: npt.ArrayLike) -> Floats:
        """Return how far each point lies behind the shore, metres; 0 at sea and beyond the fine chart."""
        return self.shore.inland_m(lon_deg, lat_deg)

    def nearest_ports(self, lon_deg: npt.ArrayLike, lat_deg: npt.ArrayLike) -> NearestPorts:
        """Return the nearest port of each point and the geodesic distance to it."""
        return self.port_index.nearest(*as_points(lon_deg, lat_deg))

    def port(self, port_id: str) -> Port:
        """Return the port of that id.

        Raises
        ------
        KeyError
            When this world has no such port.
        """
        if port_id not in self._port_by_id:
            raise KeyError(f"no port is called {port_id!r}; ids look like 'kp_nampo'")
        return self._port_by_id[port_id]

    def sea_distance_m(self, port_id: str, lon_deg: npt.ArrayLike, lat_deg: npt.ArrayLike) -> Floats:
        """Return the distance along water from a port, metres.

        A lookup for the DPRK's ports, Vostochny and Nakhodka; the first call for another port
        takes a fraction of a second. Beyond the region's grid it is the great circle, a lower
        bound (see `sea_distance_known`); inf where not reachable by water.

        Raises
        ------
        KeyError
            When this world has no such port.
        """
        port, (lon, lat) = self.port(port_id), as_points(lon_deg, lat_deg)
        if self.sea is None:
            return geodesic_m(np.full(lon.size, port.lon), np.full(lon.size, port.lat), lon, lat)
        return self.sea.from_port_m(port, lon, lat)

    def sea_distance_between_m(
        self,
        from_lon_deg: float,
        from_lat_deg: float,
        lon_deg: npt.ArrayLike,
        lat_deg: npt.ArrayLike,
    ) -> Floats:
        """Return the distance along water from one place to others, metres.

        A fraction of a second for a new place, remembered. As `sea_distance_m` otherwise; in an
        empty world the great circle.
        """
        start_lon, start_lat = as_points(from_lon_deg, from_lat_deg)
        lon, lat = as_points(lon_deg, lat_deg)
        if self.sea is None:
            return geodesic_m(start_lon.repeat(lon.size), start_lat.repeat(lon.size), lon, lat)
        return self.sea.from_place_m(float(start_lon[0]), float(start_lat[0]), lon, lat)

    def sea_distance_at_least_m(
        self,
        lon1_deg: npt.ArrayLike,
        lat1_deg: npt.ArrayLike,
        lon2_deg: npt.ArrayLike,
        lat2_deg: npt.ArrayLike,
    ) -> Floats:
        """Return a lower bound of the distance along water between pairs of points, microseconds each.

        The geodesic, or the distances to some ports on either side of Korea where they prove a longer one:
        from one coast of Korea to the other it is close to the true distance. Differences of less than
        `DETOUR` are the error of the fields and left out.
        """
        (lon1, lat1), (lon2, lat2) = as_points(lon1_deg, lat1_deg), as_points(lon2_deg, lat2_deg)
        direct_m = geodesic_m(lon1, lat1, lon2, lat2)
        if self.sea is None:
            return direct_m
        along_m = self.sea.at_least_m(lon1, lat1, lon2, lat2)
        return np.where(along_m > DETOUR * direct_m + DETOUR_M, along_m, direct_m)

    def reach_outline(
        self, off: tuple[float, float], on: tuple[float, float] | None, way_m: float
    ) -> BaseGeometry | None:
        """Return the outline of all places in reach between two others (`geodata.sea_reach`)."""
        return reach_outline(self.sea, off, on, way_m)

    def sea_distance_known(self, lon_deg: npt.ArrayLike, lat_deg: npt.ArrayLike) -> Bools:
        """Return for which points the distance along water is known, not just bounded from below."""
        lon, lat = as_points(lon_deg, lat_deg)
        if self.sea is None:
            return np.zeros(lon.size, dtype=np.bool_)
        return self.sea.known(lon, lat)

    def zone(self, zone_id: str) -> Zone:
        """Return the zone of that id.

        Raises
        ------
        KeyError
            When this world has no such zone.
        """
        if zone_id not in self._zone_by_id:
            known = ", ".join(self._zone_by_id) or "none"
            raise KeyError(f"no zone is called {zone_id!r}; there are: {known}")
        return self._zone_by_id[zone_id]

    def in_zone(self, zone_id: str, lon_deg: npt.ArrayLike, lat_deg: npt.ArrayLike) -> Bools:
        """Return which points lie in a zone or on its edge; none if there is no such zone."""
        lon, lat = as_points(lon_deg, lat_deg)
        zone = self._zone_by_id.get(zone_id)
        if zone is None:
            return np.zeros(lon.size, dtype=np.bool_)
        return np.asarray(shapely.intersects_xy(zone.geometry, lon, lat), dtype=np.bool_)

    def distance_to_zone_m(self, zone_id: str, lon_deg: npt.ArrayLike, lat_deg: npt.ArrayLike) -> Floats:
        """Return the geodesic distance to a zone, metres: 0 inside, inf if there is none."""
        lon, lat = as_points(lon_deg, lat_deg)
        result = np.full(lon.size, np.inf)
        if zone_id not in self._zone_by_id:
            return result
        inside = self.in_zone(zone_id, lon, lat)
        result[inside] = 0.0
        result[~inside] = self._zone_tree(zone_id).distance_m(lon[~inside], lat[~inside])
        return result

    def sea_distance_to_zone_m(self, zone_id: str, lon_deg: npt.ArrayLike, lat_deg: npt.ArrayLike) -> Floats:
        """Return the distance along water to a zone, metres: 0 inside, inf if there is no such zone.

        A lookup for the DPRK's waters and the working areas; for other zones, for those that the user
        replaced, and beyond the region's grid the geodesic distance, a lower bound.
        """
        lon, lat = as_points(lon_deg, lat_deg)
        direct_m = self.distance_to_zone_m(zone_id, lon, lat)
        if self.sea is None or zone_id in self.user_zone_ids:
            return direct_m
        along_m = self.sea.from_zone_m(zone_id, lon, lat)
        if along_m is None:
            return direct_m
        known = self.sea_distance_known(lon, lat)
        return np.where(known & (direct_m > 0.0), np.maximum(direct_m, along_m), direct_m)

    def _zone_tree(self, zone_id: str) -> SegmentTree:
        if zone_id not in self._zone_trees:
            edge = shapely.segmentize(self.zone(zone_id).geometry, LONGEST_SEGMENT_DEG / 2)
            rings = shapely.get_rings(shapely.get_parts(edge))
            lines = rings if len(rings) else shapely.get_parts(edge)
            counts = shapely.get_num_coordinates(lines)
            offsets = np.concatenate(([0], np.cumsum(counts)))
            lon, lat = shapely.get_coordinates(lines).T.copy()
            self._zone_trees[zone_id] = SegmentTree.from_lines(lon, lat, offsets)
        return self._zone_trees[zone_id]

    def with_zones(self, zones: tuple[Zone, ...]) -> World:
        """Return a world with more zones: one with an id that exists replaces that zone.

        The new world lists them as a user layer, so its digest differs.
        """
        merged = {zone.id: zone for zone in self.zones} | {zone.id: zone for zone in zones}
        return replace(
            self,
            zones=tuple(merged.values()),
            layers=(*self.layers, _user_layer(zones)),
            user_zone_ids=self.user_zone_ids | {zone.id for zone in zones},
            _zone_trees={},
        )

    def digest(self) -> str:
        """Return a hash over the names, versions and contents of the layers."""
        lines = [f"{layer.name}\t{layer.version}\t{layer.sha256}\n" for layer in self.layers]
        return hashlib.sha256("".join(lines).encode()).hexdigest()


def _user_layer(zones: tuple[Zone, ...]) -> Layer:
    """Return the layer of the user zones."""
    checksum = hashlib.sha256()
    for zone in zones:
        attributes = (zone.id, zone.name, zone.kind, zone.status, str(zone.holder), zone.note)
        checksum.update("\t".join(attributes).encode() + shapely.to_wkb(zone.geometry))
    return Layer(
        name="user_zones",
        version=f"{len(zones)} zones",
        date="",
        source=", ".join(sorted({zone.source for zone in zones})),
        licence="the user's own",
        sha256=checksum.hexdigest(),
        note="Zones loaded by the user, added or in place of packaged ones.",
    )


def _packaged_land() -> tuple[Land, ...]:
    fine, coarse = read_land(layer_path("land_region")), read_land(layer_path("land_coarse"))
    shapely.prepare([fine, coarse])
    return Land(fine, *REGION, 0.05), Land(coarse, -180.0, -90.0, 180.0, 90.0, 0.25)


@cache
def load_world() -> World:
    """Return the packaged world; the same object each time."""
    return World(
        layers=tuple(packaged_layers().values()),
        zones=read_zones(layer_path("maritime_zones")) + read_boxes(layer_path("cited_zones")),
        port_index=PortIndex(read_ports(layer_path("ports"))),
        shore=Shore(_packaged_land),
        sea=read_sea_distance(layer_path("sea_distance"), SeaGrid.over(REGION, SEA_STEP_DEG)),
    )
