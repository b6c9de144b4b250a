"""Objects of records: by the MMSI of each vessel, and pandas' ``to_json`` in its orients.

Of these ``records`` is read as it is, and ``table`` is an envelope; ``values`` has no names.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from app.readers.base.aliases import NEEDED
from app.readers.base.naming import name_tracks
from app.readers.base.reader import Batch, ReadError
from app.readers.json.shapes.flat import flat_batch

if TYPE_CHECKING:
    from app.readers.json.shapes.base import Parsed

MMSI = re.compile(r"\d{9}")
SPLIT = {"columns", "data"}
NO_NAMES = (
    "{name}: a list of lists of values without names (pandas writes it with orient='values'): nobody can "
    "tell which is the time. Write the names too, in pandas with df.to_json(orient='records', lines=True)"
)


class ByVessel:
    """An object with an MMSI for each key: a list of its records, or one record."""

    name = "json"

    def recognises(self, document: object) -> bool:
        """Take objects whose keys are all nine digits, over lists of objects or objects."""
        if not isinstance(document, dict) or not document:
            return False
        return all(map(MMSI.fullmatch, document)) and all(map(_holds, document.values()))

    def read(self, parsed: Parsed) -> Batch:
        """Give each record the key it stands under, unless it names its vessel itself."""
        assert isinstance(parsed.document, dict)
        records: list[object] = []
        for mmsi, value in parsed.document.items():
            rows = value if isinstance(value, list) else [value]
            records += [{"mmsi": mmsi, **row} if isinstance(row, dict) else row for row in rows]
        return flat_batch(records, parsed)


class Pandas:
    """``to_json`` with orient ``columns`` (the default), ``index`` or ``split``."""

    name = "json"

    def recognises(self, document: object) -> bool:
        """Take a table in one of the three forms, if its names show a time and a place."""
        return _columns_in(document) is not None

    def read(self, parsed: Parsed) -> Batch:
        """Turn the table into records, and read these."""
        return flat_batch(_columns_in(parsed.document) or [], parsed)


class Nameless:
    """A list of lists in no known order: ``to_json`` with orient ``values``."""

    name = "json"

    def recognises(self, document: object) -> bool:
        """Take lists of lists of single values."""
        rows = document if isinstance(document, list) else []
        return bool(rows) and all(isinstance(row, list) and len(row) >= len(NEEDED) for row in rows[:2])

    def read(self, parsed: Parsed) -> Batch:
        """Raise ReadError with the way out."""
        raise ReadError(NO_NAMES.format(name=parsed.name))


def _holds(value: object) -> bool:
    rows = value if isinstance(value, list) else [value]
    return all(isinstance(row, dict) for row in rows)


def _columns_in(document: object) -> list[object] | None:
    """Return the records of a table that is written as an object; None for what is none."""
    if not isinstance(document, dict) or not document:
        return None
    if set(document) >= SPLIT:
        return _split(document["columns"], document["data"])
    values = list(document.values())
    if not all(isinstance(value, dict) for value in values):
        return None
    if name_tracks(list(document)):
        index = dict.fromkeys(key for column in values for key in column)
        return [{name: column.get(key) for name, column in document.items()} for key in index]
    return values if name_tracks(list(values[0])) else None


def _split(names: object, rows: object) -> list[object] | None:
    if not isinstance(names, list) or not isinstance(rows, list):
        return None
    texts = [str(name) for name in names]
    if not name_tracks(texts):
        return None
    return [
        dict(zip(texts, row, strict=True)) if isinstance(row, list) and len(row) == len(texts) else row
        for row in rows
    ]
