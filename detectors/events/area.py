"""Which events are reported: near DPRK waters, everywhere, or inside a shape of the user's."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import shapely
from shapely.affinity import translate

from detectors.core.angles import unwrapped_deg
from detectors.core.units import NAUTICAL_MILE_M
from detectors.events.area_params import AreaParams

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from detectors.core.measures import Values
    from detectors.events.context import Place
    from detectors.tracks.reports import Float64

SURE_MATCHES = ("imo", "mmsi")
"""A vessel matched by its name alone is not a listed ship: too many share one."""

POLE_DEG, HALF_TURN_DEG, FULL_TURN_DEG = 90.0, 180.0, 360.0
TURNS_DEG = (-360.0, 0.0, 360.0)
"""A line across the antimeridian continues beyond 180 degrees: its further part lies a turn away."""

Path = tuple[tuple[float, float], ...]


@dataclass(frozen=True, eq=False)
class Area:
    """The area a user asked for: ``dprk``, ``all``, or ``shape`` with a geometry in lon, lat degrees.

    Longitudes of the shape lie from -180 to 180: `on_the_globe` brings others there. `params` define what
    ``dprk`` holds.
    """

    name: str
    shape: BaseGeometry | None = None
    params: AreaParams = field(default_factory=AreaParams)

    def holds(self, path: Path, measures: Values, place: Place) -> bool:
        """Return whether an event is one that the user asked for."""
        if self.name == "all":
            return True
        lon, lat = (np.array(column) for column in zip(*path, strict=True))
        if self.shape is not None:
            return _meets(self.shape, lon, lat)
        return (
            any(z.status == "working_area" for z in place.zones)
            or bool(measures.get("dprk_flag"))
            or measures.get("listed_by") in SURE_MATCHES
            or place.dprk_m <= self.params.near_nm * NAUTICAL_MILE_M
            or _may_have_called(measures, lon, lat, self.params)
        )


def on_the_globe(shape: BaseGeometry) -> BaseGeometry:
    """Bring a shape with longitudes beyond 180 degrees back, cut in two where it crosses the antimeridian.

    Raises ValueError for a shape beyond a pole, farther out than a turn, or wider than one.
    """
    west, south, east, north = shape.bounds
    is_wide = east - west > FULL_TURN_DEG or max(-west, east) > FULL_TURN_DEG
    if is_wide or max(-south, north) > POLE_DEG:
        raise ValueError(
            f"it reaches from {west:g}, {south:g} to {east:g}, {north:g}; right are lon, lat in degrees: "
            "latitudes from -90 to 90, longitudes from -180 to 180, or up to 360 across the antimeridian"
        )
    if max(-west, east) <= HALF_TURN_DEG:
        return shape
    globe = shapely.box(-HALF_TURN_DEG, -POLE_DEG, HALF_TURN_DEG, POLE_DEG)
    parts = shapely.get_parts(shapely.intersection(_turned(shape), globe))
    return shapely.union_all(parts[shapely.area(parts) > 0])


def _meets(shape: BaseGeometry, lon: Float64, lat: Float64) -> bool:
    """Return whether a place lies in a shape, or the line through several crosses it.

    The line is the one that the answer draws, straight in lon, lat and the short way round: a vessel
    whose gap began on one side of an area and ended on the other is a candidate for whoever watches it.
    """
    shapely.prepare(shape)
    if shapely.intersects_xy(shape, lon, lat).any():
        return True
    if len(lon) == 1:
        return False
    line = shapely.LineString(np.stack((unwrapped_deg(lon), lat), axis=1))
    return any(bool(shape.intersects(turned)) for turned in _turned(line))


def _turned(shape: BaseGeometry) -> list[BaseGeometry]:
    return [translate(shape, turn_deg) for turn_deg in TURNS_DEG]


def _may_have_called(measures: Values, lon: Float64, lat: Float64, params: AreaParams) -> bool:
    """Return whether a gap in the region of the area left time for a stay in DPRK waters."""
    inside = (lon >= params.region_west_deg) & (lon <= params.region_east_deg)
    inside &= (lat >= params.region_south_deg) & (lat <= params.region_north_deg)
    stay_h, unexplained_h = (measures.get(n) for n in ("dprk_stay_at_most_h", "unexplained_h"))
    if not isinstance(stay_h, float) or not isinstance(unexplained_h, float):
        return False
    is_long = stay_h >= params.stay_min_h and unexplained_h >= params.unexplained_min_h
    return bool(inside.any()) and is_long
