"""Listed vessels: the entries of watch lists, and how a vessel in the data matches them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from detectors.vessels.listed import Listed, Match
from detectors.vessels.names import imo_is_valid, plain_name

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable


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

    def match(self, *, imo: int | None, mmsi: int | None, name: str | None) -> Match | None:
        """Return the strongest match of a vessel: IMO number, else MMSI, else name; None for none."""
        by_imo = self._by_imo.get(imo) if imo else None
        if by_imo:
            return Match(by_imo, "imo")
        by_mmsi = self._by_mmsi.get(mmsi) if mmsi else None
        if by_mmsi:
            return Match(by_mmsi, "mmsi")
        by_name = self._by_name.get(plain_name(name))
        return Match(by_name, "name") if by_name else None


def _index(entries: tuple[Listed, ...], key: Callable[[Listed], Hashable | None]) -> dict[Hashable, Listed]:
    """Index entries by a key; of several with one key the first stays."""
    index: dict[Hashable, Listed] = {}
    for entry in entries:
        found = key(entry)
        if found is not None:
            index.setdefault(found, entry)
    return index
