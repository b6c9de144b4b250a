"""Raw AIS files: lines, times, payloads, joined."""

from __future__ import annotations

import dataclasses
import re
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from app.readers.base.account import fields_read
from app.readers.base.columns import Table, date_order, part_of
from app.readers.base.layouts import Layout
from app.readers.base.memory import by_lines
from app.readers.base.parts import Part, joined
from app.readers.base.reader import Batch, ReadError, UnsettledError
from app.readers.csv.lines import lines_at
from app.readers.nmea.around import Form
from app.readers.nmea.decode import decoded
from app.readers.nmea.messages import DAY_S, messages_of
from app.readers.nmea.table import header_in, is_table_of_positions
from app.readers.nmea.unchecked import READ_UNCHECKED

if TYPE_CHECKING:
    from app.readers.base.reader import ReadOptions, Source
    from app.readers.nmea.messages import Messages
    from detectors.tracks.reports import Float64

SIGNATURE = re.compile(rb"[!$][A-Z-]{2}VD[MO],\d")
SECONDS_PER_MINUTE = 60
PIECE_MESSAGES = 200_000
"""So many are decoded at a time: each takes some 300 bytes meanwhile."""
FIELDS_READ = {
    "mmsi": "MMSI",
    "time": "time of the line",
    "lat": "latitude",
    "lon": "longitude",
    "sog": "speed over ground",
    "cog": "course over ground",
    "heading": "true heading",
    "nav_status": "navigational status",
    "msg_type": "message type",
    "receiver": "receiver of the line",
    "imo": "IMO number",
    "name": "name",
    "callsign": "call sign",
    "ship_type": "type of ship",
    "to_bow_m": "dimension to bow",
    "to_stern_m": "dimension to stern",
    "to_port_m": "dimension to port",
    "to_starboard_m": "dimension to starboard",
    "draught_m": "draught",
    "destination": "destination",
}
"""What ITU-R M.1371-5 calls the fields that are read, by our names."""
NO_TIME_AT_ALL = (
    "{name}: raw AIS without any time: no tag block with c:, no $PGHP line, no epoch behind or in "
    "front of a sentence. Say when it was received with `time_base` (UTC), for instance "
    "2024-03-01T12:00:00Z"
)
TIME_FROM_BASE = (
    "{count} messages had no time: the given time base was taken, and the second that a message "
    "carries was set within its minute, or a marker's time of day within its day"
)

TAKEN_PER_LINE_BYTES = 400.0
"""At the peak (benchmarks/readers.py)."""


class Nmea:
    """NMEA 0183 sentences VDM and VDO, with tag blocks, ``$PGHP`` lines, or times in the text around them.

    That may be a table with or without a header, a log, or JSON that carries the sentences.

    A message without time takes the minute of ``ReadOptions.time_base_s`` and the second that it
    carries itself (0-59); a message that carries none takes the time base as it is. Where marker
    lines (``!DATE-TIME,hh:mm:ss``) give the time of day, the time base the first day.
    """

    name = "nmea"

    def recognises(self, head: bytes) -> bool:
        """Take a text in which an AIS sentence stands near the beginning, but beside decoded positions."""
        is_text = b"\x00" not in head and SIGNATURE.search(head) is not None
        return is_text and not is_table_of_positions(head)

    def takes_bytes(self, source: Source) -> float:
        """Return the memory it takes (`Reader.takes_bytes`)."""
        return by_lines(source, TAKEN_PER_LINE_BYTES)

    def read(self, source: Source, options: ReadOptions) -> Batch:
        """Read the whole file. Raises ReadError where no message has a time and none is given."""
        form = _form(source, options)
        messages = messages_of(source.path, form)
        try:
            batch = _joined(messages, PIECE_MESSAGES, source, options)
        except UnsettledError:
            batch = _joined(messages, len(messages), source, options)
        return dataclasses.replace(batch, warnings=(*batch.warnings, *form.doubts, *_unchecked(messages)))


def _form(source: Source, options: ReadOptions) -> Form:
    order = date_order(Layout(Nmea.name), options)
    return Form(header_in(source.head, options.columns), options.time_base_s, order)


def _unchecked(messages: Messages) -> tuple[str, ...]:
    """Return what a user is told of messages without a checksum that were read."""
    count = int((messages.is_unchecked & (messages.faults == 0)).sum())
    return (READ_UNCHECKED.format(count=f"{count:,}"),) if count else ()


def _joined(messages: Messages, count: int, source: Source, options: ReadOptions) -> Batch:
    """Decode so many messages at a time, and join what they give."""
    untimed: list[int] = []

    def part(first: int) -> Part:
        some = messages.slice(first, count)
        frame = decoded(some)
        untimed.append(int((np.isnan(some.time_s) & (some.faults == 0)).sum()))
        time_s = _times(some, frame["second"], options)
        columns = frame.drop("second").with_columns(
            pl.Series("time", time_s), pl.Series("receiver", some.receiver)
        )
        table = Table(columns, some.line, some.faults, lambda rows: _texts(source, some.line[rows].tolist()))
        following = dataclasses.replace(options, first_row=options.first_row + first)
        return part_of(table, Layout(Nmea.name), source.name, following)

    firsts = range(0, max(1, len(messages)), max(1, count))
    batch = joined(map(part, firsts), options.max_vessels, len(messages) / max(1, min(count, len(messages))))
    batch = dataclasses.replace(batch, columns=fields_read(batch.used, FIELDS_READ))
    if not sum(untimed):
        return batch
    if options.time_base_s is not None:
        warning = TIME_FROM_BASE.format(count=f"{sum(untimed):,}")
        return dataclasses.replace(batch, warnings=(*batch.warnings, warning))
    if np.isnan(messages.time_s).all():
        raise ReadError(NO_TIME_AT_ALL.format(name=source.name))
    return batch


def _texts(source: Source, wanted: list[int]) -> list[str]:
    found = lines_at(source.path, wanted)
    return [found.get(number, "") for number in wanted]


def _times(messages: Messages, second: pl.Series, options: ReadOptions) -> Float64:
    """Return the times of messages, from the time base where they have none of their own."""
    time_s = messages.time_s
    without = np.isnan(time_s) & (messages.faults == 0)
    if options.time_base_s is None or not without.any():
        return time_s
    seconds = second.fill_null(SECONDS_PER_MINUTE).to_numpy()
    minute_s = options.time_base_s // SECONDS_PER_MINUTE * SECONDS_PER_MINUTE
    based = np.where(seconds < SECONDS_PER_MINUTE, minute_s + seconds, options.time_base_s)
    day_s = options.time_base_s // DAY_S * DAY_S
    based = np.where(np.isnan(messages.clock_s), based, day_s + messages.clock_s)
    return np.where(without, based, time_s)
