"""Published watch lists in the forms in which they are published -> rows of imo, mmsi, name, entry, date.

OFAC's `sdn.csv` (its data specification of 2023: twelve columns without a header, `-0-` for nothing,
numbers and weak names in the remarks), OpenSanctions' `targets.simple.csv` and `maritime.csv`. Each name
gives a row, and so does each further number: a vessel that changed its flag is listed with all its MMSIs.
"""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

Row = dict[str, str | None]

SDN_COLUMNS = 12
SDN_NAME, SDN_TYPE, SDN_PROGRAM, SDN_REMARKS = 1, 2, 3, 11
SDN_TYPES = {"individual", "vessel", "aircraft", "-0-"}
NOTHING = "-0-"

IMO = re.compile(r"IMO\s*(\d{7})\b", re.IGNORECASE)
MMSI = re.compile(r"MMSI\s*(\d{9})\b", re.IGNORECASE)
ALSO_CALLED = re.compile(r"[afn]\.k\.a\.\s*['\u2018]([^'\u2019]+)['\u2019]", re.IGNORECASE)


def is_sdn(first: Sequence[str]) -> bool:
    """Return whether the first record of a file is one of OFAC's `sdn.csv`."""
    cells = [cell.strip() for cell in first]
    return len(cells) == SDN_COLUMNS and cells[0].isdigit() and cells[SDN_TYPE].lower() in SDN_TYPES


def sdn_rows(lines: Iterable[str]) -> Iterator[Row]:
    """Yield the vessels of OFAC's list, once for each of their names."""
    for cells in csv.reader(lines, skipinitialspace=True):
        if len(cells) != SDN_COLUMNS or cells[SDN_TYPE].strip().lower() != "vessel":
            continue
        programme, remarks = cells[SDN_PROGRAM].strip(), cells[SDN_REMARKS]
        listed: Row = {"entry": f"OFAC SDN {cells[0].strip()} [{'' if programme == NOTHING else programme}]"}
        numbers = {"imo": IMO.findall(remarks), "mmsi": MMSI.findall(remarks)}
        yield from _rows(listed, numbers, cells[SDN_NAME].strip(), ALSO_CALLED.findall(remarks))


def is_opensanctions(columns: set[str]) -> bool:
    """Return whether a header is that of one of OpenSanctions' tables."""
    return {"schema", "identifiers", "dataset"} <= columns or {"caption", "imo", "datasets"} <= columns


def opensanctions_rows(rows: Iterator[Mapping[str, str]]) -> Iterator[Row]:
    """Yield the vessels of an OpenSanctions table, once for each of their names.

    The simple table holds many kinds of targets, and their numbers in one column; the maritime one has
    columns of its own, and companies among the vessels.
    """
    for row in rows:
        values = {name.strip().lower(): value or "" for name, value in row.items() if name}
        if (values.get("schema") or values.get("type", "")).strip().lower() != "vessel":
            continue
        source = values.get("dataset") or values.get("datasets") or "OpenSanctions"
        listed: Row = {
            "entry": f"{source} {values.get('id', '')}".strip(),
            "date": (values.get("last_seen") or values.get("last_change") or "")[:10] or None,
        }
        mixed = values.get("identifiers", "")
        numbers = {
            "imo": _parts(values.get("imo", "")) or IMO.findall(mixed),
            "mmsi": _parts(values.get("mmsi", "")) or MMSI.findall(mixed),
        }
        name = values.get("name") or values.get("caption") or ""
        yield from _rows(listed, numbers, name, _parts(values.get("aliases", "")))


def _rows(
    listed: Row, numbers: Mapping[str, Sequence[str]], name: str, others: Sequence[str]
) -> Iterator[Row]:
    """Yield an entry under its name and first numbers, then each further name and number by itself."""
    first = {kind: next(iter(found), None) for kind, found in numbers.items()}
    yield {**listed, **first, "name": name or None}
    called = f"{listed['entry']}, listed as {name}" if name else listed["entry"]
    for kind, found in {"name": others, **numbers}.items():
        for other in dict.fromkeys(each.strip() for each in found):
            if other and other not in (name, first.get(kind)):
                yield {**listed, "entry": called, kind: other}


def _parts(cell: str) -> list[str]:
    """Return the values of a cell that holds several."""
    return [part for each in cell.split(";") if (part := each.strip())]
