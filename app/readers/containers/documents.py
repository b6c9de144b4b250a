"""Files that are several inside: documents that are zip archives, and shapefiles in an archive."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from app.readers.base.reader import ReadError

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Sequence

WORKBOOK = "xl/workbook.xml"
OTHERS = {
    "xl/workbook.bin": "a binary Excel workbook (.xlsb): save it as .xlsx, or the sheet as CSV",
    "word/document.xml": "a Word document: export the table as CSV",
    "ppt/presentation.xml": "a PowerPoint document: export the table as CSV",
    "mimetype": "an OpenDocument spreadsheet (.ods): save it as .xlsx, or the sheet as CSV",
}
SIDES = (".shp", ".dbf", ".shx", ".prj", ".cpg")
"""What is read of a shapefile."""
MORE_SIDES = (".sbn", ".sbx", ".qix", ".qmd", ".qpj", ".xml")
OPEN_DOCUMENT = b"application/vnd.oasis.opendocument"
TYPE_BYTES = 100


def check_document(archive: zipfile.ZipFile, name: str) -> None:
    """Raise ReadError, with the way out, for a document that is no workbook of the kind that is read."""
    names = set(archive.namelist())
    for member, what in OTHERS.items():
        if member in names and (member != "mimetype" or _is_open_document(archive)):
            raise ReadError(f"{name}: {what}")


def _is_open_document(archive: zipfile.ZipFile) -> bool:
    with archive.open("mimetype") as file:
        return file.read(TYPE_BYTES).startswith(OPEN_DOCUMENT)


def shapefiles(names: Sequence[str]) -> dict[str, list[str]]:
    """Return, for each .shp with a .dbf beside it, all its files.

    >>> shapefiles(["a/x.shp", "a/x.DBF", "a/x.shp.xml", "y.shp", "z.dbf"])
    {'a/x.shp': ['a/x.shp', 'a/x.DBF', 'a/x.shp.xml']}
    """
    groups: dict[str, list[str]] = {}
    for name in names:
        if PurePosixPath(name).suffix.lower() in (*SIDES, *MORE_SIDES):
            groups.setdefault(_stem(name), []).append(name)
    found = {}
    for parts in groups.values():
        kinds = {PurePosixPath(part).suffix.lower(): part for part in parts}
        if {".shp", ".dbf"} <= kinds.keys():
            found[kinds[".shp"]] = parts
    return found


def _stem(name: str) -> str:
    path = PurePosixPath(name)
    stem = path.with_suffix("")
    return str(
        stem.with_suffix("") if path.suffix.lower() == ".xml" and stem.suffix.lower() == ".shp" else stem
    )
