"""What a shape of JSON is: a parsed document in, a batch out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    from app.readers.base.layouts import Layout
    from app.readers.base.reader import Batch, ReadOptions
    from detectors.tracks.reports import Int64


@dataclass(frozen=True)
class Parsed:
    """A parsed document.

    For NDJSON, `document` is the list of its records and `line` their line numbers, from 1. `form`
    is what a shape without a name of its own is called: ``json`` or ``ndjson``.
    """

    document: object
    form: str
    name: str
    options: ReadOptions
    line: Int64 | None = None


class Shape(Protocol):
    """One shape of JSON: one file in this folder, one line in `json_reader.SHAPES`."""

    name: str
    """What the report calls the format, for instance ``aishub``."""

    def recognises(self, document: object) -> bool:
        """Tell from its structure whether a document has this shape. Never raises."""
        ...

    def read(self, parsed: Parsed) -> Batch:
        """Read the document. Raises ReadError where nothing can be used."""
        ...


@runtime_checkable
class RowwiseShape(Protocol):
    """A shape whose records are independent of each other: files of any size are read in pieces."""

    layout: Layout
    """How the flat records are to be read."""

    def record(self, row: object) -> object:
        """Return one record laid flat; what is no record as it is."""
        ...


def first_object(document: object) -> dict[str, object] | None:
    """Return the first record of a list if it is an object."""
    if isinstance(document, list) and document and isinstance(document[0], dict):
        return document[0]
    return None
