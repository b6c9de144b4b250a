"""Measures of a cluster from other findings, its members and its surroundings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detectors.events.relations import is_jammed, suspect_positions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from detectors.core.findings import Finding
    from detectors.core.measures import Values
    from detectors.events.history import History
    from detectors.events.surroundings import Surroundings


def related(cluster: Finding, history: History) -> Values:
    """Return why the positions of a cluster are suspect: each of its encounters must have a reason."""
    reasons = [suspect_positions(member, history) for member in cluster.members]
    return {
        "in_jammed_area": is_jammed(cluster, history),
        "suspect_positions": None if None in reasons else next(iter(reasons), None),
    }


def from_surroundings(cluster: Finding, around: Surroundings) -> Values:
    """Return the number of slow vessels near, where an anchorage excuses encounters."""
    return {"anchorage_vessels": cluster.measures["slow_vessels_within_2nm"] if around.excuses else None}


def from_members(scores: Sequence[float]) -> Values:
    """Return the highest score of the encounters that a cluster is built from."""
    return {"best_encounter_score": max(scores, default=None)}
