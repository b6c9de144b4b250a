"""Nearest point on millions of line segments: a tree of boxes in earth-centred space.

Chains of eight consecutive segments are the leaves, sorted along a Morton curve; every node above
covers eight nodes. A search starts from the bound that the previous point found, which for ships'
tracks is almost the answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numba import njit

from geodata.geodesy import Floats, Ints, as_points, chord_to_geodesic_m, to_ecef

if TYPE_CHECKING:
    import numpy.typing as npt

FANOUT = 8
MORTON_BITS = 20


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
    return x | (y << np.uint64(1)) | (z << np.uint64(2))


@dataclass(frozen=True)
class SegmentTree:
    """Line segments on the earth's surface with a tree of boxes over them.

    Build it with `from_lines`.

    Attributes
    ----------
    starts_m, ends_m : Float64 arrays, shape (segments, 3)
        The two ends of each segment, in tree order.
    low_m, high_m : Float64 arrays, shape (nodes, 3)
        Boxes of all levels, root first.
    first_child : Int64 array, shape (levels + 1,)
        Where each level of boxes begins.
    """

    starts_m: Floats
    ends_m: Floats
    low_m: Floats
    high_m: Floats
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
        chains = np.arange(len(rows)) // FANOUT
        starts_m, ends_m = points_m[rows], points_m[rows + 1]
        if len(rows):
            heads = np.arange(0, len(rows), FANOUT)
            order = np.argsort(morton(starts_m[heads])[chains], kind="stable")
            starts_m, ends_m = starts_m[order], ends_m[order]
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
        chord_m, feet_m = _nearest(
            to_ecef(lon, lat),
            self.starts_m,
            self.ends_m,
            self.low_m,
            self.high_m,
            self.level_starts,
        )
        return chord_to_geodesic_m(chord_m, lon, lat, feet_m)


def _boxes(starts_m: Floats, ends_m: Floats) -> tuple[Floats, Floats, Ints]:
    """Return boxes of all levels, root first, and where each level begins."""
    levels = [(np.minimum(starts_m, ends_m), np.maximum(starts_m, ends_m))]
    while len(levels[-1][0]) > 1 or len(levels) == 1:
        low, high = levels[-1]
        heads = np.arange(0, len(low), FANOUT)
        if not len(heads):
            return np.empty((0, 3)), np.empty((0, 3)), np.zeros(1, dtype=np.int64)
        levels.append((np.minimum.reduceat(low, heads), np.maximum.reduceat(high, heads)))
    boxes = levels[:0:-1]  # root first; the segments themselves need no box
    starts = np.concatenate(([0], np.cumsum([len(low) for low, _ in boxes]))).astype(np.int64)
    return np.vstack([low for low, _ in boxes]), np.vstack([high for _, high in boxes]), starts


@njit(cache=True, nogil=True, inline="always")  # type: ignore[untyped-decorator]
def _box_squared(p: Floats, low: Floats, high: Floats, node: int) -> float:
    """Return the squared distance of a point to a box, zero inside."""
    total = 0.0
    for axis in range(3):
        gap = max(low[node, axis] - p[axis], 0.0, p[axis] - high[node, axis])
        total += gap * gap
    return total


@njit(cache=True, nogil=True, inline="always")  # type: ignore[untyped-decorator]
def _foot(p: Floats, a: Floats, b: Floats) -> float:
    """Return where on the segment from a to b the point nearest to p lies, 0 to 1."""
    along, length = 0.0, 0.0
    for axis in range(3):
        step = b[axis] - a[axis]
        along += (p[axis] - a[axis]) * step
        length += step * step
    return min(max(along / length, 0.0), 1.0) if length > 0.0 else 0.0


@njit(cache=True, nogil=True)  # type: ignore[untyped-decorator]
def _segment_squared(p: Floats, a: Floats, b: Floats) -> float:
    """Return the squared distance of a point to a segment."""
    t = _foot(p, a, b)
    total = 0.0
    for axis in range(3):
        gap = a[axis] + t * (b[axis] - a[axis]) - p[axis]
        total += gap * gap
    return total


@njit(cache=True, nogil=True)  # type: ignore[untyped-decorator]
def _nearest(
    points: Floats, starts: Floats, ends: Floats, low: Floats, high: Floats, levels: Ints
) -> tuple[Floats, Floats]:
    """Return the distance to the nearest segment and its foot, for each point in space."""
    depth = len(levels) - 1
    distance, feet = np.empty(len(points)), np.empty((len(points), 3))
    stack_node = np.empty(FANOUT * (depth + 1), dtype=np.int64)
    stack_level = np.empty(FANOUT * (depth + 1), dtype=np.int64)
    stack_bound = np.empty(FANOUT * (depth + 1))
    found = 0
    for row in range(len(points)):
        p = points[row]
        best = _segment_squared(p, starts[found], ends[found])
        top = 1
        stack_node[0], stack_level[0], stack_bound[0] = 0, 0, 0.0
        while top > 0:
            top -= 1
            if stack_bound[top] >= best:
                continue
            node, level = stack_node[top], stack_level[top]
            if level == depth - 1:  # a leaf: look at its segments
                for number in range(node * FANOUT, min((node + 1) * FANOUT, len(starts))):
                    squared = _segment_squared(p, starts[number], ends[number])
                    if squared < best:
                        best, found = squared, number
                continue
            base, count = levels[level + 1], levels[level + 2] - levels[level + 1]
            bottom = top
            for child in range(node * FANOUT, min((node + 1) * FANOUT, count)):
                bound = _box_squared(p, low, high, base + child)
                if bound >= best:
                    continue
                place = top  # nearest on top: an insertion sort among the children
                while place > bottom and stack_bound[place - 1] < bound:
                    stack_node[place] = stack_node[place - 1]
                    stack_level[place] = stack_level[place - 1]
                    stack_bound[place] = stack_bound[place - 1]
                    place -= 1
                stack_node[place], stack_level[place] = child, level + 1
                stack_bound[place] = bound
                top += 1
        t = _foot(p, starts[found], ends[found])
        for axis in range(3):
            feet[row, axis] = starts[found, axis] + t * (ends[found, axis] - starts[found, axis])
        distance[row] = np.sqrt(best)
    return distance, feet
