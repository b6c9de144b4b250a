"""gpsd's JSON: AIS reports with a second of the minute only, among the receiver's own fixes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.readers.base.layouts import Layout
from app.readers.base.reader import Batch, ReadError
from app.readers.json.logged import LOGGED_AT
from app.readers.json.shapes.base import first_object
from app.readers.json.shapes.flat import flat_batch
from app.readers.json.shapes.gpsd_units import in_degrees_and_knots

if TYPE_CHECKING:
    from app.readers.json.shapes.base import Parsed

CLASSES = {"VERSION", "DEVICES", "DEVICE", "WATCH", "TPV", "SKY", "GST", "AIS", "PPS", "TOFF"}
SECONDS_PER_MINUTE = 60
LAYOUT = Layout(
    "gpsd",
    pinned={
        "time": "_time",
        "msg_type": "type",
        "ship_type": "shiptype",
        "name": "shipname",
        "nav_status": "status",
        "lon": "lon",
        "lat": "lat",
        "sog": "speed",
        "cog": "course",
    },
    is_utc=True,
)
NO_TIME_AT_ALL = (
    "{name}: AIS reports of gpsd without any time: they carry a second of the minute only, and no "
    "fix (TPV) with a time is among them. Say when they were received with `time_base` (UTC)"
)


class Gpsd:
    """Lines of gpsd. A report takes the time of its log, that of the receiver's last fix, or the time base.

    A fix without a time ends that of the fix before it: reports then have none until the next one.
    """

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
        clock = _Clock(parsed.options.time_base_s)
        records = [_record(row, clock) for row in rows]
        times = [record["_time"] for record in records if isinstance(record, dict)]
        if times and all(time is None for time in times):
            raise ReadError(NO_TIME_AT_ALL.format(name=parsed.name))
        return flat_batch(records, parsed, LAYOUT, rows)


@dataclass
class _Clock:
    """The time of the receiver's last fix; before the first that has one, the user's time base."""

    base_s: float | None
    now: object = None
    has_run: bool = False

    def set(self, time: object) -> None:
        """Take the time of a fix: None where it has none."""
        self.now = time or None
        self.has_run |= self.now is not None

    def time_of(self, second: object) -> object:
        """Return the time of a report that carries a second of the minute."""
        return self.now if self.has_run else _from_base(second, self.base_s)


def _record(row: object, clock: _Clock) -> object:
    """Give a report its time and its units; other classes become empty records."""
    if not isinstance(row, dict):
        return row
    if row.get("class") == "AIS":
        return in_degrees_and_knots(row) | {"_time": row.get(LOGGED_AT) or clock.time_of(row.get("second"))}
    if row.get("class") == "TPV":
        clock.set(row.get("time"))
    return None


def _from_base(second: object, base_s: float | None) -> float | None:
    """Set the second of a report within the minute of the time base (as for raw AIS)."""
    if base_s is None:
        return None
    if not isinstance(second, int) or not 0 <= second < SECONDS_PER_MINUTE:
        return base_s
    return base_s // SECONDS_PER_MINUTE * SECONDS_PER_MINUTE + second
