"""The sentence of an anomaly, for a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detectors.events.wording import span_text, where_text

if TYPE_CHECKING:
    from detectors.core.findings import Finding
    from detectors.core.measures import Values
    from detectors.vessels.vessel import Vessel


def sentence(finding: Finding, vessels: tuple[Vessel, ...], values: Values) -> str:
    """Return what was seen, where and when, and what it is consistent with."""
    return (
        f"{span_text(finding)} {vessels[0].called}, at first {where_text(finding, values)}, behaved unlike "
        "the traffic that the anomaly model was learnt from, most of all by "
        f"{values['unusual_features']}. No rule explains it. This is a lead to check: unusual is not wrong."
    )
