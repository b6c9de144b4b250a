"""Listed vessels: what a watch list says, and how a vessel in the data matches it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from detectors.vessels.vessel import Vessel

IMO_DIGITS = 7


@dataclass(frozen=True, slots=True)
class Listed:
    """One vessel on a watch list; `list_date` is the day on which this entry was on the list."""

    list_name: str
    list_date: str
    entry: str
    imo: int | None = None
    mmsi: int | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """A listed vessel, and by what it was matched: ``imo``, ``mmsi`` or (weak) ``name``."""

    listed: Listed
    by: str


@dataclass(frozen=True)
class WatchList:
    """Listed vessels from any number of lists."""

    entries: tuple[Listed, ...] = ()

    @property
    def lists(self) -> tuple[tuple[str, str], ...]:
        """Names of the lists, each with the latest date that its entries bear."""
        dates: dict[str, str] = {}
        for entry in self.entries:
            dates[entry.list_name] = max(entry.list_date, dates.get(entry.list_name, ""))
        return tuple(sorted(dates.items()))

    @cached_property
    def _by_imo(self) -> dict[Hashable, Listed]:
        return _index(self.entries, lambda e: e.imo if imo_is_valid(e.imo) else None)

    @cached_property
    def _by_mmsi(self) -> dict[Hashable, Listed]:
        return _index(self.entries, lambda e: e.mmsi)

    @cached_property
    def _by_name(self) -> dict[Hashable, Listed]:
        return _index(self.entries, lambda e: plain_name(e.name))

    def match(self, vessel: Vessel) -> Match | None:
        """Return the strongest match of a vessel: IMO number, else MMSI, else name; None for none."""
        by_imo = self._by_imo.get(vessel.imo) if vessel.imo else None
        if by_imo:
            return Match(by_imo, "imo")
        by_mmsi = self._by_mmsi.get(vessel.mmsi) if vessel.mmsi else None
        if by_mmsi:
            return Match(by_mmsi, "mmsi")
        by_name = self._by_name.get(plain_name(vessel.name))
        return Match(by_name, "name") if by_name else None


def imo_is_valid(imo: int | None) -> bool:
    """Tell whether a number has seven digits and the right check digit (IMO resolution A.1117(30)).

    >>> imo_is_valid(9074729), imo_is_valid(9074728), imo_is_valid(None)
    (True, False, False)
    """
    text = str(imo or "")
    if len(text) != IMO_DIGITS:
        return False
    total = sum(int(digit) * weight for digit, weight in zip(text[:6], range(7, 1, -1), strict=True))
    return total % 10 == int(text[6])


def plain_name(name: str | None) -> str | None:
    """Return a ship's name without case, spaces and signs; None for less than three letters.

    >>> plain_name("M/V An-San 1")
    'ANSAN1'
    """
    text = re.sub(r"^\s*(M/?V|M/?T)\b", "", (name or "").upper())
    plain = re.sub(r"[^A-Z0-9]", "", text)
    return plain if len(plain) >= 3 else None  # noqa: PLR2004 - shorter names say nothing


def _index(entries: tuple[Listed, ...], key: Callable[[Listed], Hashable | None]) -> dict[Hashable, Listed]:
    """Index entries by a key; of several with one key the first stays."""
    index: dict[Hashable, Listed] = {}
    for entry in entries:
        found = key(entry)
        if found is not None:
            index.setdefault(found, entry)
    return index
