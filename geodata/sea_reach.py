"""The outline of all places that a vessel can reach between two others, along water where that is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

from geodata.geodesy import wgs84
from geodata.sea_distance import QUANTUM_M, UNREACHABLE

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from geodata.geodesy import Bools
    from geodata.sea_distance import SeaDistance
    from geodata.sea_grid import SeaGrid

Place = tuple[float, float]

BEARINGS = 72
"""Corners of an ellipse on the ocean."""

EARTH_RADIUS_M = 6_371_008.8
HALF_TURN_DEG = 180.0

SIMPLIFIED_CELLS = 0.6
"""An outline may leave the edges of the cells by this much: steps become lines."""


def reach_outline(sea: SeaDistance | None, off: Place, on: Place | None, way_m: float) -> BaseGeometry | None:
    """Return the places whose ways to both ends (one, where `on` is None) are together at most `way_m`.

    Degrees, longitude first; along water on the region's grid, which bounds it, else an ellipse of great
    circles. None where the ends are farther apart than that.
    """
    ends = [off] if on is None else [off, on]
    if sea is not None and all(sea.known(*(np.array([c]) for c in end))[0] for end in ends):
        return _along_water(sea, ends, way_m)
    return _ellipse(off, on or off, way_m if on else 2.0 * way_m)


def _along_water(sea: SeaDistance, ends: list[Place], way_m: float) -> BaseGeometry | None:
    fields = [sea.field_of_place(*end) for end in ends]
    inside = np.sum(fields, axis=0, dtype=np.int64) * QUANTUM_M <= way_m
    inside &= np.all([field != UNREACHABLE for field in fields], axis=0) & sea.water
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
    """Return the spherical ellipse round two places.

    Where its half axis is longer than a quarter of the globe, all but the ellipse round their antipodes.
    """
    geod = wgs84()
    azimuth, _, apart_m = geod.inv(*off, *on)
    if apart_m > way_m:
        return None
    lon, lat, back = geod.fwd(*off, azimuth, apart_m / 2)
    half, focus = way_m / 2 / EARTH_RADIUS_M, apart_m / 2 / EARTH_RADIUS_M
    if half <= np.pi / 2:
        return _ring((lon, lat), back + 180.0, half, focus)[0]
    far_lon = (lon + 360.0) % 360.0 - 180.0
    if np.pi - half <= focus:
        return shapely.box(-180.0, -90.0, 180.0, 90.0)
    beyond, west = _ring((far_lon, -lat), -back, np.pi - half, focus)
    return shapely.box(west, -90.0, west + 360.0, 90.0).difference(beyond)


def _ring(middle: Place, azimuth: float, half: float, focus: float) -> tuple[BaseGeometry, float]:
    """Return the ellipse of a half axis and half distance of its foci, in radians, and where a map begins.

    From cos d1 + cos d2 and cos d1 - cos d2, with d1 + d2 twice the half axis, follows how far the middle is:
    tan(r)^2 = (cos(focus)^2 / cos(half)^2 - 1) / (1 - sin(focus)^2 cos(angle)^2 / sin(half)^2).
    """
    half = max(half, focus + 1.0 / EARTH_RADIUS_M)
    angle = np.linspace(0.0, 2 * np.pi, BEARINGS, endpoint=False)
    above = (np.cos(focus) / np.cos(half)) ** 2 - 1.0
    below = 1.0 - (np.sin(focus) * np.cos(angle) / np.sin(half)) ** 2
    away_m = np.arctan(np.sqrt(above / below)) * EARTH_RADIUS_M
    from_lon, from_lat = (np.full(BEARINGS, part) for part in middle)
    lon, lat, _ = wgs84().fwd(from_lon, from_lat, azimuth + np.degrees(angle), away_m)
    lon = np.unwrap(np.append(lon, lon[0]), period=360.0)
    lat = np.append(lat, lat[0])
    if abs(lon[-1] - lon[0]) > HALF_TURN_DEG:
        lon -= np.floor((lon.min() + HALF_TURN_DEG) / 360.0) * 360.0
        pole = np.copysign(90.0, middle[1])
        lon, lat = np.append(lon, (lon[-1], lon[0])), np.append(lat, (pole, pole))
        return shapely.Polygon(np.stack((lon, lat), axis=1)), float(lon.min())
    lon -= np.round((lon[0] + lon[BEARINGS // 2] - 2.0 * middle[0]) / 720.0) * 360.0
    return shapely.Polygon(np.stack((lon, lat), axis=1)), middle[0] - HALF_TURN_DEG
