"""Columns of positions -> longitude and latitude in degrees, in whatever unit and form they stand."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from app.readers.base.reader import ReadError
from app.readers.values import rules
from app.readers.values.degrees import degrees, signs_of_sides
from app.readers.values.motion import speed_ratio
from app.readers.values.numbers import floats

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.readers.base.layouts import Layout
    from detectors.tracks.reports import Bool, Float32, Float64, Int64

POINT = r"(?i)^(?:SRID=\d+;)?\s*POINT\s*(?:Z|M|ZM)?\s*\(\s*([+-]?[0-9.eE+-]+)\s+([+-]?[0-9.eE+-]+)[^)]*\)$"
"""A point in well-known text: longitude, latitude."""
HEAD_ROWS = 10_000
MOST = 0.5
READINGS: tuple[tuple[str, float], ...] = (
    ("1/10000 minute (1/600000 degree)", 1 / 600_000),
    ("a millionth of a degree", 1e-6),
    ("a ten-millionth of a degree", 1e-7),
)
"""What whole numbers beyond a circle may count."""
MINUTES = "degrees and minutes (ddmm.mmmm)"
HUNDRED, SIXTY = 100.0, 60.0
NEAR_ONE = (0.8, 1.25)
"""Units differ by 1.67 and more: a ratio of speeds between these belongs to one of them."""
CONVERTED = "positions are in {unit}: converted to degrees"
TWO_READINGS = (
    "{name}: its positions (latitude {lat:g}, longitude {lon:g}) are no degrees, and may be {readings}. "
    "Write them as decimal degrees"
)


@dataclass(frozen=True)
class Positions:
    """Degrees (NaN where missing), what was there but is no position, how that was decided, and a warning."""

    lon_deg: Float64
    lat_deg: Float64
    is_bad: Bool
    decided: Mapping[str, str] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Motion:
    """What else a table says of how its vessels move: it decides between two units of positions."""

    vessel: Int64
    time_s: Float64
    sog_kn: Float32 | None


def positions_of(frame: pl.DataFrame, layout: Layout, name: str, motion: Motion) -> Positions:
    """Read the positions of a table. Raises ReadError where they can be read in two ways."""
    if "place" in frame.columns and not {"lat", "lon"} <= set(frame.columns):
        return _of_points(frame["place"])
    lon, bad_lon = degrees(frame["lon"], "lon", layout.factor("lon"))
    lat, bad_lat = degrees(frame["lat"], "lat", layout.factor("lat"))
    found = _in_degrees(Positions(lon, lat, bad_lon | bad_lat), layout, name, motion)
    lat, lon = (
        np.abs(values) * signs_of_sides(frame[ours]) if ours in frame.columns else values
        for ours, values in (("lat_side", found.lat_deg), ("lon_side", found.lon_deg))
    )
    return replace(found, lat_deg=lat, lon_deg=lon)


def _of_points(column: pl.Series) -> Positions:
    texts = column.cast(pl.String).str.strip_chars()
    part = texts.str.extract_groups(POINT).struct.unnest()
    lon, lat = (floats(part[name].cast(pl.Float64, strict=False)) for name in "12")
    return Positions(lon, lat, (np.isnan(lon) & texts.is_not_null().to_numpy()))


def _in_degrees(found: Positions, layout: Layout, name: str, motion: Motion) -> Positions:
    """Convert positions of which most lie beyond the circle, by the unit that fits them all."""
    if layout.factor("lat") != 1.0 or not _lie_beyond(found):
        return found
    lon, lat = found.lon_deg, found.lat_deg
    fine = np.isfinite(lon) & np.isfinite(lat)
    fits = _readings(lon[fine], lat[fine])
    readings = {unit: (_in_unit(lon, factor), _in_unit(lat, factor)) for unit, factor in fits.items()}
    unit = _that_moves_as_reported(readings, motion) if len(fits) > 1 else next(iter(fits), None)
    if unit is None:
        first = np.flatnonzero(fine)[0]
        shown = " or ".join(fits) or "in no unit that is known"
        raise ReadError(TWO_READINGS.format(name=name, lat=lat[first], lon=lon[first], readings=shown))
    lon, lat = readings[unit]
    return Positions(lon, lat, found.is_bad, {"position_unit": unit}, (CONVERTED.format(unit=unit),))


def _that_moves_as_reported(readings: Mapping[str, tuple[Float64, Float64]], motion: Motion) -> str | None:
    """Return the one reading in which vessels sail as fast as they report, None where none is that."""
    if motion.sog_kn is None:
        return None
    sog_kn = motion.sog_kn.astype(np.float64)
    agree = [
        unit
        for unit, (lon, lat) in readings.items()
        if NEAR_ONE[0] < speed_ratio(motion.vessel, motion.time_s, lon, lat, sog_kn) < NEAR_ONE[1]
    ]
    return agree[0] if len(agree) == 1 else None


def _lie_beyond(found: Positions) -> bool:
    """Return whether both coordinates of most of the first positions are no degrees."""
    lon, lat = np.abs(found.lon_deg[:HEAD_ROWS]), np.abs(found.lat_deg[:HEAD_ROWS])
    known = np.isfinite(lon) & np.isfinite(lat)
    beyond = (lat > rules.LAT_NOT_AVAILABLE_DEG) & (lon > rules.LON_NOT_AVAILABLE_DEG)
    return bool(known.any() and beyond[known].mean() > MOST)


def _readings(lon: Float64, lat: Float64) -> dict[str, float | None]:
    """Return the units in which all positions lie on the Earth, and None as the factor of minutes."""
    fits: dict[str, float | None] = {}
    lon, lat = np.abs(lon), np.abs(lat)
    if (lat == np.floor(lat)).all() and (lon == np.floor(lon)).all():
        for unit, factor in READINGS:
            on_earth = (lat * factor <= rules.LAT_NOT_AVAILABLE_DEG) & (
                lon * factor <= rules.LON_NOT_AVAILABLE_DEG
            )
            away = np.isclose(lat * factor, 91) | np.isclose(lon * factor, 181)
            if (on_earth | away).all() and _is_spread(lat * factor, lon * factor):
                fits[unit] = factor
    minutes_fit = (lat % HUNDRED < SIXTY).all() and (lon % HUNDRED < SIXTY).all()
    if minutes_fit and (lat < 9100).all() and (lon < 18200).all():  # noqa: PLR2004 - as degrees above
        fits[MINUTES] = None
    return fits


def _is_spread(lat: Float64, lon: Float64) -> bool:
    """Return whether positions are more than a speck at the crossing of equator and Greenwich."""
    return bool(max(np.max(lat), np.max(lon)) >= 1.0)


def _in_unit(values: Float64, factor: float | None) -> Float64:
    """Return degrees of values in a unit; a factor of None stands for degrees and minutes."""
    if factor is not None:
        return values * factor
    whole = np.floor(np.abs(values) / HUNDRED)
    return np.sign(values) * (whole + (np.abs(values) - whole * HUNDRED) / SIXTY)
