"""The sentence of a cluster of transfers, for a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detectors.events.wording import number_text, span_text, where_text

if TYPE_CHECKING:
    from detectors.core.findings import Finding
    from detectors.core.measures import Values
    from detectors.vessels.vessel import Vessel


def sentence(finding: Finding, vessels: tuple[Vessel, ...], values: Values) -> str:
    """Return what was seen, where and when, and what it is consistent with."""
    hub = next((v.called for v in vessels if v.key == values["hub"]), str(values["hub"]))
    return (
        f"{span_text(finding)} {values['segments']} vessels had {values['encounters']} encounters, {hub} "
        f"with {values['partners']} of the others; {number_text(values['contact_h'], 1)} h observed "
        "together in "
        f"all, first {where_text(finding, values)}. This is consistent with linked ship-to-ship transfers; "
        "it does not show that cargo moved."
    )
