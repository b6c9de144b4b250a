"""What a user asks of a run, and how the words of a command line or a query are understood."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from shapely.errors import ShapelyError
from shapely.geometry import shape
from shapely.ops import unary_union

from app.errors import OptionError
from app.readers.base.aliases import ALIASES
from app.readers.values.rules import EARLIEST_TIME_S, LATEST_TIME_S
from detectors import KIND_BY_NAME
from detectors.core.params import ParamError
from detectors.events.area import Area, on_the_globe
from detectors.presets import params_for
from detectors.vessels.watch_list import WatchList

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from shapely.geometry.base import BaseGeometry

    from detectors.presets import ParamSet

AREAS = ("dprk", "all")


@dataclass(frozen=True)
class RunOptions:
    """One run's options. Times are epoch seconds, UTC; None means not asked for.

    `columns` and `is_day_first` say how delimited files are meant where the reader cannot know.
    `area`, `kinds`, `min_score`, `start_s` and `end_s` filter the events after everything has run.
    """

    params: ParamSet = field(default_factory=lambda: params_for("default"))
    preset: str = "default"
    area: Area = field(default_factory=lambda: Area("dprk"))
    kinds: tuple[str, ...] = ()
    min_score: float = 0.0
    start_s: float | None = None
    end_s: float | None = None
    now_s: float | None = None
    time_base_s: float | None = None
    watch: WatchList = field(default_factory=WatchList)
    columns: Mapping[str, str] = field(default_factory=dict)
    is_day_first: bool | None = None
    with_reach: bool = False


def parse_time(text: str | float, option: str) -> float:
    """Return epoch seconds from RFC 3339 (no zone: UTC) or from epoch seconds.

    >>> parse_time("2024-03-01T08:00:00Z", "now"), parse_time("1709280000", "now")
    (1709280000.0, 1709280000.0)
    """
    time_s = _epoch_seconds(text)
    if time_s is None:
        raise OptionError(f"{option}: {text!r} is not a time; write 2024-03-01T08:00:00Z or epoch seconds")
    if not EARLIEST_TIME_S <= time_s < LATEST_TIME_S:
        raise OptionError(f"{option}: {text!r} is not between 1990 and 2100")
    return time_s


def _epoch_seconds(text: str | float) -> float | None:
    if isinstance(text, bool):
        return None
    try:
        return float(text)
    except ValueError:
        pass
    try:
        moment = datetime.fromisoformat(str(text))
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
    except (ValueError, OverflowError):
        return None


def parse_sets(items: Iterable[str]) -> dict[str, dict[str, object]]:
    """Return changes by kind and field from KIND.FIELD=VALUE.

    >>> parse_sets(["dark_period.gap_min_h=12"])
    {'dark_period': {'gap_min_h': '12'}}
    """
    changes: dict[str, dict[str, object]] = {}
    for item in items:
        name, equals, value = item.partition("=")
        kind, dot, parameter = name.strip().partition(".")
        if not (equals and dot and kind and parameter and value.strip()):
            raise ParamError(f"{item!r}: write KIND.FIELD=VALUE, for instance dark_period.gap_min_h=12")
        changes.setdefault(kind, {})[parameter] = value.strip()
    return changes


def parse_columns(items: Iterable[str]) -> dict[str, str]:
    """Return which column of a file holds what, from OURS=THEIRS.

    >>> parse_columns(["lat=breite"])
    {'lat': 'breite'}
    """
    columns = {}
    for item in items:
        ours, equals, theirs = (part.strip() for part in item.partition("="))
        if not (equals and theirs) or ours not in ALIASES:
            raise OptionError(f"column: {item!r}: write OURS=THEIRS; ours are {', '.join(ALIASES)}")
        columns[ours] = theirs
    return columns


def parse_kinds(kinds: Iterable[str]) -> tuple[str, ...]:
    """Return the kinds asked for; raises OptionError for one that does not exist."""
    told = tuple(kinds)
    for kind in told:
        if kind not in KIND_BY_NAME:
            raise OptionError(f"kind: no kind {kind!r}: there are {', '.join(KIND_BY_NAME)}")
    return told


def parse_score(value: float) -> float:
    """Return a least score; raises OptionError outside 0 to 1."""
    if not 0.0 <= value <= 1.0:
        raise OptionError(f"min_score: {value:g} is out of range: 0 to 1")
    return value


def parse_area(value: str | Mapping[str, object]) -> Area:
    """Return an area by its name, or from GeoJSON (geometry, feature or collection; lon, lat degrees)."""
    if value in AREAS:
        return Area(str(value))
    if isinstance(value, str):
        if not value.lstrip().startswith("{"):
            raise OptionError(f"area: {value!r} is neither {' nor '.join(AREAS)} nor GeoJSON")
        try:
            value = json.loads(value)
        except (ValueError, RecursionError) as error:
            raise OptionError(f"area: not valid JSON: {error}") from None
    if not isinstance(value, dict):
        raise OptionError("area: GeoJSON is an object with a type")
    return Area("shape", _polygonal(value))


AREA_EXAMPLE = '{"type": "Polygon", "coordinates": [[[124, 37], [126, 37], [126, 39], [124, 37]]]}'


def _polygonal(value: Mapping[str, object]) -> BaseGeometry:
    try:
        shapes = [shape(each) for each in _geometries(value)]  # type: ignore[arg-type]
        joined = unary_union([each for each in shapes if each.area > 0])
    except (ShapelyError, ValueError) as error:
        raise OptionError(f"area: not a valid GeoJSON geometry: {error}") from None
    except (KeyError, TypeError, AttributeError, IndexError):
        raise OptionError(f"area: no valid GeoJSON geometry; right is for instance {AREA_EXAMPLE}") from None
    if joined.is_empty or not joined.is_valid:
        raise OptionError("area: needs at least one valid Polygon or MultiPolygon in lon, lat degrees")
    try:
        return on_the_globe(joined)
    except ValueError as error:
        raise OptionError(f"area: {error}") from None


def _geometries(value: Mapping[str, object]) -> list[object]:
    if value.get("type") == "FeatureCollection":
        features = value.get("features")
        return [f["geometry"] for f in features] if isinstance(features, list) else []
    return [value["geometry"]] if value.get("type") == "Feature" else [value]
