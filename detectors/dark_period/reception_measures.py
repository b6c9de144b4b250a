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
"""Silences that a crew makes, per vessel and day: a guess that shifts all log-odds alike (our prototype)."""

CHANCES_PER_DAY = 60.0
"""Beginnings of silences by chance, per vessel and day (our prototype's sweep: 24 to 200 alike)."""

OWN_AT_LEAST, OWN_DAYS = 0.1, 5.0
"""A set falls silent by itself (0.1 + times seen) / (5 + days seen) times a day (our prototype)."""

OWN_POWER = 0.5
"""Long silences of a bad set are rarer, by this power of the hours (our prototype; 0 and 1.5 were worse)."""


def reception_measures(scene: Scene, silences: Gaps) -> list[dict[str, Value]]:
    """Return for each silence whether she would have been heard, and how often she falls silent anyway."""
    gap_h = (silences.until_s - scene.tracks.segments.time_s[silences.row]) / HOUR_S
    if scene.reception is None:
        return [_told(NOTHING, hours) for hours in gap_h.tolist()]
    until_s = np.where(silences.is_open, min(scene.now_s, scene.heard_until_s), np.nan)
    judged = scene.reception.judge(silences.row, until_s)
    return [_told(each, hours) for each, hours in zip(judged, gap_h.tolist(), strict=True)]


def log_odds_of(judgement: Judgement, gap_h: float) -> float:
    """Return the log-odds of a crew's hand against chance and her own set, whatever the class."""
    return _not_by_reception(judgement, gap_h) + _not_by_own_kit(judgement, gap_h)


def _told(judgement: Judgement, gap_h: float) -> dict[str, Value]:
    is_known = judgement.reception != "unknown"
    return {
        "reception": judgement.reception,
        "reception_basis": judgement.basis,
        "gap_by_chance": judgement.chance,
        "reports_expected_bins": judgement.expected_bins if judgement.bins else None,
        "neighbours_h": judgement.neighbours_h if judgement.bins else None,
        "own_gaps": judgement.own_gaps if judgement.bins else None,
        "not_by_reception": _not_by_reception(judgement, gap_h) if is_known else None,
        "not_by_transponder": _not_by_own_kit(judgement, gap_h) if is_known else None,
    }


def _by_chance(judgement: Judgement) -> float:
    return CHANCES_PER_DAY * judgement.bare_chance


def _by_kit(silences: float, days: float, gap_h: float) -> float:
    return (OWN_AT_LEAST + silences) / (OWN_DAYS + days) / math.pow(gap_h, OWN_POWER)


def _not_by_reception(judgement: Judgement, gap_h: float) -> float:
    """Return the log-odds of a crew's hand against chance, for a set that never failed before."""
    return math.log(SWITCHED_OFF_PER_DAY / (_by_chance(judgement) + _by_kit(0.0, judgement.days, gap_h)))


def _not_by_own_kit(judgement: Judgement, gap_h: float) -> float:
    """Return what her own other silences add to those log-odds: 0, or below."""
    chance = _by_chance(judgement)
    usual = chance + _by_kit(0.0, judgement.days, gap_h)
    return math.log(usual / (chance + _by_kit(judgement.own_gaps, judgement.days, gap_h)))
