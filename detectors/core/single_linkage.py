"""Single linkage: points belong to one place if linked by steps of at most a given length."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from scipy.spatial import cKDTree

from detectors.core.angles import wrapped_deg

if TYPE_CHECKING:
    from collections.abc import Sequence

    from detectors.tracks.reports import Float64, Int64

EARTH_M = 6371008.8
"""Mean radius of the Earth."""

Point = tuple[float, float]


def places(points: Sequence[Point], step_m: float) -> list[int]:
    """Return for each (lon, lat) in degrees the number of its place, from 0 in the order of the points.

    Two points at most `step_m` apart (chord of the sphere) are in one place, and so are those that others
    link. Points are put into cells so small that all in one cell belong together, so the cost does not grow
    with the square of the points in one spot, and the cells leave no trace in the result.
    """
    if not points:
        return []
    at_m = _on_sphere(points)
    cells, cell_of = np.unique(np.floor(at_m / (step_m / 2.0)).astype(np.int64), axis=0, return_inverse=True)
    linked = _linked(at_m, cells, cell_of.ravel(), step_m)
    size = (len(cells), len(cells))
    graph = coo_array((np.ones(len(linked)), tuple(np.array(linked).reshape(-1, 2).T)), shape=size)
    _, component = connected_components(graph, directed=False)
    numbers: dict[int, int] = {}
    return [numbers.setdefault(int(component[c]), len(numbers)) for c in cell_of.ravel()]


def middle_of(points: Sequence[Point] | Float64) -> Point:
    """Return the mean of points that lie close together, also across 180 degrees."""
    lon, lat = np.array(points).T
    east_deg = wrapped_deg(lon - lon[0])
    return float(wrapped_deg(lon[0] + east_deg.mean())), float(lat.mean())


def _on_sphere(points: Sequence[Point]) -> Float64:
    lon, lat = np.radians(np.array(points, dtype=np.float64)).T
    return EARTH_M * np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)], axis=1)


def _linked(at_m: Float64, cells: Int64, cell_of: Int64, step_m: float) -> list[tuple[int, int]]:
    """Return the pairs of cells that hold two points within the step.

    Points of one cell are within its diagonal, 0.87 steps; a step leads at most two cells on.
    """
    number = {tuple(cell): n for n, cell in enumerate(cells.tolist())}
    order = np.argsort(cell_of, kind="stable")
    members = np.split(at_m[order], np.flatnonzero(np.diff(cell_of[order])) + 1)
    trees = [cKDTree(each) for each in members]
    steps = [step for step in product(range(-2, 3), repeat=3) if step > (0, 0, 0)]
    linked = []
    for (x, y, z), n in number.items():
        for dx, dy, dz in steps:
            other = number.get((x + dx, y + dy, z + dz))
            if other is not None and _touch(trees[n], members[other], step_m):
                linked.append((n, other))
    return linked


def _touch(tree: cKDTree, points: Float64, step_m: float) -> bool:
    nearest_m, _ = tree.query(points, distance_upper_bound=np.nextafter(step_m, np.inf))
    return bool(np.isfinite(nearest_m).any())
