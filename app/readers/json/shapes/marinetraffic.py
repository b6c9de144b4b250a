"""MarineTraffic's ``protocol:json``: an array of arrays, whose order depends on the service.

Its ``jsono`` and CSV name their fields and are read by the layout table. Speed is in tenths of a
knot (service documentation, "SPEED returned in (knots x10)").
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from app.readers.base.layouts import TENTHS, Layout
from app.readers.json.shapes.flat import flat_batch

if TYPE_CHECKING:
    from app.readers.base.reader import Batch
    from app.readers.json.shapes.base import Parsed

ORDERS: tuple[list[str], ...] = (
    ["MMSI", "STATUS", "SPEED", "LON", "LAT", "COURSE", "HEADING", "TIMESTAMP", "SHIP_ID"],
    [
        "MMSI",
        "IMO",
        "SHIP_ID",
        "LAT",
        "LON",
        "SPEED",
        "HEADING",
        "COURSE",
        "STATUS",
        "TIMESTAMP",
        "DSRC",
        "UTC_SECONDS",
    ],
    ["MMSI", "LAT", "LON", "SPEED", "HEADING", "COURSE", "STATUS", "TIMESTAMP", "DSRC"],
)
"""Fields in the order of historical tracks, of vessel positions, and of their older version."""
FEWEST_FIELDS = 8
STAMP = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}")


class MarineTrafficArrays:
    """Positions as arrays of values without names."""

    name = "marinetraffic"

    def recognises(self, document: object) -> bool:
        """Take a list of lists that has a time where one of the known orders has it."""
        if not isinstance(document, list) or not document or not isinstance(document[0], list):
            return False
        return _order_of(document[0]) is not None

    def read(self, parsed: Parsed) -> Batch:
        """Name the values by the order that fits the first row, and read them as records."""
        rows = parsed.document if isinstance(parsed.document, list) else []
        order = _order_of(rows[0]) or ORDERS[0]
        records = [_named(row, order) for row in rows]
        layout = Layout(self.name, is_utc=True, factors=TENTHS)
        return flat_batch(records, parsed, layout, rows)


def _named(row: object, order: list[str]) -> object:
    if not isinstance(row, list) or len(row) < FEWEST_FIELDS:
        return row
    return dict(zip(order, row, strict=False))


def _order_of(row: list[object]) -> list[str] | None:
    if len(row) < FEWEST_FIELDS:
        return None
    for order in ORDERS:
        place = order.index("TIMESTAMP")
        if place < len(row) and STAMP.match(str(row[place])) and len(row) <= len(order):
            return order
    return None
