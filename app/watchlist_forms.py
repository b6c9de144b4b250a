"""Published watch lists in the forms in which they are published -> rows of imo, mmsi, name, entry, date.

OFAC's `sdn.csv` (its data specification of 2023: twelve columns without a header, `-0-` for nothing,
numbers and weak names in the remarks), OpenSanctions' `targets.simple.csv` and `maritime.csv`. Each name
gives a row.
"""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

Row = dict[str, str | None]

SDN_COLUMNS = 12
SDN_NAME, SDN_TYPE, SDN_PROGRAM, SDN_REMARKS = 1, 2, 3, 11
SDN_TYPES = {"individual", "vessel", "aircraft", "-0-"}
NOTHING = "-0-"

IMO = re.compile(r"IMO\s*(\d{7})\b")
MMSI = re.compile(r"MMSI\s*(\d{9})\b")
ALSO_CALLED = re.compile(r"[afn]\.k\.a\.\s*['\u2018]([^'\u2019]+)['\u2019]")


def is_sdn(first: Sequence[str]) -> bool:
    """Tell whether the first record of a file is one of OFAC's `sdn.csv`."""
    cells = [cell.strip() for cell in first]
    return len(cells) == SDN_COLUMNS and cells[0].isdigit() and cells[SDN_TYPE].lower() in SDN_TYPES


def sdn_rows(text: str) -> Iterator[Row]:
    """Give the vessels of OFAC's list, once for each of their names."""
    for cells in csv.reader(text.splitlines(), skipinitialspace=True):
        if len(cells) != SDN_COLUMNS or cells[SDN_TYPE].strip().lower() != "vessel":
            continue
        programme, remarks = cells[SDN_PROGRAM].strip(), cells[SDN_REMARKS]
        listed = {
            "imo": _first(IMO, remarks),
            "mmsi": _first(MMSI, remarks),
            "entry": f"OFAC SDN {cells[0].strip()} [{'' if programme == NOTHING else programme}]",
        }
        yield from _named(listed, cells[SDN_NAME].strip(), ALSO_CALLED.findall(remarks))


def is_opensanctions(columns: set[str]) -> bool:
    """Tell whether a header is that of one of OpenSanctions' tables."""
    return {"schema", "identifiers", "dataset"} <= columns or {"caption", "imo", "datasets"} <= columns


def opensanctions_rows(rows: Iterator[Mapping[str, str]]) -> Iterator[Row]:
    """Give the vessels of an OpenSanctions table, once for each of their names.

    The simple table holds many kinds of targets, and their numbers in one column; the maritime one has
    columns of its own, and companies among the ships.
    """
    for row in rows:
        if (row.get("schema") or row.get("type") or "").strip().lower() != "vessel":
            continue
        numbers = row.get("identifiers") or ""
        source = row.get("dataset") or row.get("datasets") or "OpenSanctions"
        listed = {
            "imo": row.get("imo") or _first(IMO, numbers),
            "mmsi": row.get("mmsi") or _first(MMSI, numbers),
            "entry": f"{source} {row.get('id') or ''}".strip(),
            "date": (row.get("last_seen") or row.get("last_change") or "")[:10] or None,
        }
        name = row.get("name") or row.get("caption") or ""
        yield from _named(listed, name, (row.get("aliases") or "").split(";"))


def _named(listed: Row, name: str, others: Sequence[str]) -> Iterator[Row]:
    """Give an entry under its name, and under each other name without the numbers: they are told once."""
    yield {**listed, "name": name or None}
    for other in dict.fromkeys(each.strip() for each in others):
        if other and other != name:
            called = f"{listed['entry']}, listed as {name}" if name else listed["entry"]
            yield {**listed, "imo": None, "mmsi": None, "name": other, "entry": called}


def _first(pattern: re.Pattern[str], text: str) -> str | None:
    found = pattern.search(text)
    return found.group(1) if found else None
