"""JSON documents and NDJSON: parsed safely, then read by shape."""

from __future__ import annotations

import dataclasses
import re
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
from pydantic_core import from_json

from app.readers.base.account import understood
from app.readers.base.aliases import ALIASES, plain
from app.readers.base.choosing import could_serve
from app.readers.base.columns import Table, batch_of
from app.readers.base.faults import mark, no_faults
from app.readers.base.layouts import LAYOUTS
from app.readers.base.memory import by_lines, by_size
from app.readers.base.reader import Batch, ReadError
from app.readers.base.rejects import EXAMPLE_TEXT_CHARS, Reject
from app.readers.base.whole import check_whole
from app.readers.json.columns import columns_in, texts_of
from app.readers.json.logged import (
    LOGGED_AT,
    LOOKED_AT_LINES,
    logged_in,
    prefixed_objects,
    read_logged,
    with_logged_times,
)
from app.readers.json.pieces import BOM, NotAListError, elements, lines
from app.readers.json.shapes.aishub import AisHub
from app.readers.json.shapes.aisstream import AisStream
from app.readers.json.shapes.base import Parsed, RowwiseShape, Shape
from app.readers.json.shapes.digitraffic import DigitrafficTopics
from app.readers.json.shapes.flat import (
    SHAPES_READ,
    Flat,
    choice_for,
    named,
    texts_of_values,
)
from app.readers.json.shapes.geojson import GeoJson
from app.readers.json.shapes.gpsd import Gpsd
from app.readers.json.shapes.keyed import ByVessel, Nameless, Pandas
from app.readers.json.shapes.marinetraffic import MarineTrafficArrays
from app.readers.json.shapes.signalk import SignalK
from app.readers.json.shapes.tracks import TracksShape
from app.readers.json.shapes.vesselfinder import VesselFinder
from app.readers.json.values import value_of
from app.readers.nmea.json_lines import is_json_of_sentences
from app.readers.nmea.table import is_table_of_positions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from app.readers.base.layouts import Layout
    from app.readers.base.reader import ReadOptions, Source
    from app.readers.json.pieces import Piece
    from detectors.tracks.reports import Int64

SHAPES: tuple[Shape, ...] = (
    TracksShape(),
    DigitrafficTopics(),
    GeoJson(),
    AisHub(),
    MarineTrafficArrays(),
    VesselFinder(),
    AisStream(),
    SignalK(),
    Gpsd(),
    ByVessel(),
    Pandas(),
    Nameless(),
    Flat(),
)
"""Every shape of JSON that is read, in the order of asking; flat records take what is left."""

OPENING = re.compile(rb"(?:\xef\xbb\xbf)?\s*[\[{]")
PINNED_NAMES = frozenset(plain(name) for layout in LAYOUTS for name in layout.pinned.values())

CUT_AND_WHOLE = 2
"""So many whole lines must follow one that was cut."""
TAKEN_PER_BYTE = 2.0
"""At the peak (benchmarks/readers.py)."""
TAKEN_PER_LINE_BYTES = 200.0
"""At the peak (benchmarks/readers.py)."""


class Json:
    """One JSON document."""

    name = "json"

    def recognises(self, head: bytes) -> bool:
        """Take what opens like a JSON document, but for objects that carry raw AIS only."""
        return OPENING.match(head) is not None and not is_json_of_sentences(head)

    def takes_bytes(self, source: Source) -> float:
        """Return the memory it takes (`Reader.takes_bytes`)."""
        return by_size(source, TAKEN_PER_BYTE)

    def read(self, source: Source, options: ReadOptions) -> Batch:
        """Read a list of records in pieces, and anything else as a whole.

        Raises ReadError where the document is broken, of no known shape, or too large for its shape.
        """
        try:
            batch = _in_pieces(source, options, self.name)
        except NotAListError:
            batch = None
        if batch is not None:
            return batch
        check_whole(source, "it is no list of flat records, or is broken")
        document = parsed(source.path.read_bytes(), source.name)
        return _by_shape(Parsed(document, self.name, source.name, options))


class NdJson:
    """One JSON object per line."""

    name = "ndjson"

    def recognises(self, head: bytes) -> bool:
        """Take what has a whole JSON object on its first line and begins one on the next.

        The first line may be the rest of one that was cut, where the next two are whole.
        """
        lines = [line for line in head.removeprefix(BOM).split(b"\n") if line.strip()]
        is_one = len(lines) > 1 and lines[1].lstrip().startswith(b"{") and _is_object(lines[0])
        is_cut = len(lines) > CUT_AND_WHOLE and all(map(_is_object, lines[1:][:CUT_AND_WHOLE]))
        return (is_one or is_cut) and not is_json_of_sentences(head)

    def takes_bytes(self, source: Source) -> float:
        """Return the memory it takes (`Reader.takes_bytes`)."""
        return by_lines(source, TAKEN_PER_LINE_BYTES)

    def read(self, source: Source, options: ReadOptions) -> Batch:
        """Read all lines; a line that is no JSON object is a counted reject."""
        batch = _in_pieces(source, options, self.name)
        return _all_lines(source, options, self.name) if batch is None else batch


