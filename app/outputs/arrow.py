"""Events as Arrow tables with typed columns, for formats that databases and maps read."""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import shapely
from shapely.geometry import shape

from app.outputs.flat import (
    MORE,
    MORE_OF_VESSEL,
    NARROW,
    NUMBER,
    OF_VESSEL,
    TEXT,
    TIME,
    WHOLE,
    clean,
    vessel_values,
    wide_row,
)
from detectors import KINDS
from detectors.core.measures import Type

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from app.outputs.flat import Collection, Row

TYPES = {
    TEXT: pa.string(),
    NUMBER: pa.float64(),
    WHOLE: pa.int64(),
    TIME: pa.timestamp("ms", tz="UTC"),
    Type.NUMBER: pa.float64(),
    Type.COUNT: pa.int64(),
    Type.FLAG: pa.bool_(),
    Type.CODE: pa.string(),
    Type.TEXT: pa.string(),
}
MEASURES = {measure.name: measure.type for kind in KINDS for measure in kind.all_measures}
COLUMNS = {**NARROW, **MORE}
VESSEL_COLUMNS = {**OF_VESSEL, **MORE_OF_VESSEL}

REASON_COLUMNS = {
    "event_id": TEXT, "number": WHOLE, "name": TEXT, "value": TEXT, "unit": TEXT, "threshold": NUMBER,
    "weight": NUMBER, "text": TEXT,
}  # fmt: skip
VESSEL_TABLE_COLUMNS = {"event_id": TEXT, "number": WHOLE, **VESSEL_COLUMNS, "beam": NUMBER}


def events_table(collection: Collection) -> pa.Table:
    """Return one row per event, its geometry as WKB in the last column, `geometry`.

    Columns are typed by what they are declared to hold, not by what occurs: none changes its type from
    run to run.
    """
    rows = [wide_row(feature) for feature in collection["features"]]
    names = dict.fromkeys([*COLUMNS, *(name for row in rows for name in row)])
    table = _table(rows, {name: _type_of(name) for name in names})
    shapes = [shapely.to_wkb(shape(feature["geometry"])) for feature in collection["features"]]
    return table.append_column("geometry", pa.array(shapes, pa.binary()))


def reasons_table(collection: Collection) -> pa.Table:
    """Return one row per reason of an event; `value` is text, as reasons hold numbers and codes."""
    rows = [
        {"event_id": feature["id"], "number": number, **reason, "value": _text(reason["value"])}
        for feature in collection["features"]
        for number, reason in enumerate(feature["properties"]["reasons"], start=1)
    ]
    return _table(rows, REASON_COLUMNS)


def vessels_table(collection: Collection) -> pa.Table:
    """Return one row per vessel of an event, as it was known when the event began."""
    rows = [
        {
            **vessel_values(vessel),
            "event_id": feature["id"],
            "number": number,
            "beam": vessel["beam_m"],
        }
        for feature in collection["features"]
        for number, vessel in enumerate(feature["properties"]["vessels"], start=1)
    ]
    return _table(rows, VESSEL_TABLE_COLUMNS)


def _table(rows: Iterable[Row], columns: Mapping[str, str]) -> pa.Table:
    schema = pa.schema([(name, TYPES[kind]) for name, kind in columns.items()])
    plain = [{name: _value(row.get(name), kind) for name, kind in columns.items()} for row in rows]
    return pa.Table.from_pylist(plain, schema=schema)


def _type_of(name: str) -> str:
    vessel_column = re.sub(r"_\d+$", "", name)
    return COLUMNS.get(name) or MEASURES.get(name) or VESSEL_COLUMNS[vessel_column]


def _value(value: Any, kind: str) -> object:  # noqa: ANN401 - JSON
    if kind == TIME and value is not None:
        return datetime.fromisoformat(value)
    return clean(value)


def _text(value: object) -> str | None:
    return None if value is None else str(value)
