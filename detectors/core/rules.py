"""What a reason is: one measured fact with its weight, and the rules that give it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from detectors.core.findings import Measure, Measures

LOWEST = -math.inf
"""A step that every value reaches."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One measured fact, the threshold that it passed, its weight in log-odds, and a sentence."""

    name: str
    value: Measure
    unit: str
    threshold: float | None
    weight: float
    text: str


@dataclass(frozen=True)
class Ladder:
    """A measure with steps: the weight is that of the highest step that the value reaches.

    `text` is filled with the `value`, and with other measures as `told[name]`.
    """

    measure: str
    unit: str
    text: str
    steps: tuple[tuple[float, float], ...]

    def reason(self, measures: Measures) -> Reason | None:
        """Return the reason that the measures give; None where it is not known or weighs nothing."""
        value = measures.get(self.measure)
        if value is None or isinstance(value, str):
            return None
        reached = [(at, weight) for at, weight in self.steps if value >= at]
        if not reached or reached[-1][1] == 0.0:
            return None
        threshold, weight = reached[-1]
        told = None if math.isinf(threshold) else threshold
        text = self.text.format(value=value, told=measures)
        return Reason(self.measure, value, self.unit, told, weight, text)


@dataclass(frozen=True)
class Words:
    """A measure with named values, each with its weight and its sentence."""

    measure: str
    weights: tuple[tuple[Measure, float, str], ...]

    def reason(self, measures: Measures) -> Reason | None:
        """Return the reason of the value; None where the table does not name it."""
        value = measures.get(self.measure)
        for word, weight, text in self.weights:
            if value is not None and value == word:
                return Reason(self.measure, value, "", None, weight, text)
        return None


@dataclass(frozen=True)
class Slope:
    """A measure in log-odds whose weight grows with it: `per_unit` times the value, between two bounds."""

    measure: str
    text: str
    per_unit: float
    least: float
    most: float

    def reason(self, measures: Measures) -> Reason | None:
        """Return the reason that the value gives; None where it is not known or weighs nothing."""
        value = measures.get(self.measure)
        if value is None or isinstance(value, str):
            return None
        weight = min(self.most, max(self.least, self.per_unit * value))
        if weight == 0.0:
            return None
        text = self.text.format(value=value, told=measures)
        return Reason(self.measure, value, "log-odds", None, weight, text)


Rule: TypeAlias = "Ladder | Words | Slope"
