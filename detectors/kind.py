"""What a kind of event is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from detectors.core.params import Params

if TYPE_CHECKING:
    from collections.abc import Callable

    from detectors.core.findings import Detection, Finding
    from detectors.scene import Scene

P = TypeVar("P", bound=Params)


@dataclass(frozen=True)
class Detector(Generic[P]):
    """One kind of event: its name, its knobs, and the pure function that finds it."""

    kind: str
    title: str
    params: type[P]
    detect: Callable[[Scene, P], Detection]


@dataclass(frozen=True)
class Linker(Generic[P]):
    """A kind that is built from findings of other kinds (a cluster of meetings, a dark meeting).

    `only_when_asked` is a kind that does not run unless the user names it.
    """

    kind: str
    title: str
    params: type[P]
    link: Callable[[Scene, tuple[Finding, ...], P], Detection]
    only_when_asked: bool = False