class LoggedJson:
    """One JSON object per line, behind the prefix of a log or the topic of a message."""

    name = "ndjson-log"

    def recognises(self, head: bytes) -> bool:
        """Take lines with something in front of objects that hold a place, or are of a known shape."""
        records = prefixed_objects(head.removeprefix(BOM))
        return any(_holds_place(record) for record in records) and not is_table_of_positions(head)

    def takes_bytes(self, source: Source) -> float:
        """Return the memory it takes (`Reader.takes_bytes`)."""
        return by_lines(source, TAKEN_PER_LINE_BYTES)

    def read(self, source: Source, options: ReadOptions) -> Batch:
        """Read all lines; the time in front counts where an object has none itself."""
        return read_logged(source, options, NdJson().read)


def _holds_place(record: dict[str, object]) -> bool:
    """Return whether an object is a record; one that only carries raw AIS is left to `Nmea`."""
    names = {plain(key) for key in record}
    is_placed = not names.isdisjoint(ALIASES["lat"]) and not names.isdisjoint(ALIASES["lon"])
    return is_placed or ("nmea" not in names and not isinstance(_shape_of([record]), Flat))


def parsed(content: bytes, name: str) -> object:
    """Parse a JSON document. Raises ReadError that says where it is broken."""
    try:
        return value_of(content.removeprefix(BOM))
    except ValueError as fault:
        raise ReadError(f"{name}: not valid JSON: {fault}") from fault


def _in_pieces(source: Source, options: ReadOptions, form: str) -> Batch | None:
    """Read records that are independent of each other; None where their shape is not of that kind."""
    is_list = form == Json.name
    cut = elements if is_list else lines
    shape = _shape_of([_first_record(cut(source.path), is_list=is_list)])
    record_of = shape.record if isinstance(shape, RowwiseShape) else None
    if record_of is None and not isinstance(shape, Flat):
        return None
    parsed = Parsed(None, form, source.name, options)
    pinned = shape.layout if isinstance(shape, RowwiseShape) else None
    columns = columns_in(cut(source.path), _wanted(options, pinned), record_of, is_list=is_list)
    keys = list(columns.keys)

    def sample(place: int) -> list[str]:
        return texts_of_values(columns.first(keys[place]))

    choice = choice_for(keys, sample, parsed, pinned)
    line = columns.line
    faults = no_faults(len(line))
    mark(faults, ~columns.is_record, Reject.NOT_A_RECORD)

    def texts(rows: Int64) -> list[str]:
        return texts_of(cut(source.path), line[rows].tolist())

    frame = with_logged_times(columns.frame(named(choice, keys)), columns.frame(logged_in(keys)))
    batch = batch_of(Table(frame, line, faults, texts), choice.layout, source.name, options)
    return understood(batch, choice, keys, sample)


def _first_record(pieces: Iterator[Piece], *, is_list: bool) -> object:
    """Return the first record of a document. Raises NotAListError where it is no JSON.

    Of lines those are passed over that are no JSON: each of them costs itself only.
    """
    content = next(pieces).content.lstrip()
    for line in content.split(b"\n", 1 if is_list else LOOKED_AT_LINES)[: 1 if is_list else None]:
        try:
            return value_of(line)
        except ValueError as fault:
            found = fault
    raise NotAListError from found


def _wanted(options: ReadOptions, layout: Layout | None) -> Callable[[str], bool]:
    """Tell which keys may be of use once all are known; the others need not be held."""
    pinned = [*options.columns.values(), *(layout.pinned.values() if layout else ())]
    names = PINNED_NAMES | {plain(name) for name in (*pinned, LOGGED_AT)}

    @cache
    def is_wanted(key: str) -> bool:
        return plain(key) in names or could_serve(key)

    return is_wanted


def _shape_of(document: object) -> Shape | None:
    return next((shape for shape in SHAPES if shape.recognises(document)), None)


def _by_shape(parsed: Parsed) -> Batch:
    shape = _shape_of(parsed.document)
    if shape is None:
        raise ReadError(f"{parsed.name}: JSON, but of no known shape; {SHAPES_READ}")
    return shape.read(parsed)


def _is_object(line: bytes) -> bool:
    try:
        return isinstance(from_json(line), dict)
    except ValueError:
        return False


def _all_lines(source: Source, options: ReadOptions, form: str) -> Batch:
    """Read lines that are only meaningful together: gpsd's, or features of several kinds."""
    check_whole(source, "its lines depend on each other")
    numbers: list[int] = []
    records: list[object] = []
    broken: list[tuple[int, str]] = []
    for piece in lines(source.path):
        for number, text in enumerate(piece.content.split(b"\n"), start=piece.first):
            if not text.strip():
                continue
            try:
                records.append(value_of(text))
                numbers.append(number)
            except ValueError:
                broken.append((number, text[:EXAMPLE_TEXT_CHARS].decode("utf-8", "replace").rstrip()))
    line = np.array(numbers, dtype=np.int64)
    batch = _by_shape(Parsed(records, form, source.name, options, line))
    for number, example in broken:
        batch.rejects.add(Reject.NOT_A_RECORD, number, example)
    return dataclasses.replace(batch, rows=batch.rows + len(broken))
