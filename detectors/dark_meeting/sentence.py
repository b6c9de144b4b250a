"""The sentence of a dark meeting, for a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detectors.events.wording import number_text, span_text, where_text

if TYPE_CHECKING:
    from detectors.core.findings import Finding
    from detectors.core.measures import Values
    from detectors.vessels.vessel import Vessel


def sentence(finding: Finding, vessels: tuple[Vessel, ...], values: Values) -> str:
    """Return what was seen, where and when, and what it is consistent with."""
    names = " and ".join(v.called for v in vessels)
    seen = "one was observed loitering" if values["sides_observed"] else "neither was observed"
    count = values["candidate_partners"]
    others = "one vessel fits" if count == 1 else f"at most {number_text(count)} vessels fit"
    return (
        f"{span_text(finding)} {names} could have been side by side for at most "
        f"{number_text(values['feasible_encounter_h'], 1)} h {where_text(finding, values)}; {seen}, and "
        f"{others} this place and time. This is a lead to check: no encounter was observed."
    )
