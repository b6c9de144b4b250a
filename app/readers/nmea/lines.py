"""The grammar of lines: text -> whole AIS messages with their context, and what is no message."""

from __future__ import annotations

import re
from array import array
from dataclasses import dataclass, field
from math import isnan
from typing import TYPE_CHECKING

from app.readers.nmea.timing import NOTHING, Context, gatehouse, prefix, tag_block, trailer
from app.readers.rejects import Reject

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.readers.rejects import RejectLog

SENTENCE = re.compile(
    r"[!$]([A-Z-]{2}VD[MO]),(\d{1,2}),(\d{1,2}),(\d{0,2}),"
    r"([^,*]{0,2}),([^,*]*),(\d)\*([0-9A-Fa-f]{2})"
)
"""Talker and kind, parts, part, sequence, channel, payload, fill, checksum (IEC 61162-1 VDM)."""
LOOKS_LIKE = re.compile(r"[!$][A-Z-]{2}VD[MO],")
MOST_FILL_BITS = 5
MOST_WAITING = 512
"""Incomplete messages held at a time; the oldest is given up beyond that."""
LONGEST_WAIT_LINES = 2000
"""Parts of one message stand next to one another or nearly; beyond this the number is used anew."""


@dataclass
class Messages:
    """Whole messages as columns: six-bit payload, where it stood, when and by whom heard."""

    payload: list[bytes] = field(default_factory=list)
    fill_bits: array[int] = field(default_factory=lambda: array("b"))
    line: array[int] = field(default_factory=lambda: array("q"))
    time_s: array[float] = field(default_factory=lambda: array("d"))
    receiver: array[int] = field(default_factory=lambda: array("B"))
    refused: int = 0

    def add(self, payload: bytes, fill_bits: int, line: int, context: Context) -> None:
        """Append one message."""
        self.payload.append(payload)
        self.fill_bits.append(fill_bits)
        self.line.append(line)
        self.time_s.append(context.time_s)
        self.receiver.append(context.receiver)


@dataclass
class _Waiting:
    line: int
    text: str
    context: Context
    parts: dict[int, bytes]
    fill_bits: int = 0


class Scanner:
    """Reads lines in their order and gathers whole messages; logs one reject per lost message."""

    def __init__(self, log: RejectLog) -> None:
        self.messages = Messages()
        self._log = log
        self._before = NOTHING
        self._waiting: dict[tuple[object, ...], _Waiting] = {}

    def scan(self, lines: Iterable[bytes]) -> Messages:
        """Read all lines."""
        for number, raw in enumerate(lines, start=1):
            text = raw.decode("latin-1").strip()
            if text:
                self._line(number, text)
        for waiting in self._waiting.values():
            self._refuse(Reject.INCOMPLETE_MULTIPART, waiting.line, waiting.text)
        return self.messages

    def _line(self, number: int, text: str) -> None:
        if text.startswith("$PGHP"):
            self._before = gatehouse(text.partition("*")[0])
            return
        context, rest, is_sound = self._tagged(text)
        if not is_sound:
            self._refuse(Reject.BAD_CHECKSUM, number, text)
            return
        if not rest:
            self._before = _merged(context, self._before)
            return
        self._sentences(number, text, rest, context)

    def _tagged(self, text: str) -> tuple[Context, str, bool]:
        """Split off tag blocks; the last answer is false where the checksum of one is wrong."""
        context = NOTHING
        while text.startswith("\\"):
            block, closed, text = text[1:].partition("\\")
            body, star, check = block.partition("*")
            if not closed or (star and not _is_sound(body, check)):
                return context, text, False
            context = _merged(tag_block(body), context)
        return context, text.strip(), True

    def _sentences(self, number: int, text: str, rest: str, own: Context) -> None:
        """Read every sentence of a line; `own` is what the line itself tells of them."""
        start, found, context = 0, False, _merged(own, self._before)
        for match in SENTENCE.finditer(rest):
            if not found:
                context = _with_time(context, prefix(rest[: match.start()]))
            found = True
            end = rest.find("!", match.end())
            after = rest[match.end() : end if end >= 0 else len(rest)]
            self._sentence(
                number, match, _merged(context, trailer(after)) if after else context, own
            )
            start = match.end()
        if LOOKS_LIKE.search(rest, start):
            self._refuse(Reject.NOT_A_SENTENCE, number, text)
        elif not found:
            self._other(number, text, rest)
        if found:
            self._before = NOTHING

    def _other(self, number: int, text: str, rest: str) -> None:
        """Pass sentences of other kinds (a clock, a proprietary note): no message and no fault."""
        if rest[:1] not in ("$", "!", "#"):
            self._refuse(Reject.NOT_A_SENTENCE, number, text)

    def _sentence(self, number: int, match: re.Match[str], context: Context, own: Context) -> None:
        kind, total, part, sequence, channel, payload, fill, check = match.groups()
        if not _is_sound(match[0][1:-3], check):
            self._refuse(Reject.BAD_CHECKSUM, number, match[0])
        elif not 1 <= int(part) <= int(total) or int(fill) > MOST_FILL_BITS:
            self._refuse(Reject.NOT_A_SENTENCE, number, match[0])
        elif total == "1":
            self.messages.add(payload.encode("latin-1"), int(fill), number, context)
        else:
            key: tuple[object, ...] = (kind, total, sequence, channel, own.source)
            if own.group is not None:
                key = ("group", own.group[2], total)
            self._part(number, match, key, context)

    def _part(
        self, number: int, match: re.Match[str], key: tuple[object, ...], context: Context
    ) -> None:
        total, part, payload = int(match[2]), int(match[3]), match[6].encode("latin-1")
        waiting = self._waiting.pop(key, None)
        if waiting and (part in waiting.parts or number - waiting.line > LONGEST_WAIT_LINES):
            self._refuse(Reject.INCOMPLETE_MULTIPART, waiting.line, waiting.text)
            waiting = None
        waiting = waiting or _Waiting(number, match[0], context, {})
        waiting.parts[part] = payload
        waiting.context = _merged(waiting.context, context)
        if part == total:
            waiting.fill_bits = int(match[7])
        if len(waiting.parts) == total:
            whole = b"".join(waiting.parts[i] for i in range(1, total + 1))
            self.messages.add(whole, waiting.fill_bits, waiting.line, waiting.context)
            return
        self._waiting[key] = waiting
        if len(self._waiting) > MOST_WAITING:
            oldest = self._waiting.pop(next(iter(self._waiting)))
            self._refuse(Reject.INCOMPLETE_MULTIPART, oldest.line, oldest.text)

    def _refuse(self, reason: Reject, number: int, text: str) -> None:
        self._log.add(reason, number, text)
        self.messages.refused += 1


def _merged(first: Context, second: Context) -> Context:
    """Return what either tells; the first speaks where both do."""
    if second is NOTHING:
        return first
    if first is NOTHING:
        return second
    return Context(
        time_s=second.time_s if isnan(first.time_s) else first.time_s,
        receiver=first.receiver or second.receiver,
        source=first.source or second.source,
        group=first.group or second.group,
    )


def _with_time(context: Context, time_s: float) -> Context:
    if isnan(time_s) or not isnan(context.time_s):
        return context
    return Context(time_s, context.receiver, context.source, context.group)


def _is_sound(body: str, check: str) -> bool:
    """Compare the exclusive-or of all characters with the hexadecimal digits behind the star."""
    total = 0
    for byte in body.encode("latin-1"):
        total ^= byte
    try:
        return total == int(check[:2], 16)
    except ValueError:
        return False
