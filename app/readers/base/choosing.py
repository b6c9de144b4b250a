"""Which column of a file serves which of our names: by its name, and by what stands in it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from app.readers.base.aliases import ALIASES, NEEDED, plain
from app.readers.values.ship_types import code_of
from app.readers.values.times import form_of_times
from app.readers.values.units import QUANTITIES, Unit, unit_of
from app.readers.values.zones import is_zone, zone_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from app.readers.base.layouts import Layout

    Sample = Callable[[int], list[str]]
    """The first values of a column, by its place, without blanks and empties."""

SHORTEST_WITH_UNIT = 3
"""A shorter name (x, y, t) may begin any other."""
SHIP_MMSI = re.compile(r"[2-7]\d{8}(?:\.0)?")
SIDE = {
    "lat_side": re.compile(r"[NS]|NORTH|SOUTH", re.IGNORECASE),
    "lon_side": re.compile(r"[EW]|EAST|WEST", re.IGNORECASE),
}
PLACE = re.compile(r"(?:SRID=\d+;)?\s*POINT\s*Z?\s*\(.*\)", re.IGNORECASE)
OWN_NAMES = ("imo", "name", "callsign")
"""What names a vessel where neither an MMSI nor an identifier does, the surest first."""
CLOCK_NAME = re.compile(r"time|clock|utc|gmt|hhmm|tod|시각|시간|时间|時間|時刻")
BARE_CLOCK = re.compile(r"(?:[01]?\d|2[0-3])[0-5]\d(?:[0-5]\d)?(?:\.0*)?")
"""0402 and 040200, also where a spreadsheet took the first zero."""
DATE_NAME = re.compile(r"date|day|일자|날짜|日期|日付")
COUNTERS = {
    "hour": ("hour", "hours", "hr", "hh", "utchour", "hourutc"),
    "minute": ("minute", "minutes", "min", "mi", "utcminute"),
    "second": ("second", "seconds", "sec", "ss", "utcsecond"),
    "month": ("month", "mon", "mo"),
    "day": ("day", "dayofmonth", "dd"),
}
YEAR = ("year", "yyyy", "yr")
WITH_NEUTRAL_WORDS = ("time", "lat", "lon", "sog", "cog", "heading", "imo")
NEUTRAL_WORDS = frozenset(
    (
        *("vessel", "ship", "pos", "position", "gps", "gnss", "ais", "fix", "wgs84", "n", "e", "of", "the"),
        *("report", "reported", "last", "latest", "event", "received", "recv", "rx", "msg", "message"),
        *("observed", "obs", "record", "signal", "current", "raw"),
        *("utc", "gmt", "z", "epoch", "unix", "s", "sec", "ms", "us", "ns"),
    )
)
"""Words that say whose or which value it is, and not what: pos_lat, gps_time, vessel_latitude."""
MORE_WORDS = {"time": ("ts", "update", "updated")}
MOSTLY = 0.8
PINNED_ELSEWHERE = "column {ours}={theirs}: not in this file, which has {instead!r} for it"
PINNED_NOWHERE = "column {ours}={theirs}: not in this file, whose columns are {header}"
SHOWN_NAMES = 40


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
    chooser = _Chooser([n.strip() for n in header], sample)
    chooser.take_pinned(pinned)
    for ours, theirs in layout.pinned.items():
        chooser.take(ours, chooser.named(theirs))
    for ours in ALIASES:
        if ours not in ("own_id", "place", "zone", *SIDE):
            chooser.take(ours, chooser.best(ours))
    chooser.identify()
    chooser.locate()
    chooser.complete_time()
    return chooser.choice(layout)


@dataclass
class _Chooser:
    """Choices so far."""

    header: Sequence[str]
    sample: Sample
    columns: dict[str, int] = field(default_factory=dict)
    units: dict[str, Unit] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)
    zone_s: float = 0.0
    has_zone: bool = False
    has_dates_only: bool = False

    def __post_init__(self) -> None:
        self.plain = [plain(_without_zone(name)) for name in self.header]

    # -- taking ---------------------------------------------------------------------------------

    def take(self, ours: str, place: int | None) -> None:
        """Let a column serve one of our names, unless it serves another or the name is served."""
        if place is None or ours in self.columns or place in self.columns.values():
            return
        self.columns[ours] = place
        unit = self.unit_at(place, ours)
        if unit is not None and unit.factor != 1.0:
            self.units[ours] = unit

    def take_pinned(self, pinned: Mapping[str, str]) -> None:
        missing = []
        for ours, theirs in pinned.items():
            place = self.named(theirs)
            self.take(ours, place)
            missing += [] if place is not None else [(ours, theirs)]
        for ours, theirs in missing:
            place = self.best(ours) if ours in ALIASES else None
            text = PINNED_NOWHERE if place is None else PINNED_ELSEWHERE
            instead = "" if place is None else self.header[place]
            header = ", ".join(self.header[:SHOWN_NAMES])
            self.warnings.append(text.format(ours=ours, theirs=theirs, instead=instead, header=header))

    # -- finding --------------------------------------------------------------------------------

    def named(self, theirs: str) -> int | None:
        """Return the column with exactly this name, else with the same letters."""
        if theirs.strip() in self.header:
            return self.header.index(theirs.strip())
        wanted = plain(theirs)
        return next((i for i, name in enumerate(self.header) if wanted and plain(name) == wanted), None)

    def best(self, ours: str) -> int | None:
        """Return the free column that serves one of our names best, None for none."""
        candidates = [c for c in self.candidates(ours) if c not in self.columns.values()]
        if ours == "time":
            return self.best_time(candidates)
        return next((c for c in candidates if self.fits(ours, c)), None)

    def candidates(self, ours: str) -> Iterator[int]:
        """Give the columns whose name is an alias, then those whose name is one with a unit behind it."""
        aliases = (plain(ours), *ALIASES[ours])
        for alias in aliases:
            yield from (i for i, name in enumerate(self.plain) if name == alias)
        if ours in QUANTITIES:
            yield from (i for i in range(len(self.plain)) if self.unit_at(i, ours) is not None)
        if ours == "mmsi":
            yield from (i for i, name in enumerate(self.plain) if "mmsi" in name)
        if ours in WITH_NEUTRAL_WORDS:
            known = {*aliases, *MORE_WORDS.get(ours, ())}
            yield from (i for i, name in enumerate(self.header) if meaning_of(name) in known)

    def unit_at(self, place: int, ours: str) -> Unit | None:
        """Return the unit that stands behind an alias in the name of a column."""
        name = self.plain[place]
        for alias in sorted(ALIASES.get(ours, ()), key=len, reverse=True):
            if len(alias) >= SHORTEST_WITH_UNIT and name.startswith(alias) and name != alias:
                unit = unit_of(name.removeprefix(alias), ours)
                if unit is not None:
                    return unit
        return None

    def fits(self, ours: str, place: int) -> bool:
        """Return whether what stands in a column can be what its name says, where the name alone is weak."""
        values = self.sample(place)
        if ours == "mmsi" and self.plain[place] not in ALIASES["mmsi"]:
            return _mostly(values, lambda v: any(c.isdigit() for c in v))
        if ours == "ship_type" and self.plain[place] == "type":
            return _mostly(values, lambda v: code_of(v) is not None)
        return True

    def best_time(self, candidates: Sequence[int]) -> int | None:
        """Return the first column whose values are times; a date or a clock alone is the second best."""
        forms = {place: form_of_times(self.sample(place)) for place in candidates}
        for form in ("moment", "date", "clock"):
            found = [place for place in candidates if forms[place] == form]
            if found:
                return found[0]
        return next(iter(candidates), None)

    # -- vessel, place, time ----------------------------------------------------------------------

    def identify(self) -> None:
        """Find what names the vessel: an MMSI, an identifier, else its IMO number, name or call sign."""
        if "mmsi" not in self.columns:
            self.take("mmsi", self.column_of(SHIP_MMSI))
            if "mmsi" in self.columns:
                self.notes["mmsi"] = "its values are MMSIs of ships"
        if "mmsi" in self.columns:
            return
        if "own_id" not in self.columns:
            self.take("own_id", self.best("own_id"))
        for ours in OWN_NAMES:
            if "own_id" not in self.columns and ours in self.columns:
                self.columns["own_id"] = self.columns[ours]
                self.notes["own_id"] = f"{ours} names the vessel"

    def column_of(self, pattern: re.Pattern[str]) -> int | None:
        free = [i for i in range(len(self.header)) if i not in self.columns.values()]
        return next((i for i in free if _mostly(self.sample(i), pattern.fullmatch)), None)

    def locate(self) -> None:
        """Find points where there is no longitude or latitude, and the sides of equator and Greenwich."""
        if not {"lat", "lon"} <= set(self.columns):
            places = [c for c in self.candidates("place") if _mostly(self.sample(c), PLACE.fullmatch)]
            self.take("place", next(iter(places), self.column_of(PLACE)))
        for ours, pattern in SIDE.items():
            for place in self.candidates(ours):
                if _mostly(self.sample(place), pattern.fullmatch):
                    self.take(ours, place)

    def complete_time(self) -> None:
        """Join a date with the clock, and a time with the zone, that stand in columns of their own."""
        if "time" not in self.columns:
            self.take("time", next((i for i, n in enumerate(self.plain) if n in YEAR), None))
            for ours in ("month", "day") if "time" in self.columns else ():
                self.take(ours, self.counter(ours))
        if "time" not in self.columns:
            return
        place = self.columns["time"]
        form = form_of_times(self.sample(place))
        if form == "clock":
            date = self.companion(DATE_NAME, "date") or self.companion(None, "date")
            if date is not None:
                self.columns["time"], self.columns["clock"] = date, place
        elif form == "date" or "day" in self.columns:
            self.take("clock", self.companion(CLOCK_NAME, "clock"))
            for ours in () if "clock" in self.columns else ("hour", "minute", "second"):
                self.take(ours, self.counter(ours))
            self.has_dates_only = self.columns.keys().isdisjoint(("clock", "hour"))
        for candidate in self.candidates("zone"):
            if _mostly(self.sample(candidate), is_zone):
                self.take("zone", candidate)
        zone_s = zone_in(self.header[self.columns["time"]])
        self.zone_s, self.has_zone = zone_s or 0.0, zone_s is not None

    def companion(self, name: re.Pattern[str] | None, form: str) -> int | None:
        free = [i for i in range(len(self.header)) if i not in self.columns.values()]
        named = [i for i in free if name is None or name.search(self.plain[i])]
        found = next((i for i in named if form_of_times(self.sample(i)) == form), None)
        if found is None and form == "clock":
            found = next((i for i in named if _mostly(self.sample(i), BARE_CLOCK.fullmatch)), None)
        return found

    def counter(self, ours: str) -> int | None:
        places = (i for i, name in enumerate(self.plain) if name in COUNTERS[ours])
        return next((i for i in places if _mostly(self.sample(i), str.isdigit)), None)

    def choice(self, layout: Layout) -> Choice:
        factors = {ours: unit.factor for ours, unit in self.units.items()}
        changed = replace(
            layout,
            factors={**layout.factors, **factors},
            zone_s=self.zone_s,
            is_utc=layout.is_utc or self.has_zone,
        )
        units = {ours: unit.name for ours, unit in self.units.items()}
        in_order = {ours: self.columns[ours] for ours in sorted(self.columns, key=_rank)}
        warnings = tuple(self.warnings)
        return Choice(in_order, changed, units, self.notes, warnings, self.has_dates_only)


_ORDER = {ours: number for number, ours in enumerate(ALIASES)}


def _rank(ours: str) -> int:
    return _ORDER.get(ours, len(_ORDER))


def meaning_of(name: str) -> str:
    """Return a name without the words that say only whose or which value it is.

    >>> [meaning_of(name) for name in ("vesselLatitude", "GPS_TIME", "start_lat", "local time")]
    ['latitude', 'time', 'startlat', 'localtime']
    """
    words = re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z0-9]+|[^\W_a-zA-Z0-9]+|[0-9]+", name)
    return "".join(word for word in map(plain, words) if word not in NEUTRAL_WORDS)


def _without_zone(name: str) -> str:
    return re.sub(r"(?i)\b(?:UTC|GMT)\s*[+-]\s*\d{1,2}(?::?\d{2})?|\(\s*(?:UTC|GMT|KST|JST)\s*\)", "", name)


def could_serve(name: str) -> bool:
    """Return whether a name alone may serve one of ours: what certainly does not need not be held."""
    chooser = _Chooser([name], lambda _: [])
    bare = chooser.plain[0]
    is_part_of_time = CLOCK_NAME.search(bare) or DATE_NAME.search(bare)
    is_counter = any(bare in names for names in (*COUNTERS.values(), YEAR))
    return bool(is_part_of_time) or is_counter or any(list(chooser.candidates(ours)) for ours in ALIASES)


def _mostly(values: Sequence[str], test: Callable[[str], object]) -> bool:
    """Return whether nearly all of some values pass a test; no value at all passes none."""
    return bool(values) and sum(bool(test(v)) for v in values) >= MOSTLY * len(values)
