"""Files that users try although they hold no track that can be read: the message for each."""

from __future__ import annotations

STRANGERS: tuple[tuple[bytes, str], ...] = (
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive: unpack it, or pack it as zip"),
    (b"Rar!", "a rar archive: unpack it, or pack it as zip"),
    (b"%PDF", "a PDF document: export the table as CSV"),
    (b"\xd0\xcf\x11\xe0", "an old Office document: save the sheet as CSV"),
    (b"\x89HDF", "HDF5 or NetCDF: export the table as CSV or Parquet"),
    (b"CDF", "NetCDF: export the table as CSV or Parquet"),
    (b"SQLite format 3", "an SQLite database, but no GeoPackage: export the table as CSV"),
    (b"\x80\x04", "a Python pickle: never read, as it may run any code; export it as CSV"),
    (b"\x80\x05", "a Python pickle: never read, as it may run any code; export it as CSV"),
    (b"FEA1", "Feather version 1: write it anew as Feather version 2 (Arrow) or Parquet"),
    (b"\x00\x00\x27\x0a", "a shapefile: export it as GeoPackage or CSV with a time column"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
)
"""First bytes, and what such a file is."""


def named_format(head: bytes) -> str | None:
    """Return what a file is, if it is one of those; None otherwise."""
    return next((what for magic, what in STRANGERS if head.startswith(magic)), None)
