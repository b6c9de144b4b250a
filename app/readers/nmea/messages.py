"""Sentences -> whole messages: each with its time and receiver, parts put together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from app.readers.base.faults import mark, no_faults
from app.readers.base.rejects import Reject
from app.readers.nmea.around import Form
from app.readers.nmea.lines import chunks, sentences
from app.readers.values.calendar import DateOrder
from app.readers.values.times import DAY_OR_MONTH

if TYPE_CHECKING:
    from pathlib import Path

    from detectors.tracks.reports import Bool, Float64, Int64, UInt8

MOST_FILL_BITS = 5
MOST_WAITING = 512
"""Incomplete messages held at a time; the oldest is given up beyond that."""
LONGEST_WAIT_LINES = 2000
"""Parts of a message stand close to one another; beyond this a sequence number is reused."""
KEPT = ("line", "payload", "fill_bits", "time_s", "clock_s", "receiver", "is_unchecked", "reason")
DAY_S = 86_400.0


@dataclass(frozen=True)
class Messages:
    """Whole messages, and what is lost of others, as columns in the order of the file.

    `payload` is six-bit ASCII. `clock_s` counts from the midnight before the first message where
    marker lines give the time of day only, and is NaN elsewhere. `is_unchecked`: some sentence of it had no
    checksum. `faults` says why a message is
    lost (`faults.CODES`), or is 0.
    """

    payload: pl.Series
    fill_bits: UInt8
    line: Int64
    time_s: Float64
    clock_s: Float64
    receiver: UInt8
    is_unchecked: Bool
    faults: UInt8

    def __len__(self) -> int:
        return len(self.line)

    def slice(self, first: int, count: int) -> Messages:
        """Return some of the messages; what is marked on them is marked on these."""
        some = slice(first, first + count)
        return Messages(
            self.payload.slice(first, count),
            self.fill_bits[some],
            self.line[some],
            self.time_s[some],
            self.clock_s[some],
            self.receiver[some],
            self.is_unchecked[some],
            self.faults[some],
        )


def messages_of(path: Path, form: Form | None = None) -> Messages:
    """Read all messages of a file."""
    parts = _sentences(path, form or Form())
    rows = _with_context(pl.concat(parts)).filter(pl.col("is_sentence") | pl.col("is_fault"))
    rows = _judged(rows)
    is_part = (rows["reason"] == "") & (rows["total"] != 1)
    whole = _assembled(rows.filter(is_part))
    table = pl.concat([rows.filter(~is_part).select(KEPT), whole]).sort("line", maintain_order=True)
    return _columns(table)


def _sentences(path: Path, form: Form) -> list[pl.DataFrame]:
    """Read the lines; once more where a later one shows how the dates of an earlier one are meant."""
    parts = [sentences(lines, form) for lines in chunks(path)]
    order = form.decided.get("date_order")
    if DAY_OR_MONTH not in form.doubts or order is None or form.order is not None:
        return parts
    form.order = DateOrder(order)
    del form.doubts[DAY_OR_MONTH]
    return [sentences(lines, form) for lines in chunks(path)]


def _columns(table: pl.DataFrame) -> Messages:
    faults = no_faults(len(table))
    for reason in table["reason"].unique().to_list():
        if reason:
            mark(faults, (table["reason"] == reason).to_numpy(), Reject(reason))
    return Messages(
        payload=table["payload"].fill_null(""),
        fill_bits=table["fill_bits"].to_numpy(),
        line=table["line"].to_numpy(),
        time_s=table["time_s"].fill_null(float("nan")).to_numpy(),
        clock_s=table["clock_s"].fill_null(float("nan")).to_numpy(),
        receiver=table["receiver"].to_numpy(),
        is_unchecked=table["is_unchecked"].to_numpy(),
        faults=faults,
    )


def _with_context(rows: pl.DataFrame) -> pl.DataFrame:
    """Give each sentence the time and receiver of the context lines since the sentence before it.

    Its own line takes precedence; then the latest context line.
    """
    number = pl.int_range(pl.len())
    last_sentence = pl.when("is_sentence").then(number).forward_fill().shift(1).fill_null(-1)
    carried = []
    for name in ("time_s", "receiver"):
        is_given = pl.col("is_context") & pl.col(name).is_not_null()
        place = pl.when(is_given).then(number).forward_fill()
        value = pl.when(is_given).then(name).forward_fill()
        carried.append(pl.when(place > last_sentence).then(value).alias(f"{name}_before"))
    rows = rows.with_columns(*carried, _clock())
    merged = [pl.coalesce(name, f"{name}_before").alias(name) for name in ("time_s", "receiver")]
    rows = rows.with_columns(*merged).with_columns(*map(_shared, ("group", "sender")))
    rows = rows.with_columns(*map(_shared, ("time_s", "receiver")))
    return rows.with_columns(pl.col("receiver").fill_null(0))


def _clock() -> pl.Expr:
    """Carry the time of day from marker to marker; one that goes back by half a day is tomorrow."""
    set_s = pl.col("clock_s")
    is_tomorrow = (set_s - set_s.forward_fill().shift(1) < -DAY_S / 2).fill_null(value=False)
    return (set_s.forward_fill() + DAY_S * is_tomorrow.cum_sum()).alias("clock_s")


def _shared(name: str) -> pl.Expr:
    """Give the later sentences of a line what its first one has."""
    first = pl.when(~pl.col("is_more")).then(name).forward_fill()
    return pl.when("is_more").then(first).otherwise(name).alias(name)


def _judged(rows: pl.DataFrame) -> pl.DataFrame:
    """Add the reason why a row gives no message, empty where it does or may."""
    is_grammar = pl.col("part").is_between(1, "total") & (pl.col("fill_bits") <= MOST_FILL_BITS)
    reason = (
        pl.when("is_fault")
        .then(pl.lit(Reject.NOT_A_SENTENCE.value))
        .when(~pl.col("is_sound"))
        .then(pl.lit(Reject.BAD_CHECKSUM.value))
        .when(~is_grammar.fill_null(value=False))
        .then(pl.lit(Reject.NOT_A_SENTENCE.value))
        .otherwise(pl.lit(""))
    )
    return rows.with_columns(reason.alias("reason"), pl.col("fill_bits").fill_null(0))


@dataclass
class _Waiting:
    """A message of which parts are still to come."""

    line: int
    total: int
    time_s: float | None
    clock_s: float | None
    receiver: int
    parts: dict[int, str]
    fill_bits: int = 0
    is_unchecked: bool = False

    def take(self, row: _Part) -> None:
        """Add one part; time and receiver of an earlier one stay."""
        self.parts[row.part] = row.payload
        self.time_s = row.time_s if self.time_s is None else self.time_s
        self.receiver = self.receiver or row.receiver
        self.is_unchecked |= row.is_unchecked
        if row.part == row.total:
            self.fill_bits = row.fill_bits

    def row(self) -> tuple[object, ...]:
        """Return the message as a row of `KEPT`; with the reason if parts are missing."""
        numbers = range(1, self.total + 1)
        payload = "".join(self.parts.get(number, "") for number in numbers)
        is_whole = len(self.parts) == self.total
        reason = "" if is_whole else Reject.INCOMPLETE_MULTIPART.value
        context = (self.time_s, self.clock_s, self.receiver, self.is_unchecked)
        return self.line, payload, self.fill_bits, *context, reason


class _Part(NamedTuple):
    """One sentence of a message in several; `sender` and `group` are None where none is named."""

    line: int
    payload: str
    fill_bits: int
    time_s: float | None
    clock_s: float | None
    receiver: int
    is_unchecked: bool
    total: int
    part: int
    series: int
    sender: int | None
    group: int | None


class _Assembler:
    """Incomplete messages, by what their parts share, and within that by sender."""

    def __init__(self) -> None:
        self.done: list[tuple[object, ...]] = []
        self._waiting: dict[int, dict[int | None, _Waiting]] = {}
        self._order: dict[tuple[int, int | None], None] = {}

    def put(self, row: _Part) -> None:
        """Add a part to its message; one that no message lacks begins another."""
        share = row.series if row.group is None else row.group
        among = self._waiting.setdefault(share, {})
        sender = self._sender(among, row)
        message = among.pop(sender, None)
        self._order.pop((share, sender), None)
        if message and (row.part in message.parts or row.line - message.line > LONGEST_WAIT_LINES):
            self.done.append(message.row())
            message = None
        message = message or _Waiting(row.line, row.total, row.time_s, row.clock_s, row.receiver, {})
        message.take(row)
        if len(message.parts) == row.total:
            self.done.append(message.row())
            if not among:
                del self._waiting[share]
            return
        among[sender] = message
        self._order[share, sender] = None
        if len(self._order) > MOST_WAITING:
            self._give_up(*next(iter(self._order)))

    def close(self) -> None:
        """Give up what is still waiting."""
        for among in self._waiting.values():
            self.done.extend(message.row() for message in among.values())

    def _sender(self, among: dict[int | None, _Waiting], row: _Part) -> int | None:
        """Return the sender of a part: many loggers name the sender with the first part only."""
        if row.group is not None:
            return None
        if row.sender in among or not among:
            return row.sender
        if row.sender is None:
            return next(reversed(among))
        return None if None in among else row.sender

    def _give_up(self, share: int, sender: int | None) -> None:
        del self._order[share, sender]
        among = self._waiting[share]
        self.done.append(among.pop(sender).row())
        if not among:
            del self._waiting[share]


def _assembled(rows: pl.DataFrame) -> pl.DataFrame:
    """Put parts together; a message of which one is missing keeps its place, with the reason."""
    assembler = _Assembler()
    for row in rows.select(_Part._fields).iter_rows():
        assembler.put(_Part._make(row))
    assembler.close()
    return pl.DataFrame(assembler.done, schema={name: rows.schema[name] for name in KEPT}, orient="row")
