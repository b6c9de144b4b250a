"""Measures of a dark period from the other findings of its vessel."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detectors.core.kind_names import IDENTITY_CHANGE, PORT_CALL
from detectors.core.units import DAY_S, HOUR_S

if TYPE_CHECKING:
    from detectors.core.findings import Finding
    from detectors.core.measures import Values
    from detectors.events.history import History

HANDOVER = "handover"
"""The pattern of identity change in which another MMSI continues from the place of the first."""


def related(gap: Finding, history: History) -> Values:
    """Return whether another MMSI continues from here, and whether the vessel came back to its port."""
    changes = history.of_vessel(IDENTITY_CHANGE, gap.vessels[0])
    handovers = (change for change in changes if change.measures["pattern"] == HANDOVER)
    return {
        "identity_continues": any(gap.anchors[0] in change.rows for change in handovers),
        "round_trip": _round_trip(gap, history),
    }


def _round_trip(gap: Finding, history: History) -> str | None:
    """Return whether the calls before and after a gap were at one port.

    `same_port`, `same_country` or `other`; None where the gap is shorter than `round_trip_min_h` or
    lasts, or either call was not observed within `near_days`. Calls at ports that are not reported count
    too.
    """
    params = history.params
    least_s, near_s = params.round_trip_min_h * HOUR_S, params.near_days * DAY_S
    if gap.end_s is None or gap.end_s - gap.start_s < least_s:
        return None
    calls = history.with_candidates(PORT_CALL, gap.vessels[0])
    before = [call for call in calls if gap.start_s - near_s <= call.seen_until_s <= gap.start_s]
    after = [call for call in calls if gap.end_s <= call.start_s <= gap.end_s + near_s]
    if not before or not after:
        return None
    left, reached = before[-1].measures, after[0].measures
    if left["called_country"] != reached["called_country"]:
        return "other"
    return "same_port" if left["called_port"] == reached["called_port"] else "same_country"
