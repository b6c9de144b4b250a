"""Texts of binary files: the libraries trust them to be UTF-8, and end the process where they are not.

Parquet, Arrow and GeoPackage say that a text is UTF-8, but nobody checks it when a file is written: a Latin-1
name from an old receiver, or a name cut in the middle of a character, goes in as it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa

if TYPE_CHECKING:
    from collections import Counter

FALLBACK = "cp1252"
"""What bytes are that are not UTF-8: Windows-1252, as European exports are (`containers.encoding`)."""


AS_BYTES = {
    pa.string(): pa.binary(),
    pa.large_string(): pa.large_binary(),
    pa.string_view(): pa.binary_view(),
}
"""Types of texts, and of the bytes that they are."""


def is_text(kind: pa.DataType) -> bool:
    """Return whether a column holds texts."""
    return kind in AS_BYTES


def readable(column: pa.ChunkedArray, name: str, repaired: Counter[str]) -> pa.ChunkedArray:
    """Return a column whose texts are UTF-8, dictionaries unpacked; `repaired` counts those that were not."""
    if pa.types.is_dictionary(column.type):
        values = [readable(pa.chunked_array([c.dictionary]), name, repaired) for c in column.chunks]
        chunks = [v.combine_chunks().take(c.indices) for v, c in zip(values, column.chunks, strict=True)]
        return pa.chunked_array(chunks, type=chunks[0].type if chunks else column.type.value_type)
    if not is_text(column.type) or _is_utf8(column):
        return column
    texts = []
    for value in column.cast(AS_BYTES[column.type]).to_pylist():
        text, is_other = (None, False) if value is None else decoded(value)
        repaired[name] += is_other
        texts.append(text)
    return pa.chunked_array([pa.array(texts, pa.large_string())])


def check_values(table: pa.Table) -> None:
    """Raise ArrowInvalid for a table whose values do not lie where it says; texts may be no UTF-8."""
    for column in table.columns:
        for chunk in column.chunks:
            _checked(chunk)


def _checked(chunk: pa.Array) -> pa.Array:
    """Return values that lie where they say, texts as bytes; nothing is copied, or looked up, before that."""
    chunk.validate()
    if pa.types.is_dictionary(chunk.type):
        return pa.DictionaryArray.from_arrays(chunk.indices, _checked(chunk.dictionary))
    plain = chunk.view(AS_BYTES[chunk.type]) if is_text(chunk.type) else chunk
    plain.validate(full=True)
    return plain


def decoded(value: bytes) -> tuple[str, bool]:
    """Return a text, and whether it was no UTF-8.

    Where it holds whole characters of several bytes, the rest was cut or damaged; else it is `FALLBACK`.

    >>> decoded("VÆRØY".encode("cp1252")), decoded("VÆRØY".encode())
    (('VÆRØY', True), ('VÆRØY', False))
    """
    try:
        return value.decode(), False
    except UnicodeDecodeError:
        is_damaged = not value.decode(errors="ignore").isascii()
        return value.decode("utf-8" if is_damaged else FALLBACK, errors="replace"), True


def _is_utf8(column: pa.ChunkedArray) -> bool:
    try:
        column.validate(full=True)
    except pa.ArrowInvalid:
        return False
    return True


def warning_of(repaired: Counter[str], file: str) -> tuple[str, ...]:
    """Return what a user is told of texts that were repaired."""
    if not repaired:
        return ()
    counts = ", ".join(f"{count:,} in {name}" for name, count in sorted(repaired.items()))
    return (f"{file}: texts that are not UTF-8 were read as far as possible: {counts}",)
