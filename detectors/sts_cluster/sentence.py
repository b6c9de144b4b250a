"""The sentence of a cluster of transfers, for a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detectors.events.wording import number_text, place_text, shore_text, time_text

if TYPE_CHECKING:
    from detectors.core.findings import Finding
    from detectors.core.measures import Values
    from detectors.vessels.vessel import Vessel


def sentence(finding: Finding, vessels: tuple[Vessel, ...], measures: Values) -> str:
    """Return what was seen, where and when, and what it is consistent with."""
    hub = next((v.called for v in vessels if v.key == measures["hub"]), str(measures["hub"]))
    return (
        f"Between {time_text(finding.start_s)} and {time_text(finding.end_s or finding.start_s)} "
        f"{measures['segments']} vessels met in {measures['encounters']} meetings, {hub} with "
        f"{measures['partners']} of the others; {number_text(measures['contact_h'], 1)} h observed "
        "together in "
        f"all, first near {place_text(*finding.path[0])}{shore_text(measures)}. This is consistent with "
        "linked "
        "ship-to-ship transfers; it does not show that cargo moved."
    )
