"""Judgements of reception as measures of an event."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from detectors.core.units import HOUR_S
from detectors.reception.judging import NOTHING

if TYPE_CHECKING:
    from detectors.core.measures import Value
    from detectors.dark_period.gaps import Gaps
    from detectors.reception.judging import Judgement
    from detectors.scene import Scene

SWITCHED_OFF_PER_DAY = 0.01
"""Gaps that a crew makes, per vessel and day: a guess that shifts all log-odds alike (our prototype)."""

CHANCES_PER_DAY = 60.0
"""Beginnings of gaps by chance, per vessel and day (our prototype's sweep: 24 to 200 alike)."""

FAILURES_MIN, FAILURE_DAYS = 0.1, 5.0
"""A transponder fails by itself (0.1 + gaps observed) / (5 + days observed) times a day (our prototype)."""

FAILURE_POWER = 0.5
"""Long failures of a transponder are rarer, by this power of the hours.

From our prototype; 0 and 1.5 were worse.
"""


def reception_measures(scene: Scene, gaps: Gaps) -> list[dict[str, Value]]:
    """Return for each gap whether the vessel would have been received, and its transponder's failures."""
    gap_h = (gaps.until_s - scene.tracks.segments.time_s[gaps.row]) / HOUR_S
    if scene.reception is None:
        return [_measures_of(NOTHING, hours) for hours in gap_h.tolist()]
    until_s = np.where(gaps.is_open, min(scene.now_s, scene.heard_until_s), np.nan)
    judged = scene.reception.judge(gaps.row, until_s)
    return [_measures_of(each, hours) for each, hours in zip(judged, gap_h.tolist(), strict=True)]


def log_odds_of(judgement: Judgement, gap_h: float) -> float:
    """Return the log-odds of a transponder switched off against chance and its own failures."""
    return _not_by_reception(judgement, gap_h) + _not_by_transponder(judgement, gap_h)


def _measures_of(judgement: Judgement, gap_h: float) -> dict[str, Value]:
    is_known = judgement.reception != "unknown"
    return {
        "reception": judgement.reception,
        "reception_basis": judgement.basis,
        "gap_by_chance": judgement.chance,
        "reports_expected_bins": judgement.expected_bins if judgement.bins else None,
        "neighbours_h": judgement.neighbours_h if judgement.bins else None,
        "own_gaps": judgement.own_gaps if judgement.bins else None,
        "not_by_reception": _not_by_reception(judgement, gap_h) if is_known else None,
        "not_by_transponder": _not_by_transponder(judgement, gap_h) if is_known else None,
    }


def _by_chance(judgement: Judgement) -> float:
    return CHANCES_PER_DAY * judgement.bare_chance


def _by_transponder(gaps: float, days: float, gap_h: float) -> float:
    return (FAILURES_MIN + gaps) / (FAILURE_DAYS + days) / math.pow(gap_h, FAILURE_POWER)


def _not_by_reception(judgement: Judgement, gap_h: float) -> float:
    """Return the log-odds of a transponder switched off against chance, if it never failed before."""
    return math.log(
        SWITCHED_OFF_PER_DAY / (_by_chance(judgement) + _by_transponder(0.0, judgement.days, gap_h))
    )


def _not_by_transponder(judgement: Judgement, gap_h: float) -> float:
    """Return what the vessel's own other gaps add to those log-odds: 0, or below."""
    chance = _by_chance(judgement)
    usual = chance + _by_transponder(0.0, judgement.days, gap_h)
    return math.log(usual / (chance + _by_transponder(judgement.own_gaps, judgement.days, gap_h)))
