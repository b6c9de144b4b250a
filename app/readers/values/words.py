"""Words of a column -> codes, whatever their case, punctuation and number; those not known are counted."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from app.readers.values.numbers import floats, numbers, stripped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from detectors.tracks.reports import Float64

    CodeOf = Callable[[str], "int | None"]

WORDS_KEPT = 1000
"""A column that is none of words has no end of them: so many different ones are counted by name."""


def folded(text: str) -> str:
    """Return a text in lower case, words parted by one blank, plurals as singulars.

    >>> folded("PORT_TENDER"), folded("Oil/Chemical Tankers"), folded("Ro-Ro")
    ('port tender', 'oil chemical tanker', 'ro ro')
    """
    return " ".join(_singular(word) for word in re.findall(r"[^\W_]+", text.lower()))


def _singular(word: str) -> str:
    is_plural = len(word) > 3 and word.endswith("s") and not word.endswith("ss")  # noqa: PLR2004 - "gas" is none
    return word[:-1] if is_plural else word


def table_of(rows: Mapping[int, str]) -> dict[str, int]:
    """Return the code of each folded word of a table that lists them by code, parted by semicolons."""
    return {folded(word): code for code, words in rows.items() for word in words.split(";")}


def codes_of(column: pl.Series, code_of: CodeOf) -> Float64:
    """Return the codes of a column of words or numbers, which are codes already; NaN for what is neither."""
    if column.dtype != pl.String:
        return numbers(column)[0]
    distinct = column.unique()
    values, _ = numbers(distinct)
    words = stripped(distinct).set(pl.Series(~np.isnan(values)), None)
    known = [None if word is None else code_of(word) for word in words.to_list()]
    codes = pl.Series(np.where(np.isnan(values), floats(pl.Series(known, dtype=pl.Float64)), values))
    return floats(column.replace_strict(distinct, codes, return_dtype=pl.Float64))


def not_understood(column: pl.Series, code_of: CodeOf) -> Counter[str]:
    """Return the words of a column that have no code, with the number of rows of each."""
    if column.dtype != pl.String:
        return Counter()
    counts = column.alias("word").value_counts(name="rows")  # few words, many rows: judged once each
    counts = counts.with_columns(stripped(counts["word"])).drop_nulls()
    is_word = np.isnan(numbers(counts["word"])[0])
    found: Counter[str] = Counter()
    for word, rows in counts.filter(pl.Series(is_word)).sort("word").iter_rows():
        if code_of(word) is None and (word in found or len(found) < WORDS_KEPT):
            found[word] += rows
    return found


def together(columns: Iterable[Mapping[str, Mapping[str, int]]]) -> dict[str, Counter[str]]:
    """Return the words of several pieces or files by column, with all their rows."""
    found: dict[str, Counter[str]] = {}
    for each in columns:
        for name, words in each.items():
            found.setdefault(name, Counter()).update(words)
    return found


def said_of(column: str, words: Mapping[str, int], shown: int = 3) -> str:
    """Return what a user is told of the words of a column that were not understood.

    >>> said_of("ship_type", {"Sloop": 2, "Dhow": 10})
    'ship_type: 2 words not understood (12 rows): Dhow, Sloop'
    """
    ranked = sorted(words, key=lambda word: (-words[word], word))
    noun = "word" if len(words) == 1 else "words"
    return (
        f"{column}: {len(words):,} {noun} not understood ({sum(words.values()):,} rows): "
        + ", ".join(ranked[:shown])
        + (", ..." if len(ranked) > shown else "")
    )
