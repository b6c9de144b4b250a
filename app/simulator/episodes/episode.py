"""An episode: the vessels that one behaviour needs, their parts in it, and the truth of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.simulator.vessels.motion import HOUR_S

if TYPE_CHECKING:
    from app.simulator.vessels.path import Path
    from app.simulator.vessels.voyages import Stage
    from app.simulator.vessels.waters import Place

EDGE_H = 3.0
"""No behaviour is nearer than this to the beginning or the end of the traffic."""


@dataclass(frozen=True)
class Part:
    """One vessel's part: its kind, its path, and the spans in which its transponder was off, and why."""

    kind: str
    path: Path
    off: tuple[tuple[float, float, str], ...] = ()


@dataclass(frozen=True)
class Mark:
    """A truth of the episode, with its vessels as indices of its parts."""

    kind: str
    label: str
    who: tuple[int, ...]
    start_s: float
    end_s: float
    is_positive: bool = False


@dataclass(frozen=True)
class Episode:
    """Parts and marks."""

    parts: tuple[Part, ...]
    marks: tuple[Mark, ...]


def spell(stage: Stage, hours: float, before_h: float = 0.0, after_h: float = 0.0) -> tuple[float, float]:
    """Return a time for what lasts some hours and needs time before and after; shorter if it must."""
    settings = stage.settings
    available_h = (settings.end_s - settings.start_s) / HOUR_S - before_h - after_h - 2 * EDGE_H
    lasts_s = max(0.5, min(hours, available_h)) * HOUR_S
    first_s = settings.start_s + (before_h + EDGE_H) * HOUR_S
    last_s = max(first_s, settings.end_s - (after_h + EDGE_H) * HOUR_S - lasts_s)
    start_s = float(stage.rng.uniform(first_s, last_s))
    return start_s, start_s + lasts_s


def hot_place(stage: Stage, shore_min_m: float) -> Place:
    """Return a place in one of the hot boxes, open to the sea."""
    boxes = stage.settings.hot_boxes
    box = boxes[int(stage.rng.integers(len(boxes)))]
    try:
        return stage.waters.open_place(stage.rng, box, shore_min_m)
    except ValueError:  # a small box may have no water so far out
        return stage.waters.open_place(stage.rng, box, shore_min_m / 4)
