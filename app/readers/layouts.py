"""Layouts of data providers, as data: how to tell one, and how it differs from the alias table."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from app.readers.aliases import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from app.readers.times import DateOrder


@dataclass(frozen=True)
class Layout:
    """One provider's columns.

    `signature` are the column names that together tell it. `pinned` maps our names to its own where
    the alias table would miss or mistake them. `sog_unit_kn` is the worth of one unit of its speed.
    `is_utc` says that its documentation promises UTC, so that no zone is no doubt.
    """

    format: str
    signature: frozenset[str] = frozenset()
    pinned: Mapping[str, str] = field(default_factory=dict)
    date_order: DateOrder | None = None
    is_utc: bool = False
    sog_unit_kn: float = 1.0


LAYOUTS: tuple[Layout, ...] = (
    Layout(
        "exactearth",
        frozenset({"mmsi", "messageid", "repeatindicator", "millisecond", "region"}),
        pinned={"time": "Time", "time_ms": "Millisecond"},
        is_utc=True,
    ),
    Layout(
        "marinecadastre",
        frozenset({"mmsi", "basedatetime", "vesselname", "callsign", "vesseltype"}),
        is_utc=True,
    ),
)
"""In the order of asking; the first whose signature a header holds is taken."""


def layout_of(header: Iterable[str], otherwise: str) -> Layout:
    """Return the layout that a header shows, or a plain one named `otherwise`."""
    names = {plain(name) for name in header}
    known = (layout for layout in LAYOUTS if layout.signature <= names)
    return next(known, Layout(otherwise))
