"""Vessel identifiers -> the number that stands for a vessel."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from app.readers.base import ReadError
from app.readers.values import floats, stripped
from detectors.tracks.reports import vessel_key

if TYPE_CHECKING:
    from detectors.tracks.reports import Int64

WHOLE_NUMBER = r"^\+?\d{1,15}(\.0*)?$|^\+?\d(\.\d+)?[eE]\+?\d{1,2}$"
"""An MMSI as files have it: 9 digits, fewer where zeros were lost, or a float such as 4.45e8."""
HIGHEST_NUMBER = 10**15
"""Beyond this a float no longer holds every whole number: such an identifier is a text."""


@dataclass(frozen=True)
class Vessels:
    """One number per row, 0 where the row names no vessel; names of those without an MMSI."""

    key: Int64
    own_ids: dict[int, str] = field(default_factory=dict)


def by_mmsi(column: pl.Series) -> Vessels:
    """Read a column of MMSIs. What is no number becomes the track's own identifier.

    >>> by_mmsi(pl.Series(["4.45e8", "002190067", "", "Wolmi 3"])).key.tolist()[:3]
    [445000000, 2190067, 0]
    """
    if column.dtype.is_integer() and not column.has_nulls() and (column >= 0).all():
        return Vessels(column.cast(pl.Int64, strict=False).fill_null(0).to_numpy())
    texts = stripped(column)
    return _keys(texts, texts.str.contains(WHOLE_NUMBER).fill_null(value=False))


def by_own_id(column: pl.Series) -> Vessels:
    """Read a column of track identifiers. Only nine digits are taken for an MMSI."""
    texts = stripped(column)
    return _keys(texts, texts.str.contains(r"^\d{9}$").fill_null(value=False))


def one_vessel(own_id: str, size: int) -> Vessels:
    """Give all rows to one vessel that is known by her own identifier only."""
    key = vessel_key(own_id)
    return Vessels(np.full(size, key, dtype=np.int64), {key: own_id})


def check_count(column: pl.Series, most: int, name: str) -> None:
    """Raise ReadError for a column that names more vessels than there may be."""
    if len(column) > most and (count := column.n_unique()) > most:
        raise ReadError(too_many(count, most, name))


def too_many(count: int, most: int, name: str) -> str:
    """Say that there are more vessels than there may be, and the way round."""
    return (
        f"{name}: {count:,} different vessels, more than the limit of {most:,}. If that column numbers rows, "
        "pin the one that names the vessel; else cut the file by area and read the parts"
    )


def _keys(texts: pl.Series, numeric: pl.Series) -> Vessels:
    values = floats(texts.set(~numeric, None).cast(pl.Float64, strict=False))
    whole = (values == np.floor(values)) & (values < HIGHEST_NUMBER)
    key = np.where(whole, values, 0).astype(np.int64)
    named = texts.is_not_null().to_numpy() & ~whole
    own_ids = {vessel_key(text): text for text in texts.filter(named).unique(maintain_order=True).to_list()}
    if own_ids:
        numbers = {text: number for number, text in own_ids.items()}
        key[named] = [numbers[text] for text in texts.filter(named).to_list()]
    return Vessels(key, own_ids)
