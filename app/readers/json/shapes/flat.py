"""Lists of flat records, by the alias table and the providers' layouts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from app.readers.base.account import understood
from app.readers.base.choosing import Choice, choose
from app.readers.base.columns import batch_of
from app.readers.base.layouts import layout_of
from app.readers.base.naming import name_tracks
from app.readers.base.reader import Batch, ReadError
from app.readers.base.records import keys_of, table_of
from app.readers.json.logged import LOGGED_AT, logged_in, with_logged_times

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from app.readers.base.layouts import Layout
    from app.readers.json.shapes.base import Parsed

    Sample = Callable[[int], list[str]]

SHOWN_KEYS = 40
DEEPEST = 4
"""Envelopes in one another: {"data": {"rows": [...]}}."""
SAMPLED = 200
"""So many records show what a key holds."""
SHAPES_READ = (
    'read are {"tracks": [{"vessel": {...}, "positions": [...]}]}, GeoJSON, a list of flat '
    "records, or one record per line"
)


class Flat:
    """A list of records, alone or as the one list of objects inside an envelope."""

    name = "json"

    def recognises(self, document: object) -> bool:
        """Take every document: what it lacks is reported when it is read."""
        return isinstance(document, list | dict)

    def read(self, parsed: Parsed) -> Batch:
        """Read the records. Raises ReadError where there are none, or a needed key is missing."""
        records = _records_in(parsed.document)
        if records is None:
            raise ReadError(f"{parsed.name}: JSON, but of no known shape; {SHAPES_READ}")
        return flat_batch(records, parsed)


def flat_batch(
    records: Sequence[object],
    parsed: Parsed,
    layout: Layout | None = None,
    originals: Sequence[object] | None = None,
) -> Batch:
    """Read flat records, with the layout that their keys show unless one is given.

    `originals` are what the file holds in their place, to be shown as examples.
    """
    keys = keys_of(records)

    def sample(place: int) -> list[str]:
        return texts_of_values(r.get(keys[place]) for r in records[:SAMPLED] if isinstance(r, dict))

    choice = choice_for(keys, sample, parsed, layout)
    table = table_of(records, named(choice, keys), line=parsed.line, originals=originals)
    if LOGGED_AT in keys:
        logged = table_of(records, logged_in(keys)).frame
        table = replace(table, frame=with_logged_times(table.frame, logged))
    batch = batch_of(table, choice.layout, parsed.name, parsed.options)
    return understood(batch, choice, keys, sample)


def named(choice: Choice, keys: Sequence[str]) -> dict[str, str]:
    """Return the key that serves each of our names."""
    return {ours: keys[place] for ours, place in choice.columns.items()}


def texts_of_values(values: Iterable[object]) -> list[str]:
    """Return single values as texts, without those that are missing.

    >>> texts_of_values([1.5, None, "a", [2]])
    ['1.5', 'a']
    """
    return [
        str(v) for v in values if isinstance(v, str | int | float) and not isinstance(v, bool) and v != ""
    ]


def choice_for(keys: Sequence[str], sample: Sample, parsed: Parsed, layout: Layout | None) -> Choice:
    """Return which key of some records serves each of our names.

    Raises ReadError where there is no key at all, or a needed one is missing.
    """
    if not keys:
        raise ReadError(f"{parsed.name}: JSON without any record in it; {SHAPES_READ}")
    choice = choose(keys, sample, layout or layout_of(keys, parsed.form), parsed.options.columns)
    if "time" in choice.missing and LOGGED_AT in keys:
        choice = replace(choice, columns={**choice.columns, "time": keys.index(LOGGED_AT)})
    if choice.missing:
        raise ReadError(
            f"{parsed.name}: no key for {' or '.join(choice.missing)} in its records, which have: "
            f"{', '.join(keys[:SHOWN_KEYS])}. Needed are a time, lat and lon, and best an mmsi"
        )
    return choice


def _records_in(document: object) -> Sequence[object] | None:
    """Return the list of records of a document: itself, or the one list of positions somewhere inside it."""
    if isinstance(document, list):
        return document
    lists = list(_lists_in(document, DEEPEST))
    tracks = [found for found in lists if _is_track(found[0])]
    if not tracks:
        tracks = [
            [_unwrapped(record) for record in found] for found in lists if _is_track(_unwrapped(found[0]))
        ]
    if not tracks and isinstance(document, dict):
        tracks = [v for v in document.values() if isinstance(v, list) and v and isinstance(v[0], dict)]
    return tracks[0] if len(tracks) == 1 else None


def _lists_in(value: object, depth: int) -> Iterator[list[object]]:
    """Give the lists of objects in a document, down to a depth."""
    if isinstance(value, list) and value and isinstance(value[0], dict):
        yield value
    elif isinstance(value, dict) and depth:
        for each in value.values():
            yield from _lists_in(each, depth - 1)


def _is_track(record: object) -> bool:
    return isinstance(record, dict) and name_tracks(list(record))


def _unwrapped(record: object) -> object:
    """Return what a record holds inside: the one object in it that names time and position."""
    if not isinstance(record, dict):
        return record
    inside = [value for value in record.values() if _is_track(value)]
    return inside[0] if len(inside) == 1 else record
