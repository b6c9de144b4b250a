"""Parsed JSON records -> a table, without trusting that any value is of the kind it should be."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl
from pydantic_core import to_json

from app.readers.base.columns import Table
from app.readers.base.faults import mark, no_faults
from app.readers.base.rejects import EXAMPLE_TEXT_CHARS, Reject
from app.readers.values.numbers import NO_SCALAR

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from app.readers.values.vessels import Vessels
    from detectors.tracks.reports import Int64

IDENTIFIERS = ("mmsi", "own_id")
"""Our names of the columns that name vessels."""
LARGEST_NUMBER = 1e300
LARGEST_INTEGER = 2**63 - 1


def column(values: Sequence[object]) -> pl.Series:
    """Return values of mixed kinds as one column: numbers if all are, else texts.

    >>> column([1, None, "2"]).to_list()
    ['1', None, '2']
    """
    kinds = set(map(type, values))
    if kinds <= {float, type(None)}:
        return pl.Series(values, dtype=pl.Float64)
    if kinds <= {int, type(None)} and all(v is None or abs(v) <= LARGEST_INTEGER for v in values):  # type: ignore[arg-type]
        return pl.Series(values, dtype=pl.Int64)
    if kinds <= {int, float, type(None)}:
        known = [v for v in values if isinstance(v, int | float)]
        if all(abs(v) < LARGEST_NUMBER for v in known):
            return pl.Series(
                [float(v) if isinstance(v, int | float) else None for v in values],
                dtype=pl.Float64,
            )
    return pl.Series([_text(value) for value in values], dtype=pl.String)


def _text(value: object) -> str | None:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool) or not isinstance(value, int | float):
        return NO_SCALAR
    return repr(value) if abs(value) < LARGEST_NUMBER else NO_SCALAR


def identifiers(values: Sequence[object]) -> pl.Series:
    """Return what names vessels as a column, with `NO_SCALAR` for each value that can name none.

    >>> identifiers([440000001, "Wolmi", True, 1.5, None]).to_list()
    ['440000001', 'Wolmi', '(not a single value)', '(not a single value)', None]
    """
    return column([NO_SCALAR if _names_nobody(value) else value for value in values])


def _names_nobody(value: object) -> bool:
    if isinstance(value, float):
        return not value.is_integer()
    return isinstance(value, bool) or not (value is None or isinstance(value, str | int))


def shown(record: object) -> str:
    """Return a record as compact JSON, cut to the length of an example."""
    return to_json(record, inf_nan_mode="constants").decode()[:EXAMPLE_TEXT_CHARS]


def keys_of(records: Sequence[object]) -> list[str]:
    """Return every key that some record has, in the order of their first use."""
    shapes = dict.fromkeys(tuple(r) for r in records if isinstance(r, dict))
    return list(dict.fromkeys(key for shape in shapes for key in shape))


def table_of(
    records: Sequence[object],
    columns: Mapping[str, str],
    *,
    line: Int64 | None = None,
    vessels: Vessels | None = None,
    originals: Sequence[object] | None = None,
) -> Table:
    """Make a table of flat records; `columns` maps our names to the records' keys.

    What is no JSON object is marked as a fault. `line` numbers the records from 1 by default.
    """
    objects = [r if isinstance(r, dict) else {} for r in records]
    frame = pl.DataFrame(
        {
            ours: (identifiers if ours in IDENTIFIERS else column)([r.get(theirs) for r in objects])
            for ours, theirs in columns.items()
        }
    )
    faults = no_faults(len(records))
    mark(faults, np.array([not isinstance(r, dict) for r in records], bool), Reject.NOT_A_RECORD)
    number = np.arange(1, len(records) + 1, dtype=np.int64) if line is None else line

    def texts(rows: Int64) -> list[str]:
        return [shown((originals or records)[row]) for row in rows.tolist()]

    return Table(frame, number, faults, texts, vessels)
