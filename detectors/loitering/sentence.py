"""The sentence of loitering, for a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detectors.events.wording import number_text, place_text, shore_text, time_text

if TYPE_CHECKING:
    from detectors.core.findings import Finding
    from detectors.core.measures import Values
    from detectors.vessels.vessel import Vessel


def sentence(finding: Finding, vessels: tuple[Vessel, ...], measures: Values) -> str:
    """Return what was seen, where and when, and what it is consistent with."""
    return (
        f"Between {time_text(finding.start_s)} and {time_text(finding.end_s or finding.start_s)} "
        f"{vessels[0].called} lingered for {number_text(measures['lingering_h'], 1)} h near "
        f"{place_text(*finding.path[0])}{shore_text(measures)}, moving "
        f"{number_text(measures['drift_km'], 1)} km. This is consistent with waiting, drifting, fishing, "
        "or a "
        "meeting with a vessel that was not observed."
    )
