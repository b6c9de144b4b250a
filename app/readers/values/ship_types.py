"""Words for ship types -> AIS codes (ITU-R M.1371-5, table 53)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from app.readers.values.ship_type_words import ROWS
from app.readers.values.words import codes_of, folded, not_understood, table_of

if TYPE_CHECKING:
    from collections import Counter

    import polars as pl

    from detectors.tracks.reports import Float64

SHIP_TYPES = table_of(ROWS)

HEADS = {
    "tanker": 80, "trawler": 30, "longliner": 30, "seiner": 30, "carrier": 70, "ferry": 60, "dredger": 33,
    "tug": 52, "yacht": 37, "containership": 70, "fishing": 30,
}  # fmt: skip
"""What a ship is whose whole type is not in the table: its last word says it."""

STATCODE = re.compile(r"([abwxyz]\d{2})[a-z]\d[a-z]{2}")
STATCODES = {"a1": 80, "a2": 70, "a36": 60, "a37": 60, "a3": 70, "b1": 30, "b32": 52, "b33": 33, "b": 90}
"""Beginnings of codes of StatCode 5, the longest first in force."""

HAZARD = re.compile(r"^(.+?) (?:hazard|hazardou|haz)(?: category| cat)? ([abcdxyz])\b")
"""Cargo, tankers, passenger ships and fast craft with dangerous goods: the second digit of the code."""

HAZARDS = {"a": 1, "b": 2, "c": 3, "d": 4, "x": 1, "y": 2, "z": 3}
WITH_HAZARDS = (20, 40, 60, 70, 80, 90)
TAIL = re.compile(r" (all ship of th[ei] type|no additional information|(spare )?reserved.*|all)$")


def code_of(word: str) -> int | None:
    """Return the AIS code of a word for a ship's type, None for one that is not known.

    >>> code_of("PORT_TENDER"), code_of("Cargo - Hazard A (Major)"), code_of("A13B2TP"), code_of("Dhow")
    (53, 71, 80, None)
    """
    text = folded(word)
    if text in SHIP_TYPES:
        return SHIP_TYPES[text]
    if found := STATCODE.fullmatch(word.strip().lower()):
        return next((STATCODES[found[1][:n]] for n in (3, 2, 1) if found[1][:n] in STATCODES), None)
    if (found := HAZARD.match(text)) and (code := code_of(found[1])) in WITH_HAZARDS:
        return int(code or 0) + HAZARDS[found[2]]
    shorter = TAIL.sub("", folded(re.sub(r"\(.*?\)", " ", word)))
    return SHIP_TYPES.get(shorter, HEADS.get(shorter.rpartition(" ")[2]))


def ship_types(column: pl.Series) -> Float64:
    """Return the AIS codes of a column of types, NaN where there is none."""
    return codes_of(column, code_of)


def unknown_types(column: pl.Series) -> Counter[str]:
    """Return the words of a column that are not understood, with the number of their rows."""
    return not_understood(column, code_of)
