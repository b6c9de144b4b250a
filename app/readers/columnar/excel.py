"""Excel workbooks (.xlsx, ECMA-376): each sheet becomes the CSV that it would be saved as.

calamine reads them: 2.3 MB installed and no dependency of its own, where polars would need fastexcel and hand
over columns of one type each. It holds a sheet as a full rectangle, so that is measured before it is asked.
"""

from __future__ import annotations

import contextlib
import dataclasses
import re
import tempfile
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

from app.readers.base.memory import by_size, check_room, free_bytes
from app.readers.base.reader import HEAD_BYTES, Batch, ReadError, Source
from app.readers.columnar.sheets import EPOCH_1900, EPOCH_1904, written
from app.readers.csv.delimited import Delimited

if TYPE_CHECKING:
    from collections.abc import Iterator

    import python_calamine

    from app.readers.base.reader import ReadOptions

ZIP_MAGIC = b"PK\x03\x04"
WORKBOOK = "xl/workbook.xml"
SHEETS = re.compile(r"xl/worksheets/[^/]+\.xml")
DATE_1904 = re.compile(rb"date1904\s*=\s*[\"'](?:1|true)[\"']")
ROW = re.compile(rb"<(?:\w+:)?row[\s>]")
CELL = re.compile(rb"<(?:\w+:)?c(?:\s[^>]*?\br=[\"']([A-Z]{1,3})(\d{1,7})[\"'])?")
CHUNK_BYTES = 1 << 22
TAKEN_PER_CELL_BYTES = 64.0
TAKEN_PER_BYTE = 4.0
"""At the peak."""
OTHER_SHEETS = "{name}: read was the sheet {taken!r}; not read: {others}"
NO_TRACKS = "{name}: an Excel workbook, but no sheet of it holds tracks: {faults}"


class Excel:
    """The first sheet that has a time and a position; the others are named in a warning."""

    name = "xlsx"

    def recognises(self, head: bytes) -> bool:
        """Take what still is a zip: archives come unpacked, workbooks as they are (`unpack`)."""
        return head.startswith(ZIP_MAGIC)

    def takes_bytes(self, source: Source) -> float:
        """Return the memory that its texts take; its cells are counted when it is read."""
        return by_size(source, TAKEN_PER_BYTE)

    def read(self, source: Source, options: ReadOptions) -> Batch:
        """Read the first sheet that holds tracks. Raises ReadError where none does."""
        base = _base(source)
        faults: list[str] = []
        with _workbook(source) as book, tempfile.TemporaryDirectory(prefix="darkwake-") as folder:
            for number, sheet in enumerate(book.sheet_names):
                plain = Path(folder) / f"{number}"
                try:
                    written(plain, book.get_sheet_by_name(sheet), base)
                    batch = _read_plain(plain, source.name, options)
                except ReadError as fault:
                    faults.append(f"sheet {sheet!r}: {str(fault).removeprefix(source.name + ': ')}")
                else:
                    return _with_others(batch, source.name, sheet, book.sheet_names)
        raise ReadError(NO_TRACKS.format(name=source.name, faults="; ".join(faults) or "it has none"))


def _read_plain(plain: Path, name: str, options: ReadOptions) -> Batch:
    with plain.open("rb") as file:
        head = file.read(HEAD_BYTES)
    reader = Delimited()
    if not reader.recognises(head):
        raise ReadError("no table of three columns or more")
    batch = reader.read(Source(name, plain, head), options)
    form = Excel.name if batch.format == Delimited.name else batch.format
    return dataclasses.replace(batch, format=form)


def _with_others(batch: Batch, name: str, taken: str, sheets: list[str]) -> Batch:
    others = ", ".join(repr(sheet) for sheet in sheets if sheet != taken)
    if not others:
        return batch
    warning = OTHER_SHEETS.format(name=name, taken=taken, others=others)
    return dataclasses.replace(batch, warnings=(*batch.warnings, warning))


@contextlib.contextmanager
def _workbook(source: Source) -> Iterator[python_calamine.CalamineWorkbook]:
    """Open a workbook whose sheets fit into memory. Raises ReadError for a damaged one."""
    import python_calamine  # noqa: PLC0415 - wanted by workbooks only

    check_room(source.name, _takes_bytes(source), free_bytes())
    try:
        with python_calamine.CalamineWorkbook.from_path(source.path) as book:
            yield book
    except ReadError:
        raise
    except BaseException as fault:
        if not isinstance(fault, python_calamine.CalamineError) and type(fault).__name__ != "PanicException":
            raise
        raise ReadError(f"{source.name}: a damaged Excel workbook: {fault}") from fault


def _base(source: Source) -> float:
    """Return the day that the workbook counts from, as days before 1970; some count from 1904."""
    with zipfile.ZipFile(source.path) as archive:
        content = archive.read(WORKBOOK)
    return EPOCH_1904 if DATE_1904.search(content) else EPOCH_1900


def _takes_bytes(source: Source) -> float:
    """Return what the texts take, and the largest sheet as a full rectangle."""
    with zipfile.ZipFile(source.path) as archive:
        infos = archive.infolist()
        cells = max((_cells(archive, i.filename) for i in infos if SHEETS.fullmatch(i.filename)), default=0)
    return cells * TAKEN_PER_CELL_BYTES + by_size(source, TAKEN_PER_BYTE)


def _cells(archive: zipfile.ZipFile, name: str) -> int:
    """Return the size of the rectangle that holds all cells of a sheet; they may not say where they are."""
    height = width = rows = in_row = 0
    with archive.open(name) as file:
        held = b""
        while chunk := file.read(CHUNK_BYTES):
            held += chunk
            end = held.rfind(b"<")
            whole, held = held[:end], held[end:]
            for number, part in enumerate(ROW.split(whole)):
                found = CELL.findall(part)
                in_row = len(found) if number else in_row + len(found)
                rows += number > 0
                placed = [(_column(letters), int(line)) for letters, line in found if letters]
                width = max([width, in_row, *(column for column, _ in placed)])
                height = max([height, *(line for _, line in placed)])
    return max(height, rows) * width


def _column(letters: bytes) -> int:
    """Return the number of a column, from 1.

    >>> _column(b"A"), _column(b"XFD")
    (1, 16384)
    """
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
