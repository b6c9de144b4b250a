"""Watch lists: listed vessels from a packaged default and from users' files."""

from __future__ import annotations

import csv
import io
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from app.errors import WatchListError
from detectors.watch import Listed, WatchList

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

MAX_ENTRIES = 200_000
"""More rows than every public list together; beyond it the file is not a watch list."""

ALIASES = {
    "imo": ("imo", "imo_number", "imonumber"),
    "mmsi": ("mmsi",),
    "name": ("name", "vessel_name", "vesselname", "shipname", "ship_name"),
    "entry": ("designation", "program", "list", "entry", "source"),
    "date": ("date", "list_date", "as_of"),
}
"""Column names that are understood, after lower case."""


@cache
def default_watch_list() -> WatchList:
    """Return the packaged, dated list; its page beside it says what it is made of."""
    text = resources.files("app").joinpath("watchlists/ofac_dprk.csv").read_text(encoding="utf-8")
    return read_watch_list(text.encode(), "OFAC DPRK programmes")


def read_watch_list(data: bytes, list_name: str) -> WatchList:
    """Read a CSV with at least one of the columns imo, mmsi, name.

    Raises WatchListError where no row names a vessel, with the columns that were found.
    """
    text = data.decode("utf-8-sig", errors="replace")
    rows = csv.DictReader(io.StringIO(text), dialect=_dialect(text))
    columns = {_plain(name): name for name in rows.fieldnames or () if name}
    picked = {ours: next((columns[a] for a in names if a in columns), "") for ours, names in ALIASES.items()}
    if not any(picked[key] for key in ("imo", "mmsi", "name")):
        found = ", ".join(columns) or "none"
        raise WatchListError(f"{list_name}: needs a column imo, mmsi or name; columns found: {found}")
    try:
        mapped = ({ours: row.get(theirs) for ours, theirs in picked.items() if theirs} for row in rows)
        return watch_list_from_rows(mapped, list_name)
    except csv.Error as error:
        raise WatchListError(f"{list_name}: line {rows.line_num}: {error}") from None


def watch_list_from_rows(rows: Iterable[Mapping[str, object]], list_name: str) -> WatchList:
    """Make a list from rows with `imo`, `mmsi`, `name`, `entry`, `date`, all optional but one."""
    entries = []
    for number, row in enumerate(rows):
        if number >= MAX_ENTRIES:
            raise WatchListError(f"{list_name}: more than {MAX_ENTRIES} rows")
        entry = Listed(
            list_name=list_name,
            list_date=_text(row.get("date")) or "",
            entry=_text(row.get("entry")) or f"row {number + 1}",
            imo=_number(row.get("imo")),
            mmsi=_number(row.get("mmsi")),
            name=_text(row.get("name")),
        )
        if entry.imo or entry.mmsi or entry.name:
            entries.append(entry)
    if not entries:
        raise WatchListError(f"{list_name}: no row names a vessel by imo, mmsi or name")
    return WatchList(tuple(entries))


def _dialect(text: str) -> type[csv.Dialect]:
    try:
        return csv.Sniffer().sniff(text[:4096], delimiters=",;\t|")
    except csv.Error:
        return csv.excel


def _plain(name: str) -> str:
    return name.strip().lower().replace(" ", "_")


def _text(value: object) -> str | None:
    return str(value).strip() or None if value is not None else None


def _number(value: object) -> int | None:
    """Return a number from its digits, whatever stands before them (`IMO9074729`)."""
    digits = "".join(c for c in str(value or "").split(".")[0] if c.isdigit())
    return int(digits) if digits and len(digits) <= 9 else None  # noqa: PLR2004 - an MMSI has nine
