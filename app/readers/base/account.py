"""The account of a file's columns: what each was read as, in which unit, and how much of it."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from app.readers.base.days import checked_days
from app.readers.base.used import NAMES, ColumnRead

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from app.readers.base.choosing import Choice
    from app.readers.base.reader import Batch
    from app.readers.base.used import Used

EXAMPLE_CHARS = 40
"""A longer value is cut where it is shown."""
MOST_COLUMNS = 500
"""Tables have tens of columns; a file made to fill the memory has more."""
JOINED = "joined with {others}"
CONVERTED = "converted"


def understood(
    batch: Batch, choice: Choice, header: Sequence[str], sample: Callable[[int], Sequence[str]]
) -> Batch:
    """Return a batch with the account of its columns. Raises ReadError where its times are days only."""
    if choice.has_dates_only:
        batch = checked_days(batch, header[choice.columns["time"]])
    warnings = (*choice.warnings, *batch.warnings)
    return dataclasses.replace(batch, columns=account_of(choice, header, sample, batch), warnings=warnings)


def account_of(
    choice: Choice, header: Sequence[str], sample: Callable[[int], Sequence[str]], batch: Batch
) -> tuple[ColumnRead, ...]:
    """Return what became of each column of a file, in the order of the file."""
    served: dict[int, str] = {}
    for ours, place in choice.columns.items():
        if not (ours == "own_id" and place in served):  # its IMO number or name, beside naming the vessel
            served[place] = ours
    return tuple(
        _column(name, served.get(place), choice, sample(place), batch)
        for place, name in enumerate(header[:MOST_COLUMNS])
    )


def _column(name: str, ours: str | None, choice: Choice, sample: Sequence[str], batch: Batch) -> ColumnRead:
    example = sample[0][:EXAMPLE_CHARS] if sample else None
    if ours is None:
        return ColumnRead(name, example=example)
    unit = _unit(ours, choice, batch)
    converted = CONVERTED if unit != OUR_UNITS.get(ours) else None
    return ColumnRead(
        name,
        NAMES.get(ours, ours),
        unit,
        round(batch.used[ours].share, 4) if ours in batch.used else None,
        example,
        "; ".join(filter(None, (converted, _note(ours, choice), _words(ours, batch)))) or None,
    )


def _unit(ours: str, choice: Choice, batch: Batch) -> str | None:
    """Return the unit of a column: as its name or its values say, as the layout has it, else ours."""
    known = choice.units.get(ours) or batch.decided.get(DECIDED.get(ours, ""))
    if known:
        return str(known)
    factor, own = choice.layout.factor(ours), OUR_UNITS.get(ours)
    return own if own is None or factor == 1.0 else f"{factor:g} {own}"


def _words(ours: str, batch: Batch) -> str | None:
    """Return how many words of a column were not understood, None for none."""
    words = batch.not_understood.get(ours)
    return f"{len(words):,} words not understood ({sum(words.values()):,} rows)" if words else None


OUR_UNITS = {
    "sog": "kn",
    **dict.fromkeys(("cog", "heading", "lat", "lon"), "deg"),
    **dict.fromkeys(("length_m", "beam_m", "draught_m"), "m"),
    **dict.fromkeys(("to_bow_m", "to_stern_m", "to_port_m", "to_starboard_m"), "m"),
}
"""The unit of our columns where the file names none."""
DECIDED = {
    "sog": "sog_unit",
    "draught_m": "draught_unit",
    **dict.fromkeys(("lat", "lon"), "position_unit"),
}
"""Where a batch says which unit the values themselves showed."""
SIDES = {"lat_side": "north or south", "lon_side": "east or west"}
PARTS_OF_TIME = ("clock", "hour", "minute", "second", "month", "day", "zone")


def _note(ours: str, choice: Choice) -> str | None:
    notes = [choice.notes[ours]] if ours in choice.notes else []
    others = [name for name in PARTS_OF_TIME if name in choice.columns]
    if ours == "time" and others:
        notes.append(JOINED.format(others=", ".join(others)))
    elif ours in others:
        notes.append(f"part of the time: {ours}")
    notes += [SIDES[ours]] if ours in SIDES else []
    if "own_id" in choice.columns and ours != "own_id" and choice.columns["own_id"] == choice.columns[ours]:
        notes.append("names the vessel")
    return "; ".join(notes) or None


def fields_read(used: Mapping[str, Used], names: Mapping[str, str]) -> tuple[ColumnRead, ...]:
    """Return the account of a format whose fields are given: `names` are what it calls them, by ours."""
    return tuple(
        ColumnRead(name, NAMES.get(ours, ours), OUR_UNITS.get(ours), round(used[ours].share, 4))
        for ours, name in names.items()
        if ours in used and used[ours].values
    )
