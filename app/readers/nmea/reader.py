"""Raw AIS files: lines, times, payloads, joined."""

from __future__ import annotations

import dataclasses
import re
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from app.readers.base import Batch, ReadError
from app.readers.columns import Table, batch_of
from app.readers.csv_lines import lines_at
from app.readers.layouts import Layout
from app.readers.nmea.decode import decoded
from app.readers.nmea.messages import DAY_S, messages_of

if TYPE_CHECKING:
    from app.readers.base import ReadOptions, Source
    from app.readers.nmea.messages import Messages
    from detectors.tracks.reports import Float64, Int64

SIGNATURE = re.compile(rb"[!$][A-Z-]{2}VD[MO],\d")
SECONDS_PER_MINUTE = 60
NO_TIME_AT_ALL = (
    "{name}: raw AIS without any time: no tag block with c:, no $PGHP line, no epoch behind or in "
    "front of a sentence. Say when it was received with --time-base (UTC), for instance "
    "--time-base 2024-03-01T12:00:00Z"
)
TIME_FROM_BASE = (
    "{count} messages had no time: the given time base was taken, and the second that a message "
    "carries was set within its minute, or a marker's time of day within its day"
)


class Nmea:
    """NMEA 0183 sentences VDM and VDO, with tag blocks, ``$PGHP`` lines, trailing or leading times.

    A message without time takes the minute of ``ReadOptions.time_base_s`` and the second that it
    carries itself (0-59); a message that carries none takes the time base as it is. Where marker
    lines (``!DATE-TIME,hh:mm:ss``) tell the time of day, the time base tells the first day.
    """

    name = "nmea"

    def recognises(self, head: bytes) -> bool:
        """Take a text in which an AIS sentence stands near the beginning."""
        return b"\x00" not in head and SIGNATURE.search(head) is not None

    def read(self, source: Source, options: ReadOptions) -> Batch:
        """Read the whole file. Raises ReadError where no message has a time and none is given."""
        messages = messages_of(source.path)
        frame = decoded(messages)
        time_s, warnings = _times(messages, frame["second"], options, source.name)

        def texts(rows: Int64) -> list[str]:
            wanted = messages.line[rows].tolist()
            found = lines_at(source.path, wanted)
            return [found.get(number, "") for number in wanted]

        columns = frame.drop("second").with_columns(
            pl.Series("time", time_s), pl.Series("receiver", messages.receiver)
        )
        table = Table(columns, messages.line, messages.faults, texts)
        batch = batch_of(table, Layout(self.name), source.name, options)
        return dataclasses.replace(batch, warnings=(*batch.warnings, *warnings))


def _times(
    messages: Messages, second: pl.Series, options: ReadOptions, name: str
) -> tuple[Float64, tuple[str, ...]]:
    time_s = messages.time_s
    without = np.isnan(time_s) & (messages.faults == 0)
    if not without.any():
        return time_s, ()
    if options.time_base_s is None:
        if np.isnan(time_s).all():
            raise ReadError(NO_TIME_AT_ALL.format(name=name))
        return time_s, ()
    seconds = second.fill_null(SECONDS_PER_MINUTE).to_numpy()
    minute_s = options.time_base_s // SECONDS_PER_MINUTE * SECONDS_PER_MINUTE
    based = np.where(seconds < SECONDS_PER_MINUTE, minute_s + seconds, options.time_base_s)
    day_s = options.time_base_s // DAY_S * DAY_S
    based = np.where(np.isnan(messages.clock_s), based, day_s + messages.clock_s)
    told = TIME_FROM_BASE.format(count=f"{int(without.sum()):,}")
    return np.where(without, based, time_s), (told,)
