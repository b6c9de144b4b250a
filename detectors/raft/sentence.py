"""The sentence of a raft, for a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detectors.events.wording import span_text, where_text

if TYPE_CHECKING:
    from detectors.core.findings import Finding
    from detectors.core.measures import Values
    from detectors.vessels.vessel import Vessel


def sentence(finding: Finding, _: tuple[Vessel, ...], values: Values) -> str:
    """Return what was seen, where and when, and what it is consistent with."""
    return (
        f"{span_text(finding)} {values['vessels']} vessels lay close together, "
        f"{values['vessels_at_once']} at one time, {where_text(finding, values)}; "
        f"{values['vessels_listed']} of them are named. Encounters among them were not worked out: "
        "the place was too dense."
    )
