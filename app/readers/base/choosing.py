"""Which column of a file serves which of our names: by its name, and by what stands in it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from app.readers.base.aliases import ALIASES, NEEDED
from app.readers.base.header import Header
from app.readers.base.time_columns import best_time, complete_time, may_be_part_of_time
from app.readers.values.ship_types import code_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from app.readers.base.layouts import Layout
    from app.readers.values.units import Unit

    Sample = Callable[[int], list[str]]
    """The first values of a column, by its place, without blanks and empties."""

SHIP_MMSI = re.compile(r"[2-7]\d{8}(?:\.0)?")
SIDE = {
    "lat_side": re.compile(r"[NS]|NORTH|SOUTH", re.IGNORECASE),
    "lon_side": re.compile(r"[EW]|EAST|WEST", re.IGNORECASE),
}
PLACE = re.compile(r"(?:SRID=\d+;)?\s*POINT\s*Z?\s*\(.*\)", re.IGNORECASE)
OWN_NAMES = ("imo", "name", "callsign")
"""What names a vessel where neither an MMSI nor an identifier does, the surest first."""
MOSTLY = 0.8
PINNED_ELSEWHERE = "column {ours}={theirs}: not in this file, which has {instead!r} for it"
PINNED_NOWHERE = "column {ours}={theirs}: not in this file, whose columns are {header}"
SHOWN_NAMES = 40
ORDER = {ours: number for number, ours in enumerate(ALIASES)}


@dataclass(frozen=True)
class Choice:
    """Which column serves each of our names, the layout with the units that the file names, and warnings.

    A time may stand in several columns: then `time` is the date, which `clock`, or `hour`, `minute` and
    `second`, or `month` and `day` complete. Where nothing but `imo`, `name` or `callsign` names the vessel,
    `own_id` is the same column. `notes` say, by our name, what a user should know of a column.
    """

    columns: Mapping[str, int]
    layout: Layout
    units: Mapping[str, str] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    has_dates_only: bool = False
    """Whether the times are days, without a time of day."""

    @property
    def missing(self) -> list[str]:
        """The needed columns that no column serves; a point serves longitude and latitude."""
        has_place = "place" in self.columns
        return [n for n in NEEDED if n not in self.columns and not (has_place and n != "time")]


def choose(header: Sequence[str], sample: Sample, layout: Layout, pinned: Mapping[str, str]) -> Choice:
    """Choose columns: those that the user pinned, then the layout's, then by name and content.

    >>> from app.readers.base.layouts import Layout
    >>> found = choose(["ship mmsi", "Lat", "Lon", "SOG (km/h)", "t"], lambda _: [], Layout("csv"), {})
    >>> dict(found.columns), dict(found.units)
    ({'mmsi': 0, 'time': 4, 'lat': 1, 'lon': 2, 'sog': 3}, {'sog': 'kmh'})
    """
    chooser = Chooser(Header(header), sample)
    _take_pinned(chooser, pinned)
    for ours, theirs in layout.pinned.items():
        chooser.take(ours, chooser.header.named(theirs))
    for ours in ALIASES:
        if ours not in ("own_id", "place", "zone", *SIDE):
            chooser.take(ours, chooser.best(ours))
    _identify(chooser)
    _locate(chooser)
    complete_time(chooser)
    return chooser.choice(layout)


@dataclass
class Chooser:
    """Choices so far."""

    header: Header
    sample: Sample
    columns: dict[str, int] = field(default_factory=dict)
    units: dict[str, Unit] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)
    zone_s: float = 0.0
    has_zone: bool = False
    has_dates_only: bool = False

    @property
    def free(self) -> list[int]:
        """The columns that serve nothing yet."""
        return [i for i in range(len(self.header.names)) if i not in self.columns.values()]

    def take(self, ours: str, place: int | None) -> None:
        """Let a column serve one of our names, unless it serves another or the name is served."""
        if place is None or ours in self.columns or place in self.columns.values():
            return
        self.columns[ours] = place
        unit = self.header.unit_at(place, ours)
        if unit is not None and unit.factor != 1.0:
            self.units[ours] = unit

    def best(self, ours: str) -> int | None:
        """Return the free column that serves one of our names best, None for none."""
        free = set(self.free)
        candidates = [c for c in self.header.candidates(ours) if c in free]
        if ours == "time":
            return best_time(self, candidates)
        return next((c for c in candidates if self._fits(ours, c)), None)

    def holds(self, place: int, test: Callable[[str], object]) -> bool:
        """Return whether nearly all values of a column pass a test; no value at all passes none."""
        values = self.sample(place)
        return bool(values) and sum(bool(test(v)) for v in values) >= MOSTLY * len(values)

    def _fits(self, ours: str, place: int) -> bool:
        """Return whether what stands in a column can be what its name says, where the name alone is weak."""
        name = self.header.plain[place]
        if ours == "mmsi" and name not in ALIASES["mmsi"]:
            return self.holds(place, lambda v: any(c.isdigit() for c in v))
        if ours == "ship_type" and name == "type":
            return self.holds(place, lambda v: code_of(v) is not None)
        return True

    def choice(self, layout: Layout) -> Choice:
        """Return what was chosen, with a layout that has the units of the file."""
        changed = replace(
            layout,
            factors={**layout.factors, **{ours: unit.factor for ours, unit in self.units.items()}},
            zone_s=self.zone_s,
            is_utc=layout.is_utc or self.has_zone,
        )
        units = {ours: unit.name for ours, unit in self.units.items()}
        by_rank = sorted(self.columns, key=lambda ours: ORDER.get(ours, len(ORDER)))
        columns = {ours: self.columns[ours] for ours in by_rank}
        return Choice(columns, changed, units, self.notes, tuple(self.warnings), self.has_dates_only)


def _take_pinned(chooser: Chooser, pinned: Mapping[str, str]) -> None:
    """Take what the user pinned; for a column that is not there, say what serves instead."""
    names = chooser.header.names
    places = {ours: chooser.header.named(theirs) for ours, theirs in pinned.items()}
    for ours, place in places.items():
        chooser.take(ours, place)
    for ours in (ours for ours, place in places.items() if place is None):
        place = chooser.best(ours) if ours in ALIASES else None
        text = PINNED_NOWHERE if place is None else PINNED_ELSEWHERE
        instead, header = "" if place is None else names[place], ", ".join(names[:SHOWN_NAMES])
        chooser.warnings.append(text.format(ours=ours, theirs=pinned[ours], instead=instead, header=header))


def _identify(chooser: Chooser) -> None:
    """Find what names the vessel: an MMSI, an identifier, else its IMO number, name or call sign."""
    if "mmsi" not in chooser.columns:
        chooser.take("mmsi", _column_of(chooser, SHIP_MMSI))
        if "mmsi" in chooser.columns:
            chooser.notes["mmsi"] = "its values are MMSIs of ships"
    if "mmsi" in chooser.columns:
        return
    if "own_id" not in chooser.columns:
        chooser.take("own_id", chooser.best("own_id"))
    for ours in OWN_NAMES:
        if "own_id" not in chooser.columns and ours in chooser.columns:
            chooser.columns["own_id"] = chooser.columns[ours]
            chooser.notes["own_id"] = f"{ours} names the vessel"


def _column_of(chooser: Chooser, pattern: re.Pattern[str]) -> int | None:
    return next((i for i in chooser.free if chooser.holds(i, pattern.fullmatch)), None)


def _locate(chooser: Chooser) -> None:
    """Find points where there is no longitude or latitude, and the sides of equator and Greenwich."""
    if not {"lat", "lon"} <= set(chooser.columns):
        places = (c for c in chooser.header.candidates("place") if chooser.holds(c, PLACE.fullmatch))
        chooser.take("place", next(places, _column_of(chooser, PLACE)))
    for ours, pattern in SIDE.items():
        for place in chooser.header.candidates(ours):
            if chooser.holds(place, pattern.fullmatch):
                chooser.take(ours, place)


def could_serve(name: str) -> bool:
    """Return whether a name alone may serve one of ours: what certainly does not need not be held."""
    header = Header([name])
    return may_be_part_of_time(header.plain[0]) or any(list(header.candidates(ours)) for ours in ALIASES)
