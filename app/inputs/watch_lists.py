"""Watch lists: listed vessels from a packaged default and from users' files."""

from __future__ import annotations

import codecs
import csv
import io
import re
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from app.errors import WatchListError
from app.inputs.watch_list_formats import is_opensanctions, is_sdn, opensanctions_rows, sdn_rows
from detectors.vessels.flags import MMSI_MAX
from detectors.vessels.listed import Listed
from detectors.vessels.watch_list import WatchList

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

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
    """Return the packaged, dated list; a page next to it gives its sources."""
    text = resources.files("app.inputs").joinpath("packaged/ofac_dprk.csv").read_text(encoding="utf-8")
    return read_watch_list(text.encode(), "OFAC DPRK programmes")


def read_watch_list(data: bytes, list_name: str) -> WatchList:
    """Read a CSV with at least one of the columns imo, mmsi, name, or a published list (`sdn.csv`, ...).

    Raises WatchListError where no row names a vessel, with the columns that were found.
    """
    text = _text_of(data).lstrip("\r\n")
    lines = io.StringIO(
        text, newline=""
    )  # a name may hold a line break, and other marks that end lines elsewhere
    try:
        is_ofac = is_sdn(next(csv.reader(lines, skipinitialspace=True), []))
        lines.seek(0)
        if is_ofac:
            return watch_list_from_rows(sdn_rows(lines), list_name)
        rows = csv.DictReader(lines, dialect=_dialect(text))
        if is_opensanctions({_plain(name) for name in rows.fieldnames or () if name}):
            return watch_list_from_rows(opensanctions_rows(rows), list_name)
        picked = _picked(rows.fieldnames or (), list_name)
        mapped = ({ours: row.get(theirs) for ours, theirs in picked.items() if theirs} for row in rows)
        return watch_list_from_rows(mapped, list_name)
    except csv.Error as error:
        raise WatchListError(f"{list_name}: {error}") from None


def _text_of(data: bytes) -> str:
    """Return the text of a file, UTF-16 (as spreadsheets write it) where its byte order mark says so."""
    wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    return data.decode("utf-16" if wide else "utf-8-sig", errors="replace")


def _picked(headings: Sequence[str | None], list_name: str) -> dict[str, str]:
    """Return which column holds what; raises WatchListError where none names a vessel."""
    columns = {_plain(name): name for name in headings if name}
    picked = {ours: next((columns[a] for a in names if a in columns), "") for ours, names in ALIASES.items()}
    if not any(picked[key] for key in ("imo", "mmsi", "name")):
        found = ", ".join(columns) or "none"
        raise WatchListError(f"{list_name}: needs a column imo, mmsi or name; columns found: {found}")
    return picked


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
    return " ".join(str(value).split()) or None if isinstance(value, (str, int, float)) else None


def _number(value: object) -> int | None:
    """Return a number as lists write it: `9074729`, `IMO9074729`, `667,999,001`, `6.67999001E8`."""
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        return None
    text = re.sub(r"^(IMO|MMSI)|[\s,']", "", str(value).strip().upper())
    try:
        number = float(text)
    except ValueError:
        return None
    return int(number) if 0 < number <= MMSI_MAX and number == int(number) else None
