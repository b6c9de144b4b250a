"""What column names alone say, for deciding where a table begins: how it is read is decided elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.readers.base.aliases import ALIASES, plain
from app.readers.base.choosing import choose
from app.readers.base.layouts import Layout

if TYPE_CHECKING:
    from collections.abc import Sequence


def place_of(ours: str, names: Sequence[str]) -> int | None:
    """Return the place of the column that is called by the most specific of our aliases; None for none.

    >>> place_of("time", ["MMSI", "date", "Timestamp"]), place_of("lat", ["a"])
    (2, None)
    """
    plains = [plain(name) for name in names]
    return next((plains.index(alias) for alias in ALIASES[ours] if alias in plains), None)


def name_tracks(names: Sequence[str]) -> bool:
    """Return whether names are those of a time and a position."""
    return not choose(names, lambda _: [], Layout(""), {}).missing
