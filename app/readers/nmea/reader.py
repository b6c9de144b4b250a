"""Raw AIS files: lines, times, payloads, joined."""

from __future__ import annotations

import dataclasses
import re
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from app.readers.base import Batch, ReadError
from app.readers.columns import Table, batch_of
from app.readers.csv_lines import LONGEST_LINE_BYTES, lines_at
from app.readers.layouts import Layout
from app.readers.nmea.decode import decoded
from app.readers.nmea.lines import Messages, Scanner
from app.readers.rejects import RejectLog
from app.readers.vocabulary import RECEIVERS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from app.readers.base import ReadOptions, Source
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
    "carries was set within its minute"
)


class Nmea:
    """NMEA 0183 sentences VDM and VDO, with tag blocks, ``$PGHP`` lines, trailing or leading times.

    A message without time takes the minute of ``ReadOptions.time_base_s`` and the second that it
    carries itself (0-59); a message that carries none takes the time base as it is.
    """

    name = "nmea"

    def recognises(self, head: bytes) -> bool:
        """Take a text in which an AIS sentence stands near the beginning."""
        return b"\x00" not in head and SIGNATURE.search(head) is not None

    def read(self, source: Source, options: ReadOptions) -> Batch:
        """Read the whole file. Raises ReadError where no message has a time and none is given."""
        log = RejectLog(source.name)
        messages = Scanner(log).scan(_lines(source.path))
        frame, faults = decoded(messages)
        time_s, warnings = _times(messages, frame, options, source.name)
        line = np.array(messages.line, dtype=np.int64)

        def texts(rows: Int64) -> list[str]:
            wanted = line[rows].tolist()
            found = lines_at(source.path, wanted)
            return [found.get(number, "") for number in wanted]

        words = {code: word for word, code in reversed(RECEIVERS.items())}
        receiver = [words.get(code) for code in messages.receiver]
        table = frame.drop("second").with_columns(
            pl.Series("time", time_s), pl.Series("receiver", receiver, dtype=pl.String)
        )
        batch = batch_of(Table(table, line, faults, texts), Layout(self.name), source.name, options)
        for reason, count in batch.rejects.counts.items():
            shown = [(e.line, e.text) for e in batch.rejects.examples[reason]]
            log.add_many(reason, count, shown)
        return dataclasses.replace(
            batch,
            rows=batch.rows + messages.refused,
            rejects=log,
            warnings=(*batch.warnings, *warnings),
        )


def _lines(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while line := file.readline(LONGEST_LINE_BYTES):
            yield line


def _times(
    messages: Messages, frame: pl.DataFrame, options: ReadOptions, name: str
) -> tuple[Float64, tuple[str, ...]]:
    time_s = np.array(messages.time_s, dtype=np.float64)
    without = np.isnan(time_s)
    if not without.any():
        return time_s, ()
    if options.time_base_s is None:
        if without.all():
            raise ReadError(NO_TIME_AT_ALL.format(name=name))
        return time_s, ()
    second = frame["second"].fill_null(SECONDS_PER_MINUTE).to_numpy()
    minute_s = options.time_base_s // SECONDS_PER_MINUTE * SECONDS_PER_MINUTE
    based = np.where(second < SECONDS_PER_MINUTE, minute_s + second, options.time_base_s)
    told = TIME_FROM_BASE.format(count=f"{int(without.sum()):,}")
    return np.where(without, based, time_s), (told,)
