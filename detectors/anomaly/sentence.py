"""The sentence of an anomaly, for a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detectors.events.wording import place_text, shore_text, time_text

if TYPE_CHECKING:
    from detectors.core.findings import Finding
    from detectors.core.measures import Values
    from detectors.vessels.vessel import Vessel


def sentence(finding: Finding, vessels: tuple[Vessel, ...], measures: Values) -> str:
    """Return what was seen, where and when, and what it is consistent with."""
    return (
        f"Between {time_text(finding.start_s)} and {time_text(finding.end_s or finding.start_s)} "
        f"{vessels[0].called}, at first near {place_text(*finding.path[0])}{shore_text(measures)}, behaved "
        "unlike the traffic that the anomaly model was learnt from, most of all by "
        f"{measures['unusual_features']}. No rule explains it. This is a lead: unusual is not wrong."
    )
