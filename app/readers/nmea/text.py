"""Columns of text as bytes, for arithmetic over all rows at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

if TYPE_CHECKING:
    from detectors.tracks.reports import Bool, Int64, UInt8


@dataclass(frozen=True)
class Bytes:
    """A column of texts laid end to end: row i is ``data[first[i]:first[i] + length[i]]``."""

    data: UInt8
    first: Int64
    length: Int64

    @classmethod
    def of(cls, column: pl.Series) -> Bytes:
        """Lay out a column; a missing text is an empty one."""
        whole = column.fill_null("").rechunk()
        arrow = whole.to_arrow(compat_level=pl.CompatLevel.oldest())
        _, offsets, data = arrow.buffers()
        ends = np.frombuffer(offsets, dtype=np.int64)[arrow.offset : arrow.offset + len(arrow) + 1]
        content = np.frombuffer(data, dtype=np.uint8) if data else np.empty(0, dtype=np.uint8)
        return cls(content, ends[:-1], np.diff(ends))


def exclusive_or(column: pl.Series) -> UInt8:
    """Return the exclusive-or of all characters of each text: the checksum of NMEA 0183.

    >>> exclusive_or(pl.Series(["AIVDM,1,1,,A,,0", ""])).tolist()
    [38, 0]
    """
    text = Bytes.of(column)
    found = np.zeros(len(column), dtype=np.uint8)
    filled = np.flatnonzero(text.length)
    if len(filled):
        bounds = np.stack([text.first[filled], text.first[filled] + text.length[filled]], axis=1)
        padded = np.append(text.data, np.uint8(0))  # an end may lie behind the last byte
        found[filled] = np.bitwise_xor.reduceat(padded, bounds.ravel())[::2]
    return found


def is_sound(body: pl.Series, check: pl.Series) -> Bool:
    """Return where the characters of a body agree with the two hexadecimal digits that follow it."""
    expected = check.str.to_integer(base=16, strict=False).fill_null(-1).to_numpy()
    sound: Bool = expected == exclusive_or(body)
    return sound
