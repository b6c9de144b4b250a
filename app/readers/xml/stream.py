"""XML read as a stream: no document type, no entities, bounded depth."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.parsers import expat

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

CHUNK_BYTES = 1 << 16
DEEPEST = 100
LONGEST_TEXT_CHARS = 1 << 20


class UnsafeXml(Exception):  # noqa: N818 - it names what the file is
    """XML with a document type, entities or without bottom: such files can fill the memory."""


@dataclass
class Element:
    """One open element: its local name, attributes, and the text read so far."""

    name: str
    attributes: dict[str, str]
    texts: list[str] = field(default_factory=list)
    line: int = 0

    @property
    def text(self) -> str:
        """Return the element's own text without blanks around it."""
        return "".join(self.texts).strip()


class Stream:
    """Calls back at each end of an element, with the elements that enclose it."""

    def __init__(self, on_end: Callable[[list[Element]], None], on_start: Callable[[Element], None]) -> None:
        self.path: list[Element] = []
        self._on_end, self._on_start = on_end, on_start
        self._chars = 0
        parser = expat.ParserCreate(namespace_separator="}")
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.StartDoctypeDeclHandler = self._refuse
        parser.EntityDeclHandler = self._refuse
        parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
        self._parser = parser

    def read(self, path: Path) -> str | None:
        """Read a file; return what was wrong where it breaks off or is malformed, else None.

        Raises UnsafeXml for what no track file needs.
        """
        with path.open("rb") as file:
            try:
                while chunk := file.read(CHUNK_BYTES):
                    self._parser.Parse(chunk, False)
                self._parser.Parse(b"", True)
            except (expat.ExpatError, LookupError, ValueError) as fault:  # ... of its encoding
                return str(fault)
        return None

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if len(self.path) >= DEEPEST:
            raise UnsafeXml(f"elements nested deeper than {DEEPEST}")
        local = {key.rpartition("}")[2]: value for key, value in attributes.items()}
        line = self._parser.CurrentLineNumber
        element = Element(name.rpartition("}")[2], local, line=line)
        self.path.append(element)
        self._chars = 0
        self._on_start(element)

    def _end(self, _name: str) -> None:
        self._on_end(self.path)
        self.path.pop()

    def _text(self, text: str) -> None:
        self._chars += len(text)
        if self.path and self._chars <= LONGEST_TEXT_CHARS:
            self.path[-1].texts.append(text)

    def _refuse(self, *_: object) -> None:
        raise UnsafeXml("a document type or entity declaration")
