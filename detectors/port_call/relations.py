"""Measures of a stop at no port of the chart, from the other findings of its vessel."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detectors.core.kind_names import LOITERING, STS_TRANSFER

if TYPE_CHECKING:
    from detectors.core.findings import Finding
    from detectors.core.measures import Values
    from detectors.events.history import History


def related(finding: Finding, history: History) -> Values:
    """Return whether a stop in DPRK waters, at no port, is reported as an encounter or as loitering too."""
    if finding.measures["called_port"] is not None:
        return {}
    others = (f for kind in (STS_TRANSFER, LOITERING) for f in history.of_vessel(kind, finding.vessels[0]))
    return {"reported_otherwise": any(history.covers(other, finding) for other in others)}
