"""Events as CSV."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.outputs.flat import NARROW, wide_row

if TYPE_CHECKING:
    from app.outputs.flat import Collection


def csv(collection: Collection) -> bytes:
    """Return one line per event."""
    import polars as pl  # noqa: PLC0415 - costs time that other formats need not pay

    rows = [wide_row(feature) for feature in collection["features"]]
    columns = list(dict.fromkeys(name for row in rows for name in row)) or list(NARROW)
    table = [{name: _safe(row.get(name)) for name in columns} for row in rows]
    frame = pl.DataFrame(table, schema=columns, infer_schema_length=None, strict=False)
    return frame.write_csv().encode()


def _safe(value: object) -> object:
    """Return a value that a spreadsheet does not run: names are received as sent, and may begin with =."""
    return f"'{value}" if isinstance(value, str) and value[:1] in "=+-@\t\r" else value
