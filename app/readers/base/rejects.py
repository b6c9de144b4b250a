"""Why a row was not used. No row is dropped without a trace: each reject has a code, a count, examples."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

EXAMPLES_PER_REASON = 3
"""Enough to find the fault in a file, few enough to read."""

EXAMPLE_TEXT_CHARS = 200
"""A longer row is cut here when it is shown."""


class Reject(StrEnum):
    """Reason codes. The value is what a user reads in the report; it never changes its meaning."""

    NO_VESSEL = "no_vessel"
    BAD_VESSEL = "bad_vessel"
    NO_TIME = "no_time"
    BAD_TIME = "bad_time"
    TIME_OUT_OF_RANGE = "time_out_of_range"
    TIME_FAR_FROM_REST = "time_far_from_rest"
    AFTER_NOW = "after_now"
    NO_POSITION = "no_position"
    BAD_POSITION = "bad_position"
    POSITION_NOT_AVAILABLE = "position_not_available"
    LATITUDE_OUT_OF_RANGE = "latitude_out_of_range"
    LONGITUDE_OUT_OF_RANGE = "longitude_out_of_range"
    ZERO_POSITION = "zero_position"
    BASE_STATION = "base_station"
    AID_TO_NAVIGATION = "aid_to_navigation"
    SAR_AIRCRAFT = "sar_aircraft"
    DISTRESS_BEACON = "distress_beacon"
    AUXILIARY_CRAFT = "auxiliary_craft"
    NO_POSITION_MESSAGE = "no_position_message"
    NOT_A_SENTENCE = "not_a_sentence"
    BAD_CHECKSUM = "bad_checksum"
    BAD_PAYLOAD = "bad_payload"
    INCOMPLETE_MULTIPART = "incomplete_multipart"
    NOT_A_RECORD = "not_a_record"
    TRUNCATED = "truncated"


@dataclass(frozen=True, slots=True)
class Example:
    """One rejected row: the file as the user named it, line or record number from 1, text."""

    file: str
    line: int
    text: str


@dataclass
class RejectLog:
    """Counts and first examples of rejected rows, by reason, for one file."""

    file: str
    counts: dict[Reject, int] = field(default_factory=dict)
    examples: dict[Reject, list[Example]] = field(default_factory=dict)
    cures: dict[Reject, str] = field(default_factory=dict)
    """What would make the rows of a reason readable, where that is known."""

    def add(self, reason: Reject, line: int, text: str = "") -> None:
        """Count one reject, and keep it as an example while there are few."""
        self.add_many(reason, 1, [(line, text)])

    def add_many(self, reason: Reject, count: int, firsts: Iterable[tuple[int, str]]) -> None:
        """Count `count` rejects of one reason; `firsts` are (line, text) of the first of them."""
        if count == 0:
            return
        self.counts[reason] = self.counts.get(reason, 0) + count
        kept = self.examples.setdefault(reason, [])
        for line, text in firsts:
            if len(kept) >= EXAMPLES_PER_REASON:
                break
            kept.append(Example(self.file, line, text[:EXAMPLE_TEXT_CHARS]))

    @property
    def total(self) -> int:
        """Number of rejected rows."""
        return sum(self.counts.values())
