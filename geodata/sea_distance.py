"""The distance along water: from ports by lookup, between any two places on demand."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import pyarrow.parquet as pq
from scipy.ndimage import distance_transform_edt

from geodata.geodesy import Bools, Floats, geodesic_m
from geodata.marching import march

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import numpy.typing as npt

    from geodata.ports import Port
    from geodata.sea_grid import SeaGrid

Field: TypeAlias = "npt.NDArray[np.uint16]"

QUANTUM_M = 100.0  # of the packaged fields
UNREACHABLE = 65535  # in the packaged fields: not reachable by water
FIELDS_KEPT = 64  # fields that are remembered, 1.2 MB each
SNAP_CELLS = 4  # a place on land is moved to water this near
LANDMARKS = ("kp_nampo", "kp_haeju", "kp_wonsan", "kp_rajin", "ru_vostochny")  # on either side of Korea
# Two neighbouring corners cannot differ by more than their distance along water unless land separates them.
SEPARATED = 2.0


def zone_name(zone_id: str) -> str:
    """Return the name of a zone's field among those of the ports."""
    return f"zone:{zone_id}"


def unpacked(data: bytes, rows: int, columns: int) -> npt.NDArray[np.uint16]:
    """Return the values of a packaged field, which holds their second differences."""
    values = np.frombuffer(data, dtype=np.uint16).reshape(rows, columns)
    across = np.cumsum(values, axis=0, dtype=np.uint16)
    return np.asarray(np.cumsum(across, axis=1, dtype=np.uint16))


