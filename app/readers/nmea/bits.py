"""Six-bit payloads -> numbers and texts, for all messages at once.

A field of which a bit is missing is missing: the rest of it would make another number.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl
import pyarrow as pa

from app.readers.nmea.text import Bytes

if TYPE_CHECKING:
    from detectors.tracks.reports import Bool, Float64, Int64, UInt8

BITS = 6
INVALID = 255
ARMOUR = np.full(256, INVALID, dtype=np.uint8)
ARMOUR[48:88] = np.arange(40)
ARMOUR[96:120] = np.arange(40, 64)
"""From a character of a payload to its six bits (IEC 61162-1, table 7)."""
LETTERS = np.array([*range(64, 96), *range(32, 64)], dtype=np.uint8)
"""From six bits to the ASCII character that they mean in a text (ITU-R M.1371, table 47)."""
END_OF_TEXT = 0
SPACE = ord(" ")


@dataclass(frozen=True)
class Payloads:
    """Payloads laid end to end, six bits per byte; `bits` counts those of each that hold."""

    sixes: UInt8
    first: Int64
    bits: Int64
    is_valid: Bool

    @classmethod
    def of(cls, payload: pl.Series, fill_bits: UInt8) -> Payloads:
        """Take the armour off; a payload with a character that is none is not valid."""
        text = Bytes.of(payload)
        sixes = ARMOUR[text.data]
        wrong = np.flatnonzero(sixes == INVALID)
        ends = text.first + text.length
        is_valid = np.searchsorted(wrong, ends) == np.searchsorted(wrong, text.first)
        return cls(sixes, text.first, text.length * BITS - fill_bits, is_valid)

    def take(self, rows: Int64) -> Payloads:
        """Return the payloads of some rows."""
        return Payloads(self.sixes, self.first[rows], self.bits[rows], self.is_valid[rows])

    def numbers(self, start: int, width: int, *, is_signed: bool = False) -> Float64:
        """Return a field of every payload, NaN where it is not wholly there."""
        value = np.zeros(len(self.first), dtype=np.int64)
        for place in range(start // BITS, (start + width - 1) // BITS + 1):
            value = (value << BITS) | self._six(place)
        value = (value >> (-(start + width) % BITS)) & ((1 << width) - 1)
        if is_signed:
            value -= (value >> (width - 1)) << width
        return np.where(self.bits >= start + width, value, np.nan)

    def texts(self, start: int, chars: int) -> pl.Series:
        """Return a text of every payload: up to its end mark, or as far as the payload goes."""
        codes = np.empty((len(self.first), chars), dtype=np.uint8)
        for number in range(chars):
            code = self.numbers(start + number * BITS, BITS)
            codes[:, number] = np.nan_to_num(code, nan=END_OF_TEXT).astype(np.uint8)
        ended = np.logical_or.accumulate(codes == END_OF_TEXT, axis=1)
        letters = np.where(ended, SPACE, LETTERS[codes]).astype(np.uint8)
        offsets = np.arange(len(codes) + 1, dtype=np.int64) * chars
        arrow = pa.LargeStringArray.from_buffers(
            len(codes), pa.py_buffer(offsets), pa.py_buffer(letters.tobytes())
        )
        return pl.Series(pl.from_arrow(arrow)).str.strip_chars(" ")

    def _six(self, place: int) -> Int64:
        if not len(self.sixes):
            return np.zeros(len(self.first), dtype=np.int64)
        index = np.minimum(self.first + place, len(self.sixes) - 1)
        return self.sixes[index].astype(np.int64)
