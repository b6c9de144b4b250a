"""Nearest point on millions of line segments: a tree of boxes in earth-centred space.

The segments are sorted along a Morton curve; eight neighbours make a leaf, and every node above
covers eight nodes, whose boxes lie side by side in memory and are measured at once. A search starts
from the bound that the previous point found, which for vessels' tracks is almost the answer.
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from geodata.geodesy import Floats, Ints, as_points, chord_to_geodesic_m, to_ecef
from geodata.jit import kernel, reordering_helper

if TYPE_CHECKING:
    import numpy.typing as npt

Boxes: TypeAlias = "npt.NDArray[np.float32]"

POINTS_PER_THREAD = 20_000  # fewer are done before a thread has started
FANOUT = 8
MORTON_BITS = 20
NOWHERE_M = 1e18  # the box of a missing child: too far for any search
# Boxes are kept in float32, which at the earth's radius steps by half a metre: widen them, and
# shorten the distances to them by more than rounding can add.
BOX_MARGIN_M = 2.0
BOX_SHORTENING = 1.0 - 1e-5


def _spread(values: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    """Return 20-bit numbers with two empty bits after each bit."""
    for shift, mask in (
        (32, 0x1F00000000FFFF),
        (16, 0x1F0000FF0000FF),
        (8, 0x100F00F00F00F00F),
        (4, 0x10C30C30C30C30C3),
        (2, 0x1249249249249249),
    ):
        values = (values | (values << np.uint64(shift))) & np.uint64(mask)
    return values


def morton(points_m: Floats) -> npt.NDArray[np.uint64]:
    """Return the place of each point along a Morton curve through their bounding cube."""
    low = points_m.min(axis=0)
    span = max(float((points_m.max(axis=0) - low).max()), 1.0)
    cells = ((points_m - low) / span * (2**MORTON_BITS - 1)).astype(np.uint64)
    x, y, z = (_spread(cells[:, axis]) for axis in range(3))
    return np.asarray(x | (y << np.uint64(1)) | (z << np.uint64(2)), dtype=np.uint64)


@dataclass(frozen=True)
class SegmentTree:
    """Line segments on the earth's surface with a tree of boxes over them.

    Build it with `from_lines`.

    Attributes
    ----------
    starts_m, ends_m : Float64 arrays, shape (segments, 3)
        The two ends of each segment, in tree order.
    low_m, high_m : Float32 arrays, shape (groups, 3, 8)
        Boxes of all levels, root's children first, in groups of eight that share a parent.
    level_starts : Int64 array, shape (levels,)
        Where each level's groups begin.
    """

    starts_m: Floats
    ends_m: Floats
    low_m: npt.NDArray[np.float32]
    high_m: npt.NDArray[np.float32]
    level_starts: Ints

    @classmethod
    def from_lines(cls, lon_deg: Floats, lat_deg: Floats, offsets: Ints) -> SegmentTree:
        """Build the tree over lines given as one run of vertices.

        Parameters
        ----------
        lon_deg, lat_deg : Float64 arrays, shape (vertices,)
            The vertices of all lines, one line after the other. No segment should be longer than
            some 10 km: the chord of one runs 2 m under the surface.
        offsets : Int64 array, shape (lines + 1,)
            Where each line begins.
        """
        points_m = to_ecef(lon_deg, lat_deg)
        first = np.ones(max(len(points_m) - 1, 0), dtype=bool)
        inner = offsets[1:-1]
        first[inner[(inner > 0) & (inner < len(points_m))] - 1] = False
        rows = np.flatnonzero(first)
        if len(rows):
            rows = rows[np.argsort(morton(points_m[rows]))]
        starts_m, ends_m = points_m[rows], points_m[rows + 1]
        return cls(starts_m, ends_m, *_boxes(starts_m, ends_m))

    @cached_property
    def empty(self) -> bool:
        """Whether there is no segment at all."""
        return len(self.starts_m) == 0

    def distance_m(self, lon_deg: npt.ArrayLike, lat_deg: npt.ArrayLike) -> Floats:
        """Return the geodesic distance of each point to the nearest segment, inf if none."""
        lon, lat = as_points(lon_deg, lat_deg)
        if self.empty or not lon.size:
            return np.full(lon.size, np.inf)
        points_m = to_ecef(lon, lat)
        order = np.argsort(morton(points_m))  # neighbours in turn: each starts from a good bound
        chord_m, feet_m = np.empty(lon.size), np.empty((lon.size, 3))
        chord_m[order], feet_m[order] = self._nearest_m(points_m[order])
        return chord_to_geodesic_m(chord_m, lon, lat, feet_m)

    def _nearest_m(self, points_m: Floats) -> tuple[Floats, Floats]:
        """Search for many points on all cores: the loop holds no Python object."""
        tree = (self.starts_m, self.ends_m, self.low_m, self.high_m, self.level_starts)
        threads = min(os.cpu_count() or 1, len(points_m) // POINTS_PER_THREAD)
        if threads <= 1:
            return _nearest(points_m, *tree)
        parts = np.array_split(points_m, threads)
        with ThreadPoolExecutor(threads) as pool:
            found = list(pool.map(lambda part: _nearest(part, *tree), parts))
        return np.concatenate([chord for chord, _ in found]), np.concatenate([foot for _, foot in found])


def _boxes(starts_m: Floats, ends_m: Floats) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float32], Ints]:
    """Return boxes of all levels, the widest first, and where each level's groups begin."""
    low, high = np.minimum(starts_m, ends_m), np.maximum(starts_m, ends_m)
    lows: list[Boxes] = []
    highs: list[Boxes] = []
    while len(low) > 1 or not lows:
        heads = np.arange(0, len(low), FANOUT)
        low = np.minimum.reduceat(low, heads) if len(heads) else low
        high = np.maximum.reduceat(high, heads) if len(heads) else high
        lows.append(_grouped(low - BOX_MARGIN_M, NOWHERE_M))
        highs.append(_grouped(high + BOX_MARGIN_M, NOWHERE_M))
    counts = [len(groups) for groups in lows[::-1]]
    starts = np.concatenate(([0], np.cumsum(counts)[:-1])).astype(np.int64)
    return np.vstack(lows[::-1]), np.vstack(highs[::-1]), starts


