"""gpsd's JSON: AIS reports with a second of the minute only, among the receiver's own fixes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.readers.base.layouts import AIS_UNITS, Layout
from app.readers.base.reader import Batch, ReadError
from app.readers.json.shapes.base import first_object
from app.readers.json.shapes.flat import flat_batch

if TYPE_CHECKING:
    from app.readers.json.shapes.base import Parsed

CLASSES = {"VERSION", "DEVICES", "DEVICE", "WATCH", "TPV", "SKY", "GST", "AIS", "PPS", "TOFF"}
SECONDS_PER_MINUTE = 60
PINNED = {
    "time": "_time",
    "msg_type": "type",
    "ship_type": "shiptype",
    "name": "shipname",
    "nav_status": "status",
}
SCALED = Layout("gpsd", pinned=PINNED, is_utc=True)
RAW = Layout(
    "gpsd",
    pinned=PINNED,
    is_utc=True,
    factors=AIS_UNITS,
)
NO_TIME_AT_ALL = (
    "{name}: AIS reports of gpsd without any time: they carry a second of the minute only, and no "
    "fix (TPV) with a time is among them. Say when they were received with `time_base` (UTC)"
)


class Gpsd:
    """Lines of gpsd. A report takes the time of the receiver's last fix, else the time base."""

    name = "gpsd"

    def recognises(self, document: object) -> bool:
        """Take records with gpsd's ``class`` and no receive time of their own."""
        record = first_object(document)
        return (
            record is not None and record.get("class") in CLASSES and not {"rxtime", "rxuxtime"} & set(record)
        )

    def read(self, parsed: Parsed) -> Batch:
        """Read the AIS reports. Raises ReadError where there is no time at all."""
        rows = parsed.document if isinstance(parsed.document, list) else []
        records = _timed(rows, parsed.options.time_base_s)
        reports = [r for r in records if isinstance(r, dict) and r.get("class") == "AIS"]
        if reports and all(r["_time"] is None for r in reports):
            raise ReadError(NO_TIME_AT_ALL.format(name=parsed.name))
        is_scaled = any(report.get("scaled") is True for report in reports)
        return flat_batch(records, parsed, SCALED if is_scaled else RAW, rows)


def _timed(rows: list[object], base_s: float | None) -> list[object]:
    """Give each report a time; other classes become empty records."""
    now: object = None
    records: list[object] = []
    for row in rows:
        if not isinstance(row, dict):
            records.append(row)
        elif row.get("class") == "AIS":
            records.append({**row, "_time": now or _from_base(row.get("second"), base_s)})
        else:
            now = row.get("time", now) if row.get("class") == "TPV" else now
            records.append(None)
    return records


def _from_base(second: object, base_s: float | None) -> float | None:
    """Set the second of a report within the minute of the time base (as for raw AIS)."""
    if base_s is None:
        return None
    if not isinstance(second, int) or not 0 <= second < SECONDS_PER_MINUTE:
        return base_s
    return base_s // SECONDS_PER_MINUTE * SECONDS_PER_MINUTE + second
