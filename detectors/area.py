"""Which events are told: near DPRK waters, everywhere, or inside a shape of the user's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

from detectors.units import NAUTICAL_MILE_M

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from detectors.base import Measures
    from detectors.context import Context
    from geodata.world import World

NEAR_NM = 60.0
"""An event this near to the DPRK's territorial sea or claimed zone is near DPRK waters (our choice)."""

STAY_MIN_H, UNEXPLAINED_MIN_H = 2.0, 4.0
"""A silence that leaves these for a stay in DPRK waters is told from anywhere in the theatre."""

THEATRE = (105.0, 17.0, 145.0, 48.0)
"""West, south, east, north in degrees: the Gulf of Tonkin to the Tatar Strait."""

SURE_MATCHES = ("imo", "mmsi")
"""A vessel matched by her name alone is not a listed ship: too many share one."""

Path = tuple[tuple[float, float], ...]


@dataclass(frozen=True, eq=False)
class Area:
    """What a user asked for: ``dprk``, ``all``, or ``shape`` with a geometry in lon, lat degrees."""

    name: str
    shape: BaseGeometry | None = None

    def holds(self, path: Path, measures: Measures, context: Context, world: World) -> bool:
        """Tell whether an event is one that the user asked for."""
        if self.name == "all":
            return True
        lon, lat = (np.array(column) for column in zip(*path, strict=True))
        if self.shape is not None:
            return bool(shapely.intersects_xy(self.shape, lon, lat).any())
        return (
            any(z.status == "working_area" for z in context.zones)
            or bool(measures.get("dprk_flag"))
            or measures.get("listed_by") in SURE_MATCHES
            or _near_dprk(world, lon, lat)
            or _could_have_called(measures, lon, lat)
        )


def _near_dprk(world: World, lon: np.ndarray, lat: np.ndarray) -> bool:
    zones = ("dprk_territorial_sea", "dprk_eez_claimed", "nll_disputed_waters")
    nearest_m = min(float(world.distance_to_zone_m(zone, lon, lat).min()) for zone in zones)
    return nearest_m <= NEAR_NM * NAUTICAL_MILE_M


def _could_have_called(measures: Measures, lon: np.ndarray, lat: np.ndarray) -> bool:
    west, south, east, north = THEATRE
    inside = (lon >= west) & (lon <= east) & (lat >= south) & (lat <= north)
    stay_h, unexplained_h = (measures.get(n) for n in ("dprk_stay_at_most_h", "unexplained_h"))
    if not isinstance(stay_h, float) or not isinstance(unexplained_h, float):
        return False
    return bool(inside.any()) and stay_h >= STAY_MIN_H and unexplained_h >= UNEXPLAINED_MIN_H
