"""Knobs: every threshold with its default, unit, range, meaning and source, written once.

From a `Params` class come the range check, the table of `GET /v1/detectors`, the documentation,
overrides per request, and the hash that each event stores.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar, cast

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

P = TypeVar("P", bound="Params")


COUNTS = frozenset(
    {
        "alternations",
        "hulls",
        "intervals",
        "meetings",
        "moves",
        "passes",
        "reports",
        "rows",
        "silences",
        "vessels",
    }
)
"""Units that are counted: half of one is a slip of the user's, and must not be cut off unseen."""


class ParamError(ValueError):
    """A knob that does not exist, or a value outside its range. The message says what would be right."""


@dataclass(frozen=True, slots=True)
class Knob:
    """What is published about one threshold."""

    name: str
    default: float | bool
    unit: str
    low: float
    high: float
    meaning: str
    source: str


def knob(
    default: float | bool,  # noqa: FBT001 - a knob may be a switch
    *,
    unit: str,
    low: float = 0.0,
    high: float = 1.0,
    meaning: str,
    source: str,
) -> Any:  # noqa: ANN401 - a dataclass field has the type of its annotation
    """Declare a field of a `Params` class.

    `low` and `high` are inclusive; a switch (bool) has unit ``on/off`` and needs no range. `source` names
    a paper, a public definition or a benchmark of ours.
    """
    text = {"unit": unit, "low": low, "high": high, "meaning": meaning, "source": source}
    return field(default=default, metadata=text)


@dataclass(frozen=True)
class Params:
    """Base of every detector's thresholds: frozen, range-checked, self-describing."""

    def __post_init__(self) -> None:
        for each in knobs(type(self)):
            _check(each, getattr(self, each.name))
        self.check_together()

    def check_together(self) -> None:
        """Raise ParamError where fields contradict one another; the base has no such rule."""

    def values(self) -> dict[str, float | bool]:
        """Return the fields by name."""
        return {each.name: getattr(self, each.name) for each in knobs(type(self))}


def knobs(params: type[Params]) -> tuple[Knob, ...]:
    """Return the published knobs of a `Params` class in the order of their declaration."""
    return tuple(
        Knob(name=f.name, default=cast("float | bool", f.default), **f.metadata)
        for f in dataclasses.fields(params)
    )


def overridden(params: P, changes: Mapping[str, object]) -> P:
    """Return params with some fields changed.

    Raises ParamError for an unknown field, a value of the wrong type, or one out of range.
    """
    known = {each.name: each for each in knobs(type(params))}
    typed: dict[str, Any] = {}
    for name, value in changes.items():
        if name not in known:
            raise ParamError(f"no field {name!r}: there are {', '.join(known)}")
        typed[name] = _typed(known[name], value)
    return dataclasses.replace(params, **typed)


def digest(parts: Iterable[object]) -> str:
    """Return a short, stable hash of plain values: the same on every machine and in every run."""
    text = json.dumps(list(parts), sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _typed(each: Knob, value: object) -> float | bool:
    if isinstance(each.default, bool):
        return _switch(each, value)
    try:
        return float(str(value))
    except ValueError:
        raise ParamError(f"{each.name} is a number in {each.unit}, not {value!r}") from None


def _switch(each: Knob, value: object) -> bool:
    words = {"true": True, "1": True, "on": True, "false": False, "0": False, "off": False}
    word = str(value).lower()
    if word not in words:
        raise ParamError(f"{each.name} is a switch: true or false, not {value!r}")
    return words[word]


def _check(each: Knob, value: float | bool) -> None:  # noqa: FBT001 - a knob may be a switch
    if isinstance(each.default, bool):
        return
    if not (math.isfinite(value) and each.low <= value <= each.high):
        raise ParamError(
            f"{each.name} = {value:g} {each.unit} is out of range: {each.low:g} to {each.high:g}"
        )
    if each.unit in COUNTS and value != math.floor(value):
        raise ParamError(f"{each.name} = {value:g} {each.unit} is no whole number: it counts {each.unit}")
