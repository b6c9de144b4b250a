"""Parameters: every threshold with its default, unit, range, meaning and source, written once.

From a `Params` class come the range check, the table of `GET /v1/detectors`, the documentation,
overrides per request, and the hash that each event stores.
"""

from __future__ import annotations

import dataclasses
import difflib
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
        "segments",
        "intervals",
        "encounters",
        "moves",
        "passes",
        "reports",
        "rows",
        "gaps",
        "vessels",
    }
)
"""Units that are counted: half of one is the user's mistake, and must not be cut off unseen."""


SHOWN = 8
"""Parameters that an error names."""


class ParamError(ValueError):
    """A parameter that does not exist, or a value outside its range. The message says what would be right."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """What is published about one threshold. A parameter of a group is named ``group.parameter``."""

    name: str
    default: float | bool
    unit: str
    low: float
    high: float
    meaning: str
    source: str


def parameter(
    default: float | bool,  # noqa: FBT001 - a parameter may be a switch
    *,
    unit: str,
    low: float = 0.0,
    high: float = 1.0,
    meaning: str,
    source: str,
) -> Any:  # noqa: ANN401 - a dataclass field has the type of its annotation
    """Declare a parameter of a `Params` class.

    `low` and `high` are inclusive; a switch (bool) has unit ``on/off`` and needs no range. `source` names
    a paper, a public definition or a benchmark of ours.
    """
    text = {"unit": unit, "low": low, "high": high, "meaning": meaning, "source": source}
    return field(default=default, metadata=text)


def group(params: type[P]) -> P:
    """Declare a group of parameters of a `Params` class, a `Params` class of its own."""
    made: P = field(default=params())
    return made


@dataclass(frozen=True)
class Params:
    """Base of every kind's thresholds: frozen, range-checked, self-describing, flat or in groups."""

    def __post_init__(self) -> None:
        for each in own_parameters(type(self)):
            _check(each, getattr(self, each.name))
        self.check_together()

    def check_together(self) -> None:
        """Raise ParamError where parameters contradict one another; the base has no such rule."""

    def values(self) -> dict[str, float | bool]:
        """Return the values by name; those of a group by ``group.parameter``."""
        values: dict[str, float | bool] = {}
        for f in dataclasses.fields(self):
            value = getattr(self, f.name)
            if isinstance(value, Params):
                values |= {f"{f.name}.{name}": each for name, each in value.values().items()}
            else:
                values[f.name] = value
        return values


def own_parameters(params: type[Params]) -> tuple[Parameter, ...]:
    """Return the parameters of a class that belong to none of its groups."""
    return tuple(
        Parameter(name=f.name, default=cast("float | bool", f.default), **f.metadata)
        for f in dataclasses.fields(params)
        if not isinstance(f.default, Params)
    )


def groups(params: type[Params]) -> dict[str, type[Params]]:
    """Return the groups of a class by name."""
    return {f.name: type(f.default) for f in dataclasses.fields(params) if isinstance(f.default, Params)}


def parameters(params: type[Params]) -> tuple[Parameter, ...]:
    """Return the published parameters of a class: its own, then those of each group."""
    of_groups = (
        dataclasses.replace(each, name=f"{name}.{each.name}")
        for name, cls in groups(params).items()
        for each in parameters(cls)
    )
    return (*own_parameters(params), *of_groups)


def overridden(params: P, changes: Mapping[str, object]) -> P:
    """Return params with some values changed, by the names that `values` gives.

    Raises ParamError for an unknown parameter, a value of the wrong type, or one out of range.
    """
    known = {each.name: each for each in parameters(type(params))}
    for name in changes:
        if name not in known:
            raise ParamError(f"no parameter {name!r}: there are {_alike(name, list(known))}")
    return _replaced(params, {name: _typed(known[name], value) for name, value in changes.items()})


def _alike(name: str, known: list[str]) -> str:
    """Return the parameters that may be meant: of one name in some group, or spelt alike; else the first."""
    same = [each for each in known if each.rpartition(".")[2] == name.rpartition(".")[2]]
    shown = same or difflib.get_close_matches(name, known, n=SHOWN) or known[:SHOWN]
    more = "" if len(shown) == len(known) else f" ({len(known)} in all: `darkwake detectors`)"
    return ", ".join(shown) + more


def _replaced(params: P, typed: Mapping[str, float | bool]) -> P:
    """Return params with some values changed, each already checked for its type."""
    own = {name: value for name, value in typed.items() if "." not in name}
    of_groups: dict[str, dict[str, float | bool]] = {}
    for name, value in typed.items():
        head, dot, rest = name.partition(".")
        if dot:
            of_groups.setdefault(head, {})[rest] = value
    changed: dict[str, Any] = {}
    for head, values in of_groups.items():
        try:
            changed[head] = _replaced(getattr(params, head), values)
        except ParamError as error:
            raise ParamError(f"{head}.{error}") from None
    return dataclasses.replace(params, **own, **changed)


def digest(parts: Iterable[object]) -> str:
    """Return a short, stable hash of plain values: the same on every machine and in every run."""
    text = json.dumps(list(parts), sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _typed(each: Parameter, value: object) -> float | bool:
    if isinstance(each.default, bool):
        return _switch(each, value)
    try:
        return float(str(value))
    except ValueError:
        raise ParamError(f"{each.name} is a number in {each.unit}, not {value!r}") from None


def _switch(each: Parameter, value: object) -> bool:
    switches = {"true": True, "1": True, "on": True, "false": False, "0": False, "off": False}
    text = str(value).lower()
    if text not in switches:
        raise ParamError(f"{each.name} is a switch: true or false, not {value!r}")
    return switches[text]


def _check(each: Parameter, value: float | bool) -> None:  # noqa: FBT001 - a parameter may be a switch
    if isinstance(each.default, bool):
        return
    if not (math.isfinite(value) and each.low <= value <= each.high):
        raise ParamError(
            f"{each.name} = {value:g} {each.unit} is out of range: {each.low:g} to {each.high:g}"
        )
    if each.unit in COUNTS and value != math.floor(value):
        raise ParamError(f"{each.name} = {value:g} {each.unit} is no whole number: it counts {each.unit}")
