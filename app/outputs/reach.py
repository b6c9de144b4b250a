"""The outlines of reach that a user asked for, drawn only for the events that are reported."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from detectors.core.units import HOUR_S, KNOT_MPS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from detectors.events.event import Event
    from geodata.world import World

OUTLINES_MAX = 200
"""Outlines of one run: each takes up to two fast marches, some tenths of a second."""


def with_reach(events: Sequence[Event], world: World) -> tuple[tuple[Event, ...], tuple[str, ...]]:
    """Return the events, dark periods with the outline of reach at cruising speed, and what was left out.

    The events of highest score come first.
    """
    dark_periods = [e for e in events if e.kind == "dark_period"]
    drawn = sorted(dark_periods, key=lambda e: (-e.score.value, e.id))[:OUTLINES_MAX]
    outlined = {event.id: _outlined(event, world) for event in drawn}
    left = len(dark_periods) - len(drawn)
    text = f"{left} dark periods have no outline of reach: only the {OUTLINES_MAX} of highest score do"
    return tuple(outlined.get(e.id, e) for e in events), (text,) if left else ()


def _outlined(event: Event, world: World) -> Event:
    cruise_kn, gap_h = event.measures["cruise_speed_kn"], event.measures["gap_h"]
    assert isinstance(cruise_kn, float)
    assert isinstance(gap_h, float)
    end_point = None if event.end_s is None else event.path[-1]
    return replace(
        event, reach=world.reach_outline(event.path[0], end_point, cruise_kn * KNOT_MPS * gap_h * HOUR_S)
    )