@dataclass(frozen=True)
class SeaDistance:
    """Distances along water over the region's grid.

    Attributes
    ----------
    grid : SeaGrid
        The cells.
    load : callable
        Returns the packaged field of a port, or the water mask for an empty id.
    port_ids : frozenset of str
        The ports and zones (`zone_name`) with a packaged field.
    """

    grid: SeaGrid
    load: Callable[[str], Field]
    port_ids: frozenset[str]
    _fields: OrderedDict[str, Field] = field(default_factory=OrderedDict, repr=False, compare=False)
    _lock: Lock = field(default_factory=Lock, repr=False, compare=False)

    @cached_property
    def water(self) -> Bools:
        """Which cells are water."""
        return self.load("").astype(np.bool_)

    @cached_property
    def _nearest_water(self) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.int32]]:
        distance, place = distance_transform_edt(~self.water, return_indices=True)
        return distance.astype(np.float32), place.astype(np.int32)

    def from_port_m(self, port: Port, lon: Floats, lat: Floats) -> Floats:
        """Return the distance along water from a port; the great circle beyond the grid."""
        name = port.id if port.id in self.port_ids else ""
        return self._distance_m(name, port.lon, port.lat, lon, lat)

    def from_zone_m(self, zone_id: str, lon: Floats, lat: Floats) -> Floats | None:
        """Return the distance along water from a zone's edge; None where no field of it is packaged.

        Points beyond the grid are inf: no distance is known there.
        """
        if zone_name(zone_id) not in self.port_ids:
            return None
        result = np.full(lon.size, np.inf)
        rows = np.flatnonzero(self.known(lon, lat))
        result[rows] = self.lookup_m(self._field(zone_name(zone_id), 0.0, 0.0), lon[rows], lat[rows])
        return result

    def from_place_m(self, lon1_deg: float, lat1_deg: float, lon: Floats, lat: Floats) -> Floats:
        """Return the distance along water from any place; the great circle beyond the grid."""
        return self._distance_m("", lon1_deg, lat1_deg, lon, lat)

    def field_of_place(self, lon_deg: float, lat_deg: float) -> Field:
        """Return the distances along water from a place to every cell, in hundreds of metres."""
        return self._field("", lon_deg, lat_deg)

    def at_least_m(self, lon1: Floats, lat1: Floats, lon2: Floats, lat2: Floats) -> Floats:
        """Return a lower bound of the distance along water between pairs of points.

        No path is shorter than the difference of its ends' distances to any third place (triangle inequality,
        as in Goldberg and Harrelson, Computing the Shortest Path: A* Search Meets Graph Theory, SODA 2005);
        `LANDMARKS` are those places. 0 where either end is beyond the grid or on land.
        """
        least_m = np.zeros(lon1.size)
        rows = np.flatnonzero(self.known(lon1, lat1) & self.known(lon2, lat2))
        for name in LANDMARKS if rows.size else ():
            values = self._field(name, 0.0, 0.0)
            first = self.lookup_m(values, lon1[rows], lat1[rows])
            second = self.lookup_m(values, lon2[rows], lat2[rows])
            both = np.isfinite(first) & np.isfinite(second)
            apart_m = np.abs(np.subtract(first, second, out=np.zeros(rows.size), where=both))
            least_m[rows] = np.maximum(least_m[rows], apart_m)
        return least_m

    def known(self, lon: Floats, lat: Floats) -> Bools:
        """Return for which points the distance along water is known: those on the grid."""
        return self.grid.covers(lon, lat)

    def _distance_m(self, name: str, lon1: float, lat1: float, lon: Floats, lat: Floats) -> Floats:
        start_lon, start_lat = np.full(lon.size, lon1), np.full(lon.size, lat1)
        result = geodesic_m(start_lon, start_lat, lon, lat)
        if not lon.size or not self.known(start_lon[:1], start_lat[:1])[0]:
            return result
        rows = np.flatnonzero(self.known(lon, lat))
        along_m = self.lookup_m(self._field(name, lon1, lat1), lon[rows], lat[rows])
        result[rows] = np.maximum(result[rows], along_m)
        return result

    def _field(self, name: str, lon1: float, lat1: float) -> Field:
        """Return the field of a port or place, remembered; the oldest goes when there are many."""
        key = name or f"{lon1:.5f} {lat1:.5f}"
        with self._lock:
            if key in self._fields:
                self._fields.move_to_end(key)
                return self._fields[key]
        made = self.load(name) if name else self.solve(lon1, lat1)
        with self._lock:
            self._fields[key] = made
            while len(self._fields) > FIELDS_KEPT:
                self._fields.popitem(last=False)
        return made

    def solve(self, lon_deg: float, lat_deg: float) -> Field:
        """Return the field of a place: fast marching over the grid, in hundreds of metres.

        A place on land begins at the nearest water cell, at most `SNAP_CELLS` away; farther inland
        no water is reachable.
        """
        (row,), (column,) = self.grid.place(np.array([lon_deg]), np.array([lat_deg]))
        (home_row,), (home_column,) = self.grid.cell(np.array([lon_deg]), np.array([lat_deg]))
        far, places = self._nearest_water
        snap_cells = float(far[home_row, home_column])
        if snap_cells > SNAP_CELLS:
            return np.full(self.water.shape, UNREACHABLE, dtype=np.uint16)
        if snap_cells > 0:
            row, column = (float(axis[home_row, home_column]) for axis in places)
        along_m = march(self.water, self.grid.cell_m, float(row), float(column))
        along_m += snap_cells * self.grid.cell_m[home_row]
        return self._spread(along_m)

    def _spread(self, along_m: Floats) -> Field:
        """Return a field in hundreds of metres, spread some cells over the land."""
        far, places = self._nearest_water
        spread = along_m[places[0], places[1]] + far * self.grid.cell_m[:, None]
        spread[far > SNAP_CELLS] = np.inf
        counts = np.minimum(spread / QUANTUM_M, UNREACHABLE)
        return np.asarray(np.rint(counts), dtype=np.uint16)

    def lookup_m(self, values: Field, lon: Floats, lat: Floats) -> Floats:
        """Return the values of a field at points, metres, inf where not reachable.

        Between four corners of water linearly; where land separates them, from the nearest one.
        """
        row, column = self.grid.place(lon, lat)
        low_row = np.clip(np.floor(row).astype(np.intp), 0, self.grid.rows - 2)
        low_column = np.clip(np.floor(column).astype(np.intp), 0, self.grid.columns - 2)
        up, right = row - low_row, column - low_column
        corners = np.stack([values[low_row + i, low_column + j] for i in (0, 1) for j in (0, 1)]).astype(
            np.float64
        )
        weights = np.stack([(1 - up) * (1 - right), (1 - up) * right, up * (1 - right), up * right])
        smooth_m = (corners * weights).sum(axis=0) * QUANTUM_M
        nearest = np.take_along_axis(corners, weights.argmax(axis=0)[None], axis=0)[0]
        single_m = np.where(nearest == UNREACHABLE, np.inf, nearest * QUANTUM_M)
        apart_m = (corners.max(axis=0) - corners.min(axis=0)) * QUANTUM_M
        separated = apart_m > SEPARATED * self.grid.cell_m[low_row]
        rough = separated | (nearest == UNREACHABLE)
        return np.asarray(np.where(rough, single_m, smooth_m), dtype=np.float64)


def read_sea_distance(path: Path, grid: SeaGrid) -> SeaDistance:
    """Return the packaged fields; each is read when first asked for.

    The file holds a row group for each `port_id` with its `values`; an empty id is the water mask.
    """
    names = pq.ParquetFile(path).read(columns=["port_id"], use_threads=False).column("port_id").to_pylist()
    group = {str(name): number for number, name in enumerate(names)}

    def load(name: str) -> Field:
        table = pq.ParquetFile(path).read_row_group(group[name], columns=["values"], use_threads=False)
        return unpacked(table.column("values")[0].as_py(), grid.rows, grid.columns)

    return SeaDistance(grid, load, frozenset(group) - {""})
