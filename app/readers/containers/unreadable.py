"""Files that users try although they hold no track that can be read: the message for each."""

from __future__ import annotations

SAS_MAGIC = b"\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\xc2\xea\x81\x60"
STRANGERS: tuple[tuple[bytes, str], ...] = (
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive: unpack it, or pack it as zip"),
    (b"Rar!", "a rar archive: unpack it, or pack it as zip"),
    (b"%PDF", "a PDF document: export the table as CSV"),
    (
        b"\xd0\xcf\x11\xe0",
        "an old Office document (.xls), or one with a password: save it as .xlsx, or as CSV",
    ),
    (b"\x89HDF", "HDF5 or NetCDF: export the table as CSV or Parquet"),
    (b"CDF", "NetCDF: export the table as CSV or Parquet"),
    (b"SQLite format 3", "an SQLite database, but no GeoPackage: export the table as CSV"),
    (b"\x80\x04", "a Python pickle: never read, as it may run any code; export it as CSV"),
    (b"\x80\x05", "a Python pickle: never read, as it may run any code; export it as CSV"),
    (b"FEA1", "Feather version 1: write it anew as Feather version 2 (Arrow) or Parquet"),
    (b"\x00\x00\x27\x0a", "a shapefile: zip it with its .dbf and .prj"),
    (b"Obj\x01", "an Avro file: write it as Parquet or NDJSON"),
    (b"ORC", "an ORC file: write it as Parquet"),
    (b"RDX", "data of R (.RData): write a data frame as CSV or Parquet"),
    (b"RDA", "data of R (.RData): write a data frame as CSV or Parquet"),
    (b"X\n\x00\x00\x00", "data of R (.rds): write the data frame as CSV or Parquet"),
    (b"<stata_dta>", "a Stata file: export it as CSV"),
    (b"$FL2", "an SPSS file: export it as CSV"),
    (b"$FL3", "an SPSS file: export it as CSV"),
    (SAS_MAGIC, "a SAS data set: export it as CSV"),
    (b"HEADER RECORD*******LIB", "a SAS transport file: export it as CSV"),
    (b"MATLAB 5.0", "a MATLAB file: write the table as CSV or Parquet"),
    (b"\x93NUMPY", "a NumPy array, without names of columns: write the table as CSV or Parquet"),
    (b"DUCK", "a DuckDB database: export the table as Parquet or CSV"),
    (b"PGDMP", "a PostgreSQL dump: export the table as CSV (COPY ... TO ... WITH CSV HEADER)"),
    (b"SEQ\x06", "a Hadoop sequence file: write it as Parquet or CSV"),
    (b"\x00\x01\x00\x00Standard", "an Access database: export the table as CSV"),
    (b"\xd4\xc3\xb2\xa1", "a network capture: extract the AIS sentences as text"),
    (b"\xa1\xb2\xc3\xd4", "a network capture: extract the AIS sentences as text"),
    (b"\x0a\x0d\x0d\x0a", "a network capture: extract the AIS sentences as text"),
    (b"II*\x00", "a picture (TIFF)"),
    (b"MM\x00*", "a picture (TIFF)"),
    (b"GIF8", "a picture"),
    (b"{\\rtf", "a text document: export the table as CSV"),
    (b"<!DOCTYPE html", "a web page, perhaps an error message in place of the file: download it anew"),
    (b"<!doctype html", "a web page, perhaps an error message in place of the file: download it anew"),
    (b"<html", "a web page, perhaps an error message in place of the file: download it anew"),
    (b"version https://git-lfs", "a pointer of Git LFS in place of the file: fetch it with git lfs pull"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
)
"""First bytes, and what such a file is."""


DBASE_KINDS = b"\x03\x30\x83\x8b"
STATA_RELEASES = range(113, 116)
MONTHS, DAYS = range(1, 13), range(1, 32)
DBASE = "a dBASE table (.dbf): zip it with its .shp and .prj, or export it as CSV"
STATA = "a Stata file: export it as CSV"
MESSAGES = "no text, and of no known kind; if it holds protocol buffers, write the messages as NDJSON or CSV"
FEWEST_BYTES = 32
CONTROLS = frozenset(range(32)) - frozenset(b"\t\n\r\f\x1b\x1a")
MOST_CONTROLS = 0.1
"""Of a text hardly any byte is a control sign."""


def named_format(head: bytes) -> str | None:
    """Return what a file is, if it is one of those; None otherwise."""
    return next((what for magic, what in STRANGERS if head.startswith(magic)), None) or _by_fields(head)


def _by_fields(head: bytes) -> str | None:
    """Return what a file is whose first bytes are numbers in a range rather than a mark."""
    if len(head) < FEWEST_BYTES or b"\x00" not in head:
        return None
    if head[0] in DBASE_KINDS and head[2] in MONTHS and head[3] in DAYS:
        return DBASE
    if head[0] in STATA_RELEASES and head[1] in (1, 2) and head[2:4] == b"\x01\x00":
        return STATA
    return None


def unnamed_binary(head: bytes) -> str | None:
    """Return the message for bytes that are no text, and of which no more can be said."""
    controls = sum(byte in CONTROLS for byte in head)
    return MESSAGES if controls > MOST_CONTROLS * len(head) else None
