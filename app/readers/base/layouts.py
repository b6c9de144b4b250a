"""Layouts of data providers, as data: how one is recognised, and how it differs from the alias table."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from app.readers.base.aliases import plain
from app.readers.values.calendar import DateOrder

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

ANTENNA = {"to_bow_m": "A", "to_stern_m": "B", "to_port_m": "C", "to_starboard_m": "D"}
"""The four distances from antenna to hull, as several providers call them."""
TENTHS = {"sog": 0.1}
AIS_UNITS = {"sog": 0.1, "cog": 0.1, "lat": 1 / 600_000, "lon": 1 / 600_000, "draught_m": 0.1}
"""Numbers as messages carry them (ITU-R M.1371-5): tenths, and 1/10000 of a minute."""


@dataclass(frozen=True)
class Layout:
    """One provider's columns.

    `signature` are the column names that together identify it. `pinned` maps our names to its own where
    the alias table would miss or mistake them.
    `is_utc` says that its documentation promises UTC, so that a missing zone needs no warning.
    """

    format: str
    signature: frozenset[str] = frozenset()
    pinned: Mapping[str, str] = field(default_factory=dict)
    date_order: DateOrder | None = None
    is_utc: bool = False
    factors: Mapping[str, float] = field(default_factory=dict)
    """Of our columns in other units: how many of ours one step is."""
    zone_s: float = 0.0
    """Seconds east of UTC of times that name no zone."""

    def factor(self, ours: str) -> float:
        """Return how many of our units one step of a column is."""
        return self.factors.get(ours, 1.0)


def _signature(names: str) -> frozenset[str]:
    return frozenset(names.split())


LAYOUTS: tuple[Layout, ...] = (
    Layout(
        "exactearth",
        _signature("mmsi messageid repeatindicator millisecond region"),
        pinned={"time": "Time", "time_ms": "Millisecond"},
        is_utc=True,
        factors={"draught_m": 0.1},
    ),
    Layout(
        "marinecadastre",
        _signature("mmsi basedatetime vesselname callsign vesseltype"),
        is_utc=True,
    ),
    Layout(
        "dma",
        _signature("timestamp typeofmobile mmsi navigationalstatus datasourcetype"),
        pinned=ANTENNA,
        date_order=DateOrder.DAY_FIRST,
        is_utc=True,
    ),
    Layout("kystverket", _signature("mmsi datetimeutc lon lat trueheading messagenr"), is_utc=True),
    Layout(
        "barentswatch",
        _signature("mmsi msgtime courseoverground speedoverground trueheading"),
        is_utc=True,
    ),
    Layout("spire", _signature("createdat timestamp mmsi msgtype collectiontype"), is_utc=True),
    Layout("spire", _signature("createdat timestamp mmsi staticupdatedat"), is_utc=True),
    Layout("spire", _signature("createdat timestamp mmsi msgtype"), is_utc=True),
    Layout(
        "marinetraffic",
        _signature("mmsi shipid lat lon speed course timestamp"),
        is_utc=True,
        factors=TENTHS,
    ),
    Layout(
        "marinetraffic",
        _signature("mmsi dsrc lat lon speed course timestamp"),
        is_utc=True,
        factors=TENTHS,
    ),
    Layout(
        "aiscatcher",
        _signature("class type mmsi rxtime"),
        pinned={"msg_type": "type", "time": "rxtime"},
        is_utc=True,
    ),
    Layout(
        "aiscatcher",
        _signature("class type mmsi rxuxtime"),
        pinned={"msg_type": "type", "time": "rxuxtime"},
        is_utc=True,
    ),
    Layout("nari", _signature("sourcemmsi navigationalstatus rateofturn speedoverground t")),
    Layout("gfw_training", _signature("mmsi timestamp distancefromshore speed course isfishing")),
    Layout(
        "digitraffic",
        _signature("mmsi sog cog navstat posacc timestampexternal"),
        pinned={"time": "timestampExternal"},
        is_utc=True,
    ),
)
"""In the order of asking; the first whose signature a header holds is taken."""


def layout_of(header: Iterable[str], otherwise: str) -> Layout:
    """Return the layout that a header shows, or a plain one named `otherwise`."""
    names = {plain(name) for name in header}
    known = (layout for layout in LAYOUTS if layout.signature <= names)
    return next(known, Layout(otherwise))
