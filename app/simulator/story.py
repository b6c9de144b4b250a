"""A story, read from its file: vessels, waypoints, gaps, and what should be found and why."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from importlib import resources
from typing import TYPE_CHECKING, Any

from app.errors import OptionError
from app.simulator.story_deceptions import Falsehood

if TYPE_CHECKING:
    from datetime import datetime

FOLDER = "stories"


@dataclass(frozen=True)
class Waypoint:
    """Where a vessel is at a time: a place in degrees, or an offset in metres from another vessel."""

    at_h: float
    lon: float = 0.0
    lat: float = 0.0
    beside: str | None = None
    east_m: float = 0.0
    north_m: float = 0.0


@dataclass(frozen=True)
class Actor:
    """One vessel of a story.

    It reports every `interval_s` (with a random shift of up to `jitter_s` either way) and its positions err
    by `noise_m` (standard deviation). `silent_h` holds pairs of hours between which it sends nothing.
    `mmsi` need not be its own: two actors may share one. `false` is what it sends that is not true.
    """

    id: str
    mmsi: int
    waypoints: tuple[Waypoint, ...]
    interval_s: float = 120.0
    jitter_s: float = 0.0
    noise_m: float = 4.0
    silent_h: tuple[tuple[float, float], ...] = ()
    nav_status: int = 0
    false: tuple[Falsehood, ...] = ()
    statics: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Expected:
    """One event that the story should give. Hours count from the story's start; None: not checked."""

    kind: str
    vessels: tuple[int, ...]
    start_h: float | None = None
    end_h: float | None = None
    within_min: float = 10.0
    measures: dict[str, Any] = field(default_factory=dict)
    max_score: float = 1.0
    min_score: float = 0.0


@dataclass(frozen=True)
class Story:
    """A scenario: the golden file of a test, and a demonstration."""

    name: str
    title: str
    why: str
    start: datetime
    actors: tuple[Actor, ...]
    expected: tuple[Expected, ...] = ()
    seed: int = 0
    area: str = "all"
    preset: str = "default"


def story_names() -> tuple[str, ...]:
    """Return the names of all packaged stories."""
    folder = resources.files("app.simulator").joinpath(FOLDER)
    return tuple(sorted(f.name.removesuffix(".toml") for f in folder.iterdir() if f.name.endswith(".toml")))


def load_story(name: str) -> Story:
    """Return a packaged story; raises OptionError for a name that does not exist."""
    if name not in story_names():
        raise OptionError(f"no story {name!r}: there are {', '.join(story_names())}")
    text = resources.files("app.simulator").joinpath(FOLDER, f"{name}.toml").read_text(encoding="utf-8")
    return parse_story(name, text)


def parse_story(name: str, text: str) -> Story:
    """Return the story of a TOML text."""
    data = tomllib.loads(text)
    actors = tuple(_actor(each) for each in data.pop("vessel"))
    expected = tuple(_expected(each) for each in data.pop("expected", []))
    return Story(name=name, actors=actors, expected=expected, **data)


def _actor(data: dict[str, Any]) -> Actor:
    waypoints = tuple(Waypoint(**each) for each in data.pop("waypoints"))
    silent = tuple((float(a), float(b)) for a, b in data.pop("silent_h", []))
    false = tuple(Falsehood(**each) for each in data.pop("false", []))
    own_id = data.pop("id", str(data["mmsi"]))
    return Actor(id=own_id, waypoints=waypoints, silent_h=silent, false=false, **data)


def _expected(data: dict[str, Any]) -> Expected:
    return Expected(vessels=tuple(data.pop("vessels")), **data)
