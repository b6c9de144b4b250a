"""A grid of water on the Mercator projection, where a path is as long in every direction."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from geodata.geodesy import ECCENTRICITY_SQUARED, SEMI_MAJOR_M, Bools, Floats

if TYPE_CHECKING:
    import numpy.typing as npt

Cells: TypeAlias = "tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]"


def mercator_y(lat_deg: Floats) -> Floats:
    """Return the northing of the ellipsoid's Mercator projection, in radians of longitude.

    Snyder, Map Projections: A Working Manual (USGS 1395, 1987), equation 7-7.
    """
    sine = np.sin(np.radians(lat_deg))
    first = np.sqrt(ECCENTRICITY_SQUARED)
    return np.asarray(np.arctanh(sine) - first * np.arctanh(first * sine), dtype=np.float64)


def latitude_deg(y: Floats) -> Floats:
    """Return the latitude of a Mercator northing, by iteration (Snyder, equation 7-9)."""
    first = np.sqrt(ECCENTRICITY_SQUARED)
    sine = np.tanh(y)
    for _ in range(6):  # each round gains two digits
        sine = np.tanh(y + first * np.arctanh(first * sine))
    return np.asarray(np.degrees(np.arcsin(sine)), dtype=np.float64)


def metres_per_radian(lat_deg: Floats) -> Floats:
    """Return how many metres one radian of the projection is at a latitude, either way."""
    squared = 1.0 - ECCENTRICITY_SQUARED * np.sin(np.radians(lat_deg)) ** 2
    return np.asarray(SEMI_MAJOR_M * np.cos(np.radians(lat_deg)) / np.sqrt(squared))


@dataclass(frozen=True)
class SeaGrid:
    """Square cells of the Mercator projection over a box.

    Attributes
    ----------
    west, south : float
        Degrees: the centre of the first cell.
    columns, rows : int
        How many cells; rows from the south.
    step_deg : float
        Size of a cell in degrees of longitude.
    """

    west: float
    south: float
    columns: int
    rows: int
    step_deg: float

    @classmethod
    def over(cls, box: tuple[float, float, float, float], step_deg: float) -> SeaGrid:
        """Return the grid whose cell centres reach from edge to edge of a box."""
        west, south, east, north = box
        low, high = mercator_y(np.array([south, north]))
        columns = round((east - west) / step_deg) + 1
        return cls(west, south, columns, int(np.ceil((high - low) / np.radians(step_deg))) + 1, step_deg)

    def finer(self, times: int) -> SeaGrid:
        """Return a grid of cells that many times smaller; every such row and column is ours."""
        columns, rows = (self.columns - 1) * times + 1, (self.rows - 1) * times + 1
        return SeaGrid(self.west, self.south, columns, rows, self.step_deg / times)

    @cached_property
    def step(self) -> float:
        """Size of a cell in radians."""
        return float(np.radians(self.step_deg))

    @cached_property
    def lon_deg(self) -> Floats:
        """Longitude of each column's centre."""
        return self.west + self.step_deg * np.arange(self.columns, dtype=np.float64)

    @cached_property
    def lat_deg(self) -> Floats:
        """Latitude of each row's centre."""
        low = mercator_y(np.array([self.south]))[0]
        return latitude_deg(low + self.step * np.arange(self.rows))

    @cached_property
    def cell_m(self) -> Floats:
        """Size of a cell in each row, metres."""
        return metres_per_radian(self.lat_deg) * self.step

    def place(self, lon_deg: Floats, lat_deg: Floats) -> tuple[Floats, Floats]:
        """Return row and column of each point as fractions of a cell."""
        low = mercator_y(np.array([self.south]))[0]
        return (mercator_y(lat_deg) - low) / self.step, (lon_deg - self.west) / self.step_deg

    def covers(self, lon_deg: Floats, lat_deg: Floats) -> Bools:
        """Return which points lie between the outer centres."""
        south, north = self.lat_deg[0], self.lat_deg[-1]
        inside = (lon_deg >= self.west) & (lon_deg <= self.lon_deg[-1])
        return np.asarray(inside & (lat_deg >= south) & (lat_deg <= north), dtype=np.bool_)

    def cell(self, lon_deg: Floats, lat_deg: Floats) -> Cells:
        """Return row and column of the cell that holds each point, clipped to the grid."""
        row, column = self.place(lon_deg, lat_deg)
        return (
            np.clip(np.rint(row).astype(np.intp), 0, self.rows - 1),
            np.clip(np.rint(column).astype(np.intp), 0, self.columns - 1),
        )
