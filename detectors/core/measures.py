"""Measures: every fact that an event can state, declared once with unit, type, group and meaning.

Rules, sentences, outputs and pages refer to these objects; an event holds their values by name.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeAlias

Value: TypeAlias = "float | int | str | bool | None"
"""The value of a measure: a number in its unit, a code, yes or no, or None where it is not known."""

Values: TypeAlias = Mapping[str, Value]
"""Values of measures by name."""


class Group(StrEnum):
    """The subject of a measure: outputs and pages order measures by it."""

    GEOMETRY = "geometry"
    MOTION = "motion"
    IDENTITY = "identity"
    CARGO = "cargo"
    PLACE = "place"
    RECEPTION = "reception"
    HISTORY = "history"


class Type(StrEnum):
    """What the value of a measure is; each may be None, which means not known."""

    NUMBER = "number"
    """A float in the measure's unit."""
    COUNT = "count"
    """A whole number of what the unit names."""
    FLAG = "flag"
    """Yes or no."""
    CODE = "code"
    """One code of a closed list."""
    TEXT = "text"
    """Free text: a name, a list of places."""


GEOMETRY, MOTION, IDENTITY, CARGO = Group.GEOMETRY, Group.MOTION, Group.IDENTITY, Group.CARGO
PLACE, RECEPTION, HISTORY = Group.PLACE, Group.RECEPTION, Group.HISTORY


@dataclass(frozen=True, slots=True)
class Measure:
    """One declared measure. `unit` is empty for flags, codes and texts."""

    name: str
    unit: str
    type: Type
    group: Group
    meaning: str

    def holds(self, value: Value) -> bool:
        """Return whether a value is of the declared type; None always is.

        >>> number("gap_h", "h", RECEPTION, "Length of the gap.").holds(3.5)
        True
        """
        if value is None:
            return True
        if self.type is Type.FLAG:
            return isinstance(value, bool)
        if self.type is Type.COUNT:
            return isinstance(value, int) and not isinstance(value, bool)
        if self.type is Type.NUMBER:
            return isinstance(value, float)
        return isinstance(value, str)


def number(name: str, unit: str, group: Group, meaning: str) -> Measure:
    """Declare a measure whose values are floats in a unit."""
    return Measure(name, unit, Type.NUMBER, group, meaning)


def count(name: str, unit: str, group: Group, meaning: str) -> Measure:
    """Declare a measure that counts what its unit names."""
    return Measure(name, unit, Type.COUNT, group, meaning)


def flag(name: str, group: Group, meaning: str) -> Measure:
    """Declare a measure that is yes or no."""
    return Measure(name, "", Type.FLAG, group, meaning)


def code(name: str, group: Group, meaning: str) -> Measure:
    """Declare a measure whose values are codes of a closed list, named in its meaning."""
    return Measure(name, "", Type.CODE, group, meaning)


def text(name: str, group: Group, meaning: str) -> Measure:
    """Declare a measure whose values are free text."""
    return Measure(name, "", Type.TEXT, group, meaning)


def number_in(values: Values, name: str) -> float | None:
    """Return the value of a number or count; None where it is not known."""
    value = values[name]
    if value is None:
        return None
    assert isinstance(value, (int, float)), f"{name} is {value!r}, which is no number"
    return float(value)


def known_in(values: Values, name: str) -> float:
    """Return the value of a number or count that is always known to the caller."""
    value = number_in(values, name)
    assert value is not None, f"{name} is not known"
    return value


def declared_in(namespace: Mapping[str, Any]) -> tuple[Measure, ...]:
    """Return the measures among a module's names (``declared_in(globals())``), in the order of declaration.

    Raises ValueError where two have one name.
    """
    found = tuple(dict.fromkeys(each for each in namespace.values() if isinstance(each, Measure)))
    names = [each.name for each in found]
    doubled = sorted({name for name in names if names.count(name) > 1})
    if doubled:
        raise ValueError(f"measure {doubled[0]!r} is declared twice: give one of the two another name")
    return found
