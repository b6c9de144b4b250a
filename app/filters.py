"""Which events are reported: filters that run after everything else, and what they held back."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from app.options import RunOptions
    from detectors.events.event import Event

ORDERS: dict[str, Callable[[Event], tuple[object, ...]]] = {
    "score": lambda event: (-event.score.value, event.start_s, event.kind, event.id),
    "start": lambda event: (event.start_s, event.kind, event.id),
}
"""Orders of an answer: highest score first, or earliest start first."""


def select(events: Iterable[Event], options: RunOptions) -> tuple[tuple[Event, ...], dict[str, int]]:
    """Return the events asked for in the order asked for, and how many each filter held back.

    An event is counted under the first filter that holds it: kind, time, score. The area is asked before
    (`make_events`).
    """
    reported: list[Event] = []
    held_back: Counter[str] = Counter()
    for event in events:
        filters = _filters(event, options)
        if all(filters.values()):
            reported.append(event)
        else:
            held_back[next(name for name, passed in filters.items() if not passed)] += 1
    return tuple(sorted(reported, key=ORDERS[options.sort])), dict(sorted(held_back.items()))


def _filters(event: Event, options: RunOptions) -> dict[str, bool]:
    end_s = float("inf") if event.end_s is None else event.end_s
    starts_in_time = options.end_s is None or event.start_s <= options.end_s
    ends_in_time = options.start_s is None or end_s >= options.start_s
    return {
        "kind": not options.kinds or event.kind in options.kinds,
        "time": starts_in_time and ends_in_time,
        "min_score": event.score.value >= options.min_score,
    }
