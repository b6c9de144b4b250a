"""Ports and anchorages, and which one is nearest."""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from scipy.spatial import cKDTree

from geodata.geodesy import Floats, Ints, as_points, chord_to_geodesic_m, to_ecef

if TYPE_CHECKING:
    from pathlib import Path

KINDS = ("port", "harbour", "oil_terminal", "anchorage", "bunkering_anchorage", "pilot_station")


@dataclass(frozen=True)
class Port:
    """A place where vessels lie, load or wait.

    Attributes
    ----------
    id, name : str
        Stable identifier such as `kp_nampo`, and the name to show.
    country : str
        Two-letter code of the state that administers it.
    kind : str
        `port`, `harbour` (small, local), `oil_terminal`, `anchorage`, `bunkering_anchorage` or
        `pilot_station`.
    lon, lat : float
        Degrees.
    error_m : float
        How far the true place may lie from that position.
    radius_m : float
        Within this distance of the true place, vessels that lie together are ordinary. A judgement
        of ours by kind of place; no port context explains an encounter by less than `error_m`.
    unlocode : str
        Five letters, or empty.
    source : str
        Where the position comes from.
    """

    id: str
    name: str
    country: str
    kind: str
    lon: float
    lat: float
    error_m: float
    radius_m: float
    unlocode: str = ""
    source: str = ""


@dataclass(frozen=True)
class NearestPorts:
    """The nearest port of each point.

    Attributes
    ----------
    index : Int64 array, shape (n,)
        Position in `ports`; -1 where there are no ports at all.
    distance_m : Float64 array, shape (n,)
        Geodesic distance to it; inf where there are no ports.
    ports : tuple of Port
        The ports that `index` counts in.
    """

    index: Ints
    distance_m: Floats
    ports: tuple[Port, ...] = field(repr=False)

    def port(self, row: int) -> Port | None:
        """Return the port nearest to the point of that row, if there is any."""
        number = int(self.index[row])
        return None if number < 0 else self.ports[number]


@dataclass(frozen=True)
class PortIndex:
    """Ports with a search tree over them."""

    ports: tuple[Port, ...] = ()

    @cached_property
    def _tree(self) -> cKDTree:
        lon_deg = np.array([port.lon for port in self.ports], dtype=np.float64)
        lat_deg = np.array([port.lat for port in self.ports], dtype=np.float64)
        return cKDTree(to_ecef(lon_deg, lat_deg))

    def nearest(self, lon_deg: Floats, lat_deg: Floats) -> NearestPorts:
        """Return the nearest port of each point and the geodesic distance to it."""
        lon, lat = as_points(lon_deg, lat_deg)
        if not self.ports or not lon.size:
            return NearestPorts(np.full(lon.size, -1), np.full(lon.size, np.inf), self.ports)
        chords, numbers = self._tree.query(to_ecef(lon, lat))
        chord_m, index = np.asarray(chords), np.asarray(numbers, dtype=np.int64)
        distance_m = chord_to_geodesic_m(chord_m, lon, lat, self._tree.data[index])
        return NearestPorts(index, distance_m, self.ports)


def read_ports(path: Path) -> tuple[Port, ...]:
    """Return the ports of a packaged CSV file, one a line, columns as in `Port`."""
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(_port(row) for row in csv.DictReader(file))


def _port(row: dict[str, str]) -> Port:
    texts = {name: row[name] for name in ("id", "name", "country", "kind", "unlocode", "source")}
    return Port(
        lon=float(row["lon"]),
        lat=float(row["lat"]),
        error_m=float(row["error_m"]),
        radius_m=float(row["radius_m"]),
        **texts,
    )
