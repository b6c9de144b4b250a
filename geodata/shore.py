"""Land and the distance to its shore, anywhere on earth."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geodata.geodesy import Bools, Floats, as_points
from geodata.segment_tree import SegmentTree
from geodata.tables import int32_columns

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import numpy.typing as npt
    from shapely.geometry.base import BaseGeometry

SEA, LAND, SHORE = 0, 1, 2
MICRODEGREE = 1e-6
LONGEST_SEGMENT_DEG = 0.1  # some 10 km: longer ones are cut, see SegmentTree


def read_land(path: Path) -> BaseGeometry:
    """Return the land of a packaged Parquet file as one MultiPolygon.

    The file holds one vertex a row: `polygon`, `ring` (both counted through the file) and
    `lon_e6`, `lat_e6` in millionths of a degree.
    """
    columns = int32_columns(path, ("polygon", "ring", "lon_e6", "lat_e6"))
    polygon, ring = columns["polygon"], columns["ring"]
    vertices = np.column_stack((columns["lon_e6"], columns["lat_e6"]))
    ring_starts = np.flatnonzero(np.diff(ring, prepend=-1))
    polygon_starts = np.flatnonzero(np.diff(polygon[ring_starts], prepend=-1))
    parts = shapely.from_ragged_array(
        shapely.GeometryType.POLYGON,
        vertices * MICRODEGREE,
        (np.append(ring_starts, len(vertices)), np.append(polygon_starts, len(ring_starts))),
    )
    return shapely.MultiPolygon(list(parts))


def cut_long_segments(rings: npt.NDArray[np.object_]) -> npt.NDArray[np.object_]:
    """Return the rings with no segment longer than `LONGEST_SEGMENT_DEG`, the others as they were.

    Few rings have one: to look at the lengths first takes a tenth of the time of cutting them all.
    """
    points, ring = shapely.get_coordinates(rings, return_index=True)
    length_deg = np.hypot(*np.diff(points, axis=0).T)
    # A hair is left for the rounding of two ways to take a length.
    long = (length_deg > LONGEST_SEGMENT_DEG * (1.0 - 1e-9)) & (ring[1:] == ring[:-1])
    rows = np.unique(ring[1:][long])
    result = rings.copy()
    result[rows] = shapely.segmentize(rings[rows], LONGEST_SEGMENT_DEG)
    return result


@dataclass(frozen=True)
class Land:
    """Land with a coarse grid that says where a closer look is needed.

    Attributes
    ----------
    geometry : shapely geometry
        Prepared MultiPolygon, degrees.
    west, south, east, north : float
        The box that the land is known in.
    cell_deg : float
        Size of a grid cell.
    """

    geometry: BaseGeometry
    west: float
    south: float
    east: float
    north: float
    cell_deg: float

    @cached_property
    def cells(self) -> npt.NDArray[np.uint8]:
        """Grid of SEA, LAND or SHORE (a shoreline passes through), rows from the south."""
        columns = round((self.east - self.west) / self.cell_deg)
        rows = round((self.north - self.south) / self.cell_deg)
        shape = (max(rows, 1), max(columns, 1))
        lines = shapely.segmentize(shapely.boundary(self.geometry), self.cell_deg / 4)
        lon, lat = shapely.get_coordinates(lines).T
        cells = np.zeros(shape, dtype=np.uint8)
        for dx in (-0.25, 0.25):  # a segment may cut a corner between two of its samples
            for dy in (-0.25, 0.25):
                moved = self._cell(lon + dx * self.cell_deg, lat + dy * self.cell_deg)
                cells[moved] = SHORE
        free = cells == SEA
        begins = free.copy()  # a run of free cells along a row is all land or all sea: ask once
        begins[:, 1:] &= ~free[:, :-1]
        row, column = np.nonzero(begins)
        centre_lon = self.west + (column + 0.5) * self.cell_deg
        centre_lat = self.south + (row + 0.5) * self.cell_deg
        of_run = shapely.contains_xy(self.geometry, centre_lon, centre_lat)
        cells[free] = of_run[np.cumsum(begins)[free.ravel()] - 1]
        return cells

    def _cell(self, lon: Floats, lat: Floats) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
        rows = max(round((self.north - self.south) / self.cell_deg), 1)
        columns = max(round((self.east - self.west) / self.cell_deg), 1)
        row = np.clip(((lat - self.south) / self.cell_deg).astype(np.intp), 0, rows - 1)
        column = np.clip(((lon - self.west) / self.cell_deg).astype(np.intp), 0, columns - 1)
        return row, column

    def covers(self, lon: Floats, lat: Floats) -> Bools:
        """Return which points lie in the box that the land is known in."""
        inside = (lon >= self.west) & (lon <= self.east)
        return np.asarray(inside & (lat >= self.south) & (lat <= self.north), dtype=np.bool_)

    def holds(self, lon: Floats, lat: Floats) -> Bools:
        """Return which points lie on land or on its shoreline."""
        cells = self.cells[self._cell(lon, lat)]
        result = cells == LAND
        near = np.flatnonzero(cells == SHORE)
        result[near] = shapely.intersects_xy(self.geometry, lon[near], lat[near])
        return np.asarray(result, dtype=np.bool_)


@dataclass(frozen=True)
class Shore:
    """The world's land: fine in its first part, coarse in those that follow.

    Attributes
    ----------
    load : callable
        Returns the parts; called once, when first needed. A point belongs to the first part whose
        box covers it.
    """

    load: Callable[[], tuple[Land, ...]]

    @cached_property
    def lands(self) -> tuple[Land, ...]:
        """The parts of the land."""
        return self.load()

    @cached_property
    def _tree(self) -> SegmentTree:
        rings = [shapely.get_rings(shapely.get_parts(land.geometry)) for land in self.lands]
        every = cut_long_segments(np.concatenate([np.empty(0, dtype=object), *rings]))
        lon, lat = shapely.get_coordinates(every).T.copy()
        counts = shapely.get_num_coordinates(every)
        return SegmentTree.from_lines(lon, lat, np.concatenate(([0], np.cumsum(counts))))

    def on_land(self, lon_deg: npt.ArrayLike, lat_deg: npt.ArrayLike) -> Bools:
        """Return which points lie on land; a point on the shoreline does."""
        lon, lat = as_points(lon_deg, lat_deg)
        result = np.zeros(lon.size, dtype=np.bool_)
        open_ = np.arange(lon.size)
        for land in self.lands:
            here = land.covers(lon[open_], lat[open_])
            rows, open_ = open_[here], open_[~here]
            result[rows] = land.holds(lon[rows], lat[rows])
        return result

    def distance_m(self, lon_deg: npt.ArrayLike, lat_deg: npt.ArrayLike) -> Floats:
        """Return the geodesic distance of each point to the nearest shore, metres, 0 on land."""
        lon, lat = as_points(lon_deg, lat_deg)
        result = np.zeros(lon.size)
        afloat = np.flatnonzero(~self.on_land(lon, lat))
        result[afloat] = self._tree.distance_m(lon[afloat], lat[afloat])
        return result

    def inland_m(self, lon_deg: npt.ArrayLike, lat_deg: npt.ArrayLike) -> Floats:
        """Return how far each point lies behind the shore, metres.

        0 at sea, and wherever only the coarse land is known: there lakes are land.
        """
        lon, lat = as_points(lon_deg, lat_deg)
        result = np.zeros(lon.size)
        if len(self.lands):
            fine = self.lands[0]
            ashore = np.flatnonzero(fine.covers(lon, lat) & self.on_land(lon, lat))
            result[ashore] = self._tree.distance_m(lon[ashore], lat[ashore])
        return result
