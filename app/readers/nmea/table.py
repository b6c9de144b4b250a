"""Sentences in a column of a table: the header, and the fields beside a sentence.

A sentence holds commas itself, so a line is not split as CSV: fields are counted before and behind it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from app.readers.base.aliases import plain
from app.readers.base.naming import name_tracks, place_of
from app.readers.csv.dialect import DELIMITERS, is_header, split

if TYPE_CHECKING:
    from collections.abc import Mapping

SENTENCE_NAMES = frozenset(
    (
        "nmea",
        "message",
        "msg",
        "raw",
        "rawdata",
        "rawmessage",
        "rawnmea",
        "sentence",
        "payload",
        "aivdm",
        "data",
    )
)
CLOCK_NAMES = frozenset(("time", "timeutc", "utc", "utctime", "clock"))
DATE_NAMES = frozenset(("date", "dateutc", "utcdate", "day"))
COMMENT = b"#"


@dataclass(frozen=True)
class Header:
    """The line that names the columns: its text, its delimiter, and the columns that make up the time."""

    text: str
    delimiter: str
    time: tuple[int, ...]

    def times(self, before: pl.Series, behind: pl.Series) -> pl.Series:
        """Return the field, or the two fields, that the header calls the time; null where there is none."""
        fields = pl.DataFrame({"before": _bare(before), "behind": _bare(behind)})
        lead = pl.col("before").str.count_matches(self.delimiter, literal=True).cast(pl.Int64)
        parts = [self._field(place, lead) for place in self.time]
        return fields.select(pl.concat_str(*parts, separator=" ")).to_series()

    def _field(self, place: int, lead: pl.Expr) -> pl.Expr:
        ahead, after = (pl.col(name).str.split(self.delimiter) for name in ("before", "behind"))
        field = (
            pl.when(lead > place)
            .then(ahead.list.get(place, null_on_oob=True))
            .when(lead < place)
            .then(after.list.get(place - lead, null_on_oob=True))
        )
        return field.str.strip_chars()


def _bare(texts: pl.Series) -> pl.Series:
    return texts.fill_null("").str.replace_all('"', "", literal=True)


def header_in(head: bytes, pinned: Mapping[str, str]) -> Header | None:
    """Return the header of a table of sentences; None where the first line is none.

    `pinned` maps our names to the file's own. Comments may stand before it.
    """
    lines = head.removeprefix(b"\xef\xbb\xbf").split(b"\n")
    first = next((line.strip() for line in lines if line.strip() and not line.startswith(COMMENT)), b"")
    text = first.decode("utf-8", "replace")
    delimiter = max(DELIMITERS, key=text.count)
    names = [name.strip() for name in split(text, delimiter)]
    plains = [plain(name) for name in names]
    wanted = plain(pinned.get("time", ""))
    time = plains.index(wanted) if wanted in plains else place_of("time", names)
    is_one = len(names) > 1 and is_header(names)
    if not is_one or (time is None and not SENTENCE_NAMES & set(plains)):
        return None
    return Header(text, delimiter, _time_places(plains, time))


def _time_places(names: list[str], time: int | None) -> tuple[int, ...]:
    """Return the column of the time, after that of the date where they are two."""
    if time is None:
        return ()
    dates = [place for place, name in enumerate(names) if name in DATE_NAMES and place != time]
    return (dates[0], time) if dates and names[time] in CLOCK_NAMES else (time,)


def is_table_of_positions(head: bytes) -> bool:
    """Return whether the first line names columns of decoded positions: the sentences are a copy of them."""
    header = header_in(head, {})
    if header is None:
        return False
    names = split(header.text, header.delimiter)
    return name_tracks(names) and place_of("mmsi", names) is not None
