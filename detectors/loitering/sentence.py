"""The sentence of loitering, for a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detectors.events.wording import number_text, span_text, where_text

if TYPE_CHECKING:
    from detectors.core.findings import Finding
    from detectors.core.measures import Values
    from detectors.vessels.vessel import Vessel


def sentence(finding: Finding, vessels: tuple[Vessel, ...], values: Values) -> str:
    """Return what was seen, where and when, and what it is consistent with."""
    return (
        f"{span_text(finding)} {vessels[0].called} loitered for {number_text(values['lingering_h'], 1)} h "
        f"{where_text(finding, values)}, moving {number_text(values['drift_km'], 1)} km. This is consistent "
        "with waiting, drifting, fishing, or an encounter with a vessel that was not observed."
    )
