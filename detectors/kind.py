"""The contract of an event kind: all that the rest of the program knows of it.

Adding a kind is one folder with a `KIND`, one line in `KINDS` (`detectors/__init__.py`), and one page in
`docs/definitions`. What a kind declares is checked when it is imported; the message names what to mend.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Generic, Protocol, TypeAlias, TypeVar

from detectors.core.params import Params, digest
from detectors.core.rules import fields_of
from detectors.events.measures import ANOMALY_PERCENTILE, BEHAVIOUR_MEASURES, CONTEXT

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from detectors.core.findings import Detection, Finding
    from detectors.core.measures import Measure, Values
    from detectors.core.rules import Reason, Rule
    from detectors.events.history import History
    from detectors.events.surroundings import Surroundings
    from detectors.scene import Scene
    from detectors.vessels.vessel import Vessel

P = TypeVar("P", bound=Params)

Sentence: TypeAlias = "Callable[[Finding, tuple[Vessel, ...], Values], str]"
"""What was seen, where and when, and what it is consistent with: for a person."""


class KindError(ValueError):
    """A kind that does not keep the contract. The message says what to add or to correct, and where."""


class Ceiling(Protocol):
    """What holds the score of a kind below a bound, and says so in a reason."""

    def reason(self, values: Values, log_odds: float) -> Reason | None:
        """Return the reason that brings log-odds down to the bound; None where they are below it."""
        ...


@dataclass(frozen=True)
class Kind(Generic[P]):
    """One kind of event.

    `find` makes findings from a scene; `link`, in its place, from the findings of other kinds. `measures`
    are those that only this kind has; those of the surroundings are common to all. `prior` and `rules` are
    the weights of its score, in log-odds, in the order in which reasons are given. The other fields are for
    kinds that need them:

    - `only_when_asked`: it does not run unless the user names it;
    - `related`: measures from the other findings of the same vessels;
    - `from_surroundings`: measures from what surrounds a finding;
    - `from_members`: measures from the scores of the events that this one is built from;
    - `ceiling`: what bounds the score;
    - `settle`: a last look at its findings once all kinds have run;
    - `decided_by`: names of kinds whose findings it reads: their parameters are part of its hash;
    - `built_from`: names of kinds whose scores it reads: all that decides them is part of its hash.
    """

    name: str
    title: str
    params: type[P]
    measures: tuple[Measure, ...]
    prior: float
    rules: tuple[Rule, ...]
    sentence: Sentence
    find: Callable[[Scene, P], Detection] | None = None
    link: Callable[[Scene, tuple[Finding, ...], P], Detection] | None = None
    only_when_asked: bool = False
    related: Callable[[Finding, History], Values] | None = None
    from_surroundings: Callable[[Finding, Surroundings], Values] | None = None
    from_members: Callable[[Sequence[float]], Values] | None = None
    ceiling: Ceiling | None = None
    settle: Callable[[Detection, History, P], Detection] | None = None
    decided_by: tuple[str, ...] = ()
    built_from: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if (self.find is None) == (self.link is None):
            raise KindError(f"kind {self.name!r}: give it either `find` or `link`")
        if not self.rules:
            raise KindError(f"kind {self.name!r} has no rules: list them in detectors/{self.name}/weights.py")
        names = [measure.name for measure in self.all_measures]
        for name in sorted({name for name in names if names.count(name) > 1}):
            raise KindError(f"kind {self.name!r} declares {name!r}, which the surroundings declare too")
        for rule in self.rules:
            self._check(rule)

    def _check(self, rule: Rule) -> None:
        where = f"declare it in detectors/{self.name}/measures.py, or correct the rule in weights.py"
        if rule.measure not in self.all_measures:
            raise KindError(
                f"kind {self.name!r} has a rule on measure {rule.measure.name!r} that it lacks: {where}"
            )
        known = {measure.name for measure in self.all_measures}
        unknown = sorted({name for text in rule.texts for name in fields_of(text)} - known)
        if unknown:
            raise KindError(
                f"kind {self.name!r}: the text of the rule on {rule.measure.name!r} names a measure "
                f"{unknown[0]!r} that it lacks: {where}"
            )

    @cached_property
    def weighs_behaviour(self) -> bool:
        """Whether it weighs how unlike ordinary traffic a vessel behaved."""
        return any(rule.measure == ANOMALY_PERCENTILE for rule in self.rules)

    @cached_property
    def all_measures(self) -> tuple[Measure, ...]:
        """Every measure that an event of this kind may hold."""
        behaviour = BEHAVIOUR_MEASURES if self.weighs_behaviour else ()
        return (*self.measures, *CONTEXT, *behaviour)

    @cached_property
    def weights_digest(self) -> str:
        """A hash of prior, weights and ceiling: of this kind alone, whatever its sentences say."""
        return digest([self.prior, [repr(rule.weighed) for rule in self.rules], repr(self.ceiling)])
