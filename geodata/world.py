"""The world that detectors receive: shore, zones and ports, frozen, with the layers they hold."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geodata.geodesy import Bools, Floats, as_points
from geodata.layers import Layer, layer_path, packaged_layers
from geodata.ports import NearestPorts, Port, PortIndex, read_ports
from geodata.segment_tree import SegmentTree
from geodata.shore import LONGEST_SEGMENT_DEG, Land, Shore, read_land
from geodata.zones import Zone, read_boxes, read_zones

if TYPE_CHECKING:
    import numpy.typing as npt

THEATRE = (105.0, 17.0, 145.0, 48.0)  # west, south, east, north: the Gulf of Tonkin to Sakhalin


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
    """

    layers: tuple[Layer, ...] = ()
    zones: tuple[Zone, ...] = ()
    port_index: PortIndex = field(default_factory=PortIndex)
    shore: Shore = field(default_factory=lambda: Shore(_no_land))
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
    def _zone_by_id(self) -> dict[str, Zone]:
        return {zone.id: zone for zone in self.zones}

    def on_land(self, lon_deg: npt.ArrayLike, lat_deg: npt.ArrayLike) -> Bools:
        """Return which points lie on land."""
        return self.shore.on_land(lon_deg, lat_deg)

    def shore_distance_m(self, lon_deg: npt.ArrayLike, lat_deg: npt.ArrayLike) -> Floats:
        """Return the geodesic distance to the nearest shore, metres; 0 on land, inf without any."""
        return self.shore.distance_m(lon_deg, lat_deg)

    def nearest_ports(self, lon_deg: npt.ArrayLike, lat_deg: npt.ArrayLike) -> NearestPorts:
        """Return the nearest port of each point and the geodesic distance to it."""
        return self.port_index.nearest(*as_points(lon_deg, lat_deg))

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

    def zones_touching(self, lon_deg: npt.ArrayLike, lat_deg: npt.ArrayLike) -> tuple[Zone, ...]:
        """Return the zones that hold any of the points, in the order of `zones`."""
        lon, lat = as_points(lon_deg, lat_deg)
        if not lon.size:
            return ()
        return tuple(zone for zone in self.zones if self.in_zone(zone.id, lon, lat).any())

    def distance_to_zone_m(
        self, zone_id: str, lon_deg: npt.ArrayLike, lat_deg: npt.ArrayLike
    ) -> Floats:
        """Return the geodesic distance to a zone, metres: 0 inside, inf if there is no such zone."""
        lon, lat = as_points(lon_deg, lat_deg)
        result = np.full(lon.size, np.inf)
        if zone_id not in self._zone_by_id:
            return result
        inside = self.in_zone(zone_id, lon, lat)
        result[inside] = 0.0
        result[~inside] = self._zone_tree(zone_id).distance_m(lon[~inside], lat[~inside])
        return result

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

    def digest(self) -> str:
        """Return a hash over the names, versions and contents of the layers."""
        lines = [f"{layer.name}\t{layer.version}\t{layer.sha256}\n" for layer in self.layers]
        return hashlib.sha256("".join(lines).encode()).hexdigest()


def _packaged_land() -> tuple[Land, ...]:
    fine, coarse = read_land(layer_path("land_theatre")), read_land(layer_path("land_coarse"))
    shapely.prepare([fine, coarse])
    return Land(fine, *THEATRE, 0.05), Land(coarse, -180.0, -90.0, 180.0, 90.0, 0.25)


@cache
def load_world() -> World:
    """Return the packaged world; the same object each time."""
    return World(
        layers=tuple(packaged_layers().values()),
        zones=read_zones(layer_path("maritime_zones")) + read_boxes(layer_path("cited_zones")),
        port_index=PortIndex(read_ports(layer_path("ports"))),
        shore=Shore(_packaged_land),
    )
