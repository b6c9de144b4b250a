"""Tables put one after another in one file, each under its own header: read one by one.

A line that names columns in another order than the header above it begins a new section. The same header
again, as it stands where files of one layout were joined, is a reject like any line that is no record.
"""

from __future__ import annotations

import re
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from app.readers.base.batches import joined
from app.readers.base.reader import HEAD_BYTES, ReadError, Source
from app.readers.base.rejects import Example
from app.readers.csv.dialect import DELIMITERS, names_positions, split
from app.readers.csv.lines import LONGEST_LINE_BYTES, bounded_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from app.readers.base.reader import Batch
    from app.readers.csv.dialect import Dialect
    from detectors.tracks.reports import Int64

MOST_LOOKED_AT = 200
"""Lines without a time that are looked at in one piece of a file."""
MOST_SECTIONS = 1000
NEW_LAYOUT = "the columns change their order at line {lines}: what follows is read by the names there"
SHOWN_LINES = 3
HAS_DIGIT = r"\d"
DATA = re.compile(rb"\d{5}")
"""So many digits in a row stand in positions, MMSIs and times, and in no name of a column."""


class NewLayoutError(Exception):
    """A line names columns in another order: what follows it must be read by another header."""


def check_layout(dialect: Dialect, time: pl.Series, texts_of: Callable[[Int64], Sequence[str]]) -> None:
    """Raise NewLayoutError where a row without a time is the header of another layout."""
    if time.dtype != pl.String:
        return
    worded = time.is_not_null() & ~time.str.contains(HAS_DIGIT)
    rows = np.flatnonzero(worded.fill_null(value=False).to_numpy())[:MOST_LOOKED_AT]
    if len(rows) and any(is_other_header(text, dialect.header) for text in texts_of(rows)):
        raise NewLayoutError


def is_other_header(line: str, header: Sequence[str]) -> bool:
    """Return whether a line names the columns of a table of positions, otherwise than a header."""
    for delimiter in DELIMITERS:
        names = [name.strip() for name in split(line, delimiter)]
        if len(names) > 2 and names != list(header) and names_positions(names):  # noqa: PLR2004
            return True
    return False


def by_section(source: Source, dialect: Dialect, read: Callable[[Source], Batch]) -> Batch:
    """Read each section of a file as a file of its own, and join what they hold.

    Raises ReadError where none can be read. One that cannot is a warning.
    """
    starts = [1, *_header_lines(source.path, dialect)]
    if len(starts) == 1:
        raise ReadError(f"{source.name}: its columns change their order; cut it there and read the parts")
    batches, faults = [], []
    with tempfile.TemporaryDirectory(prefix="darkwake-") as folder:
        for number, part in enumerate(_cut(source.path, starts, Path(folder))):
            try:
                batch = read(Source(source.name, part, _head(part)))
                batches.append(_moved(batch, starts[number] - 1))
            except ReadError as fault:
                faults.append(f"from line {starts[number]}: {fault}")
    if not batches:
        raise ReadError("; ".join(faults))
    whole = joined(batches)
    shown = ", ".join(map(str, starts[1 : 1 + SHOWN_LINES]))
    shown += f" and {len(starts) - 1 - SHOWN_LINES} more" if len(starts) - 1 > SHOWN_LINES else ""
    notes = (NEW_LAYOUT.format(lines=shown), *faults)
    return replace(whole, warnings=(*whole.warnings, *notes))


def _header_lines(path: Path, dialect: Dialect) -> list[int]:
    """Return the numbers of the lines at which the layout changes."""
    found: list[int] = []
    header: Sequence[str] = dialect.header
    with path.open("rb") as file:
        for number, line in bounded_lines(file, LONGEST_LINE_BYTES):
            if number <= dialect.header_line + 1 or DATA.search(line):
                continue
            text = line.decode("utf-8", "replace").rstrip("\r\n")
            if is_other_header(text, header) and len(found) < MOST_SECTIONS:
                delimiter = max(DELIMITERS, key=lambda d: len(split(text, d)))
                header = [name.strip() for name in split(text, delimiter)]
                found.append(number)
    return found


def _cut(path: Path, starts: Sequence[int], folder: Path) -> list[Path]:
    parts = [folder / str(number) for number in range(len(starts))]
    with path.open("rb") as file:
        at = 1
        for part, end in zip(parts, [*starts[1:], None], strict=True):
            with part.open("wb") as out:
                while (end is None or at < end) and (line := file.readline()):
                    out.write(line)
                    at += 1
    return parts


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(HEAD_BYTES)


def _moved(batch: Batch, lines: int) -> Batch:
    """Return a batch whose examples stand so many lines further down."""
    log = batch.rejects
    examples = {
        reason: [Example(e.file, e.line + lines, e.text) for e in found]
        for reason, found in log.examples.items()
    }
    return replace(batch, rejects=replace(log, examples=examples))
