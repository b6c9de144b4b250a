"""Measures of an encounter from other findings and from its surroundings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detectors.core.kind_names import DARK_PERIOD
from detectors.core.units import DAY_S
from detectors.events.relations import is_jammed, suspect_positions
from detectors.events.surroundings import CARGO

if TYPE_CHECKING:
    from detectors.core.findings import Finding
    from detectors.core.measures import Values
    from detectors.events.history import History
    from detectors.events.surroundings import Surroundings


def related(encounter: Finding, history: History) -> Values:
    """Return the dark periods of the two vessels near in time, and what makes their positions suspect."""
    return {
        "dprk_gaps_near": _dprk_gaps_near(encounter, history),
        "in_jammed_area": is_jammed(encounter, history),
        "suspect_positions": suspect_positions(encounter, history),
    }


def from_surroundings(encounter: Finding, around: Surroundings) -> Values:
    """Return the measures that count only outside DPRK waters, and small craft without cargo."""
    measures = encounter.measures
    return {
        "anchorage_vessels": measures["slow_vessels_within_2nm"] if around.excuses else None,
        "fixed_outside_dprk_h": measures["fixed_h"] if around.excuses else None,
        "small_craft_without_cargo": measures["small_craft"] is True and around.trade != CARGO,
    }


def _dprk_gaps_near(encounter: Finding, history: History) -> int:
    """Return how many dark periods of the two, before or after, left time for a stay in DPRK waters."""
    near_s = history.params.near_days * DAY_S
    gaps = (gap for vessel in encounter.vessels for gap in history.of_vessel(DARK_PERIOD, vessel))
    return sum(abs(gap.start_s - encounter.start_s) <= near_s and _left_time(gap, history) for gap in gaps)


def _left_time(gap: Finding, history: History) -> bool:
    stay_h = gap.measures.get("dprk_stay_at_most_h")
    is_long = isinstance(stay_h, float) and stay_h >= history.params.dprk_stay_min_h
    return is_long and gap.measures.get("reception") == "good"
