"""One vessel on a watch list, and how a vessel in the data matched it."""

from __future__ import annotations

from dataclasses import dataclass


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
