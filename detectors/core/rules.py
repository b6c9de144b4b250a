"""Reasons of a score: one measured fact with its weight, and the rules that give it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from string import Formatter
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from detectors.core.measures import Measure, Value, Values

LOWEST = -math.inf
"""A step that every value reaches."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One measured fact, the threshold that it passed, its weight in log-odds, and a sentence."""

    name: str
    value: Value
    unit: str
    threshold: float | None
    weight: float
    text: str


@dataclass(frozen=True)
class StepWeights:
    """A measure with steps: the weight is that of the highest step that the value reaches.

    `text` is filled with the ``value``, and with other measures by their names.
    """

    measure: Measure
    text: str
    steps: tuple[tuple[float, float], ...]

    def reason(self, values: Values) -> Reason | None:
        """Return the reason that the values give; None where the measure is not known or weighs nothing."""
        value = values.get(self.measure.name)
        if value is None or isinstance(value, str):
            return None
        reached = [(at, weight) for at, weight in self.steps if value >= at]
        if not reached or reached[-1][1] == 0.0:
            return None
        at, weight = reached[-1]
        threshold = None if math.isinf(at) else at
        return Reason(
            self.measure.name, value, self.measure.unit, threshold, weight, filled(self.text, values, value)
        )

    @property
    def texts(self) -> tuple[str, ...]:
        """Sentences that the rule may give."""
        return (self.text,)

    @property
    def weighed(self) -> tuple[object, ...]:
        """What decides the weight: the sentence does not."""
        return self.measure.name, self.steps


@dataclass(frozen=True)
class CategoryWeights:
    """A measure with named values, each with its weight and its sentence."""

    measure: Measure
    weights: tuple[tuple[Value, float, str], ...]

    def reason(self, values: Values) -> Reason | None:
        """Return the reason of the value; None where it is not known or the table does not name it."""
        value = values.get(self.measure.name)
        for category, weight, text in self.weights:
            if value is not None and value == category:
                return Reason(self.measure.name, value, "", None, weight, filled(text, values, value))
        return None

    @property
    def texts(self) -> tuple[str, ...]:
        """Sentences that the rule may give."""
        return tuple(text for _, _, text in self.weights)

    @property
    def weighed(self) -> tuple[object, ...]:
        """What decides the weight: the sentences do not."""
        return self.measure.name, tuple((category, weight) for category, weight, _ in self.weights)


@dataclass(frozen=True)
class LinearWeight:
    """A measure in log-odds whose weight grows with it: `per_unit` times the value, between two bounds."""

    measure: Measure
    text: str
    per_unit: float
    least: float
    most: float

    def reason(self, values: Values) -> Reason | None:
        """Return the reason that the value gives; None where it is not known or weighs nothing."""
        value = values.get(self.measure.name)
        if value is None or isinstance(value, str):
            return None
        weight = min(self.most, max(self.least, self.per_unit * value))
        if weight == 0.0:
            return None
        return Reason(self.measure.name, value, "log-odds", None, weight, filled(self.text, values, value))

    @property
    def texts(self) -> tuple[str, ...]:
        """Sentences that the rule may give."""
        return (self.text,)

    @property
    def weighed(self) -> tuple[object, ...]:
        """What decides the weight: the sentence does not."""
        return self.measure.name, self.per_unit, self.least, self.most


Rule: TypeAlias = "StepWeights | CategoryWeights | LinearWeight"


class _Text(Formatter):
    """Fills a sentence; a measure that is not known is said to be so, whatever its format."""

    def get_value(self, key: Any, args: Any, kwargs: Any) -> Any:  # noqa: ANN401, ARG002 - as its base has it
        return kwargs.get(key)

    def format_field(self, value: Any, format_spec: str) -> str:  # noqa: ANN401 - as its base has it
        return "not known" if value is None else str(super().format_field(value, format_spec))


def filled(text: str, values: Values, value: Value) -> str:
    """Return a sentence filled with a value and with other measures by name.

    >>> filled("{value:.1f} km from {port} ({port_distance_km:.1f} km)", {"port": None}, 2.0)
    '2.0 km from not known (not known km)'
    """
    given = {name: values.get(name) for name in fields_of(text)} | {"value": value}
    if None not in given.values():
        return text.format_map(given)  # five times faster, and most sentences are complete
    return _Text().vformat(text, (), given)


@cache
def fields_of(text: str) -> frozenset[str]:
    """Return the names of measures that a sentence is filled with.

    >>> fields_of("{value:.1f} km from {port}")
    frozenset({'port'})
    """
    return frozenset(name for _, name, _, _ in Formatter().parse(text) if name) - {"value"}