def _grouped(edges_m: Floats, missing_m: float) -> npt.NDArray[np.float32]:
    """Return box edges in groups of eight, the last group filled up, shape (groups, 3, 8)."""
    groups = -(-len(edges_m) // FANOUT)
    filled = np.full((groups * FANOUT, 3), missing_m, dtype=np.float32)
    filled[: len(edges_m)] = edges_m
    return np.ascontiguousarray(filled.reshape(groups, FANOUT, 3).transpose(0, 2, 1))


@reordering_helper
def _box_squares(
    x: float,
    y: float,
    z: float,
    low: npt.NDArray[np.float32],
    high: npt.NDArray[np.float32],
    group: int,
    out: npt.NDArray[np.float32],
) -> None:
    """Write the squared distances of a point to the eight boxes of a group, zero inside."""
    px, py, pz, zero = np.float32(x), np.float32(y), np.float32(z), np.float32(0.0)
    for child in range(8):
        dx = low[group, 0, child] - px
        dx = dx if dx > zero else px - high[group, 0, child]
        dx = max(zero, dx)
        dy = low[group, 1, child] - py
        dy = dy if dy > zero else py - high[group, 1, child]
        dy = max(zero, dy)
        dz = low[group, 2, child] - pz
        dz = dz if dz > zero else pz - high[group, 2, child]
        dz = max(zero, dz)
        out[child] = dx * dx + dy * dy + dz * dz


@reordering_helper
def _segment(x: float, y: float, z: float, starts: Floats, ends: Floats, number: int) -> tuple[float, float]:
    """Return the squared distance to a segment and where on it the foot lies, 0 to 1."""
    ax, ay, az = starts[number, 0], starts[number, 1], starts[number, 2]
    sx, sy, sz = ends[number, 0] - ax, ends[number, 1] - ay, ends[number, 2] - az
    ax, ay, az = x - ax, y - ay, z - az
    length = sx * sx + sy * sy + sz * sz
    t = (ax * sx + ay * sy + az * sz) / length if length > 0.0 else 0.0
    t = 0.0 if t < 0.0 else min(t, 1.0)
    dx, dy, dz = ax - t * sx, ay - t * sy, az - t * sz
    return dx * dx + dy * dy + dz * dz, t


@kernel
def _nearest(  # noqa: C901 - one loop: calls with arrays cost time
    points: Floats, starts: Floats, ends: Floats, low: Boxes, high: Boxes, levels: Ints
) -> tuple[Floats, Floats]:
    """Return the distance to the nearest segment and its foot, for each point in space."""
    depth = len(levels)
    distance, feet = np.empty(len(points)), np.empty((len(points), 3))
    stack_node = np.empty(FANOUT * (depth + 1), dtype=np.int64)
    stack_level = np.empty(FANOUT * (depth + 1), dtype=np.int64)
    stack_bound = np.empty(FANOUT * (depth + 1))
    bounds = np.empty(FANOUT, dtype=np.float32)
    found = 0
    for row in range(len(points)):
        x, y, z = points[row, 0], points[row, 1], points[row, 2]
        best, t = _segment(x, y, z, starts, ends, found)
        top = 1
        stack_node[0], stack_level[0], stack_bound[0] = 0, 0, 0.0
        while top > 0:
            top -= 1
            if stack_bound[top] >= best:
                continue
            node, level = stack_node[top], stack_level[top]
            if level == depth:  # a leaf: look at its segments
                for number in range(node * FANOUT, min((node + 1) * FANOUT, len(starts))):
                    squared, foot = _segment(x, y, z, starts, ends, number)
                    if squared < best:
                        best, found, t = squared, number, foot
                continue
            _box_squares(x, y, z, low, high, levels[level] + node, bounds)
            bottom = top
            for child in range(FANOUT):
                bound = bounds[child] * BOX_SHORTENING
                if bound >= best:
                    continue
                place = top  # nearest on top: an insertion sort among the children
                while place > bottom and stack_bound[place - 1] < bound:
                    stack_node[place] = stack_node[place - 1]
                    stack_level[place] = stack_level[place - 1]
                    stack_bound[place] = stack_bound[place - 1]
                    place -= 1
                stack_node[place], stack_level[place] = node * FANOUT + child, level + 1
                stack_bound[place] = bound
                top += 1
        for axis in range(3):
            feet[row, axis] = starts[found, axis] + t * (ends[found, axis] - starts[found, axis])
        distance[row] = np.sqrt(best)
    return distance, feet
