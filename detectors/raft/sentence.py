"""The sentence of a raft, for a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detectors.events.wording import place_text, shore_text, time_text

if TYPE_CHECKING:
    from detectors.core.findings import Finding
    from detectors.core.measures import Values
    from detectors.vessels.vessel import Vessel


def sentence(finding: Finding, _: tuple[Vessel, ...], measures: Values) -> str:
    """Return what was seen, where and when, and what it is consistent with."""
    return (
        f"Between {time_text(finding.start_s)} and {time_text(finding.end_s or finding.start_s)} "
        f"{measures['vessels']} ships lay close together, {measures['vessels_at_once']} at one time, near "
        f"{place_text(*finding.path[0])}{shore_text(measures)}; {measures['vessels_listed']} of them are "
        "named. "
        "Meetings among them were not worked out: the place was too dense."
    )
