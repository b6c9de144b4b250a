"""Columns of speed and course -> knots and degrees, in the unit that layout, name or numbers show."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from app.readers.values import rules
from app.readers.values.numbers import measured

if TYPE_CHECKING:
    from collections.abc import Mapping

    import polars as pl

    from app.readers.base.layouts import Layout
    from detectors.tracks.reports import Float32, Float64

TENFOLD = "speeds look like tenths of a knot: divided by ten"
NO_TENTHS = "speeds have fractions, so they are knots and not the tenths of this layout"
FEW_ROWS = 10
HEAD_ROWS = 10_000
"""So many rows are examined first, since they mostly decide as the whole column would."""
RAW_SOG_NOT_AVAILABLE = 1023
SOG_MEDIAN_OF_TENTHS_KN = 60.0
"""No fleet moves at a median of 60 kn: such a column counts tenths."""
TENTH = 0.1


@dataclass(frozen=True)
class Speeds:
    """Speeds in knots (None for no such column), warnings, and what the numbers decided on their unit.

    `is_settled`: no later row can show another unit.
    """

    sog_kn: Float32 | None
    warnings: tuple[str, ...] = ()
    decided: Mapping[str, str] = field(default_factory=dict)
    is_settled: bool = True


def speeds_of(frame: pl.DataFrame, layout: Layout) -> Speeds:
    """Read the speeds of a table."""
    if "sog" not in frame.columns:
        return Speeds(None)
    factor = layout.factor("sog")
    sog, _ = measured(frame["sog"], "sog")
    if factor == TENTH and has_fractions(sog):
        return Speeds(rules.speeds(sog), (NO_TENTHS,), {"sog_unit": "kn"})
    if factor == TENTH:
        return Speeds(rules.speeds(sog * factor), (), {"sog_unit": "0.1 kn"})
    if factor != 1.0:
        return Speeds(rules.speeds(measured(frame["sog"], "sog", factor)[0]))
    is_settled = has_fractions(sog[:HEAD_ROWS])
    if not is_settled and _counts_tenths(sog):
        return Speeds(rules.speeds(sog / 10), (TENFOLD,), is_settled=False)
    return Speeds(rules.speeds(sog), is_settled=is_settled)


def _counts_tenths(sog: Float64) -> bool:
    """Return whether a column has whole numbers only, too high for a fleet in knots."""
    known = sog[(sog > 0) & (sog <= RAW_SOG_NOT_AVAILABLE)]
    if len(known) < FEW_ROWS or has_fractions(known):
        return False
    return bool(known.max() == RAW_SOG_NOT_AVAILABLE or np.median(known) > SOG_MEDIAN_OF_TENTHS_KN)


def has_fractions(sog: Float64) -> bool:
    """Return whether some speed that can be one is no whole number."""
    known = sog[(sog > 0) & (sog <= RAW_SOG_NOT_AVAILABLE)]
    return bool((known != np.floor(known)).any())


def courses_of(frame: pl.DataFrame, layout: Layout) -> Float32 | None:
    """Read the courses of a table, None where it has none."""
    if "cog" not in frame.columns:
        return None
    return rules.courses(measured(frame["cog"], "cog", layout.factor("cog"))[0])


def headings_of(frame: pl.DataFrame, layout: Layout) -> Float32 | None:
    """Read the headings of a table, None where it has none."""
    if "heading" not in frame.columns:
        return None
    return rules.angles(measured(frame["heading"], "heading", layout.factor("heading"))[0])
