"""The names of a file's columns: which of them may serve one of ours, and the unit that a name gives."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from app.readers.base.aliases import ALIASES, plain
from app.readers.values.units import QUANTITIES, Unit, unit_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SHORTEST_WITH_UNIT = 3
"""A shorter name (x, y, t) may begin any other."""
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
ZONE = r"(?i)\b(?:UTC|GMT)\s*[+-]\s*\d{1,2}(?::?\d{2})?|\(\s*(?:UTC|GMT|KST|JST)\s*\)"
WORD = r"[A-Z]+(?![a-z])|[A-Z]?[a-z0-9]+|[^\W_a-zA-Z0-9]+|[0-9]+"


class Header:
    """The names of a file's columns, in their order."""

    def __init__(self, names: Sequence[str]) -> None:
        self.names = [name.strip() for name in names]

    @cached_property
    def plain(self) -> list[str]:
        """The names without case, punctuation and zones of time."""
        return [plain(re.sub(ZONE, "", name)) for name in self.names]

    def named(self, theirs: str) -> int | None:
        """Return the column with exactly this name, else with the same letters."""
        if theirs.strip() in self.names:
            return self.names.index(theirs.strip())
        wanted = plain(theirs)
        return next((i for i, name in enumerate(self.names) if wanted and plain(name) == wanted), None)

    def among(self, names: Sequence[str]) -> Iterator[int]:
        """Give the columns that are called by one of some plain names."""
        return (i for i, name in enumerate(self.plain) if name in names)

    def candidates(self, ours: str) -> Iterator[int]:
        """Give the columns whose name is an alias, then those with a unit or neutral words around one."""
        aliases = (plain(ours), *ALIASES[ours])
        for alias in aliases:
            yield from self.among([alias])
        if ours in QUANTITIES:
            yield from (i for i in range(len(self.plain)) if self.unit_at(i, ours) is not None)
        if ours == "mmsi":
            yield from (i for i, name in enumerate(self.plain) if "mmsi" in name)
        if ours in WITH_NEUTRAL_WORDS:
            known = {*aliases, *MORE_WORDS.get(ours, ())}
            yield from (i for i, name in enumerate(self.names) if meaning_of(name) in known)

    def unit_at(self, place: int, ours: str) -> Unit | None:
        """Return the unit that stands behind an alias in the name of a column, None for none."""
        name = self.plain[place]
        for alias in sorted(ALIASES.get(ours, ()), key=len, reverse=True):
            if len(alias) >= SHORTEST_WITH_UNIT and name.startswith(alias) and name != alias:
                unit = unit_of(name.removeprefix(alias), ours)
                if unit is not None:
                    return unit
        return None


def meaning_of(name: str) -> str:
    """Return a name without the words that say only whose or which value it is.

    >>> [meaning_of(name) for name in ("vesselLatitude", "GPS_TIME", "start_lat", "local time")]
    ['latitude', 'time', 'startlat', 'localtime']
    """
    words = re.findall(WORD, name)
    return "".join(word for word in map(plain, words) if word not in NEUTRAL_WORDS)
