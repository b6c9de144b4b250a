"""The water that the data cover: what is bought ends somewhere, and beyond it a gap means nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

from detectors.kernels.reception.coverage import COLUMNS, LEVEL_COUNT, ROWS, outermost

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from detectors.reception.coverage.cells import Cells
    from detectors.reception.coverage.presence import Presence
    from detectors.tracks.reports import Float64

MARGIN_DEG = 0.02
"""Two kilometres: the last report of a vessel lies somewhat inside the edge."""

HALF_TURN_DEG = 180.0


def bounds_of(presence: Presence, usual: Cells) -> BaseGeometry | None:
    """Return the convex hull of all that was received, in degrees; None where it spans half the world.

    Squares of 0.1 degree that only a background knows count with their middle.
    """
    is_received = presence.heard > 0
    lon, lat = _squares(usual)
    lon = np.concatenate((lon, presence.lon_deg[is_received]))
    lat = np.concatenate((lat, presence.lat_deg[is_received]))
    if not len(lon) or np.ptp(lon) > HALF_TURN_DEG:
        return None
    corners = np.unique(np.concatenate((outermost(lat, lon), outermost(lon, lat))))
    first_outline = _outline(lon[corners], lat[corners])
    all_corners = np.append(
        corners, np.flatnonzero(~shapely.intersects_xy(first_outline, lon, lat))
    )  # a corner may hide some
    outline = _outline(lon[all_corners], lat[all_corners]).buffer(MARGIN_DEG)
    shapely.prepare(outline)
    return outline


def _outline(lon: Float64, lat: Float64) -> BaseGeometry:
    """Return the convex hull of some points, prepared for queries."""
    outline = shapely.MultiPoint(np.stack((lon, lat), axis=1)).convex_hull
    shapely.prepare(outline)
    return outline


def _squares(usual: Cells) -> tuple[Float64, Float64]:
    """Return the middles of the smallest squares in which anything was received."""
    level, place = np.divmod(usual.keys, ROWS * COLUMNS)
    smallest = level % LEVEL_COUNT == LEVEL_COUNT - 1
    row, column = np.divmod(place[smallest & (usual.heard.sum(axis=1) > 0)], COLUMNS)
    return (column + 0.5) * 0.1 - 180.0, (row + 0.5) * 0.1 - 90.0
