"""Columns of lengths -> metres, in the unit that layout or name give, or that draughts show."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from app.readers.values.numbers import measured
from app.readers.values.static_data import DEEPEST_M, DIMENSIONS, LENGTHS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.readers.base.layouts import Layout

MOST = 0.5
TENFOLD = "draughts look like tenths of a metre: divided by ten"


@dataclass(frozen=True)
class Lengths:
    """A table whose lengths are in metres, warnings, and what the numbers decided on their unit."""

    frame: pl.DataFrame
    warnings: tuple[str, ...] = ()
    decided: Mapping[str, str] = field(default_factory=dict)


def lengths_of(frame: pl.DataFrame, layout: Layout) -> Lengths:
    """Convert the lengths of a table that are in another unit."""
    factors = {name: layout.factor(name) for name in (*LENGTHS, *DIMENSIONS) if name in frame.columns}
    warnings: tuple[str, ...] = ()
    decided = {}
    if factors.get("draught_m") == 1.0 and (unit := _unit_of_draughts(frame["draught_m"])):
        decided = {"draught_unit": unit}
        factors["draught_m"], warnings = (0.1, (TENFOLD,)) if unit == "0.1 m" else (1.0, ())
    converted = {n: measured(frame[n], n, factor)[0] for n, factor in factors.items() if factor != 1.0}
    return Lengths(frame.with_columns(pl.Series(n, v) for n, v in converted.items()), warnings, decided)


def _unit_of_draughts(column: pl.Series) -> str | None:
    """Return the unit that draughts show, None where they show none.

    No ship draws more than 25.5 m: whole numbers beyond it are decimetres, as messages carry them.
    """
    values = measured(column.unique(), "draught_m")[0]
    values = values[np.isfinite(values) & (values > 0)]
    if not len(values):
        return None
    is_whole = bool((values == np.floor(values)).all())
    are_deep = bool((values > DEEPEST_M).mean() > MOST)
    return "0.1 m" if is_whole and are_deep else "m"
