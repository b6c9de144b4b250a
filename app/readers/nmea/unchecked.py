"""Sentences without a checksum: a message is taken where it is whole and says what a message can say."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import polars as pl

    from detectors.tracks.reports import Bool, Float64, Int64

BITS = {1: (168, 173), 2: (168, 173), 3: (168, 173), 18: (168, 173), 27: (96, 101)}
BITS |= {5: (422, 429), 19: (312, 317), 24: (160, 173)}
"""Length of the messages that are used, with what fills up a character (ITU-R M.1371-5)."""
HIGHEST = {"lon": 181.0, "lat": 91.0, "cog": 360.0}
"""The last value that has a meaning; 181, 91 and 360 say that it is not known."""
HEADINGS = 360.0
HEADING_UNKNOWN = 511.0
HIGHEST_MMSI = 999_999_999
READ_UNCHECKED = (
    "{count} messages came without a checksum: read, as they are whole and their values have a meaning"
)


def are_sensible(frame: pl.DataFrame, bits: Int64) -> Bool:
    """Return which decoded messages have a length and values that their type can have."""
    msg_type = frame["msg_type"].to_numpy()
    fits = (frame["mmsi"] > 0).to_numpy() & (frame["mmsi"] <= HIGHEST_MMSI).to_numpy()
    known = np.zeros(len(frame), dtype=bool)
    for number, (fewest, most) in BITS.items():
        known |= (msg_type == number) & (bits >= fewest) & (bits <= most)
    for name, highest in HIGHEST.items():
        fits &= ~(np.abs(_values(frame, name)) > highest)
    heading = _values(frame, "heading")
    fits &= ~((heading >= HEADINGS) & (heading != HEADING_UNKNOWN))
    sensible: Bool = known & fits
    return sensible


def _values(frame: pl.DataFrame, name: str) -> Float64:
    values: Float64 = frame[name].fill_null(np.nan).to_numpy()
    return values
