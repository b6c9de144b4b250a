"""The sentence of a dark meeting, for a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detectors.events.wording import number_text, place_text, shore_text, time_text

if TYPE_CHECKING:
    from detectors.core.findings import Finding
    from detectors.core.measures import Values
    from detectors.vessels.vessel import Vessel


def sentence(finding: Finding, vessels: tuple[Vessel, ...], measures: Values) -> str:
    """Return what was seen, where and when, and what it is consistent with."""
    names = " and ".join(v.called for v in vessels)
    seen = "one lingered in sight" if measures["sides_observed"] else "neither was observed"
    return (
        f"{names} could have lain together for at most {number_text(measures['feasible_encounter_h'], 1)} h "
        f"between {time_text(finding.start_s)} and {time_text(finding.end_s or finding.start_s)} near "
        f"{place_text(*finding.path[0])}{shore_text(measures)}; {seen}, and at most "
        f"{number_text(measures['candidate_partners'])} "
        "vessels fit. This is a lead: no meeting was observed."
    )
