"""The outline of all places that a ship can reach between two others, along water where that is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

from geodata.geodesy import wgs84
from geodata.sea_distance import NO_WAY, QUANTUM_M

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from geodata.geodesy import Bools
    from geodata.sea_distance import SeaDistance
    from geodata.sea_grid import SeaGrid

Place = tuple[float, float]

BEARINGS = 72
"""Corners of an ellipse on the ocean."""

SIMPLIFIED_CELLS = 0.6
"""An outline may leave the edges of the cells by this much: steps become lines."""


def reach_outline(sea: SeaDistance | None, off: Place, on: Place | None, way_m: float) -> BaseGeometry | None:
    """Return the places whose ways to both ends (one, where `on` is None) are together at most `way_m`.

    Degrees, longitude first; along water on the theatre's grid, which bounds it, else an ellipse of great
    circles. None where the ends are farther apart than that.
    """
    ends = [off] if on is None else [off, on]
    if sea is not None and all(sea.known(*(np.array([c]) for c in end))[0] for end in ends):
        return _along_water(sea, ends, way_m)
    return _ellipse(off, on or off, way_m if on else 2.0 * way_m)


def _along_water(sea: SeaDistance, ends: list[Place], way_m: float) -> BaseGeometry | None:
    fields = [sea.field_of_place(*end) for end in ends]
    inside = np.sum(fields, axis=0, dtype=np.int64) * QUANTUM_M <= way_m
    inside &= np.all([field != NO_WAY for field in fields], axis=0) & sea.water
    return _outline(sea.grid, inside)


def _outline(grid: SeaGrid, inside: Bools) -> BaseGeometry | None:
    """Return the union of the cells that are inside, row by row as long boxes."""
    edges = np.diff(np.pad(inside, ((0, 0), (1, 1))).astype(np.int8), axis=1)
    row, first = np.nonzero(edges == 1)
    _, end = np.nonzero(edges == -1)
    if not len(row):
        return None
    half = grid.step_deg / 2
    bounds = np.concatenate(
        (grid.lat_deg[:1] - half, (grid.lat_deg[1:] + grid.lat_deg[:-1]) / 2, grid.lat_deg[-1:] + half)
    )
    west, east = grid.lon_deg[first] - half, grid.lon_deg[end - 1] + half
    union = shapely.union_all(shapely.box(west, bounds[row], east, bounds[row + 1]))
    return shapely.simplify(union, SIMPLIFIED_CELLS * grid.step_deg, preserve_topology=True)


def _ellipse(off: Place, on: Place, way_m: float) -> BaseGeometry | None:
    geod = wgs84()
    azimuth, _, apart_m = geod.inv(*off, *on)
    if apart_m > way_m:
        return None
    middle_lon, middle_lat, _ = geod.fwd(*off, azimuth, apart_m / 2)
    half_m = way_m / 2
    across_m = np.sqrt(half_m**2 - (apart_m / 2) ** 2)
    angle = np.linspace(0.0, 2 * np.pi, BEARINGS, endpoint=False)
    x_m, y_m = half_m * np.cos(angle), max(across_m, 1.0) * np.sin(angle)
    bearing = azimuth + np.degrees(np.arctan2(y_m, x_m))
    count = len(angle)
    lon, lat, _ = geod.fwd(
        np.full(count, middle_lon), np.full(count, middle_lat), bearing, np.hypot(x_m, y_m)
    )
    lon = middle_lon + (np.asarray(lon) - middle_lon + 180.0) % 360.0 - 180.0
    return shapely.Polygon(np.stack((lon, lat), axis=1))
